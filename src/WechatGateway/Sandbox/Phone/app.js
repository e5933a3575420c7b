import { control, make } from './api.js';
import { Panel } from './panel.js';
import { Phone } from './phone.js';
import { loadPreview } from './preview.js';

// The page: which phones stand side by side, and the live news that reach them.

const STORED = 'sandbox-phones';
const phones = new Map();
const place = document.getElementById('phones');
const people = document.getElementById('people');
const link = document.getElementById('link');
const panel = new Panel(document.getElementById('panel'));
const preview = await loadPreview(location.search);
let known = { accounts: [], followers: [] };

function remembered() {
  const asked = new URLSearchParams(location.search).get('phones');
  if (asked) return asked.split(',');
  try {
    return JSON.parse(localStorage.getItem(STORED)) ?? [];
  } catch {
    return [];
  }
}

function remember() {
  const query = new URLSearchParams(location.search);
  query.delete('phones');
  if (phones.size) query.set('phones', [...phones.keys()].join(','));
  history.replaceState(null, '', query.size ? `?${query.toString().replaceAll('%2C', ',')}` : location.pathname);
  try {
    localStorage.setItem(STORED, JSON.stringify([...phones.keys()]));
  } catch {
    // A browser without storage opens the first phone again next time.
  }
}

async function loadPeople() {
  known = await control.people();
  const groups = known.accounts.map((account) => make('optgroup', { label: account.name + (account.kind === 'miniProgram' ? '（小程序）' : '') },
    ...known.followers.filter((person) => person.appId === account.appId).map((person) => make('option', { value: person.openId, text: `${person.nickname}　${person.phone ?? ''}` }))));
  people.replaceChildren(...groups);
}

async function open(openId) {
  if (phones.has(openId)) return phones.get(openId).element.scrollIntoView({ inline: 'center', behavior: 'smooth' });
  const person = known.followers.find((one) => one.openId === openId);
  const account = known.accounts.find((one) => one.appId === person?.appId);
  if (!person || !account) return;
  const phone = new Phone(person, account, () => close(openId), preview);
  phones.set(openId, phone);
  place.querySelector('.empty')?.remove();
  place.append(phone.element);
  remember();
  await phone.load();
}

function close(openId) {
  phones.get(openId)?.element.remove();
  phones.delete(openId);
  remember();
  if (!phones.size) showEmpty();
}

function showEmpty() {
  place.replaceChildren(make('p', { class: 'empty', testid: 'no-phones', text: '还没有打开手机。在上方选一位用户，或新建一位。' }));
}

async function create() {
  const nickname = prompt('新用户的昵称', '新用户');
  if (!nickname) return;
  const account = known.accounts.find((one) => one.appId === phones.values().next().value?.account.appId) ?? known.accounts[0];
  const { openid } = await control.register({ appId: account.appId, nickname, follow: false });
  await loadPeople();
  await open(openid);
}

function listen() {
  const stream = new EventSource('/sandbox/control/stream');
  stream.addEventListener('hello', () => {
    link.textContent = '实时';
    link.classList.add('on');
    for (const phone of phones.values()) phone.load(); // what happened before somebody listened
  });
  stream.addEventListener('error', () => { link.textContent = '重新连接…'; link.classList.remove('on'); });
  const on = (kind, work) => stream.addEventListener(kind, (event) => work(JSON.parse(event.data)));
  on('chat', (entry) => { phones.get(entry.openId)?.add(entry); panel.refresh(); });
  on('follower', (person) => phones.get(person.openId)?.update(person));
  on('typing', ({ openId, typing }) => phones.get(openId)?.showTyping(typing));
  on('menu', ({ appId }) => [...phones.values()].filter((phone) => phone.account.appId === appId).forEach((phone) => phone.loadMenu()));
  on('rule', () => panel.refresh());
  on('faults', () => panel.refresh());
}

document.getElementById('add').addEventListener('click', () => open(people.value));
document.getElementById('create').addEventListener('click', create);
document.getElementById('demo').addEventListener('click', () => control.demoFollow());
document.getElementById('toggle-panel').addEventListener('click', () => document.body.classList.toggle('no-panel'));
setInterval(() => { for (const phone of phones.values()) phone.sms?.refresh(); }, 4000);

listen();
await loadPeople();
for (const openId of remembered()) await open(openId);
if (!phones.size && known.followers.length) await open(known.followers.find((one) => one.openId.startsWith('o'))?.openId ?? known.followers[0].openId);
if (!phones.size) showEmpty();
await panel.load();
document.body.dataset.ready = 'true';
