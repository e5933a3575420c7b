import { get, post } from './api.js';
import { ask, element, toast } from './dom.js';
import { list } from './pages.js';
import { time } from './words.js';

const states = { never: ['未同步', ''], running: ['同步中', 'good'], paused: ['已暂停', 'warn'], done: ['已完成', 'good'], failed: ['已停止，需要处理', 'bad'] };

/** The first synchronisation of the followers an account already has: how far it is, start, pause, go on. */
export function followers(main) {
  const leave = list(main, {
    bar: [element('h2.grow', {}, '关注者同步'), element('span.quiet', {}, '把公众号已有的关注者同步过来，可随时暂停，断了会从原处继续')],
    load: () => get('/wechat/followers'),
    render: items => (items.length ? items.map(account) : [element('.sheet', {}, element('p.quiet.center', {}, '没有配置公众号'))]),
    seconds: 3,
  });
  return leave;

  function account(item) {
    const [word, kind] = states[item.state] ?? [item.state, 'warn'];
    const all = Math.max(item.total, item.seen);
    return element('.sheet', { 'data-testid': `followers-${item.appId}` },
      element('.bar.inside', {}, element('h3', {}, item.appId), element(`span.tag${kind ? `.${kind}` : ''}`, { 'data-testid': 'sync-state' }, word),
        element('span.quiet.grow', {}, item.finishedAt ? `完成于 ${time(item.finishedAt)}` : item.startedAt ? `开始于 ${time(item.startedAt)}` : ''),
        ['never', 'done', 'failed', 'paused'].includes(item.state) ? element(item.state === 'never' ? 'button.main' : 'button', { onclick: () => start(item), 'data-testid': 'sync-start' }, item.state === 'never' ? '开始同步' : '重新同步') : null,
        item.state === 'running' ? element('button', { onclick: () => act(item, 'pause', '已暂停'), 'data-testid': 'sync-pause' }, '暂停') : null,
        ['paused', 'failed'].includes(item.state) ? element('button.main', { onclick: () => act(item, 'resume', '继续同步'), 'data-testid': 'sync-resume' }, '继续') : null),
      item.state === 'never' ? null : element('p.inside', { 'data-testid': 'sync-progress' }, `共 ${all} 人，已列出 ${item.seen} 人，已取得资料 ${item.known} 人${item.secondsLeft == null ? '' : `，预计还需 ${left(item.secondsLeft)}`}`),
      item.blockedUntil ? element('p.quiet.inside', {}, `微信额度用完或繁忙，${time(item.blockedUntil)} 后自动继续`) : null,
      item.problem ? element('p.error.inside', { 'data-testid': 'sync-problem' }, `出错 ${item.errors} 次，最近一次：${item.problem}`) : null);
  }

  async function start(item) {
    const done = await ask('同步这个公众号的关注者？', [element('p.quiet', {}, '会按限定的速度向微信查询，不影响客户使用。')], '开始', () => post(`/wechat/followers/${encodeURIComponent(item.appId)}/start`));
    if (done) leave.reload();
  }

  async function act(item, what, word) {
    try {
      await post(`/wechat/followers/${encodeURIComponent(item.appId)}/${what}`);
      toast(word);
    } catch (problem) {
      toast(problem.message, true);
    }
    leave.reload();
  }
}

function left(seconds) {
  if (seconds < 60) return `${seconds} 秒`;
  return seconds < 3600 ? `${Math.ceil(seconds / 60)} 分钟` : `${(seconds / 3600).toFixed(1)} 小时`;
}
