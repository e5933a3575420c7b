import { get } from './api.js';
import { cell, element, table } from './dom.js';
import { list } from './pages.js';
import { asked, pages } from './usage-words.js';

const channels = { chat: '公众号聊天', mini_program: '小程序', h5: '网页（已登录）', guest: '网页（未登录）', desk: '工作台', outlet: '网点', device: '快递柜' };
const ways = { typed: '打字', voice: '语音', menu: '菜单', scan: '扫码', place: '发位置', other: '其他' };

/** What customers asked, when and where, without anybody's name: a bar a day, and a line for each thing and place. */
export function usage(main) {
  const span = element('select', { 'aria-label': '时间', 'data-testid': 'usage-days', onchange: () => leave.reload() },
    [[7, '近 7 天'], [30, '近 30 天'], [90, '近 90 天']].map(([days, words]) => element('option', { value: days }, words)));
  const leave = list(main, {
    bar: [element('h2.grow', {}, '自助查询'), element('span.quiet', {}, '只计次数，不记是谁'), span],
    load: async () => {
      const first = new Date(Date.now() + 8 * 3600000 - (Number(span.value) - 1) * 86400000).toISOString().slice(0, 10); // days of China
      return { items: (await get(`/usage?from=${first}`)).items };
    },
    render: lines => [trend(lines), table('usage', ['问了什么', '渠道', '在哪里', '从哪里来', '次数', '被拒绝', '我们出错', '平均用时'], places(lines).map(row), '这段时间没有人查询')],
    seconds: 30,
  });
  return leave;
}

/** A bar a day; the number is read out too. */
function trend(lines) {
  const days = new Map();
  for (const line of lines) days.set(line.day, (days.get(line.day) ?? 0) + uses(line));
  const most = Math.max(1, ...days.values());
  return element('ul.trend', { 'data-testid': 'usage-trend', 'aria-label': '每天次数' }, [...days].map(([day, count]) =>
    element('li', { title: `${day}：${count} 次` }, element('span.bar-of-day', { style: `height:${Math.round(count * 100 / most)}%` }), element('span.quiet', {}, `${day.slice(5)} · ${count}`))));
}

function places(lines) {
  const sums = new Map();
  for (const line of lines) {
    const key = JSON.stringify([line.action, line.channel, line.page, line.source]);
    const sum = sums.get(key) ?? { ...line, done: 0, refused: 0, failed: 0, ms: 0 };
    sums.set(key, { ...sum, done: sum.done + line.done, refused: sum.refused + line.refused, failed: sum.failed + line.failed, ms: sum.ms + line.meanMs * uses(line) });
  }
  return [...sums.values()].sort((one, other) => uses(other) - uses(one));
}

const uses = line => line.done + line.refused + line.failed;

function row(line) {
  return element('tr', {}, cell('text', asked[line.action] ?? line.action), cell('nowrap', channels[line.channel] ?? line.channel),
    cell('nowrap', (line.channel === 'chat' ? ways[line.page] : pages[line.page] ?? line.page) || '—'), cell('nowrap', line.source || '—'),
    cell('number', String(uses(line))), cell('number', String(line.refused)), cell('number', String(line.failed)), cell('number', `${Math.round(line.ms / Math.max(1, uses(line)))} 毫秒`));
}
