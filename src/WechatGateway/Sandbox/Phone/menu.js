import { make } from './api.js';

// The account's menu under the chat. `choose(button)` is called with the button that was clicked.

export function drawMenu(bar, buttons, choose) {
  bar.replaceChildren(...buttons.map((button, index) => top(button, index, choose)));
  bar.hidden = buttons.length === 0;
}

export function closeMenus(bar) {
  for (const list of bar.querySelectorAll('.menu-subs')) list.hidden = true;
  for (const opener of bar.querySelectorAll('[aria-expanded]')) opener.setAttribute('aria-expanded', 'false');
}

function top(button, index, choose) {
  const subs = button.sub_button ?? [];
  const holder = make('div', { class: 'menu-top' });
  const opener = make('button', { testid: `menu-${index}`, 'aria-expanded': subs.length ? 'false' : undefined }, subs.length ? `≡ ${button.name}` : button.name);
  holder.append(opener);
  if (!subs.length) {
    opener.addEventListener('click', () => choose(button));
    return holder;
  }
  const list = make('div', { class: 'menu-subs', hidden: '' }, ...subs.map((sub, place) =>
    make('button', { testid: `menu-${index}-${place}`, text: sub.name, on: { click: () => { toggle(false); choose(sub); } } })));
  const toggle = (open) => {
    closeMenus(holder.parentElement);
    list.hidden = !open;
    opener.setAttribute('aria-expanded', String(open));
  };
  opener.addEventListener('click', () => toggle(list.hidden));
  holder.append(list);
  return holder;
}
