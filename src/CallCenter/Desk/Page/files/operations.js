import { get, post } from './api.js';
import { ask, cell, element, show, table, toast } from './dom.js';
import { list } from './pages.js';
import { pushReason, subject, time } from './words.js';

const states = {
  planned: ['待发送', ''], sending: ['发送中', 'warn'], held: ['等客户来消息', 'warn'], sent: ['已发送', 'good'], delivered: ['已送达', 'good'],
  dead: ['失败', 'bad'], dropped: ['不再发送', ''], superseded: ['已被新状态取代', ''],
};

const sendStates = {
  sent: '已发送', delivered: '已送达', ambiguous: '结果不明，未重发', fallen_back: '改走其他渠道', retried: '稍后重试', dropped: '无法触达', dead: '被拒绝或已放弃',
};

const kinds = { parcel_status: '物流进展', parcel_warning: '延误预警', incident: '突发公告', late_answer: '延迟答复', agent_reply: '客服回复', system: '系统通知' };

const channels = { 'wechat.customer_service': '微信客服消息', 'wechat.template': '微信模板消息', sms: '短信',
  'wechat.account_subscription': '公众号订阅通知', 'wechat.mini_program_subscription': '小程序订阅消息' };

const calls = { custom_message: '客服消息', template: '模板消息', account_subscription: '订阅通知', mini_program_subscription: '小程序订阅消息' };

const yuan = fen => `${(fen / 100).toFixed(2)} 元`;

/** Cards above the ledger: what WeChat saved, what waits, what may still be sent today. */
function sums(holder) {
  Promise.all([get('/operations/notification-sums'), get('/operations/wechat-ledgers')]).then(([sums, ledgers]) => show(holder,
    card('sms-today', '今日省下短信', `${sums.today.savedMessages} 条`, `约 ${yuan(sums.today.savedFen)}；已发短信 ${sums.today.sentMessages} 条，${yuan(sums.today.sentFen)}`),
    card('sms-month', '近30天省下短信', `${sums.days30.savedMessages} 条`, `约 ${yuan(sums.days30.savedFen)}；已发短信 ${sums.days30.sentMessages} 条，${yuan(sums.days30.sentFen)}`),
    card('held', '等客户来消息', `${sums.held} 条`, sums.possibleDoubles ? `近30天可能重复 ${sums.possibleDoubles} 条` : '没有可能重复的消息'),
    ...ledgers.quotas.filter(quota => quota.used > 0 || quota.isExhausted).map(quota => card(`quota-${quota.appId}-${quota.call}`,
      `${calls[quota.call] ?? quota.call} 今日额度`, `${quota.used} / ${quota.limit}`, quota.isExhausted ? `${quota.appId}：微信说今天已用完` : quota.appId)),
    ...ledgers.grants.map(grant => card(`grant-${grant.templateId}`, '订阅授权', `${grant.people} 人`, `剩余 ${grant.sendsLeft} 次，长期 ${grant.permanent} 人`)),
    ...ledgers.lostTemplates.map(lost => card(`lost-${lost.templateId}`, '模板失效', lost.templateId, `${time(lost.retryAt)} 再试；请在微信后台核对模板`)),
  )).catch(problem => toast(problem.message, true));
}

function card(id, title, figure, note) {
  return element('.card.figure', { 'data-testid': id }, element('p.quiet', {}, title), element('strong', {}, figure), element('p.quiet', {}, note));
}


