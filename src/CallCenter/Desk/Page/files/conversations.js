import { get, post } from './api.js';
import { element, released, show, toast } from './dom.js';
import { poll, turns } from './poll.js';
import { showRecord } from './record.js';
import { hour, since } from './words.js';

const events = { handed_off: '客户请求人工服务', taken: '客服已接入', closed: '会话已结束' };

const kinds = { image: '［图片］', voice: '［语音］', video: '［视频］', shortvideo: '［小视频］', location: '［位置］', link: '［链接］' };

/** Waiting and own conversations on the left, the chosen one on the right. Keys: j/k choose, t takes, Ctrl+Enter sends. */
export function conversations(main, me) {
  const mayAll = me.roles.includes('supervisor');
  const all = element('input', { type: 'checkbox', onchange: () => refresh().catch(failed), 'data-testid': 'all' });
  const notice = element('p.error', { hidden: true, 'data-testid': 'list-error', role: 'alert' });
  const listed = element('.list', { 'data-testid': 'conversations' }, element('p.quiet.center', {}, '正在加载…'));
  const right = element('section', { 'aria-label': '会话内容' });
  let items = [];
  let chosen = null;
  let messages = [];
  let media = new Map();
  let draft = null;
  const turn = turns();

  show(main, notice, element('.talk', {},
    element('section', { 'aria-label': '会话列表' },
      element('h2', {}, '会话', mayAll ? element('label.keys', {}, all, ' 全部客服') : element('span.keys', {}, element('kbd', {}, 'j'), ' ', element('kbd', {}, 'k'), ' 选择')), listed),
    right));
  nothingChosen();

  const endPolling = poll(refresh, failed, 3);
  document.addEventListener('keydown', onKey);
  return () => {
    endPolling();
    document.removeEventListener('keydown', onKey);
  };

  async function refresh() {
    const isLast = turn();
    const answer = await get(all.checked ? '/conversations?all=true' : '/conversations');
    await released();
    if (!isLast()) return;
    items = answer.items;
    notice.hidden = true;
    drawList();
    if (chosen) await follow();
  }

  function failed(problem) {
    if (problem.status === 401) return;
    notice.textContent = problem.message;
    notice.hidden = false;
  }

  function drawList() {
    const waiting = items.filter(item => item.owner === 'queue');
    const taken = items.filter(item => item.owner !== 'queue');
    show(listed, items.length === 0 ? element('p.quiet.center', { 'data-testid': 'no-conversations' }, '没有等待的客户，先歇一会儿吧。') : null,
      waiting.length ? element('h3', {}, `等待接入（${waiting.length}）`) : null, waiting.map(entry),
      taken.length ? element('h3', {}, all.checked ? `服务中（${taken.length}）` : `我的会话（${taken.length}）`) : null, taken.map(entry));
  }

  function entry(item) {
    return element('button.item', { 'aria-current': String(item.id === chosen), onclick: () => choose(item.id), 'data-testid': `conversation-${item.number}` },
      element('span.line', {}, element('span', {}, item.number),
        item.owner === 'queue' ? element('span.tag.warn', { 'data-testid': 'wait' }, `已等${since(item.queuedAt)}`) : element('span', {}, item.lastMessageAt ? hour(item.lastMessageAt) : '')),
      element('div.last', {}, item.lastMessage || item.topic || '（还没有消息）'));
  }

  function order() {
    return [...items.filter(item => item.owner === 'queue'), ...items.filter(item => item.owner !== 'queue')];
  }

  async function choose(id) {
    chosen = id;
    messages = [];
    media = new Map();
    draft = null;
    drawList();
    drawRight();
    await follow().catch(failed);
  }

  async function follow() {
    const id = chosen;
    const { items: found } = await get(`/conversations/${id}/messages?after=${messages.at(-1)?.sequence ?? 0}`);
    await released();
    if (id !== chosen) return;
    const last = messages.at(-1)?.sequence ?? 0; // another answer may have brought them already
    const fresh = found.filter(message => message.sequence > last);
    messages = [...messages, ...fresh];
    const box = right.querySelector('.messages');
    if (!box) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
    if (fresh.length || !box.hasChildNodes()) {
      show(box, messages.length ? messages.map(bubble) : element('p.quiet.center', {}, '还没有消息'));
      if (atEnd || messages.length === fresh.length) box.scrollTop = box.scrollHeight;
    }
    drawState();
  }

  function bubble(message) {
    if (message.author === 'system') return element('.bubble.system', {}, element('.body', {}, `${hour(message.at)} ${events[message.kind] ?? message.text}`));
    const who = { customer: '客户', bot: '机器人', agent: '客服' }[message.author];
    const text = message.kind === 'text' ? message.text : `${kinds[message.kind] ?? '［其他消息］'}${message.text ? ` ${message.text}` : ''}`;
    return element(message.author === 'customer' ? '.bubble' : '.bubble.out', { 'data-testid': `message-${message.author}` },
      element('.who', {}, `${who} ${hour(message.at)}`), element('.body', {}, text, message.media ? medium(message) : null));
  }

  // Each look is audited, so a picture is asked for once and only on demand; its element is kept while the conversation is open.
  function medium(message) {
    if (!media.has(message.id)) {
      const box = element('div', {});
      media.set(message.id, box);
      offer(box, message, message.media === 'gone' ? '已过期或无法取回' : '');
    }
    return media.get(message.id);
  }

  function offer(box, message, note) {
    const address = `/api/desk/v1/conversations/${chosen}/messages/${message.id}/medium`;
    show(box, note ? element('span.quiet', {}, note) : null,
      message.media === 'gone' ? null
        : message.kind === 'image' ? element('button.link', { onclick: () => look(box, message, address), 'data-testid': 'look' }, '查看图片')
          : element('a', { href: address, download: '', 'data-testid': 'listen' }, '下载语音'));
  }

  function look(box, message, address) {
    show(box, element('img.thumb', {
      src: address, alt: '客户发来的图片', 'data-testid': 'picture', onclick: event => event.target.classList.toggle('full'),
      onerror: () => offer(box, message, '图片还在取回，请稍后再试 '),
    }));
  }

  function nothingChosen() {
    show(right, element('p.quiet.center', {}, '请从左边选择一个会话'));
  }

  function drawRight() {
    const item = items.find(one => one.id === chosen);
    if (!item) return nothingChosen();
    const box = element('textarea', { name: 'text', placeholder: '输入回复，Ctrl+Enter 发送', 'aria-label': '回复', 'data-testid': 'reply-text', maxlength: '1000', oninput: () => { draft = null; } });
    show(right,
      element('h2', {}, element('span', {}, `${item.number} ${item.topic}`), element('span', { 'data-testid': 'actions' })),
      element('.messages', { 'data-testid': 'messages' }),
      element('form.reply', { 'data-testid': 'reply', onsubmit: event => { event.preventDefault(); send(box); } }, box,
        element('.bar', {}, element('span.keys.grow', {}, element('kbd', {}, 'Ctrl'), '+', element('kbd', {}, 'Enter'), ' 发送'),
          element('button.main', { type: 'submit', 'data-testid': 'send' }, '发送'))));
    drawState();
  }

  // The buttons follow what the conversation has become in the meantime; what is being typed stays.
  function drawState() {
    const item = items.find(one => one.id === chosen);
    const actions = right.querySelector('[data-testid=actions]');
    if (!actions) return;
    right.querySelector('.reply').hidden = !item?.mine;
    show(actions,
      !item ? element('span.tag', {}, '已结束') : null,
      item ? element('button', { onclick: () => showRecord(item.customer), 'data-testid': 'open-record' }, '客户资料') : null,
      item?.owner === 'queue' ? element('button.main', { onclick: take, 'data-testid': 'take' }, '接入（t）') : null,
      item?.owner === 'agent' && !item.mine ? element('span.tag', {}, '其他客服服务中') : null,
      item?.mine ? element('button', { onclick: close, 'data-testid': 'close' }, '结束会话') : null);
  }

  async function take() {
    if (await act(() => post(`/conversations/${chosen}/take`))) right.querySelector('textarea')?.focus();
  }

  async function close() {
    if (await act(() => post(`/conversations/${chosen}/close`))) toast('会话已结束');
  }

  async function send(box) {
    const text = box.value.trim();
    if (!text) return;
    // The key stays with the text until it has arrived: sending again after a broken connection is not a second message.
    draft ??= crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
    if (!await act(() => post(`/conversations/${chosen}/replies`, { text }, { 'Idempotency-Key': draft }))) return;
    box.value = '';
    draft = null;
    box.focus();
  }

  async function act(call) {
    try {
      await call();
      await refresh();
      return true;
    } catch (problem) {
      toast(problem.message, true);
      refresh().catch(failed);
      return false;
    }
  }

  function onKey(event) {
    if (event.ctrlKey && event.key === 'Enter' && event.target.matches?.('.reply textarea')) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.('input, textarea, select') || document.querySelector('dialog[open]')) return;
    const ordered = order();
    if (ordered.length === 0) return;
    const at = ordered.findIndex(item => item.id === chosen);
    if (event.key === 'j') choose(ordered[Math.min(at + 1, ordered.length - 1)].id);
    if (event.key === 'k') choose(ordered[Math.max(at - 1, 0)].id);
    if (event.key === 't' && ordered[at]?.owner === 'queue') take();
  }
}
