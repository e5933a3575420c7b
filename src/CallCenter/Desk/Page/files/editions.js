import { get, post, put } from './api.js';
import { ask, cell, element, released, show, table, toast } from './dom.js';
import { phone } from './preview.js';
import { actions, time } from './words.js';

// What menus and the keyword table have in common: the list of versions, and the page of one version with its editor, the
// comparison with what is live, the preview, the review and the publication. `kind` says what differs:
// { path, title, edit(box, view, changed, context), preview, note } where edit returns { content(), problems(list) }; without a preview
// of its own a phone with the chat is shown.

const states = {
  draft: ['草稿', 'warn'], in_review: ['审核中', 'warn'], approved: ['已通过，待发布', 'good'], publishing: ['发布中', 'warn'],
  published: ['线上', 'good'], superseded: ['曾发布', ''], discarded: ['已作废', ''],
};
const origins = { configuration: '初始内容', draft: '', rollback: '回滚' };

const tag = state => {
  const [word, kind] = states[state] ?? [state, ''];
  return element(kind ? `span.tag.${kind}` : 'span.tag', { 'data-testid': 'state' }, word);
};

/** The page of a content: begins with its versions. Returns a function that leaves it. */
export function content(main, kind, context) {
  let leave = () => {};
  const turn = page => {
    leave();
    leave = page() ?? (() => {});
  };
  const versions = () => turn(() => versionList(main, kind, context, edition));
  const edition = number => turn(() => editionPage(main, kind, number, context, versions, edition));
  versions();
  return () => leave();
}

function versionList(main, kind, context, open) {
  const body = element('div', { 'data-testid': 'list' }, element('p.quiet.center', {}, '正在加载…'));
  const begin = element('button.main', { hidden: true, onclick: () => run(async () => open((await post(`${kind.path}/editions`)).edition.number)), 'data-testid': 'begin' }, '新建草稿');
  show(main, element('.bar', {}, element('h2.grow', {}, kind.title), context.chooser ?? null, begin), body);
  let left = false;
  load();
  return () => { left = true; };

  async function load() {
    try {
      const page = await get(`${kind.path}/editions?limit=50`);
      if (left) return;
      const writing = page.items.find(item => ['draft', 'in_review', 'approved'].includes(item.state));
      begin.hidden = !context.edits || Boolean(writing);
      show(body, table('editions', ['版本', '状态', '说明', '修改', '审核', '发布', ''], page.items.map(row), '还没有任何版本，点“新建草稿”开始'));
    } catch (problem) {
      if (!left && problem.status !== 401) show(body, element('p.error', { 'data-testid': 'list-error', role: 'alert' }, problem.message));
    }
  }

  function row(item) {
    return element('tr', { 'data-testid': `edition-${item.number}` },
      cell('nowrap', element('button.link', { onclick: () => open(item.number), 'data-testid': 'open' }, `第 ${item.number} 版`)),
      cell('nowrap', tag(item.state)),
      cell('text', [origins[item.origin], item.note].filter(Boolean).join('：') || '—', item.problem ? element('p.error', {}, item.problem) : null),
      cell('nowrap', person(item.editedBy, item.editedAt)), cell('nowrap', person(item.reviewedBy, item.reviewedAt)), cell('nowrap', person(item.publishedBy, item.publishedAt)),
      cell('nowrap', context.edits && item.state === 'superseded' ? element('button', { onclick: () => rollback(kind, item.number, open), 'data-testid': 'rollback' }, '回滚到这一版') : null));
  }
}

const person = (name, at) => (name ? [name, element('br'), element('span.quiet', {}, time(at))] : '—');

async function rollback(kind, number, open) {
  let made = null;
  const done = await ask(`回滚到第 ${number} 版？`, [
    element('p.quiet', {}, '会把这一版的内容作为新版本立即发布，不需要再审核，操作会记入审计。'),
    element('label', {}, '原因（选填）', element('input', { name: 'remark', maxlength: '200' })),
  ], '回滚', async fields => { made = await post(`${kind.path}/editions/${number}/rollback`, { remark: fields.get('remark') }, key()); }, true);
  if (!done) return;
  told(made);
  open(made.edition.number);
}

const key = () => ({ 'Idempotency-Key': crypto.randomUUID() });

function told(view) {
  if (view.edition.state === 'published') toast(`第 ${view.edition.number} 版已发布`);
  else if (view.edition.state === 'publishing') toast('微信暂时没有接受，稍后会自动重试');
}

