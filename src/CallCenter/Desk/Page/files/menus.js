import { get } from './api.js';
import { element, show } from './dom.js';
import { content, field, mark, mover, uses } from './editions.js';
import { commands } from './words.js';

const types = {
  click: '点击（回复内容）', view: '打开网页', mini_program: '打开小程序', scan_code_wait: '扫码等回复', scan_code_push: '扫一扫',
  location: '选位置', camera: '拍照', camera_or_album: '拍照或相册', wechat_album: '微信相册',
};
const blank = name => ({ name, type: 'click', key: '', url: '', appId: '', pagePath: '', children: [] });
const bytes = text => new TextEncoder().encode(text).length;

export function menus(main, me) {
  let leave = () => {};
  let left = false;
  show(main, element('p.quiet.center', {}, '正在加载…'));
  start();
  return () => { left = true; leave(); };

  async function start() {
    try {
      const { items } = await get('/wechat/menus');
      if (left) return;
      if (items.length === 0) show(main, element('.sheet', { 'data-testid': 'menus-empty' }, element('p.quiet.center', {}, '没有配置公众号')));
      else open(items[0].appId, items);
    } catch (problem) {
      if (!left && problem.status !== 401) show(main, element('p.error', { 'data-testid': 'list-error', role: 'alert' }, problem.message));
    }
  }

  async function open(appId, items) {
    const tags = await get(`/wechat/tags/${encodeURIComponent(appId)}`).then(answer => answer.items, () => []);
    if (left) return;
    const chooser = items.length > 1 ? element('select', { 'aria-label': '公众号', onchange: event => { leave(); open(event.target.value, items); } },
      items.map(item => element('option', { value: item.appId, selected: item.appId === appId }, item.appId))) : element('span.quiet', {}, `公众号 ${appId}`);
    leave = content(main, {
      path: `/wechat/menus/${encodeURIComponent(appId)}`, title: '菜单', edit,
      note: '发布后，用户重新进入公众号即可看到；已打开的最迟五分钟内更新。',
    }, { chooser, tags, edits: me.roles.some(role => ['operator', 'admin'].includes(role)) });
  }
}

