import { put } from './api.js';
import { ask, element } from './dom.js';

const numbers = [
  ['levelSeconds', '几秒内接起', 20], ['levelShare', '目标比例（%）', 80], ['ringSeconds', '每位坐席振铃秒数', 20], ['wrapUpSeconds', '话后处理秒数', 20], ['maxWaitSeconds', '最长等候秒数（0 不限）', 900],
  ['maxLength', '最多等候人数', 100], ['relaxSeconds', '多少秒后放宽技能要求（0 不放宽）', 60], ['fairnessSeconds', '会员最多提前秒数', 120], ['offerSeconds', '多少秒后提示回呼和留言', 60],
  ['announceSeconds', '每隔多少秒播报位置', 45], ['overflowSeconds', '多少秒后溢出（0 不溢出）', 0],
];

/** Asks for a queue's rules; the promise gives true when they were saved. */
export function queueEditor(queue) {
  const field = (name, words, attributes = {}) => element('label', {}, words, element('input', { name, 'data-testid': `queue-${name}`, ...attributes }));
  return ask(queue ? `修改${queue.name}` : '新建队列', [
    element('.pair', {}, field('name', '名称', { required: true, maxlength: '60', value: queue?.name ?? '' }),
      field('code', '代码（小写字母、数字、连字符）', { required: true, maxlength: '40', value: queue?.code ?? '', disabled: Boolean(queue) })),
    field('skills', '坐席须有的技能，例如 english:5, claims:3（空为不限）', { maxlength: '800', value: (queue?.skills ?? []).map(need => `${need.skill}:${need.level}`).join(', ') }),
    field('tiers', '会员优先：等级:提前秒数:应答秒数，例如 gold:60:15', { maxlength: '800', value: (queue?.tiers ?? []).map(tier => `${tier.tier}:${tier.headStartSeconds}:${tier.levelSeconds}`).join(', ') }),
    element('.pair', {}, numbers.map(([name, words, usual]) => field(name, words, { type: 'number', required: true, min: '0', value: String(queue?.[name] ?? usual) }))),
    element('.pair', {}, field('overflowTo', '溢出到（队列代码，空为不溢出）', { maxlength: '40', value: queue?.overflowTo ?? '' }),
      field('hours', '服务时间（空为人工服务时间）', { maxlength: '200', placeholder: '08:00-22:00', value: queue?.hours ?? '' })),
    field('greeting', '欢迎语', { maxlength: '500', value: queue?.greeting ?? '' }),
    element('fieldset', {}, element('label', {}, element('input', { type: 'checkbox', name: 'hasCallBack', checked: queue?.hasCallBack ?? true }), ' 可以要求回呼'),
      element('label', {}, element('input', { type: 'checkbox', name: 'isClosed', checked: queue?.isClosed ?? false, 'data-testid': 'queue-isClosed' }), ' 停用（不接新来电）')),
    field('reason', '原因（选填，记入审计）', { maxlength: '200' }),
  ], '保存', fields => put(`/queues/${encodeURIComponent(queue?.code ?? fields.get('code').trim())}`, {
    ...Object.fromEntries(numbers.map(([name]) => [name, Number(fields.get(name))])),
    name: fields.get('name'), greeting: fields.get('greeting'), hours: fields.get('hours'), overflowTo: fields.get('overflowTo'), reason: fields.get('reason'),
    hasCallBack: fields.get('hasCallBack') !== null, isClosed: fields.get('isClosed') !== null, skills: readSkills(fields.get('skills')), tiers: readTiers(fields.get('tiers')), version: queue?.version ?? 0,
  }));
}

const readTiers = text => text.split(/[,，]/).map(part => part.trim()).filter(Boolean).map(part => {
  const [tier, start, level] = part.split(/[:：]/);
  return { tier: tier.trim(), headStartSeconds: Number(start ?? 0), levelSeconds: Number(level ?? 20) };
});

/** `english:8, complaint` as a list; a level that is not given is 5. */
export const readSkills = text => text.split(/[,，]/).map(part => part.trim()).filter(Boolean).map(part => {
  const [skill, level] = part.split(/[:：]/);
  return { skill: skill.trim(), level: level ? Number(level) : 5 };
});
