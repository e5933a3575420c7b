import { control, make } from './api.js';

// Sheets that slide over one phone. Each returns a promise of what was chosen, or null when it was closed.

const places = [
  ['北京 天安门', 39.9087, 116.3975], ['北京 中关村', 39.9836, 116.3164],
  ['上海 人民广场', 31.2304, 121.4737], ['上海 陆家嘴', 31.2397, 121.4998],
  ['广州 天河体育中心', 23.1376, 113.3273], ['深圳 市民中心', 22.5431, 114.0579],
  ['杭州 西湖文化广场', 30.2796, 120.1638], ['成都 天府广场', 30.657, 104.0657],
];

export function sheet(screen, title, fill) {
  return new Promise((resolve) => {
    const close = (value) => { cover.remove(); resolve(value ?? null); };
    const box = make('div', { class: 'sheet', role: 'dialog', 'aria-label': title, testid: 'dialog' },
      make('div', { class: 'sheet-head' }, make('strong', { text: title }),
        make('button', { text: '取消', testid: 'dialog-cancel', on: { click: () => close() } })));
    const cover = make('div', { class: 'cover', on: { click: (event) => event.target === cover && close() } }, box);
    fill(box, close);
    screen.append(cover);
    box.querySelector('input')?.focus();
  });
}

function question(box, close, { label, placeholder, value = '', ok = '确定' }) {
  const input = make('input', { testid: 'dialog-input', placeholder, value, 'aria-label': label });
  const send = () => input.value.trim() && close(input.value.trim());
  input.addEventListener('keydown', (event) => event.key === 'Enter' && send());
  box.append(make('div', { class: 'ask' }, input, make('button', { class: 'primary', text: ok, testid: 'dialog-ok', on: { click: send } })));
  return input;
}

/** A barcode or QR code of a parcel. Bare digits are read as a CODE_128 bar, as WeChat reports it. */
export function scanCode(screen) {
  return sheet(screen, '扫一扫', (box, close) => {
    box.append(make('div', { class: 'viewfinder', 'aria-hidden': 'true' }));
    question(box, (text) => close(text && (/^[A-Za-z0-9-]+$/.test(text) ? `CODE_128,${text}` : text)), { label: '码的内容', placeholder: '输入或粘贴码的内容，例如运单号' });
    box.append(make('p', { class: 'hint', text: '纯字母数字按一维条码（CODE_128）处理，其余按二维码处理。' }));
  });
}

/** A parametric code of the account: one of those it made, or any scene. */
export async function scanAccountCode(screen, appId) {
  const { codes } = await control.qrCodes(appId);
  return sheet(screen, '扫公众号二维码', (box, close) => {
    const list = codes.map((code) => make('button', { class: 'code', testid: 'qr-code', on: { click: () => close({ ticket: code.ticket }) } },
      make('img', { src: `/sandbox/wechat/cgi-bin/showqrcode?ticket=${encodeURIComponent(code.ticket)}`, alt: '' }), make('span', { text: code.scene })));
    box.append(list.length ? make('div', { class: 'codes' }, ...list) : make('p', { class: 'hint', text: '账号还没有生成带参数的二维码，可以直接输入场景值。' }));
    question(box, (scene) => close(scene && { scene }), { label: '场景值', placeholder: '场景值，例如 outlet-7' });
  });
}

export function pickPlace(screen, title) {
  return sheet(screen, title, (box, close) => {
    const list = places.map(([label, lat, lng], index) => make('button', {
      class: 'place', testid: `place-${index}`, text: label, on: { click: () => close({ label, lat, lng, poi: label.split(' ')[1] }) },
    }));
    box.append(make('div', { class: 'places' }, ...list));
    question(box, (text) => {
      const [lat, lng] = (text ?? '').split(/[,，\s]+/).map(Number);
      if (Number.isFinite(lat) && Number.isFinite(lng)) close({ label: '地图上的点', lat, lng, poi: '' });
    }, { label: '坐标', placeholder: '或输入坐标：纬度, 经度' });
  });
}

/** A picture from this computer, or our own sample. */
export function pickPicture(screen) {
  return sheet(screen, '发送图片', (box, close) => {
    const file = make('input', { type: 'file', accept: 'image/*', testid: 'picture-file' });
    file.addEventListener('change', async () => {
      const [picture] = file.files;
      if (!picture) return;
      const bytes = new Uint8Array(await picture.arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
      close({ fileName: picture.name, base64: btoa(text) });
    });
    box.append(file, make('button', { class: 'primary', text: '发送示例照片（一个包裹）', testid: 'sample-picture', on: { click: () => close({}) } }));
  });
}

/** A voice message: with the words that WeChat recognised, or without any, as it often is today. */
export function askVoice(screen) {
  return sheet(screen, '发送语音', (box, close) => {
    question(box, (recognition) => close({ recognition }), { label: '识别文字', placeholder: '这段语音说了什么（作为识别结果）', ok: '发送' });
    box.append(make('button', { text: '不带识别文字发送', testid: 'voice-without-text', on: { click: () => close({}) } }));
  });
}

export function confirmSheet(screen, title, text, ok) {
  return sheet(screen, title, (box, close) => box.append(make('p', { text }),
    make('div', { class: 'ask' }, make('button', { class: 'primary', text: ok, testid: 'dialog-ok', on: { click: () => close(true) } }))));
}

/**
 * A web page inside the phone. It may ask whose phone this is (web authorisation does): {sandboxAsks: 'owner'}, and for
 * agreements to messages as wx-open-subscribe does: {sandboxAsks: 'subscribe', templateIds}, answered {sandboxSubscribed}.
 */
export function openFrame(screen, url, owner, phone) {
  const frame = make('iframe', { src: url, testid: 'frame-page', title: '网页' });
  const answer = (event) => {
    if (event.source !== frame.contentWindow || event.origin !== location.origin) return;
    const reply = (message) => frame.contentWindow?.postMessage(message, location.origin);
    if (event.data?.sandboxAsks === 'owner') reply({ sandboxOwner: owner });
    if (event.data?.sandboxAsks === 'subscribe') phone?.askSubscriptions(owner, event.data.templateIds).then((choices) => reply({ sandboxSubscribed: choices }));
  };
  window.addEventListener('message', answer);
  const close = () => { window.removeEventListener('message', answer); view.remove(); };
  const view = make('div', { class: 'frame', testid: 'frame' },
    make('div', { class: 'frame-head' },
      make('button', { text: '✕', 'aria-label': '关闭网页', testid: 'frame-close', on: { click: close } }),
      make('span', { text: new URL(url, location.href).host }),
      make('a', { href: url, target: '_blank', rel: 'noopener', text: '浏览器打开' })), frame);
  screen.querySelector('.frame')?.remove();
  screen.append(view);
}
