import { get, put } from './api.js';
import { ask, cell, element, show, table, toast } from './dom.js';
import { list } from './pages.js';
import { segmentEditor } from './segment-editor.js';
import { inWords } from './rules.js';
import { time } from './words.js';

const tagKinds = { route: '常寄线路', value: '消费', tone: '评价' };

/** Tiers and groups by rules, who is in them and why, and what was guessed from behaviour. Returns a function that leaves the page. */
export function groups(main, me) {
  const edits = me.roles.some(role => ['operator', 'admin'].includes(role));
  let leave = () => {};
  let left = false;
  show(main, element('p.quiet.center', {}, '正在加载…'));
  start();
  return () => { left = true; leave(); };

  async function start() {
    try {
      const facts = (await get('/segments/facts')).items;
      if (!left) overview(facts);
    } catch (problem) {
      if (!left && problem.status !== 401) show(main, element('p.error', { 'data-testid': 'list-error', role: 'alert' }, problem.message));
    }
  }

  function turn(page) {
    leave();
    show(main);
    leave = page() ?? (() => {});
  }

  function overview(facts) {
    turn(() => {
      const reader = list(main, {
        bar: [element('h2.grow', {}, '客户分层'), element('span.quiet', {}, '保存后立即生效，客户在几秒到几分钟内按新规则重新判断'),
          edits ? element('button', { onclick: () => edit(facts, { kind: 'tier' }), 'data-testid': 'new-tier' }, '＋ 等级') : null,
          edits ? element('button.main', { onclick: () => edit(facts, { kind: 'group' }), 'data-testid': 'new-group' }, '＋ 分组') : null],
        load: async () => {
          const [segments, tags] = await Promise.all([get('/segments'), get('/segments/tags')]);
          return { items: [{ segments: segments.items, tags: tags.items }] };
        },
        render: ([view]) => [
          element('h3', {}, '等级（客户属于级别最高的一个，价目表按代码给优惠）'), rows('tier', view.segments, facts),
          element('h3', {}, '分组（客户可以同时在多个分组里）'), rows('group', view.segments, facts),
          element('h3', {}, '画像标签（按客户行为推断，客户可以关闭）'),
          table('profile-tags', ['标签', '类别', '人数'], view.tags.map(tag => element('tr', {}, cell('text', tag.value), cell('nowrap', tagKinds[tag.kind]), cell('nowrap', `${tag.customers} 人`))), '还没有推断出标签'),
        ],
      });
      return reader;
    });
  }

  function rows(kind, segments, facts) {
    return table(kind === 'tier' ? 'tiers' : 'groups', ['名称', '规则', kind === 'tier' ? '级别' : '微信标签', '人数', '状态', ''],
      segments.filter(segment => segment.kind === kind).map(segment => row(segment, facts)), kind === 'tier' ? '还没有等级，所有人都是普通会员' : '还没有分组');
  }

  function row(segment, facts) {
    return element('tr', { 'data-testid': `segment-${segment.code}` },
      cell('text', segment.name, element('br'), element('span.quiet', {}, segment.code)), cell('text', inWords(segment.rule, facts)),
      cell('nowrap', segment.kind === 'tier' ? String(segment.rank) : segment.tagId ? `${segment.tagAppId} / ${segment.tagId}` : '—'),
      cell('nowrap', element('span', { 'data-testid': 'segment-size' }, `${segment.customers} 人`)),
      cell('nowrap', segment.isActive ? element('span.tag.good', {}, '启用') : element('span.tag.warn', {}, '停用'), element('br'), element('span.quiet', {}, `第 ${segment.version} 版`)),
      cell('nowrap', edits ? element('button.link', { onclick: () => edit(facts, segment), 'data-testid': 'segment-edit' }, '修改') : null,
        element('button.link', { onclick: () => members(segment), 'data-testid': 'segment-members' }, '成员'),
        element('button.link', { onclick: () => history(segment, facts), 'data-testid': 'segment-history' }, '记录')));
  }

  function edit(facts, segment) {
    turn(() => segmentEditor(main, segment, facts, () => overview(facts)));
  }

  /** Who is in it, each with the facts that made the rule true. */
  async function members(segment) {
    const box = element('div', {});
    let items = [];
    const more = async cursor => {
      const page = await get(`/segments/${segment.code}/members?limit=20${cursor ? `&cursor=${cursor}` : ''}`);
      items = [...items, ...page.items];
      show(box, table('members', ['客户', '手机号', '原因', '从何时起'], items.map(member => element('tr', {},
        cell('nowrap', element('span', { title: member.customer }, `…${member.customer.slice(-8)}`)), cell('nowrap', member.phoneTail ? `…${member.phoneTail}` : '—'),
        cell('text', member.reason), cell('nowrap', time(member.since)))), '现在没有人'),
      page.next ? element('button', { type: 'button', onclick: () => more(page.next).catch(problem => toast(problem.message, true)), 'data-testid': 'more-members' }, '更多') : null);
    };
    try {
      await more(null);
      await ask(`${segment.name}：成员`, [element('p.quiet', {}, '查看会记入客户的隐私中心。'), box], '好');
    } catch (problem) {
      toast(problem.message, true);
    }
  }

  /** All versions; an older one can be taken back. */
  async function history(segment, facts) {
    try {
      const { items } = await get(`/segments/${segment.code}/history`);
      const rows = items.map(item => element('tr', {}, cell('nowrap', `第 ${item.version} 版`), cell('text', inWords(item.rule, facts), item.isActive ? null : element('span.tag.warn', {}, '停用')),
        cell('text', item.reason), cell('nowrap', item.changedBy ?? '系统', element('br'), element('span.quiet', {}, time(item.changedAt))),
        cell('nowrap', edits && item.version !== segment.version
          ? element('button.link', { type: 'button', onclick: () => restore(segment, item), 'data-testid': `restore-${item.version}` }, '恢复') : null)));
      await ask(`${segment.name}：记录`, [table('versions', ['版本', '规则', '原因', '修改', ''], rows, '')], '好');
    } catch (problem) {
      toast(problem.message, true);
    }
  }

  async function restore(segment, item) {
    const done = await ask(`恢复到第 ${item.version} 版？`, [
      element('p.quiet', {}, '会作为新版本保存并立即生效；微信标签保持现在的。'),
      element('label', {}, '原因（必填，记入审计）', element('input', { name: 'reason', required: true, maxlength: '200', 'data-testid': 'restore-reason' })),
    ], '恢复', form => put(`/segments/${segment.code}`, {
      kind: segment.kind, name: item.name, rank: item.rank, isActive: item.isActive, rule: item.rule, tagAppId: segment.tagAppId, tagId: segment.tagId, version: segment.version, reason: form.get('reason'),
    }), true);
    if (!done) return;
    for (const dialog of document.querySelectorAll('dialog')) dialog.querySelector('[data-testid=dialog-cancel]').click();
    toast(`已恢复到第 ${item.version} 版`);
    leave.reload?.();
  }
}
