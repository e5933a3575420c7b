import { element, show } from './dom.js';
import { field, mark, mover } from './editions.js';

/** The editor of a flow: a list of nodes, of which the one that is worked on opens. What a node takes, the server says. */
export function flowEditor(box, view, changed, { catalogue }) {
  const flow = structuredClone(view.content);
  const writes = view.may.edit;
  const kinds = new Map(catalogue.kinds.map(kind => [kind.type, kind]));
  const search = element('input', { placeholder: '查找节点', 'aria-label': '查找', oninput: () => draw(), 'data-testid': 'search' });
  const list = element('div', {});
  const top = element('.sheet.side', {});
  let places = [];
  let problems = view.problems;
  let opened = null;
  show(box, element('.bar', {}, search, writes ? element('button', { type: 'button', onclick: add, 'data-testid': 'add-node' }, '＋ 节点') : null), top, list);
  draw();
  return { content: () => flow, problems: found => { problems = found; mark(places, found); heads(found); } };

  function add() {
    const taken = new Set(flow.nodes.map(node => node.id));
    let number = 1;
    while (taken.has(`node_${number}`)) number += 1;
    opened = { id: `node_${number}`, type: 'say', title: '', say: '', mustHear: false, exits: [], next: '', otherwise: '', tries: 3, fewest: 1, most: 1, what: '', into: '', value: '', queue: '', skills: '' };
    search.value = '';
    flow.nodes.unshift(opened);
    reshaped();
  }

  function reshaped() {
    draw();
    changed();
  }

  function draw() {
    places = [];
    const wanted = search.value.trim();
    show(top, element('fieldset.plain.details', { disabled: !writes }, [['start', '从哪里开始'], ['home', '按 * 回到'], ['person', '按 0 转到']].map(([name, words]) =>
      field(words, nodes(flow[name], value => { flow[name] = value; changed(); }, name), places, '', name))));
    show(list, element('.sheet', {}, flow.nodes.map((node, index) => (!wanted || node === opened || `${node.id} ${node.title} ${node.say}`.includes(wanted) ? line(node, index) : null))));
    mark(places, problems);
    heads(problems);
  }

  function line(node, index) {
    const path = `nodes/${index}`;
    const head = element('button.row', {
      type: 'button', 'aria-expanded': String(node === opened), 'data-testid': 'node-head', onclick: () => { opened = opened === node ? null : node; draw(); },
    }, element('span.tag', {}, kinds.get(node.type).title), element('b', {}, node.title || node.id), element('span.said', {}, node.say || title(node.what) || node.id),
    element('span.tag.bad', { hidden: true, 'data-place': path }, '要改'));
    const whole = element('p.fault', { hidden: true });
    places.push({ path, name: '', words: whole });
    return element('div', { 'data-testid': `node-${node.id}` },
      element('.entry.closed', {}, head, writes ? mover(flow.nodes, index, '节点', reshaped) : null), whole, node === opened ? details(node, path) : null);
  }

  function heads(found) {
    for (const badge of list.querySelectorAll('[data-place]')) badge.hidden = !found.some(problem => problem.path === badge.dataset.place && !problem.isWarning);
  }

  function details(node, path) {
    const type = element('select', { 'data-testid': 'node-type', onchange: event => { node.type = event.target.value; reshaped(); } },
      catalogue.kinds.map(kind => element('option', { value: kind.type, selected: kind.type === node.type }, kind.title)));
    return element('fieldset.plain.details', { disabled: !writes },
      field('节点编号', text(node, 'id'), places, path, 'id'), field('名称', text(node, 'title'), places, path, 'title'), element('label', {}, '做什么', type),
      kinds.get(node.type).fields.map(item => one(node, item, path)));
  }

  function one(node, item, path) {
    switch (item.kind) {
      case 'speech': return element('.wide', {}, field(element('span', {}, `${item.title} `, element('span.quiet', {}, '［提示音］｛内容｝')), speech(node), places, path, item.name), inserts(node));
      case 'number': return field(item.title, element('input', { type: 'number', min: '1', max: '32', value: String(node[item.name]), 'data-testid': item.name, oninput: event => { node[item.name] = Number(event.target.value); changed(); } }), places, path, item.name);
      case 'flag': return element('label.check', {}, element('input', { type: 'checkbox', checked: node[item.name], 'data-testid': item.name, onchange: event => { node[item.name] = event.target.checked; changed(); } }), item.title);
      case 'node': return field(item.title, nodes(node[item.name], value => { node[item.name] = value; changed(); }, item.name), places, path, item.name);
      case 'deed': return field(item.title, deeds(node), places, path, item.name);
      case 'keys': return exits(node, path, item, '按键', ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*'].map(key => ({ name: key, title: key })));
      case 'outcomes': return exits(node, path, item, '结果', catalogue.deeds.find(deed => deed.name === node.what)?.outcomes ?? []);
      default: return field(item.title, text(node, item.name), places, path, item.name);
    }
  }

  function speech(node) {
    return element('textarea', { rows: '3', 'data-testid': 'say', oninput: event => { node.say = event.target.value; changed(); } }, node.say);
  }

  // What can be put in, so that nobody has to know names by heart.
  function inserts(node) {
    const put = (words, before, after, options, testId) => element('select', {
      'aria-label': words, 'data-testid': testId,
      onchange: event => { if (event.target.value) { node.say += `${before}${event.target.value}${after}`; reshaped(); } },
    }, element('option', { value: '' }, words), options.map(option => element('option', { value: option.name, title: option.title }, `${option.name}：${option.title.slice(0, 24)}`)));
    return writes ? element('.bar.inside', {}, put('插入提示音…', '[', ']', catalogue.prompts, 'insert-prompt'), put('插入内容…', '{', '}', catalogue.values, 'insert-value')) : null;
  }

  function deeds(node) {
    const options = catalogue.deeds.filter(deed => deed.type === node.type);
    return element('select', { 'data-testid': 'what', onchange: event => { node.what = event.target.value; node.exits = []; reshaped(); } },
      element('option', { value: '' }, '请选择'), options.map(deed => element('option', { value: deed.name, selected: deed.name === node.what }, deed.title)));
  }

  function exits(node, path, item, words, options) {
    const fault = element('p.fault', { hidden: true, 'data-testid': 'fault' });
    places.push({ path, name: item.name, words: fault });
    return element('.wide', { 'data-testid': 'exits' }, element('span', {}, item.title), fault,
      node.exits.map((exit, index) => element('.bar.inside', {},
        options.length ? element('select', { 'aria-label': words, 'data-testid': 'exit-when', onchange: event => { exit.when = event.target.value; changed(); } },
          options.some(option => option.name === exit.when) ? null : element('option', { value: exit.when, selected: true }, exit.when || '请选择'),
          options.map(option => element('option', { value: option.name, selected: option.name === exit.when }, option.title)))
          : element('input', { value: exit.when, 'aria-label': words, 'data-testid': 'exit-when', oninput: event => { exit.when = event.target.value; changed(); } }),
        '→', nodes(exit.next, value => { exit.next = value; changed(); }, 'exit-next'),
        element('button.bad', { type: 'button', 'aria-label': `删除${words}`, onclick: () => { node.exits.splice(index, 1); reshaped(); } }, '✕'))),
      element('button.link', { type: 'button', 'data-testid': 'add-exit', onclick: () => { node.exits.push({ when: '', next: '' }); reshaped(); } }, `＋ ${words}`));
  }

  function nodes(value, chosen, testId) {
    return element('select', { 'data-testid': testId, onchange: event => chosen(event.target.value) },
      element('option', { value: '' }, '—'), flow.nodes.some(node => node.id === value) || !value ? null : element('option', { value, selected: true }, `${value}（已不存在）`),
      flow.nodes.map(node => element('option', { value: node.id, selected: node.id === value }, node.title ? `${node.title}（${node.id}）` : node.id)));
  }

  function text(node, property) {
    return element('input', { value: node[property], maxlength: '300', 'data-testid': property, oninput: event => { node[property] = event.target.value; changed(); } });
  }

  function title(what) {
    return catalogue.deeds.find(deed => deed.name === what)?.title;
  }
}
