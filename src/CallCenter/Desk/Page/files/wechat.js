import { get, post } from './api.js';
import { ask, cell, element, table, toast } from './dom.js';
import { list } from './pages.js';
import { time } from './words.js';

const matches = { exact: '完全一致', prefix: '开头一致', contains: '包含', number: '数字' };
const commands = {
  guidance: '显示引导', human: '转人工', leave_human: '退出人工', check_parties: '核对收寄方信息', my_parcels: '我的快递', bind_phone: '绑定手机号',
};

export function keywords(main) {
  return list(main, {
    bar: [element('h2', {}, '关键词统计')],
    load: () => get('/wechat/keywords'),
    render: items => table('keywords', ['公众号', '关键词', '匹配方式', '说明', '状态', '触发次数', '最近一次'], items.map(item => element('tr', {},
      cell('nowrap', item.appId || '全部'), cell('nowrap', item.keyword), cell('nowrap', matches[item.match] ?? item.match), cell('text', commands[item.title] ?? item.title ?? ''),
      cell('nowrap', item.enabled === false ? element('span.tag', {}, '未启用') : element('span.tag.good', {}, '启用')),
      cell('number', String(item.hits)), cell('nowrap', time(item.lastHitAt)))), '还没有关键词'),
    seconds: 10,
  });
}

const menuStates = { published: ['已发布', 'good'], different: ['有未发布的改动', 'warn'], never: ['未发布', 'warn'], refused: ['不符合微信的限制', 'bad'] };

export function menus(main) {
  const leave = list(main, {
    bar: [element('h2.grow', {}, '菜单'), element('span.quiet', {}, '菜单内容来自配置，在这里发布到微信')],
    load: () => get('/wechat/menus'),
    render: items => (items.length ? items.map(menu) : [element('.sheet', { 'data-testid': 'menus-empty' }, element('p.quiet.center', {}, '没有配置菜单的公众号'))]),
    seconds: 10,
  });
  return leave;

  function menu(item) {
    const [word, kind] = menuStates[item.state] ?? [item.state, 'warn'];
    return element('.sheet', { 'data-testid': `menu-${item.appId}` },
      element('.bar.inside', {}, element('h3', {}, item.appId), element(`span.tag.${kind}`, {}, word),
        element('span.quiet.grow', {}, item.publishedAt ? `上次发布：${time(item.publishedAt)}` : ''),
        element('button.main', { onclick: () => publish(item), 'data-testid': 'publish' }, '发布')),
      item.problem ? element('p.error.inside', {}, item.problem) : null,
      element('.menu', {}, (item.buttons ?? []).map(button => element('div', {}, element('h3', {}, button.name),
        element('ul', {}, (button.children ?? []).map(child => element('li', {}, child.name)))))));
  }

  async function publish(item) {
    const done = await ask('发布这个菜单？', [element('p.quiet', {}, '发布后，用户重新进入公众号即可看到；已打开的最迟五分钟内更新。')], '发布',
      () => post(`/wechat/menus/${encodeURIComponent(item.appId)}/publish`));
    if (done) {
      toast('菜单已发布');
      leave.reload();
    }
  }
}
