import { element, show, toast } from './dom.js';
import { poll } from './poll.js';

/**
 * A tab that is a list: a bar above, rows below, "更多" for the next page. The first page is asked for again every few seconds,
 * unless the reader has gone further down.
 * @returns a function that leaves the tab, and `reload` on it
 */
export function list(main, { bar = [], above = null, load, render, seconds = 5, absent = '这项功能尚未提供' }) {
  const notice = element('p.error', { hidden: true, 'data-testid': 'list-error', role: 'alert' });
  const body = element('div', { 'data-testid': 'list' }, element('p.quiet.center', {}, '正在加载…'));
  const more = element('button.more', { hidden: true, onclick: next, 'data-testid': 'more' }, '更多');
  let items = [];
  let cursor = null;
  let deep = false;

  show(main, above, bar.length ? element('.bar', {}, bar) : null, notice, body, more);

  async function first() {
    if (deep) return;
    const page = await load(null);
    if (deep) return;
    items = page.items;
    put(page);
  }

  async function next() {
    deep = true;
    more.disabled = true;
    try {
      const page = await load(cursor);
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
    show(body, render(items));
  }

  function failed(problem) {
    if (problem.status === 401) return;
    if (problem.status === 404) show(body, element('p.quiet.center', { 'data-testid': 'absent' }, absent));
    else {
      notice.textContent = problem.message;
      notice.hidden = false;
    }
  }

  const leave = poll(first, failed, seconds);
  leave.reload = async () => {
    deep = false;
    try {
      await first();
    } catch (problem) {
      failed(problem);
    }
  };
  return leave;
}