async function run(work) {
  try {
    return await work();
  } catch (problem) {
    if (problem.status !== 401) toast(problem.message, true);
    return null;
  }
}

function editionPage(main, kind, number, context, back, open) {
  const path = `${kind.path}/editions/${number}`;
  let view = null;
  let editor = null;
  let timer = null;
  let saving = Promise.resolve();
  let left = false;
  const saved = element('span.quiet', { 'data-testid': 'saved', role: 'status' });
  const bar = element('.bar', {});
  const notice = element('p.error', { hidden: true, role: 'alert', 'data-testid': 'edition-problem' });
  const box = element('.editor', { 'data-testid': 'editor' }, element('p.quiet.center', {}, '正在加载…'));
  const compared = element('.sheet.side', { 'data-testid': 'compared' });
  const steps = element('.sheet.side', { 'data-testid': 'steps' });
  const preview = (kind.preview ?? phone)(path);
  show(main, bar, notice, element('.edition', {}, box, element('aside', {}, preview.node, compared, steps)));
  load();
  return () => {
    left = true;
    if (timer) save();
  };

  async function load() {
    try {
      view = await get(path);
      if (left) return;
      editor = kind.edit(box, view, changed, context);
      draw();
      follow();
      preview.refresh();
    } catch (problem) {
      if (left || problem.status === 401) return;
      show(bar, element('button', { onclick: back }, '← 版本列表'));
      show(box, element('p.error', { 'data-testid': 'list-error' }, problem.message));
    }
  }

  function draw() {
    const { edition, may } = view;
    const faults = view.problems.filter(problem => !problem.isWarning).length;
    show(bar,
      element('button', { onclick: back, 'data-testid': 'back' }, '← 版本列表'), element('h2', {}, `${kind.title} · 第 ${edition.number} 版`), tag(edition.state),
      faults ? element('span.tag.bad', { 'data-testid': 'faults' }, `${faults} 处要改`) : null, element('span.grow', {}), saved,
      may.discard ? element('button.bad', { onclick: () => step('discard', '作废这一版？', '作废后不能恢复。', '作废', true), 'data-testid': 'discard' }, '作废') : null,
      may.reopen ? element('button', { onclick: () => step('reopen', '退回草稿？', '退回后可以继续修改，需要重新送审。', '退回草稿'), 'data-testid': 'reopen' }, '退回草稿') : null,
      may.edit ? element('button.main', { onclick: submit, disabled: faults > 0, 'data-testid': 'submit' }, '送审') : null,
      may.review ? element('button.bad', { onclick: () => remark('send-back', '退回修改', '要改什么（必填）', '退回', true), 'data-testid': 'send-back' }, '退回') : null,
      may.review ? element('button.main', { onclick: () => remark('approve', '审核通过？', '意见（选填）', '通过'), 'data-testid': 'approve' }, '通过') : null,
      edition.state === 'in_review' && !may.review ? element('span.quiet', { 'data-testid': 'waits-for-review' }, '等待另一位同事（班长或管理员）审核') : null,
      may.publish ? element('button.main', { onclick: publish, 'data-testid': 'publish' }, '发布') : null,
      may.rollBack ? element('button.bad', { onclick: () => rollback(kind, number, open), 'data-testid': 'rollback' }, '回滚到这一版') : null);
    const words = [edition.problem, edition.state === 'draft' && edition.comment ? `${edition.reviewedBy ?? '审核人'}退回：${edition.comment}` : '',
      ...view.problems.filter(problem => problem.path === '').map(problem => problem.message)].filter(Boolean);
    notice.textContent = words.join('；');
    notice.hidden = words.length === 0;
    editor.problems(view.problems);
    drawCompared();
    drawSteps();
  }

  function drawCompared() {
    const { edition, liveNumber } = view;
    const lines = view.compared.filter(line => line.change !== 'same');
    show(compared, element('h3', {}, edition.number === liveNumber ? '这就是线上版本' : liveNumber ? `与线上第 ${liveNumber} 版相比` : '还没有线上版本'),
      edition.number === liveNumber ? null : lines.length === 0 ? element('p.quiet', {}, '内容相同')
        : element('ul.compared', {}, lines.map(line => element(`li.${line.change}`, {}, `${line.change === 'added' ? '＋' : '－'} ${line.text}`))));
  }

  function drawSteps() {
    show(steps, element('h3', {}, '经过'), element('ol.steps', {}, view.steps.map(item => element('li', {},
      element('span', {}, `${item.who} ${actions[item.action] ?? item.action}`), item.reason ? element('span', {}, `：${item.reason}`) : null,
      element('span.quiet', {}, ` ${time(item.at)}`)))));
  }

  // Called by the editor after each change; saved a moment later, one save after the other.
  function changed() {
    saved.textContent = '正在输入…';
    clearTimeout(timer);
    timer = setTimeout(save, 700);
  }

  function save() {
    clearTimeout(timer);
    timer = null;
    saving = saving.then(async () => {
      if (!view.may.edit) return;
      try {
        saved.textContent = '正在保存…';
        view = await put(path, { version: view.edition.version, content: editor.content() });
        saved.textContent = '已自动保存';
        await released();
        if (left) return;
        draw();
        preview.refresh();
      } catch (problem) {
        saved.textContent = '没有保存';
        notice.textContent = problem.message;
        notice.hidden = false;
      }
    });
    return saving;
  }

  async function settled() {
    if (timer) save();
    await saving;
  }

  async function take(verb, body = {}) {
    await settled();
    view = await post(`${path}/${verb}`, { version: view.edition.version, ...body }, key());
    editor = kind.edit(box, view, changed, context);
    saved.textContent = '';
    draw();
    follow();
  }

  // WeChat may be busy: it is tried again, and the page says when the version is out.
  function follow() {
    if (view.edition.state !== 'publishing') return;
    setTimeout(async () => {
      const found = left ? null : await get(path).catch(() => view);
      await released();
      if (left) return;
      view = found;
      draw();
      follow();
    }, 3000);
  }

  function step(verb, title, words, action, danger = false) {
    return ask(title, [element('p.quiet', {}, words)], action, () => take(verb), danger);
  }

  function remark(verb, title, label, action, danger = false) {
    const words = element('input', { name: 'remark', maxlength: '200', 'data-testid': 'remark' });
    return ask(title, [element('label', {}, label, words)], action, fields => take(verb, { remark: fields.get('remark') }), danger);
  }

  function submit() {
    return remark('submit', '送审', '这次改了什么（选填，审核人会看到）', '送审');
  }

  async function publish() {
    const lines = view.compared.filter(line => line.change !== 'same');
    const done = await ask(`发布第 ${view.edition.number} 版？`, [
      element('p.quiet', {}, kind.note),
      element('ul.compared', {}, lines.slice(0, 12).map(line => element(`li.${line.change}`, {}, `${line.change === 'added' ? '＋' : '－'} ${line.text}`))),
      lines.length > 12 ? element('p.quiet', {}, `等 ${lines.length} 处改动`) : null,
    ], '发布', () => take('publish'));
    if (done) told(view);
  }
}

