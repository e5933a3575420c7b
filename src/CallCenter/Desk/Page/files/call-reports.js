import { get } from './api.js';
import { callRecord } from './call-record.js';
import { cell, element, show, table } from './dom.js';
import { how, length, namesOfQueuesAndTiers } from './call-words.js';
import { list } from './pages.js';
import { time } from './words.js';

// Figures that open their calls, in the order of the columns.
const figures = [
  ['offered', '进线'], ['answered', '接起'], ['in_time', '目标内接起'], ['abandoned', '放弃'], ['short_abandoned', '短放弃'], ['overflowed', '溢出'], ['asked_call_back', '转回呼'], ['voicemail', '转留言'], ['timed_out', '超时'],
  ['turned_away', '未能排队'], ['called_back', '回呼接通'],
];
const counted = name => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** Reports by queue, agent, hour and day; each number opens its calls. Returns a function that leaves the page. */
export function callReports(main) {
  let leave = () => {};
  let names = null;
  const today = new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10); // days of China
  const by = element('select', { 'aria-label': '分组', 'data-testid': 'report-by', onchange: () => leave.reload() },
    [['queue', '按队列'], ['agent', '按坐席'], ['hour', '按小时'], ['day', '按日期']].map(([value, words]) => element('option', { value }, words)));
  const from = element('input', { type: 'date', value: today, 'aria-label': '从', 'data-testid': 'report-from', onchange: () => leave.reload() });
  const to = element('input', { type: 'date', value: today, 'aria-label': '到', 'data-testid': 'report-to', onchange: () => leave.reload() });
  turn(report);
  return () => leave();

  function turn(page) {
    leave();
    show(main);
    leave = page() ?? (() => {});
  }

  function report() {
    return list(main, {
      bar: [element('h2.grow', {}, '话务报表'), by, from, to, element('button', { onclick: () => download(`/call-reports/csv?${range()}&by=${by.value}`), 'data-testid': 'report-csv' }, '导出 CSV')],
      load: async () => ({ items: [{ by: by.value, lines: (await get(`/call-reports?${range()}&by=${by.value}`)).items }] }),
      render: ([view]) => [
        table('call-report', ['', ...figures.map(([, words]) => words), '服务水平', '平均应答', '平均处理', '占用率', '最长等待'], view.lines.map(line => row(line, view.by)), '这段时间没有来电'),
        element('p.quiet', {}, '服务水平＝目标秒数内接起÷（进线−短放弃）；短放弃为5秒内挂机；平均处理＝通话＋话后；占用率＝（通话＋话后）÷（通话＋话后＋示闲），坐席服务所有队列，按队列时不计。点数字看来电。'),
      ],
      seconds: 30,
    });
  }

  function range() {
    return new URLSearchParams({ from: from.value, to: to.value });
  }

  function row(line, group) {
    return element('tr', { 'data-testid': `report-${line.part || 'sum'}` }, cell('nowrap', line.name),
      figures.map(([figure]) => cell('number', number(line.counts[counted(figure)], figure, line, group))),
      cell('number', share(line.serviceLevel)), cell('number', seconds(line.averageAnswer)), cell('number', seconds(line.averageHandling)), cell('number', share(line.occupancy)), cell('number', length(line.counts.longestMs / 1000)));
  }

  function number(count, figure, line, group) {
    return count ? element('button.link', { onclick: () => turn(() => calls(figure, line, group)), 'data-testid': `open-${figure}` }, String(count)) : '0';
  }

  // A line stands for a queue, an agent, an hour or a day; the sum for all of them.
  function part(line, group) {
    const query = range();
    if (!line.part) return query;
    if (group === 'day') query.set('from', line.name), query.set('to', line.name);
    else query.set(group, line.part);
    return query;
  }

  function calls(figure, line, group) {
    const query = part(line, group);
    query.set('figure', figure);
    return list(main, {
      bar: [element('h2.grow', {}, `${line.name}：${figures.find(([name]) => name === figure)[1]}`), element('button', { onclick: () => download(`/call-reports/calls/csv?${query}`), 'data-testid': 'calls-csv' }, '导出 CSV'),
        element('button', { onclick: () => turn(report), 'data-testid': 'back-to-report' }, '返回')],
      load: async cursor => {
        names ??= await namesOfQueuesAndTiers();
        return get(`/call-reports/calls?${query}&limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      },
      render: items => table('report-calls', ['进队时间', '队列', '客户等级', '位置', '等待', '结果', '坐席', '通话', '话后', ''], items.map(call), '没有来电'),
      seconds: 30,
    });
  }

  function call(entry) {
    return element('tr', {}, cell('nowrap', time(entry.joinedAt)), cell('nowrap', names.queue(entry.queue)), cell('nowrap', names.tier(entry.tier)), cell('number', String(entry.place)), cell('number', length(entry.waitedSeconds)),
      cell('nowrap', entry.isCallBack ? `回呼${how[entry.how]}` : how[entry.how]), cell('nowrap', entry.agent ?? '—'), cell('number', length(entry.talkSeconds)), cell('number', length(entry.wrapSeconds)),
      cell('nowrap', element('button.link', { onclick: () => callRecord(entry.callId), 'data-testid': 'open-call' }, '通话记录')));
  }
}

const share = value => (value === null ? '—' : `${(value * 100).toFixed(1)}%`);
const seconds = value => (value === null ? '—' : `${value} 秒`);

function download(path) {
  const link = element('a', { href: `/api/desk/v1${path}`, download: '' });
  document.body.append(link);
  link.click();
  link.remove();
}
