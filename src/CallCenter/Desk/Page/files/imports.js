import { get, post } from './api.js';
import { ask, cell, element, released, show, table, toast } from './dom.js';
import { list } from './pages.js';
import { poll } from './poll.js';
import { fields, saidBy, time } from './words.js';

const states = { running: ['导入中', 'warn'], done: ['完成', 'good'], failed: ['未导入', 'bad'] };
const outcomes = { new: '新增', changed: '更新', kept: '保留', conflict: '冲突', duplicate: '重复', rejected: '拒绝' };

/** Customers taken over from other systems: sources with their quality, runs with what they found, conflicts and their decision. */
export function imports(main) {
  let leave = overview();
  return () => leave();

  function to(next) {
    leave();
    leave = next();
  }

  function overview() {
    const sources = element('', { 'data-testid': 'import-sources' });
    const endSources = poll(async () => {
      const { items } = await get('/imports/sources');
      const trends = await Promise.all(items.map(source => get(`/imports/sources/${source.name}/trend`)));
      await released();
      show(sources, table('sources', ['来源', '方式', '下次', '最近一次', '质量', '冲突', ''], items.map((source, i) => sourceRow(source, trends[i].items)),
        '没有配置导入来源（Customers:Imports）'));
    }, () => {}, 3);
    const runs = list(main, {
      above: element('', {}, element('.bar', {}, element('h2.grow', {}, '客户导入'),
        element('button', { onclick: () => to(() => conflicts(null)), 'data-testid': 'import-all-conflicts' }, '全部冲突')), sources),
      bar: [element('h3.grow', {}, '导入记录')],
      load: cursor => get(`/imports?limit=20${cursor ? `&cursor=${cursor}` : ''}`),
      render: items => table('import-runs', ['开始', '来源', '文件', '状态', '行数', '新增', '更新', '未变', '冲突', '重复', '拒绝', '质量', ''], items.map(runRow), '还没有导入过'),
    });
    return () => {
      endSources();
      runs();
    };
  }

  function sourceRow(source, trend) {
    const run = source.lastRun;
    return element('tr', { 'data-testid': `source-${source.name}` },
      cell('nowrap', source.name), cell('nowrap', source.kind === 'folder' ? '文件夹' : 'HTTP'), cell('nowrap', source.wanted ? '马上' : time(source.nextAt)),
      cell('text', source.failure ? element('span.tag.bad', { title: time(source.failedAt), 'data-testid': 'source-failure' }, `连续${source.failures}次取不到：${source.failure}`) : null,
        run ? progress(run) : '—'),
      cell('nowrap', quality(run?.quality ?? trend.at(-1)?.quality), ' ', sparkline(trend)),
      cell('number', source.openConflicts ? element('button.link', { onclick: () => to(() => conflicts(source.name)), 'data-testid': 'source-conflicts' }, String(source.openConflicts)) : '0'),
      cell('nowrap', element('button.link', { disabled: source.wanted || run?.state === 'running', onclick: () => start(source), 'data-testid': 'source-run' }, '立即导入')));
  }

  function progress(run) {
    if (run.state !== 'running') return element('span', {}, time(run.finishedAt), ' ', tag(run));
    return element('span', { 'data-testid': 'source-progress' }, `导入中 ${run.done}/${run.rows} `, element('progress', { max: Math.max(1, run.rows), value: run.done }));
  }

  function runRow(run) {
    return element('tr', { 'data-testid': `run-${run.fileName}` },
      cell('nowrap', time(run.startedAt)), cell('nowrap', run.source), cell('text', run.fileName, run.byHand ? '（手动）' : ''), cell('nowrap', tag(run)),
      ...[run.rows, run.new, run.changed, run.unchanged, run.conflicts, run.duplicates, run.rejected].map(number => cell('number', String(number))),
      cell('number', quality(run.quality)), cell('nowrap', element('button.link', { onclick: () => to(() => one(run)), 'data-testid': 'run-open' }, '查看')));
  }

  async function start(source) {
    try {
      await post(`/imports/sources/${source.name}/run`);
      toast('已开始，进度会显示在这里');
      to(overview);
    } catch (problem) {
      toast(problem.message, true);
    }
  }

  function one(run) {
    const only = element('select', { 'aria-label': '结果', 'data-testid': 'run-outcome', onchange: () => lines.reload() },
      element('option', { value: '' }, '全部'), Object.entries(outcomes).map(([value, word]) => element('option', { value }, word)));
    const found = element('', {});
    const endConflicts = poll(async () => {
      const { items } = await get(`/imports/conflicts?run=${run.id}&limit=100`);
      await released();
      show(found, conflictTable(items));
    }, () => {}, 5);
    const lines = list(main, {
      above: element('', {}, back(`${run.source} ${run.fileName}`),
        run.failure ? element('p.error', { 'data-testid': 'run-failure' }, run.failure) : null, run.notes ? element('p.quiet', {}, run.notes) : null,
        run.quality ? figures(run) : null, found),
      bar: [element('h3.grow', {}, '差异明细（中间的字已隐藏）'), only, element('a', { href: `/api/desk/v1/imports/${run.id}/report`, download: '', 'data-testid': 'run-report' }, '下载报告')],
      load: cursor => get(`/imports/${run.id}/lines?limit=100&outcome=${only.value}${cursor ? `&cursor=${cursor}` : ''}`),
      render: items => table('import-lines', ['行', '列', '结果', '说明', '原值', '新值', '客户'], items.map(line => element('tr', {},
        cell('number', String(line.row)), cell('nowrap', line.column || '—'), cell('nowrap', outcomes[line.outcome]), cell('text', line.what), cell('text', line.old || '—'), cell('text', line.new || '—'),
        cell('nowrap', line.customer ? short(line.customer) : '—'))), '没有差异'),
      seconds: 10,
    });
    return () => {
      endConflicts();
      lines();
    };
  }

  function conflicts(source) {
    return list(main, {
      above: back(source ? `${source}：待决定的冲突` : '待决定的冲突'),
      load: cursor => get(`/imports/conflicts?limit=50${source ? `&source=${source}` : ''}${cursor ? `&cursor=${cursor}` : ''}`),
      render: conflictTable,
    });
  }

  function conflictTable(items) {
    return table('import-conflicts', ['客户', '项目', '我方', '对方', ''], items.map(conflict => element('tr', { 'data-testid': `conflict-${conflict.field}` },
      cell('nowrap', short(conflict.customer)), cell('nowrap', fields[conflict.field]),
      cell('text', conflict.ours || '（已删除）', conflict.oursBy ? element('.quiet', {}, `${saidBy[conflict.oursBy]} ${time(conflict.oursAt)}`) : null),
      cell('text', conflict.theirs, element('.quiet', {}, `${conflict.source} ${conflict.theirsAt ? time(conflict.theirsAt) : '没有日期'}`)),
      cell('nowrap', element('button.link', { onclick: event => decide(event.target, conflict, 'ours'), 'data-testid': 'conflict-ours' }, '保留我方'),
        element('button.link', { onclick: event => decide(event.target, conflict, 'theirs'), 'data-testid': 'conflict-theirs' }, '采用对方')))), '没有待决定的冲突');
  }

  async function decide(button, conflict, take) {
    const done = await ask(take === 'ours' ? `保留“${conflict.ours}”？` : `采用“${conflict.theirs}”？`, [
      element('p.quiet', {}, take === 'ours' ? '对方系统会收到更正通知；对方再报同样的内容时不再询问。' : '客户资料会改为对方的内容。'),
      element('label', {}, '原因（必填，记入审计）', element('input', { name: 'reason', required: true, maxlength: '200', 'data-testid': 'conflict-reason' })),
    ], take === 'ours' ? '保留我方' : '采用对方', form => post(`/imports/conflicts/${conflict.id}`, { take, reason: form.get('reason') }));
    if (!done) return;
    button.closest('tr').remove();
    toast('已决定');
  }

  function back(title) {
    return element('.bar', {}, element('button', { onclick: () => to(overview), 'data-testid': 'import-back' }, '返回'), element('h2.grow', {}, title));
  }
}

const figures = run => element('.cards', { 'data-testid': 'run-quality' }, [
  ['质量分', run.quality.score], ['完整（40%）', run.quality.completeness], ['有效（30%）', run.quality.validity], ['新鲜（15%）', run.quality.freshness], ['一致（15%）', run.quality.consistency],
].map(([word, value]) => element('.card.figure', {}, element('p', {}, word), element('strong', {}, value.toFixed(1)))));

const tag = run => element(`span.tag.${states[run.state][1]}`, { title: run.failure || run.notes, 'data-testid': 'run-state' }, states[run.state][0]);

const quality = value => (value ? value.score.toFixed(1) : '—');

// The end of an id differs, its beginning is the time.
const short = id => element('span', { title: id }, `…${id.slice(-8)}`);

/** The scores of the last runs as a line of bars, for the eye. */
function sparkline(trend) {
  if (trend.length < 2) return null;
  const bars = trend.map(point => '▁▂▃▄▅▆▇█'[Math.min(7, Math.floor(point.quality.score / 12.5))]).join('');
  return element('span.quiet', { title: trend.map(point => `${time(point.at)} ${point.quality.score.toFixed(1)}`).join('\n'), 'data-testid': 'source-trend' }, bars);
}
