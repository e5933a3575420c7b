import { get, post } from './api.js';
import { element, released, show, table, cell, toast } from './dom.js';
import { poll, turns } from './poll.js';
import { showRecord } from './record.js';
import { callRecord } from './call-record.js';
import { agentState, length, notReady } from './call-words.js';

/** An agent's own telephone: what I am doing, ready or not and why, the end of the wrap-up. Returns a function that leaves the page. */
export function myPhone(main) {
  const body = element('div', { 'data-testid': 'my-phone' }, element('p.quiet.center', {}, '正在加载…'));
  const notice = element('p.error', { hidden: true, role: 'alert', 'data-testid': 'my-phone-error' });
  let seen = '';
  const turn = turns();
  show(main, element('.bar', {}, element('h2.grow', {}, '我的电话'), element('span.quiet', {}, '电话上也可以拨 *11 示闲、*12 示忙、*13 结束话后处理')), notice, body);
  return poll(async () => {
    const isLast = turn();
    const view = await get('/live/me');
    await released();
    if (isLast()) put(view);
  }, failed, 2);

  function failed(problem) {
    if (problem.status === 401) return;
    notice.textContent = problem.status === 404 ? '电话服务没有在这台服务器上运行' : problem.message;
    notice.hidden = false;
  }

  function put(view) {
    notice.hidden = true;
    const face = JSON.stringify(view); // the buttons stay the same ones while nothing changes, so that a click is never lost
    if (face !== seen) show(body, state(view), buttons(view), queues(view));
    seen = face;
    tick(view);
  }

  function state({ agent, hasPhone, other }) {
    return element('.cards', {}, element('.card.figure', {},
      element('span.quiet', {}, `${agent.name}（话机 ${agent.phoneUser}）`),
      element('strong', { 'data-testid': 'my-state' }, agentState(agent)),
      element('span.quiet', { 'data-testid': 'my-since' }),
      hasPhone ? element('span.tag.good', { 'data-testid': 'my-handset' }, '话机已注册') : element('span.tag.bad', { 'data-testid': 'my-handset' }, '话机未注册，接不到来电'),
      other ? whoItIs(other) : null,
      agent.state === 'wrap_up' && agent.callId ? element('button.link', { onclick: () => callRecord(agent.callId), 'data-testid': 'my-last-call' }, '刚才的通话记录') : null));
  }

  function whoItIs({ direction, tail, name, customer }) {
    const words = { inbound: '客户来电', outbound: '呼叫客户', internal: '同事' };
    const who = [name, tail ? `尾号 ${tail}` : ''].filter(Boolean).join('，') || '没有显示号码';
    return element('span', { 'data-testid': 'my-call' }, `${words[direction]}：${who} `,
      customer ? element('button.link', { onclick: () => showRecord(customer), 'data-testid': 'my-customer' }, '客户资料') : null);
  }

  function tick({ agent, until }) {
    const since = body.querySelector('[data-testid=my-since]');
    const left = until ? Math.max(0, Math.round((new Date(until) - Date.now()) / 1000)) : null;
    since.textContent = agent.state === 'wrap_up' && left !== null ? `还剩 ${length(left)}` : `已 ${length((Date.now() - new Date(agent.since)) / 1000)}`;
  }

  function buttons({ agent, wantsReady, reasons }) {
    const inCall = ['reserved', 'talking'].includes(agent.state);
    return element('.bar', {},
      agent.state === 'wrap_up' ? element('button.main', { onclick: () => act('/live/me/wrap-up/end'), 'data-testid': 'end-wrap-up' }, '结束话后处理') : null,
      element('button.main', { disabled: agent.state === 'ready' || (inCall && wantsReady), onclick: () => act('/live/me/ready'), 'data-testid': 'go-ready' }, inCall ? '通话后示闲' : '示闲'),
      element('span.quiet', {}, inCall ? '通话后示忙：' : '示忙：'),
      reasons.map(reason => element('button', {
        disabled: agent.state === 'not_ready' && agent.reason === reason, onclick: () => act('/live/me/not-ready', { reason }), 'data-testid': `not-ready-${reason}`,
      }, notReady[reason])),
      element('span.grow', {}),
      element('button', { disabled: inCall || agent.state === 'logged_out', onclick: () => act('/live/me/sign-off'), 'data-testid': 'sign-off-phone' }, '签出'));
  }

  function queues({ queues: mine }) {
    return table('my-queues', ['我服务的队列', '正在等候'], mine.map(queue => element('tr', {}, cell('text', queue.name), cell('number', `${queue.waiting} 人`))), '没有您能服务的队列，请联系班长设置技能');
  }

  async function act(path, what) {
    try {
      const view = await post(path, what);
      turn(); // what was asked for before counts no more
      put(view);
    } catch (problem) {
      toast(problem.message, true);
    }
  }
}
