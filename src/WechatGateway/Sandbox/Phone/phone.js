import { control, isMiniProgramLink, isWebAddress, make } from './api.js';
import { entryElements } from './bubbles.js';
import { askVoice, confirmSheet, openFrame, pickPicture, pickPlace, scanAccountCode, scanCode } from './dialogs.js';
import { closeMenus, drawMenu } from './menu.js';
import { openMiniProgram, scanMiniProgram } from './miniprogram.js';
import { smsPanel } from './sms.js';
import { pickAndRequest, requestSubscriptions, subscriptionSettings } from './subscribe.js';

// One phone: one person in the chat with one account.

const TYPING_LASTS = 15000;
const PREVIEW_FROM = 9e15;

export class Phone {
  constructor(person, account, onClose, preview = null) {
    this.person = person;
    this.preview = preview;
    this.account = account;
    this.entries = new Map();
    this.official = account.kind === 'officialAccount';
    this.build(onClose);
  }

  build(onClose) {
    this.title = make('span', { class: 'title', testid: 'title', text: this.account.name });
    this.chat = make('div', { class: 'chat', testid: 'chat', role: 'log', 'aria-label': '聊天' });
    this.chat.addEventListener('load', () => this.toEnd(), { capture: true });
    new ResizeObserver(() => this.toEnd()).observe(this.chat);
    this.composer = make('textarea', { testid: 'composer', rows: '1', placeholder: '发消息', 'aria-label': '发消息' });
    this.menu = make('div', { class: 'menu', testid: 'menu', hidden: '' });
    this.more = make('div', { class: 'more-panel', hidden: '' }, ...this.tools());
    this.follow = make('button', { on: { click: () => this.toggleFollow() } });
    this.screen = make('div', { class: 'screen' },
      make('div', { class: 'bar' }, make('span', { class: 'owner', testid: 'owner', text: this.person.nickname }), this.title,
        make('button', { class: 'close', text: '✕', 'aria-label': '收起手机', testid: 'close-phone', on: { click: onClose } })),
      make('div', { class: 'under-bar' }, this.previewSign(), this.follow), this.chat, this.composeRow(), this.more, this.menu);
    this.sms = this.person.phone ? smsPanel(this.person.phone) : null;
    this.element = make('section', { class: 'phone', testid: 'phone', 'data-openid': this.person.openId, 'data-nickname': this.person.nickname },
      this.screen, this.sms?.panel);
    this.element.addEventListener('click', (event) => { if (!this.menu.contains(event.target)) closeMenus(this.menu); });
    this.element.addEventListener('keydown', (event) => { if (event.key === 'Escape') closeMenus(this.menu); });
    this.showFollow();
  }

  previewSign() {
    return this.preview && make('div', { class: 'preview-sign', testid: 'preview', text: this.preview.problem ?? `预览 ${this.preview.title}`.trim() });
  }

