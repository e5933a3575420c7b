import { control, make } from './api.js';
import { openFrame, sheet } from './dialogs.js';

// A mini-program opened on a phone: by a code, a link, a menu or a card. Its page is shown where a browser can show it.

export async function openMiniProgram(screen, phone, target) {
  const opened = await control.open({ openid: phone.person.openId, ...target });
  if (opened.page && await isThere(opened.page)) return openFrame(screen, opened.page, opened.openid ?? phone.person.openId, phone);
  const view = make('div', { class: 'frame', testid: 'mini-program' },
    make('div', { class: 'frame-head' },
      make('button', { text: '✕', 'aria-label': '关闭小程序', testid: 'mini-close', on: { click: () => view.remove() } }),
      make('span', { text: opened.name, testid: 'mini-name' }), make('small', { text: '小程序' })),
    make('div', { class: 'mini' },
      fact('页面', opened.path, 'mini-path'), fact('参数', opened.query || '（无）', 'mini-query'),
      fact('scene', opened.scene ?? '（无）', 'mini-scene'), fact('身份', opened.openid ?? '还没有打开过这个小程序', 'mini-openid'),
      make('button', { class: 'primary', text: '请求订阅消息', testid: 'mini-subscribe', hidden: opened.openid ? null : '', on: { click: () => phone.askSubscriptions(opened.openid) } })));
  screen.querySelector('.frame')?.remove();
  screen.append(view);
  return null;
}

/** A mini-program code: one of those that were made, or what is in it (or a link), typed. */
export async function scanMiniProgram(screen) {
  const { codes } = await control.wxaCodes();
  return sheet(screen, '扫小程序码', (box, close) => {
    const list = codes.map((code) => make('button', { class: 'code', testid: 'wxa-code', on: { click: () => close(code.content) } },
      make('img', { src: code.picture, alt: '' }), make('span', { text: `${code.path}　${decodeURIComponent(code.query)}` })));
    const input = make('input', { testid: 'dialog-input', placeholder: '或粘贴链接，例如 https://wxaurl.cn/…', 'aria-label': '链接' });
    box.append(list.length ? make('div', { class: 'codes' }, ...list) : make('p', { class: 'hint', text: '还没有生成小程序码。' }),
      make('div', { class: 'ask' }, input, make('button', { class: 'primary', text: '打开', testid: 'dialog-ok', on: { click: () => input.value.trim() && close(input.value.trim()) } })));
  });
}

function fact(name, text, testid) {
  return make('div', { class: 'line' }, make('span', { text: name }), make('b', { text, testid }));
}

async function isThere(page) {
  const response = await fetch(page.split('#')[0], { method: 'GET' }).catch(() => null);
  return Boolean(response?.ok && response.headers.get('content-type')?.includes('html'));
}
