import { get } from './api.js';
import { element, show } from './dom.js';
import { content, field, mark, mover, uses } from './editions.js';
import { commands } from './words.js';

const matches = { exact: '完全一致', number: '数字', prefix: '开头一致', contains: '包含' };

export function keywords(main, me) {
  let leave = () => {};
  let left = false;
  show(main, element('p.quiet.center', {}, '正在加载…'));
  start();
  return () => { left = true; leave(); };

  async function start() {
    const accounts = await get('/wechat/menus').then(answer => answer.items.map(item => item.appId), () => []);
    const tags = new Map(await Promise.all(accounts.map(async appId => [appId, await get(`/wechat/tags/${encodeURIComponent(appId)}`).then(answer => answer.items, () => [])])));
    const groups = new Map(await get('/segments').then(answer => answer.items.filter(item => item.kind === 'group').map(item => [item.code, item.name]), () => []));
    if (left) return;
    leave = content(main, { path: '/wechat/keywords', title: '关键词', edit, note: '发布后一两秒内对所有新消息生效。' },
      { accounts, tags, groups, edits: me.roles.some(role => ['operator', 'admin'].includes(role)) });
  }
}

const id = () => crypto.randomUUID().replaceAll('-', '');

/** The editor of the keyword table. Rows are drawn closed; the one that is worked on opens. */
function edit(box, view, changed, { accounts, tags, groups }) {
  const rows = structuredClone(view.content).rows;
  const writes = view.may.edit;
  const search = element('input', { placeholder: '查找关键词或回复', 'aria-label': '查找', oninput: () => draw(), 'data-testid': 'search' });
  const list = element('div', {});
  let places = [];
  let problems = view.problems;
  let opened = null;
  show(box, element('.bar', {}, search, writes ? element('button', { type: 'button', onclick: add, 'data-testid': 'add-row' }, '＋ 关键词') : null), list);
  draw();
  return { content: () => ({ rows }), problems: found => { problems = found; mark(places, found); heads(found); } };

  function add() {
    opened = id();
    search.value = '';
    rows.unshift({ id: opened, appId: '', tagId: 0, group: '', word: '', matchKind: 'exact', command: '', reply: '', guide: '', enabled: true, validFrom: null, validUntil: null, hours: '' });
    reshaped();
    list.querySelector('[data-testid=word]')?.focus();
  }

  function reshaped() {
    draw();
    changed();
  }

  function draw() {
    places = [];
    const wanted = search.value.trim();
    const shown = rows.map((row, index) => ({ row, index })).filter(({ row }) => !wanted || row.id === opened || row.word.includes(wanted) || row.reply.includes(wanted));
    show(list, shown.length === 0 ? element('.sheet', {}, element('p.quiet.center', { 'data-testid': 'no-rows' }, wanted ? '没有符合的关键词' : '还没有关键词，点“＋ 关键词”添加')) : null,
      element('.sheet', {}, shown.map(({ row, index }) => line(row, index))));
    mark(places, problems);
    heads(problems);
  }

  function line(row, index) {
    const head = element('button.row', {
      type: 'button', 'aria-expanded': String(row.id === opened), 'data-testid': 'row-head', onclick: () => { opened = opened === row.id ? null : row.id; draw(); },
    }, element('span.tag', {}, matches[row.matchKind]), element('b', {}, row.word || '（未填写）'),
    element('span.said', {}, row.command ? `［${commands[row.command] ?? row.command}］` : row.reply || '—'),
    row.tagId ? element('span.tag', {}, tagName(row)) : null, row.group ? element('span.tag', {}, groups.get(row.group) ?? row.group) : null, row.enabled ? null : element('span.tag.warn', {}, '停用'),
    element('span.tag.bad', { hidden: true, 'data-place': `rows/${index}` }, '要改'), uses(view, row.id));
    return element('div', { 'data-testid': `row-${row.word}` },
      element('.entry.closed', {}, head, writes ? mover(rows, index, '关键词', reshaped) : null), row.id === opened ? details(row, `rows/${index}`) : null);
  }

  // A row that is closed tells that something is wrong inside.
  function heads(found) {
    for (const badge of list.querySelectorAll('[data-place]')) badge.hidden = !found.some(problem => problem.path === badge.dataset.place && !problem.isWarning);
  }

  function details(row, path) {
    const said = element('textarea', { rows: '3', 'aria-label': '回复内容', 'data-testid': 'reply', oninput: event => { row.reply = event.target.value; changed(); } }, row.reply);
    const how = choose({ '': '回复固定内容', ...Object.fromEntries(Object.entries(commands).map(([name, words]) => [name, `执行：${words}`])) }, row.command, value => {
      row.command = value;
      if (value) row.reply = '';
      reshaped();
    }, 'command');
    return element('fieldset.plain.details', { disabled: !writes },
      field('关键词', text(row, 'word', () => { list.querySelector('[aria-expanded=true] b').textContent = row.word || '（未填写）'; }), places, path, 'word'),
      field('匹配方式', choose(matches, row.matchKind, value => { row.matchKind = value; changed(); }, 'match'), places, path, 'matchKind'),
      field('收到后', how, places, path, 'command'),
      row.command ? null : element('.wide', {}, field('回复内容', said, places, path, 'reply')),
      element('.wide', {}, field('引导说明（出现在“帮助”里，选填）', text(row, 'guide'), places, path, 'guide')),
      field('公众号', choose({ '': '全部', ...Object.fromEntries(accounts.map(appId => [appId, appId])) }, row.appId, value => { row.appId = value; row.tagId = 0; reshaped(); }, 'account'), places, path, 'appId'),
      field('只给有这个标签的用户', choose({ 0: '所有用户', ...Object.fromEntries((tags.get(row.appId) ?? []).map(tag => [tag.tagId, tag.name])) }, String(row.tagId), value => { row.tagId = Number(value); changed(); }, 'tag', !row.appId), places, path, 'tagId'),
      field('只给这个客户分组（“客户分层”里的规则）', choose({ '': '所有客户', ...Object.fromEntries(groups) }, row.group ?? '', value => { row.group = value; changed(); }, 'group'), places, path, 'group'),
      field('每天时段（如 08:00-20:00，选填）', text(row, 'hours'), places, path, 'hours'),
      field('开始生效（选填）', moment(row, 'validFrom'), places, path, 'validFrom'), field('失效（选填）', moment(row, 'validUntil'), places, path, 'validUntil'),
      element('label.check', {}, element('input', { type: 'checkbox', checked: row.enabled, onchange: event => { row.enabled = event.target.checked; changed(); }, 'data-testid': 'enabled' }), '启用'));
  }

  function tagName(row) {
    return (tags.get(row.appId) ?? []).find(tag => tag.tagId === row.tagId)?.name ?? `标签 ${row.tagId}`;
  }

  function text(row, property, typed = () => {}) {
    return element('input', { value: row[property], 'data-testid': property, oninput: event => { row[property] = event.target.value; typed(); changed(); } });
  }

  // Times are those of China, wherever the browser is.
  function moment(row, property) {
    const value = row[property] ? new Date(new Date(row[property]).getTime() + 8 * 3600000).toISOString().slice(0, 16) : '';
    return element('input', { type: 'datetime-local', value, onchange: event => { row[property] = event.target.value ? `${event.target.value}:00+08:00` : null; changed(); } });
  }

  function choose(options, value, chosen, testId, disabled = false) {
    return element('select', { onchange: event => chosen(event.target.value), disabled, 'data-testid': testId },
      Object.entries(options).map(([option, words]) => element('option', { value: option, selected: option === value }, words)));
  }
}
