import { element, show } from './dom.js';

// A rule of the server ({"all":[…]}, {"any":[…]}, {"not":…} or a comparison) as a form, and in words.
// In the form a part is { kind: 'all' | 'any' | 'none', parts } or { fact, op, value }; 'none' is written as {"not":{"any":[…]}}.

const kinds = { all: '全部满足', any: '满足任一', none: '都不满足' };
const operators = { '=': '等于', '!=': '不等于', '>': '大于', '>=': '不小于', '<': '小于', '<=': '不大于', in: '是其中之一', has: '含有' };

/** The form's tree of a rule. */
export function treeOf(rule) {
  if (rule.fact !== undefined) return { fact: rule.fact, op: rule.op, value: Array.isArray(rule.value) ? rule.value.join('，') : String(rule.value) };
  if (rule.not !== undefined) return { kind: 'none', parts: (rule.not.any ?? [rule.not]).map(treeOf) };
  return rule.all ? { kind: 'all', parts: rule.all.map(treeOf) } : { kind: 'any', parts: (rule.any ?? []).map(treeOf) };
}

/** The rule of a form's tree. What is missing or wrong is told by the server. */
export function ruleOf(part, facts) {
  if (part.fact === undefined) {
    const parts = part.parts.map(inner => ruleOf(inner, facts));
    return part.kind === 'none' ? { not: { any: parts } } : { [part.kind]: parts };
  }
  return { fact: part.fact, op: part.op, value: valueOf(part, facts) };
}

function valueOf({ fact, op, value }, facts) {
  const type = facts.find(item => item.name === fact)?.type;
  if (type === 'number') return value.trim() === '' ? null : Number(value);
  return op === 'in' ? value.split(/[,，、\s]+/).filter(Boolean) : value.trim();
}

/** A rule as people say it. */
export function inWords(rule, facts) {
  if (rule.fact !== undefined) {
    const value = Array.isArray(rule.value) ? rule.value.join('、') : rule.value ?? '…';
    return `${facts.find(item => item.name === rule.fact)?.title ?? rule.fact}${operators[rule.op] ?? rule.op} ${value}`;
  }
  if (rule.not !== undefined) return `不满足（${inWords(rule.not, facts)}）`;
  const inside = part => (part.fact === undefined && part.not === undefined ? `（${inWords(part, facts)}）` : inWords(part, facts));
  return rule.all ? rule.all.map(inside).join('，并且') : (rule.any ?? []).map(inside).join('，或者');
}

/** Draws the form of a tree into a box; `changed` is called after each change. */
export function ruleForm(box, tree, facts, tags, changed) {
  const suggestions = element('datalist', { id: 'known-tags' }, tags.map(tag => element('option', { value: tag.code }, tag.value)));
  draw();

  function draw(focus = null) {
    show(box, suggestions, group(tree, null));
    if (focus) box.querySelector(`[data-part="${focus}"]`)?.focus();
  }

  function reshaped(focus = null) {
    draw(focus);
    changed();
  }

  function group(part, away, path = 'rule') {
    return element('fieldset.rule', { 'data-testid': path === 'rule' ? 'rule' : null },
      element('legend', {}, element('select', { 'aria-label': '条件之间的关系', 'data-testid': 'rule-kind', onchange: event => { part.kind = event.target.value; changed(); } },
        Object.entries(kinds).map(([kind, words]) => element('option', { value: kind, selected: kind === part.kind }, words))), '以下条件'),
      part.parts.map((inner, index) => {
        const remove = part.parts.length > 1 || away ? () => (part.parts.length > 1 ? (part.parts.splice(index, 1), reshaped(path)) : away()) : null;
        return inner.fact === undefined ? group(inner, remove, `${path}-${index}`) : condition(inner, remove, `${path}-${index}`);
      }),
      element('.bar', {},
        element('button', { type: 'button', 'data-part': path, 'data-testid': 'add-condition', onclick: () => add(part, blank(), path) }, '＋ 条件'),
        element('button', { type: 'button', 'data-testid': 'add-rule-group', onclick: () => add(part, { kind: 'any', parts: [blank()] }, path) }, '＋ 一组条件'),
        away ? element('button.bad', { type: 'button', onclick: away, 'data-testid': 'remove-rule-group' }, '删除这一组') : null));
  }

  function add(part, inner, path) {
    part.parts.push(inner);
    reshaped(`${path}-${part.parts.length - 1}${inner.parts ? '-0' : ''}`);
  }

  function blank() {
    const [first] = facts;
    return { fact: first.name, op: first.type === 'number' ? '>=' : first.operators[0], value: '1' };
  }

  function condition(part, away, path) {
    const fact = facts.find(item => item.name === part.fact) ?? facts[0];
    const value = element('input', {
      value: part.value, required: true, 'aria-label': '值', 'data-testid': 'rule-value', type: fact.type === 'number' ? 'number' : 'text', step: '1', maxlength: '300', list: fact.type === 'set' ? 'known-tags' : null,
      placeholder: part.op === 'in' ? '用逗号隔开' : '', oninput: event => { part.value = event.target.value; changed(); },
    });
    return element('.condition', { 'data-testid': 'condition' },
      element('select', {
        'aria-label': '事实', 'data-part': path, 'data-testid': 'rule-fact',
        onchange: event => {
          const chosen = facts.find(item => item.name === event.target.value);
          const sameType = chosen.type === fact.type;
          Object.assign(part, { fact: chosen.name, op: chosen.operators.includes(part.op) ? part.op : chosen.operators[0], value: sameType ? part.value : '' });
          reshaped(path);
        },
      }, facts.map(item => element('option', { value: item.name, selected: item.name === part.fact }, item.title))),
      element('select', { 'aria-label': '比较', 'data-testid': 'rule-op', onchange: event => { part.op = event.target.value; changed(); } },
        fact.operators.map(op => element('option', { value: op, selected: op === part.op }, operators[op] ?? op))),
      value, away ? element('button.bad', { type: 'button', onclick: away, 'aria-label': '删除条件', 'data-testid': 'remove-condition' }, '✕') : null);
  }
}
