import { get } from './api.js';
import { cell, element, table, toast } from './dom.js';
import { list } from './pages.js';
import { actions, reason, time } from './words.js';

export function audit(main) {
  const since = element('input', { type: 'date', 'aria-label': '从哪天起', 'data-testid': 'audit-since' });
  const until = element('input', { type: 'date', 'aria-label': '到哪天为止', 'data-testid': 'audit-until' });
  const subject = element('input', { placeholder: '对象，例如 staff:…', 'aria-label': '对象', 'data-testid': 'audit-subject' });
  const leave = list(main, {
    bar: [element('h2', {}, '审计'), since, element('span.quiet', {}, '至'), until, subject,
      element('button', { onclick: () => leave.reload(), 'data-testid': 'audit-search' }, '查询'),
      element('span.grow'), element('button', { onclick: check, 'data-testid': 'audit-check' }, '校验完整性')],
    load: cursor => get(`/audit?${query(cursor)}`),
    render: items => table('audit', ['时间', '谁', '做了什么', '对象', '说明'], items.map(entry => element('tr', {},
      cell('nowrap', time(entry.at)), cell('nowrap', entry.whoDisplayName ?? '系统'), cell('nowrap', actions[entry.action] ?? entry.action),
      cell('text', element('button.link', { onclick: () => narrow(entry.subject) }, entry.subject)), cell('text', reason(entry)))), '没有符合条件的记录'),
  });
  return leave;

  function query(cursor) {
    const parts = new URLSearchParams({ limit: '50' });
    if (cursor) parts.set('cursor', cursor);
    if (since.value) parts.set('since', `${since.value}T00:00:00+08:00`);
    if (until.value) parts.set('until', `${until.value}T23:59:59.999+08:00`);
    if (subject.value.trim()) parts.set('subject', subject.value.trim());
    return parts;
  }

  function narrow(text) {
    subject.value = text;
    leave.reload();
  }

  async function check() {
    try {
      const { firstBroken } = await get('/audit/check');
      if (firstBroken) toast(`第${firstBroken}条记录被改动或缺失，请立即上报`, true);
      else toast('审计记录完整，没有被改动');
    } catch (problem) {
      toast(problem.message, true);
    }
  }
}
