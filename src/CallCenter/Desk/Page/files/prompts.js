import { base64, get, put, remove } from './api.js';
import { ask, cell, element, show, table, toast } from './dom.js';
import { time } from './words.js';

/** Prompts: their texts, how they sound, and recordings in their place. */
export function prompts(box, edits) {
  let left = false;
  load();
  return () => { left = true; };

  async function load() {
    try {
      const { items } = await get('/ivr/prompts');
      if (left) return;
      const add = edits ? element('button.main', { type: 'button', onclick: () => write({ name: '', text: '' }), 'data-testid': 'add-prompt' }, '新建提示音') : null;
      show(box, element('.bar', {}, element('h2.grow', {}, '提示音'), add), table('prompts', ['名称', '内容', '声音', '修改', ''], items.map(row), '还没有提示音'));
    } catch (problem) {
      if (!left && problem.status !== 401) show(box, element('p.error', { 'data-testid': 'list-error', role: 'alert' }, problem.message));
    }
  }

  function row(item) {
    return element('tr', { 'data-testid': `prompt-${item.name}` },
      cell('nowrap', item.name), cell('text', item.text),
      cell('nowrap', element('button.link', { type: 'button', onclick: () => listen(item), 'data-testid': 'listen' }, '▶ 试听'), item.isRecorded ? element('span.tag.good', { 'data-testid': 'recorded' }, '真人录音') : null),
      cell('nowrap', item.changedBy ? [item.changedBy, element('br'), element('span.quiet', {}, time(item.changedAt))] : '—'),
      cell('nowrap', edits ? [element('button', { type: 'button', onclick: () => write(item), 'data-testid': 'write' }, '修改'),
        element('button', { type: 'button', onclick: () => record(item), 'data-testid': 'record' }, '上传录音'),
        item.isRecorded ? element('button.bad', { type: 'button', onclick: () => unrecord(item), 'data-testid': 'unrecord' }, '删除录音') : null] : null));
  }

  async function listen(item) {
    const answer = await fetch(`/api/desk/v1/ivr/prompts/${encodeURIComponent(item.name)}/sound`, { credentials: 'same-origin' });
    if (!answer.ok) return toast('这台服务器没有语音合成，也没有录音', true);
    const sound = new Audio(URL.createObjectURL(await answer.blob()));
    sound.addEventListener('ended', () => URL.revokeObjectURL(sound.src));
    return sound.play();
  }

  async function write(item) {
    const done = await ask(item.name ? `修改提示音 ${item.name}` : '新建提示音', [
      item.name ? null : element('label', {}, '名称', element('input', { name: 'name', required: true, maxlength: '60', 'data-testid': 'prompt-name' })),
      element('label', {}, '内容', element('textarea', { name: 'text', rows: '4', required: true, maxlength: '300', 'data-testid': 'prompt-text' }, item.text)),
      item.isRecorded ? element('p.quiet', {}, '这条有真人录音，修改内容后仍播放录音。') : null,
    ].filter(Boolean), '保存', form => put(`/ivr/prompts/${encodeURIComponent(item.name || form.get('name'))}`, { text: form.get('text') }));
    if (done) finished('已保存，声音已重新生成');
  }

  async function record(item) {
    const file = element('input', { type: 'file', accept: '.wav,audio/wav', required: true, 'data-testid': 'recording' });
    const done = await ask(`上传 ${item.name} 的录音`, [element('p.quiet', {}, 'WAV 文件，最多两分钟；会代替合成的声音。'), file], '上传', async () =>
      put(`/ivr/prompts/${encodeURIComponent(item.name)}/recording`, { content: await base64(file.files[0]) }));
    if (done) finished('已使用录音');
  }

  async function unrecord(item) {
    if (await ask(`删除 ${item.name} 的录音？`, [element('p.quiet', {}, '之后播放合成的声音。')], '删除', () => remove(`/ivr/prompts/${encodeURIComponent(item.name)}/recording`), true)) finished('已删除录音');
  }

  function finished(words) {
    toast(words);
    load();
  }
}