/** A field of an editor: the label, the input, and the place for what is wrong with it. */
export function field(label, input, problems, path, name) {
  const words = element('p.fault', { hidden: true, 'data-testid': 'fault' });
  problems.push({ path, name, words, input });
  return element('label', {}, label, input, words);
}

/** Shows the problems beside their fields. */
export function mark(places, problems) {
  for (const place of places) {
    const mine = problems.filter(problem => problem.path === place.path && problem.field === place.name);
    place.words.textContent = mine.map(problem => problem.message).join(' ');
    place.words.hidden = mine.length === 0;
    place.words.classList.toggle('warning', mine.length > 0 && mine.every(problem => problem.isWarning));
    place.input?.toggleAttribute('aria-invalid', mine.some(problem => !problem.isWarning));
  }
}

/** Up, down and away, for an entry of a list; `after` draws the list anew. */
export function mover(list, index, what, after) {
  const move = by => {
    const [entry] = list.splice(index, 1);
    list.splice(index + by, 0, entry);
    after();
  };
  return element('span.mover', {},
    element('button', { type: 'button', disabled: index === 0, onclick: () => move(-1), 'aria-label': `上移${what}`, 'data-testid': 'up' }, '↑'),
    element('button', { type: 'button', disabled: index === list.length - 1, onclick: () => move(1), 'aria-label': `下移${what}`, 'data-testid': 'down' }, '↓'),
    element('button.bad', { type: 'button', onclick: () => { list.splice(index, 1); after(); }, 'aria-label': `删除${what}`, 'data-testid': 'away' }, '✕'));
}

/** How often an item was used. */
export function uses(view, item) {
  const found = view.uses.find(use => use.item === item);
  return element('span.quiet.uses', { title: found ? `最近一次 ${time(found.lastAt)}` : '30 天内没有使用' },
    `今日 ${found?.today ?? 0}　7 天 ${found?.week ?? 0}　30 天 ${found?.month ?? 0}`);
}