export function notifications(main) {
  const state = element('select', { 'aria-label': '状态', 'data-testid': 'state', onchange: () => leave.reload() },
    element('option', { value: '' }, '全部状态'), Object.entries(states).map(([value, [word]]) => element('option', { value }, word)));
  const cards = element('.cards', { 'data-testid': 'sums' });
  sums(cards);
  const leave = list(main, {
    bar: [element('h2.grow', {}, '推送台账'), state],
    above: cards,
    load: cursor => get(`/operations/notifications?limit=50${state.value ? `&state=${state.value}` : ''}${cursor ? `&cursor=${cursor}` : ''}`),
    render: items => table('notifications', ['计划时间', '类型', '事由', '渠道', '状态', '原因', '次数', '完成时间', ''], items.map(row), '没有推送记录'),
  });
  return leave;

  function row(entry) {
    return element('tr', { 'data-testid': `notification-${entry.id}` },
      cell('nowrap', time(entry.plannedAt)), cell('nowrap', kinds[entry.kind] ?? entry.kind), cell('nowrap', element('span', { title: entry.dedupeKey }, subject(entry.dedupeKey))),
      cell('nowrap', channels[entry.channel] ?? (entry.channel || '—')), cell('nowrap', stateTag(entry.state)), cell('text', element('span', { title: entry.reason, 'data-testid': 'reason' }, pushReason(entry.reason))),
      cell('number', String(entry.attempts)), cell('nowrap', time(entry.finishedAt)),
      cell('nowrap', element('button.link', { onclick: () => details(entry), 'data-testid': 'details' }, '经过'),
        entry.state === 'dead' ? element('button.link', { onclick: () => requeue(entry), 'data-testid': 'requeue' }, '重新推送') : null));
  }

  async function details(entry) {
    try {
      const { items } = await get(`/operations/notifications/${entry.id}/sends`);
      await ask('发送经过', items.length
        ? items.map(send => element('p', {}, `${time(send.at)} ${channels[send.channel] ?? send.channel}：${sendStates[send.state] ?? send.state}${send.reason ? `（${pushReason(send.reason)}）` : ''}`))
        : [element('p.quiet', {}, '还没有尝试发送')], '知道了', async () => {});
    } catch (problem) {
      toast(problem.message, true);
    }
  }

  async function requeue(entry) {
    const done = await ask('重新推送这条通知？', [
      element('p.quiet', {}, '所有渠道会从头再试。请先确认问题已经解决。'),
      element('label', {}, '原因', element('input', { name: 'reason', maxlength: '200' })),
    ], '重新推送', fields => post(`/operations/notifications/${entry.id}/requeue`, { reason: fields.get('reason') }));
    if (done) {
      toast('已重新安排推送');
      leave.reload();
    }
  }
}

function stateTag(state) {
  const [word, kind] = states[state] ?? [state, ''];
  return element(kind ? `span.tag.${kind}` : 'span.tag', {}, word);
}

export function deadLetters(main) {
  const leave = list(main, {
    bar: [element('h2.grow', {}, '死信'), element('span.quiet', {}, '多次处理失败的事件会停在这里，等人处理')],
    load: cursor => get(`/operations/dead-letters?limit=50${cursor ? `&cursor=${cursor}` : ''}`),
    render: items => table('dead-letters', ['停止时间', '处理者', '事件', '对象', '次数', '最后的错误', ''], items.map(row), '没有死信，一切正常'),
  });
  return leave;

  function row(letter) {
    return element('tr', { 'data-testid': `dead-${letter.id}` },
      cell('nowrap', time(letter.finishedAt)), cell('', letter.handler), cell('', letter.event), cell('text', letter.aggregate),
      cell('number', String(letter.attempts)), cell('text', letter.lastError),
      cell('nowrap', element('button.link', { onclick: () => act(letter, 'requeue'), 'data-testid': 'requeue' }, '重新投递'),
        element('button.link.bad', { onclick: () => act(letter, 'drop'), 'data-testid': 'drop' }, '放弃')));
  }

  async function act(letter, verb) {
    const again = verb === 'requeue';
    const done = await ask(again ? '重新投递这个事件？' : '放弃这个事件？', [
      element('p.quiet', {}, again ? '它会从头再试。' : '它不会再被处理，同一对象之后的事件会继续。'),
      element('label', {}, '原因', element('input', { name: 'reason', maxlength: '200' })),
    ], again ? '重新投递' : '放弃', fields => post(`/operations/dead-letters/${letter.id}/${verb}`, { reason: fields.get('reason') }), !again);
    if (done) {
      toast(again ? '已重新投递' : '已放弃');
      leave.reload();
    }
  }
}
