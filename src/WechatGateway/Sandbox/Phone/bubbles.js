import { isWebAddress, make, mediaUrl, shownTime } from './api.js';
import { richText } from './text.js';

// One line of a chat as WeChat draws it. `actions` is what a click may do: open(url), choose(text, id), toast(text).

const GAP = 5 * 60 * 1000;

export function entryElements(entry, previous, actions) {
  const elements = [];
  if (!previous || new Date(entry.at) - new Date(previous.at) > GAP) elements.push(make('div', { class: 'time', text: shownTime(entry.at) }));
  elements.push(entry.side === 'note' ? make('div', { class: 'note', testid: 'note', text: entry.text }) : bubble(entry, actions));
  return elements;
}

function bubble(entry, actions) {
  const incoming = entry.side === 'toCustomer';
  const { element, bare } = content(entry, actions);
  const row = make('div', {
    class: `row ${incoming ? 'in' : 'out'}`, testid: incoming ? 'bubble-in' : 'bubble-out', 'data-type': entry.messageType, 'data-kind': entry.kind,
  });
  const body = make('div', { class: bare ? 'bare' : 'bubble' }, element);
  row.append(make('div', { class: `face ${incoming ? 'account' : 'person'}`, 'aria-hidden': 'true', text: incoming ? '快' : '我' }), body);
  return row;
}

function content(entry, actions) {
  const draw = kinds[entry.messageType];
  return draw ? draw(entry, actions) : { element: make('span', { text: entry.text || `[${entry.messageType}]` }) };
}

const kinds = {
  text: words,
  failure: words,
  image: ({ data }) => ({ bare: true, element: make('img', { class: 'picture', src: mediaUrl(data.media_id), alt: '图片' }) }),
  voice: ({ data }) => ({ element: make('span', { class: 'voice', text: data.recognition ? `语音　${data.recognition}` : '语音　3″' }) }),
  video: ({ data }, actions) => card(data.title || '视频', data.description, () => actions.open(new URL(mediaUrl(data.media_id), location.href).href), '▶'),
  shortvideo: ({ data }, actions) => kinds.video({ data }, actions),
  music: ({ data }, actions) => card(data.title || '音乐', data.description, () => actions.open(data.musicurl || data.hqmusicurl), '♪'),
  news: ({ data }, actions) => news(data.articles?.[0] ?? {}, actions),
  mpnews: (entry, actions) => card('图文消息', '', () => actions.toast('沙箱里没有这篇图文的正文')),
  mpnewsarticle: (entry, actions) => card('图文消息', '', () => actions.toast('沙箱里没有这篇图文的正文')),
  msgmenu: ({ data }, actions) => messageMenu(data, actions),
  wxcard: ({ data }) => card('卡券', data.card_id),
  link: ({ data }, actions) => card(data.title || data.url, data.description, () => actions.open(data.url), '链'),
  miniprogrampage: ({ data }, actions) => miniProgram(data, actions),
  location: ({ data }) => card(data.label || '位置', `${data.latitude}, ${data.longitude}`, null, '位'),
  file: ({ data }) => card(data.title || '文件', '文件', null, '文'),
  template: notice,
  subscribe: notice,
};

function words(entry, actions) {
  return { element: make('span', { class: 'words' }, richText(entry.data.content ?? entry.text, actions)) };
}

function card(title, description, click, sign = '▤') {
  const element = make('div', { class: `card ${click ? 'clickable' : ''}`, testid: 'card', on: click ? { click } : {} },
    make('div', { class: 'card-text' }, make('strong', { text: title }), make('small', { text: description ?? '' })),
    make('div', { class: 'card-sign', 'aria-hidden': 'true', text: sign }));
  return { element, bare: true };
}

function news(article, actions) {
  const element = make('div', { class: 'news clickable', testid: 'news-card', on: { click: () => isWebAddress(article.url) && actions.open(article.url) } },
    isWebAddress(article.picurl) || article.picurl?.startsWith('/') ? make('img', { src: article.picurl, alt: '' }) : null,
    make('strong', { text: article.title ?? '' }), make('small', { text: article.description ?? '' }));
  return { element, bare: true };
}

function messageMenu(data, actions) {
  const items = (data.list ?? []).map((item) => make('a', {
    href: '#', testid: 'msgmenu-item', text: item.content,
    on: { click: (event) => { event.preventDefault(); actions.choose(item.content, item.id); } },
  }));
  const element = make('div', { class: 'msgmenu', testid: 'msgmenu' },
    data.head_content ? make('div', {}, richText(data.head_content, actions)) : null, ...items,
    data.tail_content ? make('div', {}, richText(data.tail_content, actions)) : null);
  return { element };
}

function miniProgram(data, actions) {
  const element = make('div', { class: 'miniprogram clickable', testid: 'miniprogram-card', on: { click: () => actions.openMini(data.appid, data.pagepath) } },
    make('small', { text: '小程序' }), make('strong', { text: data.title ?? '' }), make('div', { class: 'miniprogram-picture', 'aria-hidden': 'true' }));
  return { element, bare: true };
}

/** Template and subscription messages: a card with a title, lines of "name: value" and a way to the details. */
function notice({ data }, actions) {
  const lines = (data.lines ?? []).filter(Boolean).map((line) => {
    const [name, ...value] = line.split('：');
    return make('div', { class: 'line' }, make('span', { text: value.length ? name : '' }), make('b', { text: value.length ? value.join('：') : name }));
  });
  const target = data.miniprogram ? () => actions.openMini(data.miniprogram.appid, data.miniprogram.pagepath ?? '')
    : data.url ? () => actions.open(data.url) : data.page ? () => actions.openMini(undefined, data.page) : null;
  const element = make('div', { class: `notice ${target ? 'clickable' : ''}`, testid: 'template-card', on: target ? { click: target } : {} },
    make('strong', { text: data.title ?? '服务通知' }), ...lines,
    target ? make('div', { class: 'more' }, make('span', { text: '查看详情' }), make('span', { text: '›' })) : null);
  return { element, bare: true };
}
