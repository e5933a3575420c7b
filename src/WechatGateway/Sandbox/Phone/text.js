import { isMiniProgramLink, isWebAddress, make } from './api.js';

// Text of the account, with the only markup that WeChat knows: <a href>. Everything else stays text.
const anchors = /<a\s[^>]*?href\s*=\s*["']([^"']*)["'][^>]*>([\s\S]*?)<\/a>|(https?:\/\/[^\s<>"'，。；！？、（）【】]+)/gi;

export function richText(text, { open, choose }) {
  const content = document.createDocumentFragment();
  let last = 0;
  for (const match of text.matchAll(anchors)) {
    content.append(text.slice(last, match.index), link(match, open, choose));
    last = match.index + match[0].length;
  }
  content.append(text.slice(last));
  return content;
}

function link([whole, href, label, bare], open, choose) {
  if (bare) return anchor(bare, () => open(bare), 'link');
  const shown = label.replace(/<[^>]*>/g, '');
  if (isWebAddress(href) || isMiniProgramLink(href)) return anchor(shown, () => open(href), 'link');
  const item = menuItem(href);
  return item ? anchor(shown, () => choose(item.content, item.id), 'msgmenu-link') : document.createTextNode(shown || whole);
}

/** weixin://bizmsgmenu?msgmenucontent=…&msgmenuid=…: a click sends the words in the customer's name. */
function menuItem(href) {
  if (!href.startsWith('weixin://bizmsgmenu?')) return null;
  const query = new URLSearchParams(href.slice(href.indexOf('?') + 1).replaceAll('&amp;', '&'));
  const content = query.get('msgmenucontent');
  return content ? { content, id: query.get('msgmenuid') ?? '' } : null;
}

function anchor(text, click, testid) {
  return make('a', { text, testid, href: '#', on: { click: (event) => { event.preventDefault(); click(); } } });
}
