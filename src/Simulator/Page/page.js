const $ = id => document.getElementById(id);
let parcels = [];
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
    cell('number', `${parcel.recipientPhone} / ${parcel.senderPhone}`), cell('text', parcel.rejection ?? parcel.lastText ?? ''), cell('actions', ...actions));
  return tr;
}

function show() {
  const wanted = $('filter').value.trim().toUpperCase();
  const matches = parcels.filter(p => !wanted
    || [p.waybill, p.statusText, p.from, p.to, p.recipientPhone, p.senderPhone].some(text => text.toUpperCase().includes(wanted)));
  $('parcels').replaceChildren(...matches.slice(0, 200).map(row));
}

async function refresh() {
  const [state, list] = await Promise.all([call('GET', '/state'), call('GET', '/parcels')]);
  parcels = list.parcels;
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
run(refresh);
setInterval(() => { if (!document.hidden) run(refresh); }, 2000);
