// The control API of the sandbox and the little DOM that every part of the page needs.

async function call(method, path, body) {
  const response = await fetch(`/sandbox/control/${path}`, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : {};
  if (!response.ok) throw new Error(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

export const control = {
  people: () => call('GET', 'followers'),
  register: (person) => call('POST', 'followers', person),
  say: (openid, message) => call('POST', 'say', { openid, message }),
  chat: (openid) => call('GET', `chat/${encodeURIComponent(openid)}`),
  menu: (appId, openid) => call('GET', `menu?appId=${encodeURIComponent(appId)}&openid=${encodeURIComponent(openid)}`),
  qrCodes: (appId) => call('GET', `qrcodes?appId=${encodeURIComponent(appId)}`),
  demoFollow: () => call('POST', 'demo/follow', {}),
  state: () => call('GET', 'state'),
  addFault: (fault) => call('POST', 'faults', fault),
  clearFaults: () => call('DELETE', 'faults'),
  clearRules: () => call('DELETE', 'rules'),
  expireTokens: () => call('POST', 'tokens/expire', {}),
  rotateKey: (appId, use) => call('POST', 'rotate-key', { appId, use }),
  verifyCallback: (appId) => call('POST', 'verify-callback', { appId }),
  halfRotate: (appId, alternateSeconds) => call('POST', 'rotate-key', { appId, use: 'current', alternateSeconds }),
  renewTokens: () => call('POST', 'tokens/expire', { how: 'overlap' }),
  subscriptions: (openid) => call('GET', `subscriptions/${encodeURIComponent(openid)}`),
  askSubscriptions: (openid, templateIds) => call('POST', 'subscriptions/ask', { openid, templateIds }),
  chooseSubscriptions: (openid, choices, remember) => call('POST', 'subscriptions/choose', { openid, choices, remember }),
  switchSubscription: (openid, templateId, on) => call('POST', 'subscriptions/switch', { openid, templateId, on }),
  revoke: (openid) => call('POST', 'authorization/revoke', { openid }),
  wxaCodes: () => call('GET', 'wxacodes'),
  open: (target) => call('POST', 'open', target),
  loginCode: (openid) => call('POST', 'login-code', { openid }),
};

/** make('div', {class, testid, text, on: {click}}, ...children): an element without any markup from outside. */
export function make(tag, options = {}, ...children) {
  const element = document.createElement(tag);
  const { text, testid, on, ...attributes } = options;
  if (text !== undefined) element.textContent = text;
  if (testid) element.dataset.testid = testid;
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== null) element.setAttribute(name, value);
  for (const [name, listener] of Object.entries(on ?? {})) element.addEventListener(name, listener);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const mediaUrl = (mediaId) => `/sandbox/wechat/mmbiz/${encodeURIComponent(mediaId)}`;

/** An address, scheme or short link that opens a mini-program. */
export const isMiniProgramLink = (text) => /^(https:\/\/wxaurl\.cn\/|weixin:\/\/dl\/business\/|#小程序:\/\/)/.test(text ?? '');

export const isWebAddress = (text) => /^https?:\/\//i.test(text ?? '');

const clockFormat = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false });
const dayFormat = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric' });

export function shownTime(at) {
  const date = new Date(at);
  const day = dayFormat.format(date);
  return day === dayFormat.format(new Date()) ? clockFormat.format(date) : `${day} ${clockFormat.format(date)}`;
}