/** The editor of menus: the menu for everybody, and those for followers with a tag. */
function edit(box, view, changed, { tags }) {
  const menus = structuredClone(view.content);
  const writes = view.may.edit;
  let places = [];
  let problems = view.problems;
  draw();
  return { content: () => menus, problems: found => { problems = found; mark(places, found); } };

  // What changes the shape is drawn anew; typing is not, so that nobody loses the cursor.
  function reshaped() {
    draw();
    changed();
  }

  function draw() {
    places = [];
    show(box, element('fieldset.plain', { disabled: !writes },
      section('默认菜单', menus.default, 'default', element('span.quiet', {}, '所有用户')),
      menus.personal.map((personal, index) => section('个性化菜单', personal.entries, `personal/${index}/entries`,
        field('给有这个标签的用户', tagChooser(personal), places, `personal/${index}`, 'tagId'), mover(menus.personal, index, '个性化菜单', reshaped))),
      writes ? element('p.quiet', {}, element('button', { type: 'button', onclick: addPersonal, disabled: tags.length === 0, 'data-testid': 'add-personal' }, '＋ 个性化菜单'),
        tags.length === 0 ? ' 这个公众号还没有用户标签' : ' 排在前面的优先；都不符合的用户看到默认菜单') : null));
    mark(places, problems);
  }

  function addPersonal() {
    menus.personal.push({ tagId: tags[0].tagId, entries: structuredClone(menus.default) });
    reshaped();
  }

  function tagChooser(personal) {
    return element('select', { onchange: event => { personal.tagId = Number(event.target.value); changed(); }, 'data-testid': 'menu-tag' },
      tags.some(tag => tag.tagId === personal.tagId) ? null : element('option', { value: String(personal.tagId), selected: true }, `标签 ${personal.tagId}（已不存在）`),
      tags.map(tag => element('option', { value: String(tag.tagId), selected: tag.tagId === personal.tagId }, `${tag.name}（${tag.followers} 人）`)));
  }

  function section(title, entries, path, ...more) {
    const count = element('p.fault', { hidden: true });
    places.push({ path, name: '', words: count });
    return element('.sheet.tree', { 'data-testid': path }, element('.bar', {}, element('h3', {}, title), more), count,
      entries.map((top, index) => topEntry(top, index, entries, `${path}/${index}`)),
      writes ? element('button', { type: 'button', disabled: entries.length >= 3, onclick: () => { entries.push(blank('')); reshaped(); }, 'data-testid': 'add-top' }, '＋ 一级菜单') : null);
  }

  function topEntry(top, index, entries, path) {
    const count = element('p.fault', { hidden: true });
    places.push({ path, name: 'children', words: count });
    return element('.top', { 'data-testid': path },
      element('.entry', {}, name(top, path, 16), top.children.length === 0 ? action(top, path) : element('span.quiet', {}, '展开二级菜单'), writes ? mover(entries, index, '一级菜单', reshaped) : null),
      count,
      top.children.map((sub, place) => element('.entry.sub', { 'data-testid': `${path}/children/${place}` },
        name(sub, `${path}/children/${place}`, 60), action(sub, `${path}/children/${place}`), writes ? mover(top.children, place, '二级菜单', reshaped) : null)),
      writes ? element('button.link', { type: 'button', disabled: top.children.length >= 5, onclick: () => addSub(top), 'data-testid': 'add-sub' }, '＋ 二级菜单') : null);
  }

  // The first entry below takes over what the entry above did.
  function addSub(top) {
    top.children.push(top.children.length === 0 ? { ...structuredClone(top), name: '' } : blank(''));
    Object.assign(top, { key: '', url: '', appId: '', pagePath: '' });
    reshaped();
  }

  function name(entry, path, most) {
    const size = element('span.quiet', {}, `${bytes(entry.name)}/${most} 字节`);
    return field(element('span', {}, '名称 ', size), text(entry, 'name', '名称', () => { size.textContent = `${bytes(entry.name)}/${most} 字节`; }), places, path, 'name');
  }

  function action(entry, path) {
    const type = element('select', { onchange: event => { entry.type = event.target.value; reshaped(); }, 'aria-label': '动作', 'data-testid': 'type' },
      Object.entries(types).map(([value, words]) => element('option', { value, selected: value === entry.type }, words)));
    return [element('label', {}, '动作', type), ...details(entry, path)];
  }

  function details(entry, path) {
    if (entry.type === 'view') return [field('网址', text(entry, 'url', '网址'), places, path, 'url'), uses(view, entry.url)];
    if (entry.type === 'mini_program') {
      return [field('小程序 AppID', text(entry, 'appId', 'AppID'), places, path, 'appId'), field('页面路径', text(entry, 'pagePath', '页面路径'), places, path, 'pagePath'),
        field('旧版微信打开的网址', text(entry, 'url', '网址'), places, path, 'url'), uses(view, entry.pagePath)];
    }
    return [field(entry.type === 'click' ? 'key（命令或关键词）' : 'key', text(entry, 'key', 'key', () => {}, 'menu-keys'), places, path, 'key'), keys(), uses(view, entry.key)];
  }

  function text(entry, property, label, typed = () => {}, options = undefined) {
    const input = element('input', { value: entry[property], 'aria-label': label, 'data-testid': property, oninput: event => { entry[property] = event.target.value; typed(); changed(); } });
    if (options) input.setAttribute('list', options);
    return input;
  }

  function keys() {
    if (document.getElementById('menu-keys')) return null;
    document.body.append(element('datalist', { id: 'menu-keys' }, Object.entries(commands).map(([value, words]) => element('option', { value }, words))));
    return null;
  }
}
