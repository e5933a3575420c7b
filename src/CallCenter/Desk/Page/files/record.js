import { get, put } from './api.js';
import { ask, cell, element, show, table, toast } from './dom.js';
import { fields, saidBy, time } from './words.js';

/** What is known of a customer: each field with who said it and when, and putting one right. */
export async function showRecord(customer) {
  const body = element('.stack', { 'data-testid': 'record' });
  try {
    await draw(customer, body);
  } catch (problem) {
    toast(problem.message, true);
    return;
  }
  await ask('客户资料', [body], '好');
}

async function draw(customer, body) {
  const record = await get(`/customers/${customer}/fields`);
  show(body,
    table('record-fields', ['项目', '内容', '来源', '日期'], record.fields.map(field => element('tr', { 'data-testid': `record-${field.field}` },
      cell('nowrap', fields[field.field]), cell('text', field.value, field.proven ? element('span.tag.good', {}, '已验证') : null),
      cell('nowrap', field.origin === 'import' ? field.source : saidBy[field.origin]), cell('nowrap', time(field.at)))), '还没有这位客户的资料'),
    element('p.quiet', { 'data-testid': 'record-quality' }, `资料质量 ${record.quality.score.toFixed(1)}${record.systems.length ? `；其他系统：${record.systems.map(system => `${system.source} ${system.id}`).join('、')}` : ''}`),
    element('button', { type: 'button', onclick: () => correct(customer, body), 'data-testid': 'record-correct' }, '更正一项'));
}

async function correct(customer, body) {
  const done = await ask('更正客户资料', [
    element('label', {}, '项目', element('select', { name: 'field', 'data-testid': 'correct-field' }, Object.entries(fields).map(([value, word]) => element('option', { value }, word)))),
    element('label', {}, '正确的内容', element('input', { name: 'value', required: true, maxlength: '200', 'data-testid': 'correct-value' })),
    element('label', {}, '原因（必填，记入审计）', element('input', { name: 'reason', required: true, maxlength: '200', 'data-testid': 'correct-reason' })),
  ], '更正', form => put(`/customers/${customer}/fields/${form.get('field')}`, { value: form.get('value'), reason: form.get('reason') }));
  if (!done) return;
  toast('已更正，其他系统会收到通知');
  await draw(customer, body);
}
