import { get, put } from './api.js';
import { callRecord } from './call-record.js';
import { direction, result } from './call-words.js';
import { ask, cell, element, show, table, toast } from './dom.js';
import { fields, saidBy, time } from './words.js';

const owners = { bot: '机器人接待', queue: '等待客服', agent: '客服接待', closed: '已结束' };
const kinds = { order: '寄件', conversation: '在线咨询', call_in: direction.inbound, call_out: direction.outbound };

/** What is known of a customer: each field with who said it and when, putting one right, and all that happened. */
export async function showRecord(customer) {
  const record = element('.stack');
  const history = element('.stack');
  const body = element('.stack', { 'data-testid': 'record' }, record, element('h3', {}, '往来记录'), history);
  try {
    await Promise.all([draw(customer, record), tell(customer, history)]);
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

/** Orders, conversations and calls, the latest first; a call opens its record. */
async function tell(customer, box) {
  const more = element('button.more', { type: 'button', onclick: () => next().catch(problem => toast(problem.message, true)), 'data-testid': 'timeline-more' }, '更早的');
  let entries = [];
  let cursor = null;
  await next();

  async function next() {
    more.disabled = true;
    try {
      const page = await get(`/customers/${customer}/timeline?limit=10${cursor ? `&cursor=${cursor}` : ''}`);
      entries = [...entries, ...page.items];
      cursor = page.next;
    } finally {
      more.disabled = false;
    }
    more.hidden = !cursor;
    show(box, table('timeline', ['时间', '类型', '编号', '内容'], entries.map(row), '还没有往来'), more);
  }

  function row(entry) {
    const isCall = entry.kind.startsWith('call');
    return element('tr', { 'data-testid': `timeline-${entry.kind}` }, cell('nowrap', time(entry.at)), cell('nowrap', kinds[entry.kind]),
      cell('nowrap', isCall ? element('button.link', { type: 'button', onclick: () => callRecord(entry.id), 'data-testid': 'timeline-call' }, entry.number || '—') : entry.number),
      cell('text', [entry.words, entry.kind === 'conversation' ? owners[entry.state] : null, isCall ? result[entry.state] ?? '通话中' : null].filter(Boolean).join('，')));
  }
}
