import { get, post } from './api.js';
import { element, released, show } from './dom.js';
import { turns } from './poll.js';

// A small phone beside the editor: shows the menu of a version and what it would answer. Nothing is sent to anybody.
// Where the sandbox lives in the same program, its phone page shows the same.

const others = { view: '打开网页', miniprogram: '打开小程序', scancode_waitmsg: '打开扫一扫', scancode_push: '打开扫一扫', location_select: '选择位置' };

export function phone(path) {
  const talk = element('.talked', { 'data-testid': 'preview-talk', role: 'log' });
  const bar = element('.buttons', { 'data-testid': 'preview-menu' });
  const text = element('input', { placeholder: '输入一句话试试', maxlength: '200', 'aria-label': '在预览里说一句话', 'data-testid': 'preview-text' });
  const link = element('a', { target: '_blank', rel: 'noopener', hidden: true, 'data-testid': 'preview-phone' }, '在模拟手机上打开');
  const form = element('form', { onsubmit: event => { event.preventDefault(); say({ text: text.value }, text.value); text.value = ''; } }, text, element('button', { type: 'submit', 'data-testid': 'preview-say' }, '发送'));
  const node = element('.sheet.side', { 'data-testid': 'preview' }, element('.bar.inside', {}, element('h3.grow', {}, '预览'), link),
    element('.phone', {}, talk, form, bar));
  let unfolded = -1; // the entry whose list is open: it stays so when the menu is drawn anew
  const turn = turns();
  return { node, refresh };

  async function refresh() {
    const isLast = turn();
    try {
      const shown = await get(`${path}/preview`);
      await released();
      if (!isLast()) return;
      link.hidden = !shown.phone;
      if (shown.phone) link.setAttribute('href', `${shown.phone}?preview=${encodeURIComponent(`/api/desk/v1${path}/preview`)}`);
      show(bar, shown.button.map(top));
    } catch (problem) {
      show(bar, element('p.quiet', {}, problem.message));
    }
  }

  function top(button, index) {
    if (!button.sub_button.length) return element('button', { type: 'button', onclick: () => tap(button) }, button.name || '（无名称）');
    const fold = hidden => {
      list.hidden = hidden;
      unfolded = hidden ? -1 : index;
    };
    const list = element('.subs', { hidden: index !== unfolded }, button.sub_button.map(sub => element('button', { type: 'button', onclick: () => { fold(true); tap(sub); } }, sub.name || '（无名称）')));
    return element('div', {}, list, element('button', { type: 'button', onclick: () => fold(!list.hidden) }, `≡ ${button.name || '（无名称）'}`));
  }

  function tap(button) {
    if (button.type === 'click') say({ key: button.key }, `点了“${button.name}”`);
    else add('note', `“${button.name}”会${others[button.type] ?? '打开微信的功能'}${button.url ? `：${button.url}` : ''}`);
  }

  async function say(body, words) {
    if (!words.trim()) return;
    add(body.key ? 'note' : 'mine', words);
    try {
      add('theirs', (await post(`${path}/preview/say`, body)).text);
    } catch (problem) {
      add('note', problem.message);
    }
  }

  function add(kind, words) {
    talk.append(element(`p.${kind}`, {}, words));
    talk.scrollTop = talk.scrollHeight;
  }
}
