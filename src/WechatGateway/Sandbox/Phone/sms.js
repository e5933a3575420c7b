import { make } from './api.js';

// Text messages of a phone number, from the SMS operator that the simulator plays. Where there is none, nothing is shown.

const RETRY_AFTER = 30000;

export function smsPanel(phone) {
  const list = make('div', { class: 'sms-list' });
  const panel = make('details', { class: 'sms', testid: 'sms', hidden: '' }, make('summary', { text: `短信 ${phone}` }), list);
  let shown = -1;
  let notBefore = 0;
  const refresh = async () => {
    if (Date.now() < notBefore || !panel.isConnected) return;
    const messages = await load(phone);
    if (messages === null) {
      notBefore = Date.now() + RETRY_AFTER;
      return;
    }
    panel.hidden = false;
    if (messages.length === shown) return;
    if (shown >= 0) panel.open = true;
    shown = messages.length;
    list.replaceChildren(...(messages.length ? messages.map(line).reverse() : [make('p', { class: 'hint', text: '还没有短信。' })]));
  };
  return { panel, refresh };
}

function line(message) {
  const text = message.text ?? message.content ?? message.body ?? JSON.stringify(message);
  return make('div', { class: 'sms-line', testid: 'sms-line', text });
}

async function load(phone) {
  const response = await fetch(`/simulator/sms/${encodeURIComponent(phone)}`, { headers: { Accept: 'application/json' } }).catch(() => null);
  if (!response?.ok || !response.headers.get('content-type')?.includes('json')) return null;
  const answer = await response.json();
  return Array.isArray(answer) ? answer : answer.messages ?? answer.entries ?? answer.items ?? [];
}
