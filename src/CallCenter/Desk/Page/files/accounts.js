import { get, post, put } from './api.js';
import { ask, cell, element, table, toast } from './dom.js';
import { list } from './pages.js';
import { roles, time } from './words.js';

export function accounts(main, me) {
  const leave = list(main, {
    bar: [element('h2.grow', {}, '账号'), element('button.main', { onclick: create, 'data-testid': 'create-account' }, '新建账号')],
    load: cursor => get(`/accounts?limit=50${cursor ? `&cursor=${cursor}` : ''}`),
    render: items => table('accounts', ['登录名', '姓名', '角色', '状态', '创建时间', ''], items.map(row), '还没有账号'),
  });
  return leave;

  function row(member) {
    return element('tr', { 'data-testid': `account-${member.name}` },
      cell('nowrap', member.name), cell('', member.displayName), cell('', member.roles.map(role => roles[role]).join('、') || '—'),
      cell('nowrap', member.disabled ? element('span.tag.bad', {}, '已停用') : element('span.tag.good', {}, '正常'),
        member.mustChangePassword ? element('span.tag.warn', {}, '待改密码') : null),
      cell('nowrap', time(member.createdAt)),
      cell('nowrap',
        element('button.link', { onclick: () => changeRoles(member) }, '角色'),
        element('button.link', { onclick: () => resetPassword(member) }, '重置密码'),
        member.id === me.id ? null
          : member.disabled ? element('button.link', { onclick: () => enable(member), 'data-testid': 'enable' }, '启用')
            : element('button.link.bad', { onclick: () => disable(member), 'data-testid': 'disable' }, '停用')));
  }

  function roleFields(chosen) {
    return element('fieldset', {}, element('legend', {}, '角色'), Object.entries(roles).map(([role, word]) =>
      element('label', {}, element('input', { type: 'checkbox', name: 'roles', value: role, checked: chosen.includes(role) }), word)));
  }

  async function create() {
    const done = await ask('新建账号', [
      element('label', {}, '登录名（字母开头，2到32个字符）', element('input', { name: 'name', required: true, autocomplete: 'off', maxlength: '32' })),
      element('label', {}, '姓名', element('input', { name: 'displayName', required: true, autocomplete: 'off', maxlength: '40' })),
      element('label', {}, '初始密码（10到128个字符，首次登录后须修改）', element('input', { name: 'password', type: 'password', required: true, autocomplete: 'new-password', minlength: '10' })),
      roleFields(['agent']),
    ], '新建', fields => post('/accounts', {
      name: fields.get('name'), displayName: fields.get('displayName'), password: fields.get('password'), roles: fields.getAll('roles'),
    }));
    if (done) finished('账号已新建');
  }

  async function changeRoles(member) {
    const done = await ask(`${member.displayName}的角色`, [roleFields(member.roles)], '保存',
      fields => put(`/accounts/${member.id}/roles`, { roles: fields.getAll('roles') }));
    if (done) finished('角色已修改');
  }

  async function resetPassword(member) {
    const done = await ask(`重置${member.displayName}的密码`, [
      element('p.quiet', {}, '对方的所有登录会立即退出，并须在下次登录后修改密码。'),
      element('label', {}, '新密码（10到128个字符）', element('input', { name: 'password', type: 'password', required: true, autocomplete: 'new-password', minlength: '10' })),
    ], '重置', fields => post(`/accounts/${member.id}/password`, { password: fields.get('password') }));
    if (done) finished('密码已重置');
  }

  async function disable(member) {
    const done = await ask(`停用${member.displayName}的账号？`, [
      element('p.quiet', {}, '对方的所有登录会立即退出，且不能再登录。'),
      element('label', {}, '原因', element('input', { name: 'reason', maxlength: '200' })),
    ], '停用', fields => post(`/accounts/${member.id}/disable`, { reason: fields.get('reason') }), true);
    if (done) finished('账号已停用');
  }

  async function enable(member) {
    try {
      await post(`/accounts/${member.id}/enable`);
      finished('账号已启用');
    } catch (problem) {
      toast(problem.message, true);
    }
  }

  function finished(text) {
    toast(text);
    leave.reload();
  }
}
