import { get, post, put } from './api.js';
import { ask, cell, element, table, toast } from './dom.js';
import { list } from './pages.js';
import { actions, time } from './words.js';

const kinds = { weather: '天气', traffic: '交通', hub: '网点与中转', customs: '海关', holiday: '节假日', system: '系统' };
const severities = { info: ['提示', ''], warning: ['延误', 'warn'], severe: ['停运', 'bad'] };
const titleMost = 20;
const textMost = 100;

/** Must say the same as the server's line. */
const lineOf = (title, text) => `⚠【${title}】${text}`;

export function incidents(main, me) {
  const writes = me.roles.some(role => role === 'operator' || role === 'admin');
  const leave = list(main, {
    bar: [element('h2.grow', {}, '公告'), element('span.quiet', {}, '发布后立即出现在查件回复、推送和页面里'),
      writes ? element('button.main', { onclick: create, 'data-testid': 'create-incident' }, '新建公告') : null],
    load: cursor => get(`/incidents?limit=50${cursor ? `&cursor=${cursor}` : ''}`),
    render: items => table('incidents', ['公告', '地区', '类型', '时间', '状态', '通知客户', ''], items.map(row), '还没有公告'),
    seconds: 3,
  });
  return leave;

  function row(item) {
    const [severity, look] = severities[item.severity] ?? [item.severity, ''];
    return element('tr', { 'data-testid': `incident-${item.title}` },
      cell('text', item.line),
      cell('text', item.regions.map(region => region.name).join('、')),
      cell('nowrap', kinds[item.kind] ?? item.kind, ' ', element(look ? `span.tag.${look}` : 'span.tag', {}, severity)),
      cell('nowrap', time(item.from), element('br'), item.until ? `至 ${time(item.until)}` : '至手动结束'),
      cell('nowrap', state(item)),
      cell('nowrap', told(item)),
      cell('nowrap', writes ? buttons(item) : null, element('button.link', { onclick: () => history(item), 'data-testid': 'incident-history' }, '记录')));
  }

  function state(item) {
    if (item.state === 'draft') return element('span.tag', {}, '草稿');
    if (item.state === 'ended') return element('span.tag', { title: time(item.endedAt) }, '已结束');
    return item.shown ? element('span.tag.good', {}, '生效中') : element('span.tag.warn', {}, '未到时间');
  }

  function told(item) {
    if (item.telling === 'no') return '—';
    if (item.state === 'active' && item.telling === 'under_way' && !item.shown) return '开始时通知';
    const count = `${item.toldCustomers}位客户，${item.toldParcels}个快件`;
    return item.telling === 'done' ? element('span', { 'data-testid': 'told' }, count) : element('span', { 'data-testid': 'telling' }, `查找中：${count}`);
  }

  function buttons(item) {
    if (item.state === 'ended') return null;
    return [
      element('button.link', { onclick: () => change(item), 'data-testid': 'change-incident' }, '修改'),
      item.state === 'draft' ? element('button.link', { onclick: () => publish(item), 'data-testid': 'publish-incident' }, '发布') : null,
      item.state === 'active' && item.telling === 'no' ? element('button.link', { onclick: () => tell(item), 'data-testid': 'tell-incident' }, '通知客户') : null,
      element('button.link.bad', { onclick: () => end(item), 'data-testid': 'end-incident' }, item.state === 'draft' ? '放弃' : '结束'),
    ];
  }

  /** The fields of an incident, and what to read from them besides the form itself. */
  function editor(item) {
    const chosen = new Map((item?.regions ?? []).map(region => [region.code, region.name]));
    const preview = element('p.banner', { 'data-testid': 'incident-preview' });
    const title = element('input', { name: 'title', required: true, maxlength: String(titleMost), value: item?.title ?? '', oninput: show, autocomplete: 'off' });
    const text = element('textarea', { name: 'text', required: true, maxlength: String(textMost), rows: '3', oninput: show });
    text.value = item?.text ?? '';
    show();
    function show() {
      preview.textContent = lineOf(title.value.trim() || '标题', text.value.trim() || '内容');
    }
    const options = (words, value) => Object.entries(words).map(([key, word]) =>
      element('option', { value: key, selected: key === value }, Array.isArray(word) ? word[0] : word));
    return {
      chosen,
      fields: [
        element('label', {}, `标题（最多${titleMost}个字）`, title),
        element('label', {}, `内容，一句话（最多${textMost}个字）`, text),
        element('label', {}, '类型', element('select', { name: 'kind' }, options(kinds, item?.kind ?? 'weather'))),
        element('label', {}, '程度', element('select', { name: 'severity' }, options(severities, item?.severity ?? 'warning'))),
        regionPicker(chosen),
        element('label', {}, '开始（不填为立即）', element('input', { name: 'from', type: 'datetime-local', value: local(item?.from) })),
        element('label', {}, '结束（不填为手动结束）', element('input', { name: 'until', type: 'datetime-local', value: local(item?.until) })),
        element('p.quiet', {}, '客户看到的是：'), preview,
      ],
    };
  }

  function body(fields, chosen, version) {
    return {
      title: fields.get('title'), text: fields.get('text'), kind: fields.get('kind'), severity: fields.get('severity'),
      regions: [...chosen.keys()], from: moment(fields.get('from')), until: moment(fields.get('until')), version,
    };
  }

  async function create() {
    const { fields, chosen } = editor(null);
    const now = element('label', {}, element('input', { type: 'checkbox', name: 'publish', checked: true }), '保存后立即发布');
    const inform = element('label', {}, element('input', { type: 'checkbox', name: 'tell', 'data-testid': 'tell' }), '通知受影响的客户（有在途快件经过这些地区，每人一次）');
    const done = await ask('新建公告', [...fields, element('fieldset', {}, now, inform)], '保存', async form => {
      const made = await post('/incidents', body(form, chosen));
      if (form.get('publish')) await post(`/incidents/${made.id}/publish`, { tell: form.get('tell') !== null });
    });
    if (done) finished('公告已保存');
  }

  async function change(item) {
    const { fields, chosen } = editor(item);
    const done = await ask('修改公告', [...fields, item.state === 'active' ? element('p.quiet', {}, '这条公告正在显示，保存后客户立即看到新内容。') : null].filter(Boolean), '保存',
      form => put(`/incidents/${item.id}`, body(form, chosen, item.version)));
    if (done) finished('公告已修改');
  }

  async function publish(item) {
    const done = await ask('发布这条公告？', [
      element('p.banner', {}, item.line),
      element('p.quiet', {}, `地区：${item.regions.map(region => region.name).join('、')}`),
      element('label', {}, element('input', { type: 'checkbox', name: 'tell', 'data-testid': 'tell' }), '通知受影响的客户（每人一次）'),
    ], '发布', form => post(`/incidents/${item.id}/publish`, { tell: form.get('tell') !== null }));
    if (done) finished('公告已发布');
  }

  async function tell(item) {
    const done = await ask('通知受影响的客户？', [
      element('p.banner', {}, item.line),
      element('p.quiet', {}, '有在途快件经过这些地区的客户每人收到一次；按各自的免打扰设置发送。'),
    ], '通知', () => post(`/incidents/${item.id}/tell`));
    if (done) finished('正在查找受影响的客户');
  }

  async function end(item) {
    const draft = item.state === 'draft';
    const done = await ask(draft ? '放弃这份草稿？' : '结束这条公告？', [
      element('p.banner', {}, item.line),
      element('label', {}, '原因', element('input', { name: 'reason', maxlength: '200' })),
    ], draft ? '放弃' : '结束', form => post(`/incidents/${item.id}/end`, { reason: form.get('reason') }), true);
    if (done) finished(draft ? '草稿已放弃' : '公告已结束，客户不再看到');
  }

  async function history(item) {
    try {
      const { items } = await get(`/incidents/${item.id}/history`);
      await ask(`“${item.title}”的记录`, [element('ul', { 'data-testid': 'history' }, items.map(entry =>
        element('li', {}, `${time(entry.at)}　${entry.who ?? '系统'}　${actions[entry.action] ?? entry.action}${entry.details ? `：${entry.details}` : ''}`)))], '好', async () => {});
    } catch (problem) {
      toast(problem.message, true);
    }
  }

  function finished(text) {
    toast(text);
    leave.reload();
  }
}

