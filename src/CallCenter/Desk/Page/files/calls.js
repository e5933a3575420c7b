import { get } from './api.js';
import { callRecord } from './call-record.js';
import { direction, length, result } from './call-words.js';
import { cell, element, table } from './dom.js';
import { list } from './pages.js';
import { time } from './words.js';

/** All calls, the newest first, or those of one number; each opens its record. Returns a function that leaves the page. */
export function calls(main) {
  const phone = element('input', { type: 'search', maxlength: '30', placeholder: '按完整号码查找', 'aria-label': '号码', 'data-testid': 'calls-phone', onchange: () => leave.reload() });
  const leave = list(main, {
    bar: [element('h2.grow', {}, '通话'), phone],
    load: cursor => {
      const query = new URLSearchParams({ limit: '50' });
      if (phone.value.trim()) query.set('phone', phone.value.trim());
      if (cursor) query.set('cursor', cursor);
      return get(`/calls?${query}`);
    },
    render: items => table('calls', ['开始', '方向', '对方', '热线', '结果', '等候与自助', '通话', '录音', ''], items.map(row), phone.value.trim() ? '这个号码没有通话' : '还没有通话'),
    seconds: 30,
  });
  return leave;
}

function row(call) {
  return element('tr', {}, cell('nowrap', time(call.startedAt)), cell('nowrap', direction[call.direction]), cell('nowrap', call.peerTail ? `尾号 ${call.peerTail}` : '未知'), cell('nowrap', call.hotline || '—'),
    cell('nowrap', call.endedAt ? result[call.result] ?? '—' : '正在进行'), cell('number', span(call.startedAt, call.talkedAt ?? call.endedAt)), cell('number', span(call.talkedAt, call.endedAt)), cell('nowrap', call.isRecorded ? '有' : '—'),
    cell('nowrap', element('button.link', { onclick: () => callRecord(call.id), 'data-testid': 'open-call' }, '通话记录')));
}

const span = (from, until) => (from && until ? length((new Date(until) - new Date(from)) / 1000) : '—');
