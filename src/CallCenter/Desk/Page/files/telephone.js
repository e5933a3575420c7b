import { get, post, put } from './api.js';
import { ask, cell, element, table, toast } from './dom.js';
import { list } from './pages.js';
import { time } from './words.js';

/** The lines to the world and whether they work, our telephones and where they are; administrators give telephones their passwords. Returns a function that leaves the page. */
export function telephone(main, me) {
  const mayKeep = me.roles.includes('admin');
  let made = ''; // a password, until it was shown
  const leave = list(main, {
    bar: [element('h2.grow', {}, '话机与线路'), mayKeep ? element('button.main', { onclick: add, 'data-testid': 'new-phone' }, '＋ 话机') : null],
    load: async () => {
      const [live, kept] = await Promise.all([get('/live/telephone').catch(away), mayKeep ? get('/phones') : { phones: [] }]);
      return { items: [{ live, phones: kept.phones }] };
    },
    render: ([{ live, phones }]) => [
      live ? now(live) : element('p.banner', { 'data-testid': 'telephone-absent' }, '电话服务没有在这台服务器上运行，看不到线路和注册状态'),
      live ? [element('h3', {}, '线路'), table('trunks', ['线路', '对端', '方向', '状态', '注册', '通话', '上次检测'], live.trunks.map(trunk), '没有配置线路')] : null,
      element('h3', {}, '话机'),
      mayKeep ? table('phones', ['话机', '使用人', '注册', '密码设置于', ''], phones.map(phone => keptPhone(phone, live)), '还没有话机')
        : table('phones', ['话机', '注册'], (live?.places ?? []).map(place => element('tr', {}, cell('nowrap', place.user), cell('text', where(place)))), '没有已注册的话机'),
    ].flat(),
    seconds: 10,
  });
  return leave;

  function now(live) {
    const figure = (words, value, testId) => element('.card.figure', {}, element('span.quiet', {}, words), element('strong', { 'data-testid': testId }, value));
    return element('.cards', {}, figure('正在通话', String(live.calls), 'telephone-calls'), figure('已注册的话机', String(live.phones), 'telephone-phones'),
      figure('SIP 域', live.domain, 'telephone-domain'), figure('端口', live.on ? live.transports.map(way => `${way.transport} ${way.port}`).join('、') : '未开启', 'telephone-ports'));
  }

  function trunk(line) {
    const watched = line.outbound || (line.registered ?? null) !== null;
    return element('tr', { 'data-testid': `trunk-${line.name}` }, cell('nowrap', line.name), cell('text', line.host || '按账号识别'), cell('nowrap', [line.inbound ? '呼入' : '', line.outbound ? '呼出' : ''].filter(Boolean).join('、')),
      cell('nowrap', !watched ? element('span.tag', {}, '不检测') : !line.askedAt ? element('span.tag', {}, '尚未检测') : line.up ? element('span.tag.good', {}, '正常') : element('span.tag.bad', {}, '中断')),
      cell('nowrap', (line.registered ?? null) === null ? '不需要' : line.registered ? element('span.tag.good', {}, '已注册') : element('span.tag.bad', {}, '未注册')),
      cell('number', line.mostCalls ? `${line.calls} / ${line.mostCalls}` : String(line.calls)), cell('nowrap', time(line.askedAt)));
  }

  function keptPhone(phone, live) {
    const places = (live?.places ?? []).filter(place => place.user === phone.user);
    return element('tr', { 'data-testid': `phone-${phone.user}` }, cell('nowrap', phone.user),
      cell('nowrap', phone.owner || element('span.tag.warn', {}, '没有同名账号'), phone.isOwnerDisabled ? element('span.tag.bad', {}, '账号已停用') : null),
      cell('text', !live ? '—' : places.length ? places.map(where).join('；') : element('span.tag', {}, '未注册')), cell('nowrap', time(phone.changedAt)),
      cell('nowrap', element('button.link', { onclick: () => renew(phone), 'data-testid': 'make-phone-password' }, '生成新密码'),
        element('button.link', { onclick: () => choose(phone.user), 'data-testid': 'set-phone-password' }, '设置密码'), element('button.link.bad', { onclick: () => takeOut(phone), 'data-testid': 'remove-phone' }, '停用')));
  }

  async function add() {
    let user = '';
    const done = await ask('新话机', [element('p.quiet', {}, '话机名与使用人的登录名相同。会生成一个密码，只显示这一次。'),
      element('label', {}, '话机名（使用人的登录名）', element('input', { name: 'user', required: true, maxlength: '40', pattern: '[a-z0-9._\\-]+', autocomplete: 'off', 'data-testid': 'phone-user' }))], '生成密码', fields => {
      user = fields.get('user').trim();
      return make(user);
    });
    if (done) await shown(user);
  }

  async function renew({ user }) {
    const done = await ask(`给话机 ${user} 生成新密码？`, [element('p.quiet', {}, '原来的密码立即失效，话机用新密码重新注册以前接不到来电。操作记入审计。')], '生成', () => make(user), true);
    if (done) await shown(user);
  }

  async function make(user) {
    made = (await post(`/phones/${encodeURIComponent(user)}/secret`)).password;
  }

  async function shown(user) {
    const password = made;
    made = '';
    leave.reload();
    await ask(`话机 ${user} 的密码`, [element('p.quiet', {}, '只显示这一次，请现在填到话机里。'), element('p', {}, element('code', { 'data-testid': 'phone-password' }, password))], '我已记下');
  }

  async function choose(user) {
    const done = await ask(`设置话机 ${user} 的密码`, [element('p.quiet', {}, '原来的密码立即失效。操作记入审计。'),
      element('label', {}, '新密码（8到100个字符）', element('input', { name: 'password', type: 'password', required: true, minlength: '8', maxlength: '100', autocomplete: 'new-password', 'data-testid': 'phone-new-password' }))],
    '设置', fields => put(`/phones/${encodeURIComponent(user)}`, { password: fields.get('password') }));
    if (done) finished('密码已设置');
  }

  async function takeOut({ user }) {
    const done = await ask(`停用话机 ${user}？`, [element('p.quiet', {}, '话机立即不能注册，也接不到来电。'), element('label', {}, '原因（记入审计）', element('input', { name: 'reason', maxlength: '200' }))], '停用',
      fields => post(`/phones/${encodeURIComponent(user)}/remove`, { reason: fields.get('reason') }), true);
    if (done) finished('话机已停用');
  }

  function finished(words) {
    toast(words);
    leave.reload();
  }
}

const where = place => `${place.transport} ${place.address}${place.make ? `（${place.make}）` : ''}`;

// Calls may be served by another process than the desk.
const away = problem => {
  if (problem.status === 404) return null;
  throw problem;
};
