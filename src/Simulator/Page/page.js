const $ = id => document.getElementById(id);
let parcels = [];
let wishes = {};
let playing = true;

async function call(method, path, body) {
  const response = await fetch('/simulator' + path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail ?? answer.title ?? `出错了（${response.status}）`);
  return answer;
}

async function run(action) {
  try { await action(); $('notice').textContent = ''; }
  catch (error) { $('notice').textContent = error.message; }
}

function showState(state) {
  playing = state.playing;
  $('toggle').textContent = playing ? '暂停' : '继续';
  if (document.activeElement !== $('speed')) $('speed').value = String(state.speed);
  const time = new Date(state.worldTime).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' });
  $('state').textContent = `世界时间 ${time}，${playing ? state.speed + ' 倍速' : '已暂停'}；快件 ${state.parcels} 个，`
    + `在途 ${state.live} 个，待上报 ${state.waiting} 条${state.trouble ? '；上报失败：' + state.trouble : ''}`;
}

function cell(className, ...content) {
  const td = document.createElement('td');
  td.className = className;
  td.append(...content);
  return td;
}

function button(waybill, name, body) {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = name;
  element.addEventListener('click', () => run(async () => { await call('POST', `/parcels/${waybill}/advance`, body); await refresh(); }));
  return element;
}

function row(parcel) {
  const tr = document.createElement('tr');
  tr.dataset.waybill = parcel.waybill;
  const status = parcel.statusText + (parcel.waiting > 0 || !parcel.registered ? ' ⏳' : '');
  const actions = parcel.done ? [] : [
    button(parcel.waybill, '前进一步', { steps: 1 }), button(parcel.waybill, '到派送', { to: 'out_for_delivery' }), button(parcel.waybill, '签收', { to: 'signed' }),
  ];
  tr.append(cell('number', parcel.waybill), cell(parcel.waiting > 0 ? 'waiting' : '', status), cell('', `${parcel.from} → ${parcel.to}`),
    cell('number', `${parcel.recipientPhone} / ${parcel.senderPhone}`), cell('text', parcel.rejection ?? parcel.lastText ?? ''), cell('text', wishesOf(parcel)), cell('actions', ...actions));
  return tr;
}

// What the recipient agreed to, while a courier is on the way with the parcel.
function wishesOf(parcel) {
  if (parcel.status !== 'out_for_delivery') return '';
  if (!wishes) return '暂时问不到';
  return (wishes[parcel.waybill] ?? []).join('；');
}

function show() {
  const wanted = $('filter').value.trim().toUpperCase();
  const matches = parcels.filter(p => !wanted
    || [p.waybill, p.statusText, p.from, p.to, p.recipientPhone, p.senderPhone].some(text => text.toUpperCase().includes(wanted)));
  $('parcels').replaceChildren(...matches.slice(0, 200).map(row));
}

async function refresh() {
  const [state, list, wished] = await Promise.all([call('GET', '/state'), call('GET', '/parcels'), call('GET', '/wishes')]);
  [parcels, wishes] = [list.parcels, wished.parcels];
  showState(state);
  show();
}

$('filter').addEventListener('input', show);
$('toggle').addEventListener('click', () => run(async () => showState(await call('POST', playing ? '/pause' : '/play'))));
$('speed').addEventListener('change', () => run(async () => showState(await call('POST', '/speed', { factor: Number($('speed').value) }))));
$('new').addEventListener('submit', event => {
  event.preventDefault();
  const wish = Object.fromEntries([...new FormData(event.target)].filter(([, value]) => value.trim() !== ''));
  run(async () => {
    const parcel = await call('POST', '/parcels', wish);
    $('filter').value = parcel.waybill;
    await refresh();
  });
});
// A customer's telephone: what the hotline says is played as it comes.
const rate = 8000, lead = 0.3;
let line = null;

async function listen() {
  if (line === null) return;
  const current = line;
  try {
    const answer = await call('GET', `/calls/${current.id}`);
    const response = await fetch(`/simulator/calls/${current.id}/sound?from=${current.heard}`);
    const samples = new Int16Array(await response.arrayBuffer());
    if (samples.length > 0) play(current, samples);
    showCall(answer);
    if (answer.state === 'ended') line = null;
  } catch (error) {
    $('notice').textContent = error.message;
  }
  if (line === current) setTimeout(listen, 200);
}

function play(current, samples) {
  current.heard += samples.length;
  const buffer = current.audio.createBuffer(1, samples.length, rate);
  buffer.copyToChannel(Float32Array.from(samples, sample => sample / 32768), 0);
  const source = current.audio.createBufferSource();
  source.buffer = buffer;
  source.connect(current.audio.destination);
  current.next = Math.max(current.next, current.audio.currentTime + lead);
  source.start(current.next);
  current.next += samples.length / rate;
}

function showCall(answer) {
  const seconds = answer.answeredAt ? Math.round((new Date(answer.endedAt ?? Date.now()) - new Date(answer.answeredAt)) / 1000) : 0;
  const length = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  $('call').textContent = { calling: '正在呼叫…', talking: `通话中 ${length}`, ended: `${answer.why ?? '已结束'}，通话 ${length}` }[answer.state];
  const isOver = answer.state === 'ended';
  $('dial').disabled = !isOver;
  $('hangup').disabled = isOver;
  for (const key of $('keys').children) key.disabled = answer.state !== 'talking';
  $('wav').hidden = answer.heardSamples === 0;
  $('wav').href = `/simulator/calls/${answer.id}/sound.wav`;
}

const press = key => { if (line !== null) run(() => call('POST', `/calls/${line.id}/keys`, { keys: key })); };
for (const name of '123456789*0#') {
  const key = document.createElement('button');
  key.type = 'button';
  key.textContent = name;
  key.disabled = true;
  key.addEventListener('click', () => press(name));
  $('keys').append(key);
}
$('phone').addEventListener('submit', event => {
  event.preventDefault();
  const audio = new AudioContext(); // here, where somebody clicked: browsers play nothing of their own accord
  run(async () => {
    const answer = await call('POST', '/calls', { from: new FormData(event.target).get('from').trim() });
    line = { id: answer.id, heard: 0, next: 0, audio };
    showCall(answer);
    listen();
  });
});
$('hangup').addEventListener('click', () => { if (line !== null) run(async () => showCall(await call('DELETE', `/calls/${line.id}`))); });
document.addEventListener('keydown', event => {
  if (line !== null && !(event.target instanceof HTMLInputElement) && /^[0-9*#]$/.test(event.key)) press(event.key);
});
run(refresh);
setInterval(() => { if (!document.hidden) run(refresh); }, 2000);
