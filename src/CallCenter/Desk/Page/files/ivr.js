import { get } from './api.js';
import { cell, element, show, table } from './dom.js';
import { content } from './editions.js';
import { flowEditor } from './flow-editor.js';
import { prompts } from './prompts.js';
import { rehearsal } from './rehearsal.js';

// The hotline's self-service: flows with their versions, prompts, and where callers leave.

const names = { main: '热线主流程', survey: '满意度调查' };
const title = flow => names[flow] ?? flow;

export function ivr(main, me) {
  const edits = me.roles.some(role => ['operator', 'admin'].includes(role));
  const box = element('div', {});
  const parts = [['flows', '流程', flows], ['prompts', '提示音', () => prompts(box, edits)], ['report', '按键统计', report]];
  const buttons = parts.map(([id, words, open]) => element('button', { type: 'button', 'data-testid': `ivr-${id}`, onclick: () => turn(id, open) }, words));
  let leave = () => {};
  let current = '';
  show(main, element('.bar', {}, buttons), box);
  turn(...[parts[0][0], parts[0][2]]);
  return () => { current = ''; leave(); };

  function turn(id, open) {
    leave();
    current = id;
    parts.forEach(([part], index) => buttons[index].classList.toggle('main', part === id));
    show(box, element('p.quiet.center', {}, '正在加载…'));
    leave = open() ?? (() => {});
  }

  function failed(problem) {
    if (problem.status !== 401) show(box, element('p.error', { 'data-testid': 'list-error', role: 'alert' }, problem.message));
  }

  function flows() {
    let inner = () => {};
    Promise.all([get('/ivr/flows'), get('/ivr/nodes')]).then(([{ items }, catalogue]) => {
      if (current === 'flows') open(items[0].name, items, catalogue);
    }).catch(failed);
    return () => inner();

    function open(flow, items, catalogue) {
      const chooser = element('select', { 'aria-label': '流程', 'data-testid': 'flow', onchange: event => { inner(); open(event.target.value, items, catalogue); } },
        items.map(item => element('option', { value: item.name, selected: item.name === flow }, title(item.name))));
      inner = content(box, {
        path: `/ivr/flows/${encodeURIComponent(flow)}`, title: title(flow), edit: flowEditor, preview: rehearsal, note: '发布后一秒内对新来电生效，正在通话的不受影响。',
      }, { chooser, catalogue, edits });
    }
  }

  function report() {
    get('/ivr/flows').then(({ items }) => {
      if (current === 'report') choose(items);
    }).catch(failed);
  }

  function choose(items) {
    const day = ago => new Date(Date.now() + 8 * 3600000 - ago * 86400000).toISOString().slice(0, 10);
    const flow = element('select', { 'aria-label': '流程', 'data-testid': 'report-flow', onchange: () => { edition.value = of(flow.value).liveNumber; load(); } }, items.map(item => element('option', { value: item.name }, title(item.name))));
    const of = name => items.find(item => item.name === name);
    const edition = element('input', { type: 'number', min: '1', value: String(items[0].liveNumber), 'aria-label': '第几版', 'data-testid': 'report-edition', onchange: load });
    const since = element('input', { type: 'date', value: day(6), 'aria-label': '从', 'data-testid': 'report-since', onchange: load });
    const until = element('input', { type: 'date', value: day(0), 'aria-label': '到', 'data-testid': 'report-until', onchange: load });
    const rows = element('div', { 'data-testid': 'report' });
    show(box, element('.bar', {}, element('label', {}, '流程', flow), element('label', {}, '第几版', edition), element('label', {}, '从', since), element('label', {}, '到', until)), rows);
    load();

    async function load() {
      try {
        const path = `/ivr/flows/${encodeURIComponent(flow.value)}/editions/${edition.value}`;
        const [view, counted] = await Promise.all([get(path), get(`${path}/report?since=${since.value}&until=${until.value}`)]);
        const titles = new Map(view.content.nodes.map(node => [node.id, node.title]));
        const places = new Map(view.content.nodes.map((node, place) => [node.id, place])); // as callers come to them
        show(rows, table('nodes', ['节点', '进入', '继续', '在此挂机', '挂机率'],
          counted.items.toSorted((a, b) => b.hungUp - a.hungUp || b.entered - a.entered || (places.get(a.node) ?? 0) - (places.get(b.node) ?? 0)).map(item => row(item, titles)), '这段时间没有来电'));
      } catch (problem) {
        if (problem.status !== 401) show(rows, element('p.error', { role: 'alert' }, problem.message));
      }
    }
  }
}

const row = (item, titles) => element('tr', { 'data-testid': `node-${item.node}` },
  cell('text', titles.get(item.node) || item.node, ' ', element('span.quiet', {}, item.node)),
  cell('number', String(item.entered)), cell('number', String(item.wentOn)), cell('number', String(item.hungUp)),
  cell('number', item.entered ? `${(100 * item.hungUp / item.entered).toFixed(1)}%` : '—'));
