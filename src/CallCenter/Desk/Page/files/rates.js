import { base64, get, post } from './api.js';
import { ask, cell, element, show, table, toast } from './dom.js';
import { list } from './pages.js';
import { turns } from './poll.js';
import { time } from './words.js';

const states = { draft: ['草稿', ''], checked: ['已核对', ''], replayed: ['已试算', 'warn'], published: ['已发布', 'good'], discarded: ['已作废', 'bad'] };
const kinds = { added: '新增', removed: '删除', changed: '修改' };
const files = ['products', 'regions', 'zones', 'roundings', 'times', 'prices', 'surcharges', 'insurance', 'cod', 'packaging', 'pickup', 'tiers'];

/** Rate cards: import with faults by cell, differences, replay on past orders, publish by a second person, restore. */
export function rates(main, me) {
  const imports = me.roles.some(role => ['operator', 'admin'].includes(role));
  const leave = list(main, {
    bar: [element('h2.grow', {}, '价目表'), element('span.quiet', {}, '导入 → 核对差异 → 用近期订单试算 → 由另一人发布'),
      imports ? element('button.main', { onclick: upload, 'data-testid': 'rates-import' }, '导入价目表') : null],
    load: cursor => get(`/rates?limit=20${cursor ? `&cursor=${cursor}` : ''}`),
    render: items => table('rates', ['名称', '导入', '状态', '生效', ''], items.map(row), '还没有价目表'),
  });
  return leave;

  function row(card) {
    const withdrawn = card.publications.length > 0 && card.publications.every(entry => entry.withdrawnAt);
    const [word, look] = withdrawn ? ['已撤回', ''] : states[card.state];
    return element('tr', { 'data-testid': `rates-${card.name}` },
      cell('text', card.name), cell('nowrap', card.author ?? '系统', element('br'), time(card.createdAt)),
      cell('nowrap', card.live ? element('span.tag.good', { 'data-testid': 'rates-state' }, '正在使用') : element(look ? `span.tag.${look}` : 'span.tag', { 'data-testid': 'rates-state' }, word)),
      cell('nowrap', card.publications.map(entry => publication(card, entry))),
      cell('nowrap', buttons(card)));
  }

  function publication(card, entry) {
    const since = new Date(entry.validFrom).getTime() <= 0 ? '从最初起' : `${time(entry.validFrom)} 起`;
    const words = `${since}（${entry.publishedBy ?? '系统'}）`;
    return element('', {}, entry.withdrawnAt ? element('s', {}, words) : words,
      !entry.begun && !entry.withdrawnAt ? element('button.link.bad', { onclick: () => withdraw(card, entry), 'data-testid': 'rates-withdraw' }, '撤回') : null);
  }

  function buttons(card) {
    const open = ['draft', 'checked', 'replayed'].includes(card.state);
    return [
      card.live ? null : element('button.link', { onclick: () => differences(card), 'data-testid': 'rates-changes' }, imports && card.state === 'draft' ? '核对差异' : '差异'),
      ['checked', 'replayed'].includes(card.state) ? element('button.link', { onclick: () => replay(card), 'data-testid': 'rates-replay' }, '试算') : null,
      card.state === 'replayed' ? element('button.link', { onclick: () => publish(card), 'data-testid': 'rates-publish' }, '发布') : null,
      card.state === 'published' && !card.live ? element('button.link', { onclick: () => restore(card), 'data-testid': 'rates-restore' }, '恢复使用') : null,
      element('button.link', { onclick: () => downloads(card), 'data-testid': 'rates-files' }, '文件'),
      imports && open ? element('button.link.bad', { onclick: () => discard(card), 'data-testid': 'rates-discard' }, '作废') : null,
    ];
  }

  async function upload() {
    const input = element('input', { type: 'file', multiple: true, required: true, accept: '.csv', 'data-testid': 'rates-upload', onchange: preview });
    const outcome = element('', { 'data-testid': 'rates-preview' });
    const turn = turns();
    const done = await ask('导入价目表', [
      element('label', {}, '名称', element('input', { name: 'name', required: true, maxlength: '60', autocomplete: 'off', 'data-testid': 'rates-name' })),
      element('label', {}, 'CSV 文件（只选改动的即可，其余沿用现行价目表；UTF-8 或 GBK）', input), outcome,
    ], '导入为草稿', async form => {
      const result = await post('/rates', { name: form.get('name'), files: await contents(input) });
      show(outcome, faults(result.faults));
      if (result.faults.length) throw new Error(`有${result.faults.length}处错误，什么都没有导入`);
    });
    if (done) finished('已导入为草稿');

    async function preview() {
      const isLast = turn();
      try {
        const result = await post('/rates/preview', { files: await contents(input) });
        if (!isLast()) return; // other files were chosen meanwhile
        show(outcome, result.faults.length ? faults(result.faults) : changes(result.changes));
      } catch (problem) {
        show(outcome, element('p.error', {}, problem.message));
      }
    }
  }

  async function differences(card) {
    const items = await loaded(`/rates/${card.id}/changes`);
    if (!items) return;
    const confirms = imports && card.state === 'draft';
    const done = await ask(`${card.name}：与现行价目表的差异`, [changes(items.items)], confirms ? '确认差异无误' : '好',
      async () => { if (confirms) await post(`/rates/${card.id}/check`); });
    if (done && confirms) finished('已核对，可以试算');
  }

  async function replay(card) {
    try {
      const result = await post(`/rates/${card.id}/replay`);
      await ask(`${card.name}：用近期订单试算`, [report(result)], '好');
      leave.reload();
    } catch (problem) {
      toast(problem.message, true);
    }
  }

  async function publish(card) {
    const result = await loaded(`/rates/${card.id}/replay`);
    if (!result) return;
    const done = await ask(`发布“${card.name}”？`, [
      report(result),
      element('label', {}, '生效时间（不填为立即）', element('input', { name: 'from', type: 'datetime-local', 'data-testid': 'rates-from' })),
      element('p.quiet', {}, '已经给出的报价在有效期内仍按原价。导入的人不能发布。'),
    ], '发布', form => post(`/rates/${card.id}/publish`, { from: form.get('from') ? `${form.get('from')}:00+08:00` : null }));
    if (done) finished('已发布');
  }

  async function restore(card) {
    if (await withReason(`恢复使用“${card.name}”？立即生效`, '恢复使用', `/rates/${card.id}/restore`)) finished('已恢复使用');
  }

  async function withdraw(card, entry) {
    if (await withReason(`撤回“${card.name}”${time(entry.validFrom)}的生效？`, '撤回', `/rates/publications/${entry.id}/withdraw`)) finished('已撤回');
  }

  async function discard(card) {
    if (await withReason(`作废“${card.name}”？`, '作废', `/rates/${card.id}/discard`)) finished('已作废');
  }

  async function loaded(path) {
    try {
      return await get(path);
    } catch (problem) {
      toast(problem.message, true);
      return null;
    }
  }

  function finished(text) {
    toast(text);
    leave.reload();
  }
}

