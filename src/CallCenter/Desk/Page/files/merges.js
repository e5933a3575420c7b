import { get, post } from './api.js';
import { ask, cell, element, table, toast } from './dom.js';
import { list } from './pages.js';
import { time } from './words.js';

const reasons = { unionid: '同一个微信（unionid 相同）', phone: '客户用手机号确认是同一人' };

/** Customers that became one, and the way back when that was a mistake. */
export function merges(main) {
  const leave = list(main, {
    bar: [element('h2.grow', {}, '客户合并'), element('span.quiet', {}, '合并错了可以撤销：两位客户各自拿回合并前的东西，之后新增的留在保留的一方')],
    load: cursor => get(`/customers/merges?limit=50${cursor ? `&cursor=${cursor}` : ''}`),
    render: items => table('merges', ['时间', '并入的客户', '保留的客户', '原因', '状态', ''], items.map(row), '没有合并过客户'),
  });
  return leave;

  function row(merge) {
    return element('tr', { 'data-testid': `merge-${merge.id}` },
      cell('nowrap', time(merge.mergedAt)), cell('nowrap', short(merge.fromCustomer)), cell('nowrap', short(merge.intoCustomer)),
      cell('text', reasons[merge.reason] ?? merge.reason),
      cell('nowrap', merge.undoneAt ? element('span.tag', { title: time(merge.undoneAt), 'data-testid': 'merge-state' }, '已撤销') : element('span.tag.good', { 'data-testid': 'merge-state' }, '已合并')),
      cell('nowrap', merge.undoneAt ? null : element('button.link.bad', { onclick: () => undo(merge), 'data-testid': 'merge-undo' }, '撤销合并')));
  }

  async function undo(merge) {
    const done = await ask('撤销这次合并？', [
      element('p.quiet', {}, '两位客户会重新分开。'),
      element('label', {}, '原因（必填，记入审计）', element('input', { name: 'reason', required: true, maxlength: '200', 'data-testid': 'merge-reason' })),
    ], '撤销合并', fields => post(`/customers/merges/${merge.id}/undo`, { reason: fields.get('reason') }), true);
    if (!done) return;
    toast('合并已撤销');
    leave.reload();
  }
}

// The end of an id differs, its beginning is the time.
const short = id => element('span', { title: id }, `…${id.slice(-8)}`);
