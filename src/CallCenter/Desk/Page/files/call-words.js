// Words of the telephone as people read them.
import { get } from './api.js';

const states = { logged_out: '未签入', offline: '话机离线', not_ready: '示忙', ready: '示闲', reserved: '振铃', talking: '通话中', wrap_up: '话后处理' };
const kinds = { logged_out: '', offline: '.bad', not_ready: '.warn', ready: '.good', reserved: '.good', talking: '.good', wrap_up: '.warn' };

export const notReady = {
  signed_on: '刚签入', break: '小休', meal: '用餐', meeting: '会议', training: '培训', casework: '处理工单', no_answer: '漏接来电', phone_busy: '话机占线', rejected: '拒接来电',
  unreachable: '话机无响应', by_supervisor: '班长设置',
};

export const how = {
  answered: '接起', abandoned: '放弃', short_abandoned: '短放弃', overflowed: '溢出', call_back: '转回呼', voicemail: '转留言', timed_out: '等待超时', closed: '非服务时间', full: '队列已满',
  unstaffed: '无坐席在线', lost: '异常中断',
};

export const direction = { inbound: '呼入', outbound: '呼出', internal: '内部' };

export const result = {
  completed: '已接通', self_served: '自助完成', abandoned: '客户挂机', voicemail: '留言', busy: '忙线', no_answer: '无人接听', rejected: '拒接', unreachable: '联系不上', media_failed: '语音故障', timed_out: '对方断线', failed: '失败', lost: '异常中断',
};

export const agentState = agent => (agent.state === 'not_ready' ? `示忙：${notReady[agent.reason]}` : states[agent.state]);
export const stateKind = agent => kinds[agent.state];

/** What queues and tiers are called, by their codes; a code that nobody knows any more stays as it is. */
export async function namesOfQueuesAndTiers() {
  const [queues, segments] = await Promise.all([get('/queues'), get('/segments')]);
  const queue = new Map(queues.items.map(line => [line.code, line.name]));
  const tier = new Map([['standard', '普通会员'], ...segments.items.filter(segment => segment.kind === 'tier').map(segment => [segment.code, segment.name])]);
  return { queue: code => queue.get(code) ?? code, tier: code => tier.get(code) ?? code };
}

/** Seconds as 0:05, 12:30 or 1:02:03. */
export function length(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, i) => (i ? String(part).padStart(2, '0') : String(part))).join(':');
}
