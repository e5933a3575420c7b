import { control, make } from './api.js';
import { sheet } from './dialogs.js';

// Agreements to subscription messages: the dialog that a page or mini-program opens, and the settings of an account.

const AT_ONCE = 3;

/** wx.requestSubscribeMessage: what was ticked as "always" before is not asked. Answers { templateId: 'accept' | 'reject' }. */
export async function requestSubscriptions(screen, openid, templateIds) {
  const { ask, settled } = await control.askSubscriptions(openid, templateIds);
  const choices = Object.fromEntries(settled.map(({ templateId, accepts }) => [templateId, accepts ? 'accept' : 'reject']));
  if (!ask.length) return choices;
  const { templates } = await control.subscriptions(openid);
  const answer = await dialog(screen, ask.map((id) => templates.find((template) => template.templateId === id)).filter(Boolean));
  if (!answer) return { ...choices, ...Object.fromEntries(ask.map((id) => [id, 'cancel'])) };
  await control.chooseSubscriptions(openid, answer.choices, answer.remember);
  return { ...choices, ...Object.fromEntries(answer.choices.map(({ templateId, choice }) => [templateId, choice])) };
}

function dialog(screen, templates) {
  return sheet(screen, '订阅消息', (box, close) => {
    const ticks = templates.map((template) => make('input', { type: 'checkbox', checked: '', testid: 'subscribe-template', value: template.templateId }));
    const remember = make('input', { type: 'checkbox', testid: 'subscribe-remember' });
    const choose = (allowed) => close({
      remember: remember.checked,
      choices: ticks.map((tick) => ({ templateId: tick.value, choice: allowed && tick.checked ? 'accept' : 'reject' })),
    });
    box.append(make('p', { text: '“快递服务”申请向你发送以下消息' }),
      ...templates.map((template, index) => make('label', { class: 'choice' }, ticks[index], make('span', { text: template.title }))),
      make('label', { class: 'choice hint' }, remember, make('span', { text: '总是保持以上选择，不再询问' })),
      make('div', { class: 'ask' },
        make('button', { text: '拒绝', testid: 'subscribe-reject', on: { click: () => choose(false) } }),
        make('button', { class: 'primary', text: '允许', testid: 'subscribe-allow', on: { click: () => choose(true) } })));
  });
}

/** Lets the person pick up to three templates first, where no page asked for certain ones. */
export async function pickAndRequest(screen, openid) {
  const { templates } = await control.subscriptions(openid);
  const chosen = await sheet(screen, '请求订阅哪些消息（最多 3 个）', (box, close) => {
    const ticks = templates.map((template) => make('input', { type: 'checkbox', value: template.templateId, testid: 'pick-template' }));
    box.append(...templates.map((template, index) => make('label', { class: 'choice' }, ticks[index],
      make('span', { text: `${template.title}（${left(template)}）` }))),
    make('button', { class: 'primary', text: '请求订阅', testid: 'dialog-ok', on: { click: () => {
      const ids = ticks.filter((tick) => tick.checked).map((tick) => tick.value).slice(0, AT_ONCE);
      if (ids.length) close(ids);
    } } }));
  });
  return chosen ? requestSubscriptions(screen, openid, chosen) : null;
}

/** The account's settings: each message on or off. */
export async function subscriptionSettings(screen, openid) {
  const { templates } = await control.subscriptions(openid);
  return sheet(screen, '消息设置', (box) => {
    box.append(...templates.map((template) => {
      const tick = make('input', { type: 'checkbox', testid: 'subscription-switch', value: template.templateId });
      tick.checked = template.standing !== 'reject';
      tick.addEventListener('change', () => control.switchSubscription(openid, template.templateId, tick.checked));
      return make('label', { class: 'choice' }, tick, make('span', { text: `${template.title}（${left(template)}）` }));
    }));
  });
}

const left = ({ left: count }) => count < 0 ? '长期有效' : `还可收 ${count} 条`;