/** A field to type a place into; the chosen ones are kept in the map. */
function regionPicker(chosen) {
  const tags = element('.chosen', { 'data-testid': 'regions' });
  const found = element('.found', { 'data-testid': 'region-found' });
  const input = element('input', { type: 'search', autocomplete: 'off', placeholder: '输入省、市、区县，例如：深圳', oninput: search, onkeydown: first, 'data-testid': 'region-search' });
  let latest = 0;
  show();

  async function search() {
    const mine = ++latest;
    const query = input.value.trim();
    if (!query) return found.replaceChildren();
    try {
      const { items } = await get(`/divisions?q=${encodeURIComponent(query)}`);
      if (mine !== latest) return;
      found.replaceChildren(...(items.length === 0 ? [element('p.quiet', {}, '没有找到这个地方')] : items.map(item =>
        element('button.link', { type: 'button', onclick: () => add(item), 'data-testid': `region-${item.code}` }, item.name))));
    } catch (problem) {
      found.replaceChildren(element('p.error', {}, problem.message));
    }
  }

  // The return key takes the first place that was found; it does not send the form.
  function first(event) {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    found.querySelector('button')?.click();
  }

  function add(item) {
    chosen.set(item.code, item.name);
    input.value = '';
    found.replaceChildren();
    show();
  }

  function show() {
    tags.replaceChildren(...[...chosen].map(([code, name]) => element('span.tag', {}, name,
      element('button.link', { type: 'button', title: '去掉', 'aria-label': `去掉${name}`, onclick: () => { chosen.delete(code); show(); } }, '×'))));
  }

  return element('fieldset', {}, element('legend', {}, '地区（可以选多个）'), tags, input, found);
}

// The field shows and takes China time, whatever the time of the machine.
const local = text => (text ? new Date(new Date(text).getTime() + 8 * 3600000).toISOString().slice(0, 16) : '');
const moment = text => (text ? `${text}:00+08:00` : null);
