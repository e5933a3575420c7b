import { make, shownTime } from './api.js';

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
    list.replaceChildren(...(messages.length ? messages.map(line) : [make('p', { class: 'hint', text: '还没有短信。' })]));
  };
  return { panel, refresh };
}

function line(message) {
  return make('div', { class: 'sms-line', testid: 'sms-line' }, make('div', { text: message.text }), make('small', { text: shownTime(message.at) }));
}

async function load(phone) {
  const response = await fetch(`/simulator/sms/${encodeURIComponent(phone)}`, { headers: { Accept: 'application/json' } }).catch(() => null);
  if (!response?.ok || !response.headers.get('content-type')?.includes('json')) return null;
  const { messages } = await response.json();
  return messages.toSorted((a, b) => new Date(b.at) - new Date(a.at));
}
