import { control, make, shownTime } from './api.js';

// The console at the side: which rules were broken, which troubles are set, how often each call was made.

const codes = [
  ['', '（不返回错误）'], ['-1', '-1 系统繁忙'], ['40001', '40001 令牌无效'], ['42001', '42001 令牌过期'], ['45009', '45009 超过调用额度'],
  ['45011', '45011 调用太频繁'], ['45015', '45015 回复窗口已关'], ['45047', '45047 条数用完'], ['43004', '43004 用户未关注'], ['48001', '48001 没有权限'],
];
const calls = [
  '*', '/cgi-bin/stable_token', '/cgi-bin/message/custom/send', '/cgi-bin/message/template/send', '/cgi-bin/menu/create',
  '/cgi-bin/user/info', '/cgi-bin/media/upload', '/cgi-bin/qrcode/create', '/sns/oauth2/access_token', '/sns/jscode2session',
];

export class Panel {
  constructor(element) {
    this.rules = make('div', { class: 'rules', testid: 'rules' });
    this.faults = make('div', { class: 'faults', testid: 'faults' });
    this.calls = make('div', { class: 'calls', testid: 'calls' });
    this.message = make('p', { class: 'hint', role: 'status', testid: 'panel-message' });
    element.append(
      this.section('规则提示', this.rules, make('button', { text: '清空', testid: 'clear-rules', on: { click: () => this.run(() => control.clearRules(), '已清空') } })),
      this.section('故障', make('div', {}, this.callFault(), this.quotaFault(), this.callbackFault(), this.faults),
        make('button', { text: '全部解除', testid: 'clear-faults', on: { click: () => this.run(() => control.clearFaults(), '故障已解除') } })),
      this.section('平台', make('div', {}, this.platformButtons(), this.message)),
      this.section('接口调用', this.calls));
  }

  section(title, body, button) {
    return make('section', {}, make('div', { class: 'section-head' }, make('h2', { text: title }), button), body);
  }

  callFault() {
    const call = make('select', { testid: 'fault-call', 'aria-label': '接口' }, ...calls.map((path) => make('option', { value: path, text: path === '*' ? '所有接口' : path })));
    const code = make('select', { testid: 'fault-errcode', 'aria-label': '错误码' }, ...codes.map(([value, text]) => make('option', { value, text })));
    const delay = make('input', { type: 'number', min: '0', placeholder: '延迟毫秒', testid: 'fault-delay', 'aria-label': '延迟毫秒' });
    const times = make('input', { type: 'number', min: '1', placeholder: '次数，空为一直', testid: 'fault-times', 'aria-label': '次数' });
    const set = () => this.run(() => control.addFault({
      call: call.value, errcode: number(code.value), delayMs: number(delay.value), times: number(times.value),
    }), '接口故障已设置');
    return make('div', { class: 'form', testid: 'fault-form' }, call, code, delay, times, make('button', { text: '设置接口故障', testid: 'fault-set', on: { click: set } }));
  }

  quotaFault() {
    const call = make('select', { testid: 'quota-call', 'aria-label': '额度接口' }, ...calls.map((path) => make('option', { value: path, text: path === '*' ? '所有接口' : path })));
    const kind = make('select', { testid: 'quota-kind', 'aria-label': '额度' },
      make('option', { value: 'minute', text: '本分钟额度用完' }), make('option', { value: 'day', text: '今天额度用完' }), make('option', { value: 'refuse', text: '连接被拒绝' }));
    const set = () => this.run(() => control.addFault(kind.value === 'refuse' ? { call: call.value, refuse: true } : { call: call.value, quota: kind.value }), '已设置');
    return make('div', { class: 'form' }, call, kind, make('button', { text: '设置', testid: 'quota-set', on: { click: set } }));
  }

