// Speaks to /api/desk/v1. Every refusal becomes a Problem with the sentence that people read.

const prefix = '/api/desk/v1';

export class Problem extends Error {
  constructor(status, code, message, field = '') {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

let whenSignedOut = () => {};

/** What to do when the session has ended in the middle of the work. */
export function onSignedOut(action) {
  whenSignedOut = action;
}

export const get = path => call('GET', path);
export const post = (path, body = {}, headers = {}) => call('POST', path, body, headers);
export const put = (path, body) => call('PUT', path, body);
export const remove = path => call('DELETE', path);

async function call(method, path, body, headers) {
  const answer = await reach(method, path, body, headers);
  if (answer.status === 204) return null;
  const data = await answer.json().catch(() => null);
  if (answer.ok) return data;
  if (answer.status === 401 && path !== '/session') whenSignedOut();
  throw new Problem(answer.status, data?.code ?? '', data?.title ?? '系统没有给出说明，请稍后再试', data?.field);
}

async function reach(method, path, body, more = {}) {
  const headers = { 'X-Courier-Csrf': '1', ...more };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    return await fetch(prefix + path, { method, headers, credentials: 'same-origin', body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Problem(0, 'network', '连接不上服务器，请检查网络');
  }
}

/** A file as bytes in base64: what is in it (spreadsheets in GBK, sound), the server understands. */
export const base64 = file => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result.slice(reader.result.indexOf(',') + 1));
  reader.onerror = () => failed(new Error(`读不了文件 ${file.name}`));
  reader.readAsDataURL(file);
});
