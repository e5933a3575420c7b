import { get, put } from './api.js';
import { ask, cell, element, table, toast } from './dom.js';
import { list } from './pages.js';

/** Outlets: look up, change hours, close and open. What is saved holds for customers within seconds. */
export function outlets(main, me) {
  const edits = me.roles.some(role => ['operator', 'admin'].includes(role));
  const text = element('input', { type: 'search', placeholder: '网点编号、名称或地址', 'aria-label': '查找网点', 'data-testid': 'outlet-search', onchange: () => leave.reload() });
  const closed = element('input', { type: 'checkbox', 'data-testid': 'outlet-only-closed', onchange: () => leave.reload() });
  const leave = list(main, {
    bar: [element('h2.grow', {}, '网点'), text, element('label.check', {}, closed, ' 只看暂停营业')],
    load: cursor => get(`/outlets?${query(cursor)}`),
    render: items => table('outlets', ['编号', '名称', '地址', '电话', '营业时间', '状态', ''], items.map(row), '没有符合条件的网点'),
  });
  return leave;

  function query(cursor) {
    const parts = new URLSearchParams({ limit: '50', text: text.value.trim(), closed: String(closed.checked) });
    if (cursor) parts.set('cursor', cursor);
    return parts;
  }

  function row(outlet) {
    const [word, kind] = outlet.closed ? ['暂停营业', '.bad'] : outlet.openNow ? ['营业中', '.good'] : ['现在休息', ''];
    return element('tr', { 'data-testid': `outlet-${outlet.code}` },
      cell('nowrap', outlet.code), cell('text', outlet.name), cell('text', outlet.address), cell('nowrap', outlet.phone || '—'), cell('nowrap', outlet.hours),
      cell('nowrap', element(`span.tag${kind}`, { 'data-testid': 'outlet-state' }, word)),
      cell('nowrap', edits ? element('button.link', { onclick: () => edit(outlet), 'data-testid': 'outlet-edit' }, '修改') : null));
  }

  async function edit(outlet) {
    const done = await ask(`${outlet.name}（${outlet.code}）`, [
      element('label', {}, '营业时间（多段用逗号隔开，全天为 00:00-24:00）', element('input', { name: 'hours', required: true, maxlength: '100', value: outlet.hours, 'data-testid': 'outlet-hours' })),
      element('label.check', {}, element('input', { type: 'checkbox', name: 'closed', checked: outlet.closed, 'data-testid': 'outlet-closed' }), ' 暂停营业，直到再次修改'),
      element('label', {}, '原因（选填，记入审计）', element('input', { name: 'reason', maxlength: '200', 'data-testid': 'outlet-reason' })),
    ], '保存', fields => put(`/outlets/${encodeURIComponent(outlet.code)}`, { hours: fields.get('hours'), closed: fields.get('closed') !== null, reason: fields.get('reason') }));
    if (!done) return;
    toast('已保存，几秒内对客户生效');
    leave.reload();
  }
}
