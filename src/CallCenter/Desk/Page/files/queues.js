import { get, post, put } from './api.js';
import { ask, cell, element, show, table, toast } from './dom.js';
import { agentState, length, namesOfQueuesAndTiers, stateKind } from './call-words.js';
import { list } from './pages.js';
import { queueEditor, readSkills } from './queue-editor.js';
import { time } from './words.js';

/** The floor now: queues, waiting calls, agents; and what supervisors set: rules of queues, skills, call-backs. Returns a function that leaves the page. */
export function queues(main) {
  let leave = () => {};
  let names = null;
  turn(floor);
  return () => leave();

  function turn(page) {
    leave();
    show(main);
    leave = page() ?? (() => {});
  }

  function floor() {
    return list(main, {
      bar: [element('h2.grow', {}, '排队'), element('button', { onclick: () => turn(rules), 'data-testid': 'queue-rules' }, '队列设置'),
        element('button', { onclick: () => turn(skills), 'data-testid': 'agent-skills' }, '坐席技能'), element('button', { onclick: () => turn(callBacks), 'data-testid': 'call-backs' }, '回呼')],
      load: async () => {
        names ??= await namesOfQueuesAndTiers();
        return { items: [await get('/live/queues')] };
      },
      render: ([view]) => [
        table('live-queues', ['队列', '状态', '等候', '最长等候', '示闲', '忙', '示忙'], view.queues.map(queue), '还没有队列'),
        element('h3', {}, '正在等候的来电'),
        table('waiting-calls', ['位置', '队列', '客户等级', '已等候', ''], view.calls.map(call => waiting(call, view.queues)), '没有客户在等候'),
        element('h3', {}, '坐席'),
        table('live-agents', ['坐席', '状态', '已持续', '队列', '在线会话', ''], view.agents.map(agent), '还没有坐席账号'),
      ],
      seconds: 2,
      ticks: true,
      absent: '电话服务没有在这台服务器上运行',
    });
  }

  function queue(line) {
    return element('tr', { 'data-testid': `live-queue-${line.code}` }, cell('text', line.name), cell('nowrap', line.isOpen ? element('span.tag.good', {}, '开放') : element('span.tag', {}, '关闭')),
      cell('number', element('span', { 'data-testid': 'queue-waiting' }, String(line.waiting))), cell('number', line.waiting ? length(line.longestSeconds) : '—'), cell('number', String(line.ready)), cell('number', String(line.busy)), cell('number', String(line.notReady)));
  }

  function waiting(call, all) {
    return element('tr', {}, cell('number', String(call.position || '—')), cell('text', all.find(line => line.code === call.queue)?.name ?? call.queue), cell('nowrap', names.tier(call.tier)), cell('number', length(call.waitedSeconds)),
      cell('nowrap', call.isCallBack ? element('span.tag', {}, '回呼') : null, call.isRinging ? element('span.tag.good', {}, '正在振铃') : null));
  }

  function agent(line) {
    return element('tr', { 'data-testid': `live-agent-${line.phoneUser}` }, cell('text', line.name, element('br'), element('span.quiet', {}, line.phoneUser)),
      cell('nowrap', element(`span.tag${stateKind(line)}`, { 'data-testid': 'agent-state' }, agentState(line))),
      cell('number', line.state === 'logged_out' ? '—' : length((Date.now() - new Date(line.since)) / 1000)), cell('nowrap', line.queue ? names.queue(line.queue) : '—'), cell('number', String(line.chats)),
      cell('nowrap', line.state === 'logged_out' ? null : element('button.link', { onclick: () => setState(line), 'data-testid': 'set-state' }, '设置状态')));
  }

  async function setState(line) {
    const done = await ask(`设置${line.name}的状态`, [
      element('label', {}, '状态', element('select', { name: 'state', 'data-testid': 'state-choice' }, [['not_ready', '示忙'], ['ready', '示闲'], ['logged_out', '签出']].map(([value, words]) => element('option', { value }, words)))),
      element('label', {}, '原因（选填，记入审计）', element('input', { name: 'reason', maxlength: '200' })),
    ], '设置', fields => post(`/live/agents/${line.id}/state`, { state: fields.get('state'), reason: fields.get('reason') }));
    if (!done) return;
    toast('已设置');
    leave.reload();
  }

  function back() {
    return element('button', { onclick: () => turn(floor), 'data-testid': 'back-to-floor' }, '返回');
  }

  function rules() {
    return list(main, {
      bar: [element('h2.grow', {}, '队列设置'), element('span.quiet', {}, '保存后立即生效，不用重启'), element('button.main', { onclick: () => edit(null), 'data-testid': 'new-queue' }, '＋ 队列'), back()],
      load: async () => {
        names = await namesOfQueuesAndTiers();
        return get('/queues');
      },
      render: items => table('queues', ['队列', '需要的技能', '服务水平', '话后', '振铃', '最长等候', '溢出到', '回呼', '状态', ''], items.map(rule), '还没有队列'),
      seconds: 30,
    });
  }

  function rule(line) {
    return element('tr', { 'data-testid': `queue-${line.code}` }, cell('text', line.name, element('br'), element('span.quiet', {}, line.code)),
      cell('text', line.skills.map(need => `${need.skill} ≥ ${need.level}`).join('、') || '不限'), cell('nowrap', `${line.levelSeconds} 秒内 ${line.levelShare}%`), cell('nowrap', `${line.wrapUpSeconds} 秒`),
      cell('nowrap', `${line.ringSeconds} 秒`), cell('nowrap', `${line.maxWaitSeconds} 秒`), cell('nowrap', line.overflowTo ? `${names.queue(line.overflowTo)}（${line.overflowSeconds} 秒后）` : '—'), cell('nowrap', line.hasCallBack ? '可以' : '不可以'),
      cell('nowrap', line.isClosed ? element('span.tag.warn', {}, '停用') : element('span.tag.good', {}, '启用')), cell('nowrap', element('button.link', { onclick: () => edit(line), 'data-testid': 'edit-queue' }, '修改')));
  }

  async function edit(line) {
    if (!await queueEditor(line)) return;
    toast('已保存，立即生效');
    leave.reload();
  }

  function skills() {
    return list(main, {
      bar: [element('h2.grow', {}, '坐席技能'), element('span.quiet', {}, '等级1到10，几秒内生效'), back()],
      load: () => get('/agents'),
      render: items => table('agents', ['坐席', '技能', ''], items.map(line => element('tr', { 'data-testid': `agent-${line.phoneUser}` }, cell('text', `${line.name}（${line.phoneUser}）`),
        cell('text', line.skills.map(skill => `${skill.skill} ${skill.level}`).join('、') || '—'), cell('nowrap', element('button.link', { onclick: () => editSkills(line), 'data-testid': 'edit-skills' }, '修改')))), '还没有坐席账号'),
      seconds: 30,
    });
  }

  async function editSkills(line) {
    const done = await ask(`${line.name}的技能`, [
      element('label', {}, '技能和等级，用逗号隔开，例如 english:8, complaint:5', element('input', { name: 'skills', maxlength: '800', value: line.skills.map(skill => `${skill.skill}:${skill.level}`).join(', '), 'data-testid': 'skills-text' })),
      element('label', {}, '原因（选填，记入审计）', element('input', { name: 'reason', maxlength: '200' })),
    ], '保存', fields => put(`/agents/${line.id}/skills`, { skills: readSkills(fields.get('skills')), reason: fields.get('reason') }));
    if (!done) return;
    toast('已保存');
    leave.reload();
  }

  function callBacks() {
    const words = { waiting: '等待回呼', connected: '已接通', not_reached: '未接通', cancelled: '已取消' };
    return list(main, {
      bar: [element('h2.grow', {}, '回呼'), element('span.quiet', {}, '客户挂机后仍按原来的顺序排队，轮到时回拨，最多三次'), back()],
      load: async () => {
        names ??= await namesOfQueuesAndTiers();
        return get('/call-backs');
      },
      render: items => table('call-back-list', ['排队时间', '队列', '状态', '已拨', '下次', ''], items.map(line => element('tr', {}, cell('nowrap', time(line.since)), cell('nowrap', names.queue(line.queue)), cell('nowrap', words[line.state]), cell('number', `${line.tries} 次`),
        cell('nowrap', line.state === 'waiting' ? time(line.nextAt) : '—'), cell('nowrap', line.state === 'waiting' ? element('button.link', { onclick: () => cancel(line) }, '取消') : null))), '没有回呼'),
    });
  }

  async function cancel(line) {
    const done = await ask('取消这个回呼？', [element('label', {}, '原因（记入审计）', element('input', { name: 'reason', maxlength: '200' }))], '取消回呼',
      fields => post(`/call-backs/${line.id}/cancel`, { reason: fields.get('reason') }), true);
    if (done) leave.reload();
  }
}
