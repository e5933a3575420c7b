import { post } from './api.js';
import { element, show } from './dom.js';
import { turns } from './poll.js';

// A caller in text beside the editor: shows what is said and the way through the nodes, and lets one press keys. What comes of a
// look-up is chosen here: nobody's data is shown and nothing is sent.

const pads = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

export function rehearsal(path) {
  const talk = element('.talked', { 'data-testid': 'preview-talk', role: 'log' });
  const hands = element('div', { 'data-testid': 'preview-hands' });
  const node = element('.sheet.side', { 'data-testid': 'preview' }, element('.bar.inside', {}, element('h3.grow', {}, '试打电话'),
    element('button', { type: 'button', onclick: () => { steps = []; refresh(); }, 'data-testid': 'preview-again' }, '重新拨打')), element('.phone', {}, talk, hands));
  let steps = [];
  const turn = turns();
  return { node, refresh };

  // Nothing can be pressed until the call stands where the last press has led.
  async function refresh() {
    const isLast = turn();
    hands.inert = true;
    try {
      const played = await post(`${path}/preview`, { steps });
      if (isLast()) draw(played);
    } catch (problem) {
      if (!isLast()) return;
      steps = [];
      show(talk, element('p.note', {}, problem.message));
      show(hands);
    }
  }

  function take(step) {
    steps.push(step);
    refresh();
  }

  function draw(played) {
    show(talk, played.lines.map(line => element(`p.${kindOf(line.kind)}`, { 'data-testid': `line-${line.kind}` }, words(line))));
    talk.scrollTop = talk.scrollHeight;
    hands.inert = false;
    show(hands, played.waits === 'keys' ? keypad() : played.waits === 'outcome' ? outcomes(played.outcomes) : element('p.quiet.center', {}, '通话结束'));
  }

  function keypad() {
    const typed = element('input', { maxlength: '32', 'aria-label': '按键', placeholder: '也可以输入一串', 'data-testid': 'preview-keys' });
    return [
      element('.keypad', {}, pads.map(key => element('button', { type: 'button', onclick: () => take({ keys: key }), 'data-testid': `key-${key}` }, key))),
      element('form', { onsubmit: event => { event.preventDefault(); take({ keys: typed.value }); } }, typed, element('button', { type: 'submit', 'data-testid': 'preview-press' }, '按下'),
        element('button', { type: 'button', onclick: () => take({ keys: '' }), 'data-testid': 'preview-wait' }, '不按')),
    ];
  }

  function outcomes(known) {
    if (known.length > 0) return element('.keypad.wide', {}, known.map(outcome => element('button', { type: 'button', onclick: () => take({ outcome: outcome.name }), 'data-testid': `outcome-${outcome.name}` }, outcome.title)));
    const typed = element('input', { maxlength: '60', 'aria-label': '结果', 'data-testid': 'preview-outcome' });
    return element('form', { onsubmit: event => { event.preventDefault(); take({ outcome: typed.value }); } }, typed, element('button', { type: 'submit' }, '就是这个结果'));
  }
}

const kindOf = kind => ({ said: 'theirs', keys: 'mine' }[kind] ?? 'note');
const words = line => ({ node: `· ${line.text}`, keys: line.text ? `按了 ${line.text}` : '没有按键', outcome: `结果：${line.text}`, end: `▇ ${line.text}` }[line.kind] ?? line.text);