const withReason = (title, action, path) => ask(title, [
  element('label', {}, '原因（记入审计）', element('input', { name: 'reason', required: true, maxlength: '200', 'data-testid': 'rates-reason' })),
], action, form => post(path, { reason: form.get('reason') }), true);

const downloads = card => ask(`${card.name}：文件`, [
  element('ul', {}, files.map(file => element('li', {}, element('a', { href: `/api/desk/v1/rates/${card.id}/files/${file}`, download: `rates_${file}.csv` }, `rates_${file}.csv`)))),
], '好');

const contents = input => Promise.all([...input.files].map(async file => ({ name: file.name, content: await base64(file) })));

const faults = items => items.length === 0 ? null : table('rates-faults', ['文件', '单元格', '列', '错误'], items.map(fault => element('tr', {},
  cell('nowrap', fault.file), cell('nowrap', fault.cell || (fault.row ? `第${fault.row}行` : '—')), cell('nowrap', fault.column || '—'), cell('text', fault.message))), '');

const changes = items => table('rates-differences', ['文件', '行', '', '改动'], items.map(change => element('tr', {},
  cell('nowrap', change.file), cell('text', change.row), cell('nowrap', kinds[change.kind]),
  cell('text', change.kind === 'changed'
    ? change.cells.map(c => `${c.column}：${c.before || '（空）'} → ${c.after || '（空）'}`).join('；')
    : change.cells.map(c => `${c.column} ${c.after || c.before}`).join('，')))), '没有差异');

const yuan = fen => (fen === null ? '不再承运' : `${(fen / 100).toFixed(2)}元`);

function report(result) {
  const change = result.beforeFen ? ((result.afterFen - result.beforeFen) * 100 / result.beforeFen).toFixed(2) : '0.00';
  return element('', { 'data-testid': 'rates-report' },
    element('p', {}, `${time(result.from)} 至 ${time(result.until)} 的${result.orders}单：现行 ${yuan(result.beforeFen)}，新价 ${yuan(result.afterFen)}（${change}%）。`
      + `涨价${result.dearer}单，不变${result.same}单，降价${result.cheaper}单，不再承运${result.notCarried}单，新增承运${result.newlyCarried}单。`),
    element('p', {}, result.bands.filter(band => band.orders).map(band => `${band.change} ${band.orders}单`).join('，') || '近期没有订单可供试算'),
    result.biggest.length === 0 ? null : table('rates-biggest', ['线路', '产品', '现行', '新价', '明细'], result.biggest.map(order => element('tr', {},
      cell('text', `${order.request.from.city} → ${order.request.to.city} ${order.request.goods.weightGrams / 1000}公斤`), cell('nowrap', order.product),
      cell('nowrap', yuan(order.beforeFen)), cell('nowrap', yuan(order.afterFen)), cell('text', lines(order)))), ''));
}

function lines(order) {
  const before = new Map(order.before.map(line => [line.code, line.fen]));
  return order.after.filter(line => before.get(line.code) !== line.fen).map(line => `${line.name} ${yuan(before.get(line.code) ?? 0)} → ${yuan(line.fen)}`).join('；');
}
