import { get, post, remove, onSignedOut } from './api.js';
import { ask, element, show, toast } from './dom.js';
import { roles } from './words.js';
import { accounts } from './accounts.js';
import { audit } from './audit.js';
import { imports } from './imports.js';
import { ivr } from './ivr.js';
import { groups } from './groups.js';
import { incidents } from './incidents.js';
import { callReports } from './call-reports.js';
import { calls } from './calls.js';
import { conversations } from './conversations.js';
import { followers } from './followers.js';
import { keywords } from './keywords.js';
import { menus } from './menus.js';
import { merges } from './merges.js';
import { myPhone } from './my-phone.js';
import { deadLetters, notifications } from './operations.js';
import { organisations } from './organisations.js';
import { outlets } from './outlets.js';
import { queues } from './queues.js';
import { rates } from './rates.js';
import { tags } from './tags.js';
import { telephone } from './telephone.js';
import { usage } from './usage.js';

// Which tab is for whom; the server asks for the same roles again.
const tabs = [
  { id: 'conversations', title: '会话', roles: ['agent', 'supervisor'], open: conversations },
  { id: 'my-phone', title: '我的电话', roles: ['agent'], open: myPhone },
  { id: 'queues', title: '排队', roles: ['supervisor', 'admin'], open: queues },
  { id: 'calls', title: '通话', roles: ['agent', 'supervisor', 'admin'], open: calls },
  { id: 'call-reports', title: '话务报表', roles: ['supervisor', 'admin'], open: callReports },
  { id: 'telephone', title: '话机与线路', roles: ['supervisor', 'admin', 'operator'], open: telephone },
  { id: 'incidents', title: '公告', roles: ['operator', 'admin', 'supervisor', 'agent'], open: incidents },
  { id: 'notifications', title: '推送台账', roles: ['operator', 'admin'], open: notifications },
  { id: 'dead-letters', title: '死信', roles: ['operator', 'admin'], open: deadLetters },
  { id: 'keywords', title: '关键词', roles: ['operator', 'admin', 'supervisor'], open: keywords },
  { id: 'menus', title: '菜单', roles: ['operator', 'admin', 'supervisor'], open: menus },
  { id: 'ivr', title: '热线自助', roles: ['operator', 'admin', 'supervisor'], open: ivr },
  { id: 'followers', title: '关注者', roles: ['operator', 'admin'], open: followers },
  { id: 'tags', title: '标签', roles: ['operator', 'admin'], open: tags },
  { id: 'outlets', title: '网点', roles: ['operator', 'admin', 'supervisor', 'agent'], open: outlets },
  { id: 'rates', title: '价目表', roles: ['operator', 'admin', 'supervisor'], open: rates },
  { id: 'groups', title: '客户分层', roles: ['operator', 'admin', 'supervisor'], open: groups },
  { id: 'usage', title: '自助查询', roles: ['operator', 'admin', 'supervisor'], open: usage },
  { id: 'organisations', title: '企业客户', roles: ['operator', 'admin', 'supervisor', 'agent'], open: organisations },
  { id: 'imports', title: '客户导入', roles: ['operator', 'admin', 'supervisor'], open: imports },
  { id: 'merges', title: '客户合并', roles: ['admin', 'supervisor'], open: merges },
  { id: 'accounts', title: '账号', roles: ['admin'], open: accounts },
  { id: 'audit', title: '审计', roles: ['admin', 'supervisor'], open: audit },
];

const app = document.getElementById('app');
let leave = () => {};

onSignedOut(() => signIn('登录已失效，请重新登录'));
start();

async function start() {
  try {
    enter((await get('/session')).staff);
  } catch (problem) {
    signIn(problem.status === 401 ? '' : problem.message);
  }
}

function signIn(notice = '') {
  leave();
  leave = () => {};
  const error = element('p.error', { hidden: !notice, 'data-testid': 'sign-in-error', role: 'alert' }, notice);
  const go = element('button.main', { type: 'submit', 'data-testid': 'sign-in' }, '登录');
  const form = element('form.card', {
    onsubmit: async event => {
      event.preventDefault();
      go.disabled = true;
      const fields = new FormData(form);
      try {
        enter((await post('/session', { name: fields.get('name'), password: fields.get('password') })).staff);
      } catch (problem) {
        error.textContent = problem.message;
        error.hidden = false;
      } finally {
        go.disabled = false;
      }
    },
  },
  element('h1', {}, '工作台登录'),
  element('label', {}, '登录名', element('input', { name: 'name', autocomplete: 'username', required: true, maxlength: '32', 'data-testid': 'name' })),
  element('label', {}, '密码', element('input', { name: 'password', type: 'password', autocomplete: 'current-password', required: true, maxlength: '128', 'data-testid': 'password' })),
  error, go);
  show(app, form);
  form.querySelector('input').focus();
}

function enter(me) {
  if (me.mustChangePassword) return firstPassword(me);
  const mine = tabs.filter(tab => tab.roles.some(role => me.roles.includes(role)));
  const nav = element('nav', { role: 'tablist' });
  const main = element('main', {});
  const open = tab => {
    leave();
    for (const button of nav.children) button.setAttribute('aria-selected', String(button.dataset.testid === `tab-${tab.id}`));
    history.replaceState(null, '', `#${tab.id}`);
    show(main);
    leave = tab.open(main, me) ?? (() => {});
  };
  nav.append(...mine.map(tab => element('button', { role: 'tab', 'data-testid': `tab-${tab.id}`, onclick: () => open(tab) }, tab.title)));
  show(app, element('header', {},
    element('h1', {}, '工作台'), nav,
    element('.me', {},
      element('span', { 'data-testid': 'me', title: me.roles.map(role => roles[role]).join('、') }, me.displayName),
      element('button.link', { onclick: () => changePassword(), 'data-testid': 'change-password' }, '修改密码'),
      element('button.link', { onclick: signOut, 'data-testid': 'sign-out' }, '退出'))), main);
  if (mine.length === 0) show(main, element('p.quiet.center', { 'data-testid': 'no-tabs' }, '您的角色在工作台里没有可用的功能，请联系管理员。'));
  else open(mine.find(tab => `#${tab.id}` === location.hash) ?? mine[0]);
}

async function signOut() {
  try {
    await remove('/session');
    signIn();
  } catch (problem) {
    if (problem.status === 401) signIn();
    else toast(problem.message, true);
  }
}

const passwordFields = () => [
  element('label', {}, '当前密码', element('input', { name: 'current', type: 'password', autocomplete: 'current-password', required: true, 'data-testid': 'current-password' })),
  element('label', {}, '新密码（10到128个字符）', element('input', { name: 'next', type: 'password', autocomplete: 'new-password', required: true, minlength: '10', maxlength: '128', 'data-testid': 'new-password' })),
];

async function changePassword() {
  const done = await ask('修改密码', passwordFields(), '保存', fields =>
    post('/session/password', { current: fields.get('current'), next: fields.get('next') }));
  if (done) toast('密码已修改，其他设备上的登录已退出');
}

async function firstPassword(me) {
  show(app, element('p.quiet.center', {}, `${me.displayName}，您的密码由他人设置，请先修改密码。`));
  const done = await ask('请设置新密码', passwordFields(), '保存', fields =>
    post('/session/password', { current: fields.get('current'), next: fields.get('next') }));
  if (done) start();
  else signOut();
}