  composeRow() {
    this.composer.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.sendText(); }
    });
    return make('div', { class: 'compose' }, this.composer,
      make('button', { class: 'plus', text: '+', 'aria-label': '更多', testid: 'more', on: { click: () => { this.more.hidden = !this.more.hidden; } } }),
      make('button', { class: 'primary', text: '发送', testid: 'send', on: { click: () => this.sendText() } }));
  }

  tools() {
    const tool = (text, testid, click) => make('button', { text, testid, on: { click: () => { this.more.hidden = true; click(); } } });
    const common = [
      tool('图片', 'send-image', () => this.sendPicture()),
      tool('位置', 'share-location', () => this.sendPlace('location')),
      tool('语音', 'send-voice', () => this.sendVoice()),
      tool('扫小程序码', 'scan-wxa', () => this.scanMiniProgram()),
      tool('订阅消息', 'ask-subscribe', () => this.askSubscriptions(this.person.openId)),
      tool('消息设置', 'message-settings', () => subscriptionSettings(this.screen, this.person.openId)),
      tool('撤回授权', 'revoke', () => this.revoke()),
    ];
    return this.official
      ? [...common, tool('扫条码', 'scan-barcode', () => this.scan('scancode_waitmsg', this.scanKey())), tool('扫公众号码', 'scan-qr', () => this.scanAccount())]
      : [...common, tool('进入客服', 'enter-service', () => this.say({ type: 'user_enter_tempsession' })), tool('登录 code', 'login-code', () => this.showLoginCode())];
  }

  async load() {
    const [{ follower, entries }] = await Promise.all([control.chat(this.person.openId), this.loadMenu()]);
    this.update(follower);
    this.merge(entries);
    this.sms?.refresh();
  }

  async loadMenu() {
    if (!this.official) return;
    if (this.preview) return drawMenu(this.menu, this.preview.buttons, (chosen) => this.tryMenu(chosen));
    const mine = this.menuAsked = (this.menuAsked ?? 0) + 1;
    const { button, menuId } = await control.menu(this.account.appId, this.person.openId);
    if (mine !== this.menuAsked) return;
    const shown = JSON.stringify([this.person.following, button]);
    this.menuId = menuId;
    if (shown === this.shownMenu) return; // what is unfolded stays so
    this.shownMenu = shown;
    this.buttons = button;
    drawMenu(this.menu, this.person.following ? button : [], (chosen) => this.chooseMenu(chosen));
  }

  showEmpty() {
    const text = !this.official ? '这里是小程序的客服窗口，发一条消息试试。'
      : this.person.following ? '还没有消息。发一条消息，或点下方菜单试试。' : '还没有关注。点上方“关注公众号”，或扫公众号的二维码。';
    this.chat.replaceChildren(make('p', { class: 'empty', testid: 'empty', text }));
  }

  /** What was loaded joins what came live meanwhile, in the platform's order. */
  merge(entries) {
    const all = new Map([...entries, ...this.entries.values()].map((entry) => [entry.sequence, entry]));
    this.entries.clear();
    this.chat.replaceChildren();
    for (const entry of [...all.values()].sort((a, b) => a.sequence - b.sequence)) this.add(entry);
    if (!all.size) this.showEmpty();
  }

  /** An entry can come twice, by the live stream and by loading: it is drawn once. */
  add(entry) {
    if (this.entries.has(entry.sequence)) return;
    const previous = [...this.entries.values()].at(-1);
    if (!previous) this.chat.replaceChildren();
    this.entries.set(entry.sequence, entry);
    if (entry.side === 'toCustomer') this.showTyping(false);
    this.chat.append(...entryElements(entry, previous, this.actions()));
    this.toEnd();
  }

  toEnd() {
    this.chat.scrollTop = this.chat.scrollHeight;
  }

  actions() {
    return {
      open: (url) => this.open(url),
      openMini: (appId, path) => this.openMini({ appId, path }),
      choose: (content, menuId) => this.preview ? this.trySay(content, { text: content }) : this.say({ type: 'text', content, menuId }),
      toast: (text) => this.toast(text),
    };
  }

  open(url) {
    if (isMiniProgramLink(url)) return this.openMini({ content: url });
    return isWebAddress(url) ? openFrame(this.screen, url, this.person.openId, this) : this.toast('这个链接打不开');
  }

  async openMini(target) {
    try {
      await openMiniProgram(this.screen, this, target.content ? target : { ...target, appId: target.appId ?? this.account.appId });
    } catch (error) {
      this.toast(/over its time/.test(error.message) ? '链接已过期' : /somebody else/.test(error.message) ? '链接已被其他用户打开' : '打不开这个小程序');
    }
  }

  async scanMiniProgram() {
    const content = await scanMiniProgram(this.screen);
    if (content) this.openMini({ content });
  }

  async askSubscriptions(openid, templateIds) {
    try {
      return await (templateIds ? requestSubscriptions(this.screen, openid, templateIds) : pickAndRequest(this.screen, openid)) ?? {};
    } catch (error) {
      this.toast(error.message);
      return {};
    }
  }

  async revoke() {
    const sure = await confirmSheet(this.screen, '撤回授权', `撤回给“${this.account.name}”的授权，对方应删除相关的个人信息。`, '撤回');
    if (!sure) return;
    await control.revoke(this.person.openId);
    this.toast('已撤回授权');
  }

  update(person) {
    const changed = person.following !== this.person.following || String(person.tags) !== String(this.person.tags);
    this.person = { ...this.person, ...person };
    this.showFollow();
    if (changed) {
      this.loadMenu();
      if (!this.entries.size) this.showEmpty();
    }
  }

  showFollow() {
    const following = this.person.following;
    this.follow.hidden = !this.official;
    this.follow.textContent = following ? '已关注 · 取消关注' : '关注公众号';
    this.follow.className = following ? 'follow on' : 'follow';
    this.follow.dataset.testid = following ? 'unfollow' : 'follow';
    this.composer.disabled = this.official && !following;
  }

  showTyping(typing) {
    clearTimeout(this.typingEnds);
    this.title.textContent = typing ? '对方正在输入…' : this.account.name;
    if (typing) this.typingEnds = setTimeout(() => this.showTyping(false), TYPING_LASTS);
  }

  toast(text) {
    const note = make('div', { class: 'toast', role: 'status', testid: 'toast', text });
    this.screen.append(note);
    setTimeout(() => note.remove(), 2600);
  }

  async say(message) {
    try {
      return await control.say(this.person.openId, message);
    } catch (error) {
      this.toast(/does not follow/.test(error.message) ? '要先关注公众号才能发消息' : error.message);
      return null;
    }
  }

  sendText() {
    const content = this.composer.value.trim();
    if (!content) return;
    this.composer.value = '';
    if (this.preview) return this.trySay(content, { text: content });
    this.say(content);
  }

  async sendPicture() {
    const picture = await pickPicture(this.screen);
    if (picture) this.say({ type: 'image', ...picture });
  }

  async sendVoice() {
    const voice = await askVoice(this.screen);
    if (voice) this.say({ type: 'voice', ...voice });
  }

  async sendPlace(type, key) {
    const place = await pickPlace(this.screen, '选择位置');
    if (place) this.say({ type, key, ...place });
  }

  async scan(type, key) {
    const code = await scanCode(this.screen);
    if (!code) return;
    this.say({ type, key, code });
    const bare = code.replace(/^CODE_128,/, '');
    if (type === 'scancode_push') this.open(bare);
  }

  async scanAccount() {
    const chosen = await scanAccountCode(this.screen, this.account.appId);
    if (chosen) this.say({ type: 'scan', ...chosen });
  }

  scanKey() {
    const all = (this.buttons ?? []).flatMap((button) => [button, ...(button.sub_button ?? [])]);
    return all.find((button) => button.type?.startsWith('scancode'))?.key ?? 'SCAN';
  }

  toggleFollow() {
    return this.say({ type: this.person.following ? 'unsubscribe' : 'subscribe' });
  }

  async showLoginCode() {
    const { code } = await control.loginCode(this.person.openId);
    this.toast(`wx.login 的 code：${code}`);
  }

  /** A tap in a preview: what is clicked goes to the draft, everything else only tells what it would do. */
  tryMenu({ type, key, url, name, pagepath }) {
    if (type === 'click') return this.trySay(name, { key });
    return this.toast(type === 'view' ? `会打开 ${url}` : type === 'miniprogram' ? `会打开小程序页面 ${pagepath}` : `会触发“${name}”（${key ?? type}）`);
  }

  async trySay(shown, body) {
    this.tried(shown, 'fromCustomer');
    this.tried(await this.preview.say(body), 'toCustomer');
  }

  /** A line of the preview: it is only on this page. */
  tried(text, side) {
    const entry = { sequence: PREVIEW_FROM + this.entries.size, side, kind: 'preview', at: new Date().toISOString(), messageType: 'text', text, data: { content: text } };
    this.add(entry);
  }

  chooseMenu(button) {
    const { type, key, url, name } = button;
    if (type === 'click') return this.say({ type, key, name });
    if (type === 'view') {
      this.open(url);
      return this.say({ type, url, menuId: this.menuId });
    }
    if (type.startsWith('scancode')) return this.scan(type, key);
    if (type.startsWith('pic_')) return this.say({ type, key, count: 1 });
    if (type === 'location_select') return this.sendPlace(type, key);
    if (type === 'miniprogram') {
      this.openMini({ appId: button.appid, path: button.pagepath });
      return this.say({ type: 'view_miniprogram', path: button.pagepath, menuId: this.menuId });
    }
    return this.toast('沙箱里没有这个素材');
  }
}
