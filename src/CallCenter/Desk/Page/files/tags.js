import { get, post, put, remove } from './api.js';
import { ask, cell, element, table, toast } from './dom.js';
import { list } from './pages.js';

const LAST_OF_WECHAT = 2; // 0 to 2 are WeChat's own, such as the star

/** The tags of each official account: make, rename, delete, read anew from WeChat. */
export function tags(main) {
  const account = element('select', { 'aria-label': '公众号', 'data-testid': 'tag-account', onchange: () => leave.reload() });
  // Both need an account, so nobody can press them before the accounts are known.
  const refreshing = element('button', { onclick: refresh, disabled: true, 'data-testid': 'tags-refresh' }, '从微信同步');
  const creating = element('button.main', { onclick: create, disabled: true, 'data-testid': 'tag-create' }, '＋ 标签');
  let accounts = null;
  const leave = list(main, {
    bar: [element('h2.grow', {}, '用户标签'), account, refreshing, creating],
    load: async () => {
      accounts ??= (await get('/wechat/menus')).items.map(item => item.appId);
      if (account.options.length === 0) account.append(...accounts.map(appId => element('option', { value: appId }, appId)));
      refreshing.disabled = creating.disabled = !account.value;
      return account.value ? get(path()) : { items: [] };
    },
    render: items => table('tags', ['编号', '名称', '人数', ''], items.map(row), accounts?.length ? '还没有标签，点“＋ 标签”新建，或从微信同步' : '没有配置公众号'),
  });
  return leave;

  function path(rest = '') {
    return `/wechat/tags/${encodeURIComponent(account.value)}${rest}`;
  }

  function row(tag) {
    return element('tr', { 'data-testid': `tag-${tag.tagId}` }, cell('nowrap', String(tag.tagId)), cell('text', tag.name), cell('nowrap', `${tag.followers} 人`),
      cell('nowrap', tag.tagId > LAST_OF_WECHAT
        ? [element('button.link', { onclick: () => rename(tag), 'data-testid': 'tag-rename' }, '改名'), element('button.link.bad', { onclick: () => drop(tag), 'data-testid': 'tag-delete' }, '删除')]
        : element('span.quiet', {}, '微信自带')));
  }

  function nameField(value) {
    return element('label', {}, '名称（最多 10 个汉字）', element('input', { name: 'name', required: true, maxlength: '30', value, 'data-testid': 'tag-name' }));
  }

  async function create() {
    await changed(ask('新建标签', [nameField('')], '新建', fields => post(path(), { name: fields.get('name') })), '标签已新建');
  }

  async function rename(tag) {
    await changed(ask(`给“${tag.name}”改名`, [nameField(tag.name)], '保存', fields => put(path(`/${tag.tagId}`), { name: fields.get('name') })), '标签已改名');
  }

  async function drop(tag) {
    await changed(ask(`删除标签“${tag.name}”？`, [element('p.quiet', {}, `${tag.followers} 位用户会失去这个标签；用到它的菜单和关键词会在送审时提示。`)],
      '删除', () => remove(path(`/${tag.tagId}`)), true), '标签已删除');
  }

  async function refresh() {
    try {
      await post(path('/refresh'));
      toast('已从微信同步');
    } catch (problem) {
      toast(problem.message, true);
    }
    leave.reload();
  }

  async function changed(asked, word) {
    if (!await asked) return;
    toast(word);
    leave.reload();
  }
}
