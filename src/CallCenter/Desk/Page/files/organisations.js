import { get, post, put } from './api.js';
import { ask, cell, element, show, table, toast } from './dom.js';
import { list } from './pages.js';
import { time } from './words.js';

const roles = { owner: '管理员', sender: '寄件人', viewer: '查看人' };

/** Group customers: create, change, invite persons by phone, change roles, send away. */
export function organisations(main, me) {
  const edits = me.roles.some(role => ['operator', 'admin'].includes(role));
  const sees = edits || me.roles.includes('supervisor');
  const text = element('input', { type: 'search', placeholder: '名称、信用代码或合同号', 'aria-label': '查找企业', 'data-testid': 'organisation-search', onchange: () => leave.reload() });
  const leave = list(main, {
    bar: [element('h2.grow', {}, '企业客户'), text, edits ? element('button.main', { onclick: create, 'data-testid': 'organisation-create' }, '＋ 企业') : null],
    load: cursor => get(`/organisations?${new URLSearchParams({ limit: '50', text: text.value.trim(), ...(cursor ? { cursor } : {}) })}`),
    render: items => table('organisations', ['名称', '统一社会信用代码', '合同号（月结账号）', '成员', '登记', ''], items.map(row), '没有符合条件的企业'),
  });
  return leave;

  function row(item) {
    return element('tr', { 'data-testid': `organisation-${item.creditCode}` },
      cell('text', item.name), cell('nowrap', item.creditCode), cell('nowrap', item.contractNumber || '—'),
      cell('nowrap', `${item.persons} 人`, item.owners ? null : element('span.tag.warn', {}, '没有管理员')), cell('nowrap', time(item.createdAt)),
      cell('nowrap', sees ? element('button.link', { onclick: () => persons(item.id), 'data-testid': 'organisation-persons' }, '成员') : null,
        edits ? element('button.link', { onclick: () => change(item.id), 'data-testid': 'organisation-change' }, '修改') : null));
  }

  async function create() {
    const done = await ask('登记企业客户', [...fields({}), reason()], '登记', form => post('/organisations', values(form)));
    if (done) finished('已登记，请在“成员”里邀请管理员');
  }

  async function change(id) {
    const found = await loaded(id);
    if (!found) return;
    const { organisation } = found;
    const done = await ask(`修改“${organisation.name}”`, [...fields(organisation), reason()], '保存', form => put(`/organisations/${id}`, { ...values(form), version: organisation.version }));
    if (done) finished('已保存');
  }

  async function persons(id) {
    const box = element('div', {});
    const draw = async () => {
      const found = await loaded(id);
      if (found) show(box, members(found), invites(found), edits ? element('button', { type: 'button', onclick: () => act(invite(id)), 'data-testid': 'organisation-invite' }, '＋ 邀请成员') : null);
      return found;
    };
    const act = async asked => { if (await asked) await draw(); };
    const found = await draw();
    if (!found) return;
    await ask(`${found.organisation.name}：成员`, [box], '好');
    leave.reload();

    function members({ persons }) {
      return table('organisation-members', ['手机号', '身份', '加入', ''], persons.map(person => element('tr', {},
        cell('nowrap', person.phoneTail ? `…${person.phoneTail}` : '—'), cell('nowrap', roles[person.role]), cell('nowrap', time(person.joinedAt)),
        cell('nowrap', edits ? element('button.link', { type: 'button', onclick: () => act(role(id, person)), 'data-testid': 'organisation-role' }, '身份') : null,
          edits ? element('button.link.bad', { type: 'button', onclick: () => act(sendAway(id, person)), 'data-testid': 'organisation-send-away' }, '移出') : null))), '还没有成员');
    }

    function invites({ invites: open }) {
      return open.length === 0 ? null : table('organisation-invites', ['邀请', '身份', '有效至', ''], open.map(item => element('tr', {},
        cell('nowrap', `…${item.phoneTail}`), cell('nowrap', roles[item.role]), cell('nowrap', time(item.expiresAt)),
        cell('nowrap', edits ? element('button.link.bad', { type: 'button', onclick: () => act(withdraw(id, item)), 'data-testid': 'organisation-withdraw' }, '撤回') : null))), '');
    }
  }

  function invite(id) {
    return ask('邀请成员', [
      element('label', {}, '手机号（对方用这个手机号登录后才能接受）', element('input', { name: 'phone', required: true, inputmode: 'numeric', maxlength: '20', 'data-testid': 'organisation-phone' })),
      chooser('viewer'), reason(),
    ], '邀请', async form => {
      const { told } = await post(`/organisations/${id}/invites`, { phone: form.get('phone'), role: form.get('role'), reason: form.get('reason') });
      toast(told ? '已邀请，短信已发出' : '已邀请，但短信没有发出，请告诉对方', !told);
    });
  }

  function role(id, person) {
    return ask(`…${person.phoneTail} 的身份`, [chooser(person.role), reason()], '保存',
      form => put(`/organisations/${id}/members/${person.id}`, { role: form.get('role'), reason: form.get('reason') }));
  }

  function sendAway(id, person) {
    return ask(`把 …${person.phoneTail} 移出企业？`, [reason()], '移出', form => post(`/organisations/${id}/members/${person.id}/send-away`, { reason: form.get('reason') }), true);
  }

  function withdraw(id, item) {
    return ask(`撤回给 …${item.phoneTail} 的邀请？`, [reason()], '撤回', form => post(`/organisations/${id}/invites/${item.id}/withdraw`, { reason: form.get('reason') }), true);
  }

  async function loaded(id) {
    try {
      return await get(`/organisations/${id}`);
    } catch (problem) {
      toast(problem.message, true);
      return null;
    }
  }

  function finished(words) {
    toast(words);
    leave.reload();
  }
}

const fields = organisation => [
  element('label', {}, '名称', element('input', { name: 'name', required: true, maxlength: '60', value: organisation.name ?? '', 'data-testid': 'organisation-name' })),
  element('label', {}, '统一社会信用代码', element('input', { name: 'creditCode', required: true, maxlength: '18', value: organisation.creditCode ?? '', 'data-testid': 'organisation-code' })),
  element('label', {}, '合同号（月结账号，选填）', element('input', { name: 'contractNumber', maxlength: '40', value: organisation.contractNumber ?? '', 'data-testid': 'organisation-contract' })),
];

const reason = () => element('label', {}, '原因（必填，记入审计）', element('input', { name: 'reason', required: true, maxlength: '200', 'data-testid': 'organisation-reason' }));

const values = form => Object.fromEntries(['name', 'creditCode', 'contractNumber', 'reason'].map(name => [name, form.get(name)]));

const chooser = chosen => element('label', {}, '身份', element('select', { name: 'role', 'data-testid': 'organisation-role-choice' },
  Object.entries(roles).map(([value, words]) => element('option', { value, selected: value === chosen }, words))));
