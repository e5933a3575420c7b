// A menu that is not published yet. `?preview=<path>` names where it lies on this very origin; what a tap would answer is
// asked from `<path>/say`. Nothing of it reaches the platform or the product's callback.

export async function loadPreview(search) {
  const asked = new URLSearchParams(search).get('preview');
  if (!asked) return null;
  const address = new URL(asked, location.origin);
  if (!asked.startsWith('/') || asked.startsWith('//') || address.origin !== location.origin) return broken('预览地址必须是本站的路径');
  const response = await fetch(address, { headers: { Accept: 'application/json' } }).catch(() => null);
  if (!response?.ok) return broken(response?.status === 401 || response?.status === 403 ? '请先在工作台登录，再打开预览' : '预览的草稿读不到');
  const draft = await response.json().catch(() => ({}));
  const buttons = (draft.menu ?? draft).button;
  return { title: draft.title ?? '', buttons: Array.isArray(buttons) ? buttons : [], say: (body) => say(address, body) };
}

/** What the draft would answer, as text, or null when it would say nothing. */
async function say(address, body) {
  const target = new URL(address);
  target.pathname = `${target.pathname.replace(/\/$/, '')}/say`;
  const response = await fetch(target, {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Courier-Csrf': '1' }, body: JSON.stringify(body),
  }).catch(() => null);
  if (!response?.ok) return '（预览不支持这项操作）';
  const { text } = await response.json().catch(() => ({}));
  return text || '（没有回复）';
}

function broken(problem) {
  return { title: '', buttons: [], problem, say: async () => `（${problem}）` };
}
