// Makes elements. Texts are always set as text, never as HTML, so nothing that a customer writes can become markup.

/** element('button.main', { onclick, 'data-testid': 'x' }, 'text', child, …) */
export function element(kind, attributes = {}, ...children) {
  const [tag, ...classes] = kind.split('.');
  const node = document.createElement(tag || 'div');
  if (classes.length) node.className = classes.join(' ');
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name in node && name !== 'list' && typeof value !== 'string') node[name] = value;
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

export function show(parent, ...children) {
  parent.replaceChildren(...children.flat().filter(Boolean));
}

// Whether a button of the mouse is held down; a list that drops down may keep its end to itself, so for a second at most.
let held = null;
const waiting = [];
document.addEventListener('pointerdown', () => { clearTimeout(held); held = setTimeout(letGo, 1000); }, true);
for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, () => setTimeout(letGo), true); // the click comes first

function letGo() {
  clearTimeout(held);
  held = null;
  for (const go of waiting.splice(0)) go();
}

/** What draws by itself waits for this: a button that is drawn anew between press and release loses its click. */
export function released() {
  return held === null ? Promise.resolve() : new Promise(go => waiting.push(go));
}

/** A table, or the empty state when there are no rows; a heading stands over its column: on the right where the first row has a number. */
export function table(testId, heads, rows, empty) {
  if (rows.length === 0) return element('.sheet', { 'data-testid': `${testId}-empty` }, element('p.quiet.center', {}, empty));
  const first = [rows].flat(2).find(row => row instanceof Element);
  return element('.sheet', {}, element('table', { 'data-testid': testId },
    element('thead', {}, element('tr', {}, heads.map((head, column) => element(first?.children[column]?.classList.contains('number') ? 'th.number' : 'th', {}, head)))),
    element('tbody', {}, rows)));
}

export function cell(kind, ...children) {
  return element(kind ? `td.${kind}` : 'td', {}, ...children);
}

export function toast(text, bad = false) {
  const node = element(bad ? '.toast.bad' : '.toast', { 'data-testid': bad ? 'toast-error' : 'toast' }, text);
  document.getElementById('toasts').append(node);
  setTimeout(() => node.remove(), bad ? 6000 : 3000);
}

/** Asks in a dialog; the promise gives true when `submit` went well, false when it was cancelled. Without `submit` it only shows. */
export function ask(title, fields, action, submit = null, danger = false) {
  return new Promise(done => {
    const error = element('p.error', { hidden: true, 'data-testid': 'dialog-error' });
    const go = element(danger ? 'button.bad' : 'button.main', { type: 'submit', 'data-testid': 'dialog-ok' }, action);
    const form = element('form', { method: 'dialog' }, element('h2', {}, title), fields, error,
      element('.buttons', {}, submit ? element('button', { type: 'button', onclick: () => close(false), 'data-testid': 'dialog-cancel' }, '取消') : null, go));
    const dialog = element('dialog', {}, form);
    const close = result => { dialog.close(); dialog.remove(); done(result); };
    form.addEventListener('input', () => { error.hidden = true; }); // it was about what stood there before
    dialog.addEventListener('cancel', event => { event.preventDefault(); close(false); });
    form.addEventListener('submit', async event => {
      event.preventDefault();
      go.disabled = true;
      try {
        await submit?.(new FormData(form));
        close(true);
      } catch (problem) {
        error.textContent = problem.message;
        error.hidden = false;
      } finally {
        go.disabled = false;
      }
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
