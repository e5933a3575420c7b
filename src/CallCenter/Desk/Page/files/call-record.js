import { get, Problem } from './api.js';
import { ask, cell, element, show, table, toast } from './dom.js';
import { length } from './call-words.js';
import { time } from './words.js';

const roles = { caller: '来电客户', agent: '坐席', customer: '客户', colleague: '同事', supervisor: '班长', outside: '外线' };
const kinds = { talk: '通话录音', voicemail: '留言' };

/** The record of a call: its legs with their quality, and the recordings; whoever listens says why. */
export async function callRecord(callId) {
  let view;
  try {
    view = await find(callId);
  } catch (problem) {
    toast(problem.message, true);
    return;
  }
  const body = view ? [facts(view.call, view.score), element('h3', {}, '各方'), legs(view.legs), element('h3', {}, '录音'), recordings(view.recordings)]
    : [element('p.quiet', { 'data-testid': 'no-call-record' }, '还没有这通电话的记录')];
  await ask(`通话 …${callId.slice(-8)}`, body, '关闭');
}

async function find(callId) {
  try {
    return await get(`/calls/${callId}`);
  } catch (problem) {
    if (problem.status === 404) return null;
    throw problem;
  }
}

const facts = (call, score) => element('p', { 'data-testid': 'call-facts' }, `${time(call.startedAt)} 开始，${call.endedAt ? `${time(call.endedAt)} 结束` : '正在进行'}，对方尾号 ${call.peerTail || '未知'}，热线 ${call.hotline || '—'}${call.calledBackFor ? `，回呼：应通话 …${call.calledBackFor.slice(-8)} 的要求` : ''}${score ? `，客户评分 ${score} 分` : ''}`);

const legs = rows => table('call-legs', ['角色', '话机', '接通', '结束', '丢包', '抖动', '语音质量'], rows.map(leg => element('tr', {},
  cell('nowrap', roles[leg.role] ?? leg.role), cell('nowrap', leg.phoneUser || (leg.peerTail ? `尾号 ${leg.peerTail}` : '—')), cell('nowrap', time(leg.answeredAt)), cell('nowrap', time(leg.endedAt)),
  cell('number', `${(leg.lossPermille / 10).toFixed(1)}%`), cell('number', `${leg.jitterMs} 毫秒`), cell('number', leg.mosHundredths ? `${(leg.mosHundredths / 100).toFixed(2)} 分` : '—'))), '没有记录');

const recordings = rows => table('call-recordings', ['种类', '开始', '长度', '保留到', ''], rows.map(recording => element('tr', {},
  cell('nowrap', kinds[recording.kind] ?? recording.kind), cell('nowrap', time(recording.startedAt)), cell('number', length(recording.lengthMs / 1000)), cell('nowrap', time(recording.expiresAt)),
  cell('nowrap', recording.erasedAt ? '已删除' : player(recording)))), '没有录音');

function player(recording) {
  const place = element('.listen', {});
  const reason = element('input', { maxlength: '200', placeholder: '收听原因（记入审计）', 'aria-label': '收听原因', 'data-testid': 'listen-reason' });
  const fault = element('span.fault', { role: 'alert' });
  show(place, reason, element('button', { type: 'button', onclick: listen, 'data-testid': 'listen' }, '收听'), fault);
  return place;

  async function listen() {
    try {
      show(place, element('audio', { controls: true, autoplay: true, src: URL.createObjectURL(await sound(recording.id, reason.value)) }));
    } catch (problem) {
      fault.textContent = problem.message;
    }
  }
}

async function sound(id, reason) {
  const answer = await fetch(`/api/desk/v1/calls/recordings/${id}/listen`, {
    method: 'POST', credentials: 'same-origin', headers: { 'X-Courier-Csrf': '1', 'Content-Type': 'application/json' }, body: JSON.stringify({ reason }),
  });
  if (answer.ok) return answer.blob();
  const data = await answer.json().catch(() => null);
  throw new Problem(answer.status, data?.code ?? '', data?.title ?? '录音读不出来');
}
