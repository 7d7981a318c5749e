/* Keys for who works through many cases; every one of them is also a link or a button. They are off in
   fields, and where somebody has switched them off (the list under "?"). */
(() => {
'use strict';
const $ = selector => document.querySelector(selector);
const own = 'dxready keys off';
const help = $('#keys');

function isOff() {
  try { return !!localStorage.getItem(own); } catch (e) { return false; }
}

function setOff(off) {
  try { if (off) localStorage.setItem(own, '1'); else localStorage.removeItem(own); } catch (e) { /* forbidden: they stay on */ }
}

/* The link of the next or previous row, from the one that has the focus. */
function move(step) {
  const rows = [...document.querySelectorAll('[data-row] th a, .rows .what')];
  const here = rows.findIndex(link => link === document.activeElement || link.closest('li, tr').contains(document.activeElement));
  const open = rows.findIndex(link => link.matches(':not(a)'));
  const next = rows[Math.max(0, Math.min(rows.length - 1, (here < 0 ? open < 0 ? -1 : open : here) + step))];
  if (next && next.matches('a')) next.focus();
}

function press(selector) {
  const found = $(selector);
  if (!found) return false;
  found.focus();
  found.click();
  return true;
}

const keys = {
  j: () => move(1), k: () => move(-1), ArrowDown: () => $('.rows') && move(1), ArrowUp: () => $('.rows') && move(-1),
  n: () => press('a[rel=next]'), '/': () => $('#tim') && $('#tim').focus(), '?': () => help && help.showModal(),
  Escape: () => press('.back a'), s: () => press('#value .button'), '=': () => choose($('.option:has(.tag) input')),
};

function choose(radio) {
  if (!radio || radio.disabled) return;
  radio.checked = true;
  radio.focus();
}

document.addEventListener('keydown', event => {
  const key = event.key, target = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (target.closest('dialog, textarea, select, input:not([type=radio])') || isOff() && key !== '?') return;
  if (/^Arrow/.test(key) && target.matches('[type=radio]')) return; // they move between options
  if (/^[0-9]$/.test(key)) choose($(`.option input[value="${key}"]`));
  else if (keys[key]) keys[key]();
  else if (!/^[a-z]$/.test(key) || !press(`[data-key="${key}"]`)) return;
  event.preventDefault();
});

if (help) {
  const box = help.querySelector('input');
  box.checked = !isOff();
  box.addEventListener('change', () => setOff(!box.checked));
  help.querySelector('button').addEventListener('click', () => help.close());
}
})();