  callbackFault() {
    const kind = make('select', { testid: 'callback-fault', 'aria-label': '推送故障' },
      make('option', { value: 'duplicate', text: '重复推送' }), make('option', { value: 'reorder', text: '乱序推送' }), make('option', { value: 'drop', text: '丢失推送' }),
      make('option', { value: 'answerLost', text: '回应丢失（平台重试）' }));
    const times = make('input', { type: 'number', min: '1', value: '1', testid: 'callback-times', 'aria-label': '次数' });
    const set = () => this.run(() => control.addFault({ callback: kind.value, times: number(times.value) }), '推送故障已设置');
    return make('div', { class: 'form' }, kind, times, make('button', { text: '设置推送故障', testid: 'callback-fault-set', on: { click: set } }));
  }

  platformButtons() {
    const each = (work) => async () => {
      const { accounts } = await control.state();
      const answers = await Promise.all(accounts.map((account) => work(account.appId)));
      return answers;
    };
    const button = (text, testid, work, done) => make('button', { text, testid, on: { click: () => this.run(work, done) } });
    return make('div', { class: 'form' },
      button('令牌全部过期', 'expire-tokens', () => control.expireTokens(), '令牌已过期'),
      button('别处刷新令牌（旧的再用 5 分钟）', 'renew-tokens', () => control.renewTokens(), '令牌已被别处刷新'),
      button('密钥换到一半（10 分钟）', 'half-rotate', each(async (appId) => {
        await control.rotateKey(appId, 'previous');
        await control.halfRotate(appId, 600);
      }), '推送轮流使用新旧密钥'),
      button('换用上一把密钥', 'use-previous-key', each((appId) => control.rotateKey(appId, 'previous')), '推送改用上一把密钥'),
      button('换回当前密钥', 'use-current-key', each((appId) => control.rotateKey(appId, 'current')), '推送改用当前密钥'),
      button('验证回调地址', 'verify-callback', async () => {
        const answers = await each((appId) => control.verifyCallback(appId))();
        if (!answers.every((answer) => answer.ok)) throw new Error('回调地址验证不通过');
      }, '回调地址验证通过'));
  }

  async run(work, done) {
    try {
      await work();
      this.message.textContent = done;
      await this.load();
    } catch (error) {
      this.message.textContent = `没有成功：${error.message}`;
    }
  }

  async load() {
    const { rules, faults, calls: counts } = await control.state();
    const shown = rules.slice(-50).reverse();
    this.rules.replaceChildren(...(shown.length ? shown.map(ruleLine) : [make('p', { class: 'hint', text: '没有违反微信的任何规则。' })]));
    this.faults.replaceChildren(...(faults.length ? faults.map(faultLine) : [make('p', { class: 'hint', text: '没有设置故障。' })]));
    this.calls.replaceChildren(...(counts.length ? counts.map(countLine) : [make('p', { class: 'hint', text: '还没有接口调用。' })]));
  }

  /** Loads soon, once for a burst of news. */
  refresh() {
    this.waiting ??= setTimeout(() => { this.waiting = null; this.load(); }, 300);
  }
}

const number = (text) => text === '' ? undefined : Number(text);

function ruleLine(rule) {
  return make('div', { class: 'rule', testid: 'rule' }, make('small', { text: `${shownTime(rule.at)}　${rule.call}　${rule.errcode ?? ''}` }), make('div', { text: rule.rule }));
}

function faultLine(fault) {
  const what = fault.callback ? { duplicate: '重复推送', reorder: '乱序推送', drop: '丢失推送', answerLost: '回应丢失', slow: '推送变慢' }[fault.callback] : fault.call ?? '模板消息结果';
  const detail = [fault.refuse && '连接被拒绝', fault.quota && (fault.quota === 'day' ? '今天额度用完' : '本分钟额度用完'), fault.errcode !== undefined && `错误 ${fault.errcode}`, fault.delayMs && `延迟 ${fault.delayMs} 毫秒`, fault.jobStatus, fault.times ? `还有 ${fault.times} 次` : '一直有效'];
  return make('div', { class: 'fault', testid: 'fault', text: `${what}　${detail.filter(Boolean).join('，')}` });
}

function countLine(count) {
  return make('div', { class: 'count' }, make('span', { text: count.path }), make('b', { text: String(count.total) }));
}
