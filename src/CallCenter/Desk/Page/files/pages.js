import { element, released, show, toast } from './dom.js';
import { poll, turns } from './poll.js';

/**
 * A tab that is a list: a bar above, rows below, "更多" for the next page. The first page is asked for again every few seconds,
 * unless the reader has gone further down. Rows with what passes, such as "5 分钟", tick: they are drawn anew each time.
 * @returns a function that leaves the tab, and `reload` on it
 */
export function list(main, { bar = [], above = null, load, render, seconds = 5, ticks = false, absent = '这项功能尚未提供' }) {
  const notice = element('p.error', { hidden: true, 'data-testid': 'list-error', role: 'alert' });
  const body = element('div', { 'data-testid': 'list' }, element('p.quiet.center', {}, '正在加载…'));
  const more = element('button.more', { hidden: true, onclick: next, 'data-testid': 'more' }, '更多');
  let items = [];
  let cursor = null;
  let deep = false;
  const turn = turns();
  let shown = '';

  show(main, above, bar.length ? element('.bar', {}, bar) : null, notice, body, more);

  async function first() {
    if (deep) return;
    const isLast = turn();
    const page = await load(null);
    await released();
    if (!isLast()) return;
    items = page.items;
    put(page);
  }

  async function next() {
    deep = true;
    more.disabled = true;
    const isLast = turn();
    try {
      const page = await load(cursor);
      if (!isLast()) return;
      items = [...items, ...page.items];
      put(page);
    } catch (problem) {
      toast(problem.message, true);
    } finally {
      more.disabled = false;
    }
  }

  function put(page) {
    cursor = page.next ?? null;
    more.hidden = !cursor;
    notice.hidden = true;
    const face = JSON.stringify(items); // the rows stay the same ones while nothing changes: whoever goes through them by keys keeps the place
    if (face !== shown || ticks) show(body, render(items));
    shown = face;
  }

  function failed(problem) {
    if (problem.status === 401) return;
    if (problem.status === 404) {
      show(body, element('p.quiet.center', { 'data-testid': 'absent' }, absent));
      shown = '';
    } else {
      notice.textContent = problem.message;
      notice.hidden = false;
    }
  }

  const leave = poll(first, failed, seconds);
  leave.reload = async () => {
    deep = false;
    shown = ''; // what was asked for may be told in the words around the rows
    try {
      await first();
    } catch (problem) {
      failed(problem);
    }
  };
  return leave;
}
