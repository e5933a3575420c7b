import { get, post, put } from './api.js';
import { element, show, toast } from './dom.js';
import { turns } from './poll.js';
import { inWords, ruleForm, ruleOf, treeOf } from './rules.js';

const LAST_OF_WECHAT = 2; // 0 to 2 are WeChat's own tags

/** The page on which a tier or group is written: a form for the rule, its JSON for experts, and how many customers it would hold for. */
export function segmentEditor(main, segment, facts, back) {
  const isNew = !segment.code;
  const isTier = segment.kind === 'tier';
  let rule = segment.rule ?? { all: [{ fact: facts[0].name, op: '>=', value: 1 }] };
  let left = false;
  let timer = null;
  const turn = turns();
  let tags = [];
  const what = isTier ? '等级' : '分组';

  const form = element('form.sheet.side', { onsubmit: save });
  const tree = element('div', {});
  const preview = element('p', { role: 'status', 'aria-live': 'polite', 'data-testid': 'preview' }, '正在计算…');
  const words = element('p.quiet', { 'data-testid': 'rule-words' });
  const json = element('textarea', { rows: '12', spellcheck: false, 'aria-label': '规则的 JSON', 'data-testid': 'rule-json', onchange: typed });
  const error = element('p.error', { hidden: true, role: 'alert', 'data-testid': 'editor-error' });
  const go = element('button.main', { type: 'submit', disabled: true, 'data-testid': 'save-segment' }, '保存并生效'); // until all that it saves is here
  const binding = element('.pair', {});

  show(form, [
    element('.pair', {},
      element('label', {}, '名称', element('input', { name: 'name', required: true, maxlength: '60', value: segment.name ?? '', 'data-testid': 'segment-name' })),
      element('label', {}, '代码（小写字母、数字、连字符，保存后不能改）', element('input', { name: 'code', required: true, maxlength: '40', pattern: '[a-z0-9_\\-]+', disabled: !isNew, value: segment.code ?? '', 'data-testid': 'segment-code' })),
      isTier ? element('label', {}, '级别（1 到 100，越大越高）', element('input', { name: 'rank', type: 'number', min: '1', max: '100', required: true, value: String(segment.rank ?? 1), 'data-testid': 'segment-rank' })) : null,
      element('label.check', {}, element('input', { type: 'checkbox', name: 'isActive', checked: segment.isActive ?? true, 'data-testid': 'segment-active' }), '启用')),
    element('h3', {}, '规则'), tree, binding,
    element('label', {}, '原因（必填，记入审计）', element('input', { name: 'reason', required: true, maxlength: '200', 'data-testid': 'segment-reason' })),
    error, element('.buttons', {}, element('button', { type: 'button', onclick: back, 'data-testid': 'segment-cancel' }, '取消'), go),
  ]);
  show(main, element('.bar', {}, element('button', { onclick: back, 'data-testid': 'back' }, '← 客户分层'), element('h2', {}, isNew ? `新建${what}` : `${what} · ${segment.name}`)),
    element('.edition', {}, form, element('aside', {},
      element('.sheet.side', {}, element('h3', {}, '会有多少人'), preview, words),
      element('details.sheet.side', {}, element('summary', {}, 'JSON（专家）'), json))));
  if (isNew) form.querySelector('input').focus();
  start();
  return () => { left = true; clearTimeout(timer); };

  async function start() {
    tags = await get('/segments/tags').then(answer => answer.items, () => []);
    if (left) return;
    draw();
    if (!isTier) await drawBinding();
    go.disabled = false;
  }

  // A rule that is one comparison stands in the form as a group with one condition.
  function draw() {
    const top = treeOf(rule);
    const root = top.fact === undefined ? top : { kind: 'all', parts: [top] };
    ruleForm(tree, root, facts, tags, () => told(ruleOf(root, facts)));
    told(rule);
  }

  function told(next) {
    rule = next;
    json.value = JSON.stringify(rule, null, 2);
    words.textContent = inWords(rule, facts);
    clearTimeout(timer);
    timer = setTimeout(count, 400);
  }

  function typed() {
    try {
      rule = JSON.parse(json.value);
      draw();
    } catch {
      preview.textContent = 'JSON 写得不对，没有采用。';
    }
  }

  async function count() {
    const isLast = turn();
    const say = (text, isBad) => {
      if (left || !isLast()) return;
      preview.textContent = text;
      preview.className = isBad ? 'error' : '';
    };
    try {
      const { matched, examined, isComplete } = await post('/segments/preview', { kind: segment.kind, rule });
      say(isComplete ? `符合 ${matched} 人（共 ${examined} 位客户）` : `前 ${examined} 位客户里符合 ${matched} 人`, false);
    } catch (problem) {
      say(`${problem.field ? `${problem.field}：` : ''}${problem.message}`, true);
    }
  }

  async function drawBinding() {
    const accounts = await get('/wechat/menus').then(answer => answer.items.map(item => item.appId), () => []);
    const known = new Map(await Promise.all(accounts.map(async appId => [appId, await get(`/wechat/tags/${encodeURIComponent(appId)}`).then(answer => answer.items.filter(tag => tag.tagId > LAST_OF_WECHAT), () => [])])));
    if (left) return;
    const account = element('select', { name: 'tagAppId', 'data-testid': 'segment-account', onchange: () => fill('') },
      element('option', { value: '' }, '不绑定'), accounts.map(appId => element('option', { value: appId, selected: appId === segment.tagAppId }, appId)));
    const tag = element('select', { name: 'tagId', 'data-testid': 'segment-tag' });
    const fill = chosen => show(tag, (known.get(account.value) ?? []).map(item => element('option', { value: item.tagId, selected: item.tagId === chosen }, item.name)));
    fill(segment.tagId);
    show(binding, element('label', {}, '公众号（成员得到它的标签，菜单随标签变化）', account), element('label', {}, '微信标签', tag));
  }

  async function save(event) {
    event.preventDefault();
    go.disabled = true;
    const fields = new FormData(form);
    try {
      await put(`/segments/${segment.code ?? fields.get('code')}`, {
        kind: segment.kind, name: fields.get('name'), rank: isTier ? Number(fields.get('rank')) : 0, isActive: fields.get('isActive') !== null, rule,
        tagAppId: fields.get('tagAppId') ?? '', tagId: fields.get('tagAppId') ? Number(fields.get('tagId')) : 0, version: segment.version ?? 0, reason: fields.get('reason'),
      });
      toast('已保存，立即生效');
      back();
    } catch (problem) {
      error.textContent = `${problem.field ? `${problem.field}：` : ''}${problem.message}`;
      error.hidden = false;
    } finally {
      go.disabled = false;
    }
  }
}
