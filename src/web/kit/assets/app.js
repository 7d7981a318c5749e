/* What pages do better with a script; without it every form works by its button.
   Saves each answer when it was given, keeps those that could not be sent, and sends them again. */
(() => {
'use strict';
const $$ = (selector, root) => [...(root || document).querySelectorAll(selector)];
const waits = new WeakMap(); // form -> promise of work that has to end before it is sent
const here = location.pathname.replace(/^\/en\//, '/');
const own = 'dxready ';

function store(key, value) { // storage may be full or forbidden: then answers wait in memory
  try {
    if (value === undefined) return JSON.parse(sessionStorage.getItem(own + key) || '{}');
    if (Object.keys(value).length) sessionStorage.setItem(own + key, JSON.stringify(value));
    else sessionStorage.removeItem(own + key);
  } catch (e) { /* see above */ }
  return value || {};
}

function keys() {
  try { return Object.keys(sessionStorage).filter(k => k.startsWith(own)); } catch (e) { return []; }
}

function forget() {
  keys().forEach(k => sessionStorage.removeItem(k));
}

/* A form that led to another page was taken by the server, with all that waited in it. */
function forgetTaken() {
  for (const key of keys()) {
    const queue = store(key.slice(own.length));
    for (const name of Object.keys(queue)) if (queue[name].leaves && queue[name].page !== here) delete queue[name];
    store(key.slice(own.length), queue);
  }
}

/* ---- saving ---- */

function autosave(form) {
  const key = form.dataset.save, say = form.dataset;
  const prefix = document.documentElement.lang === 'en' ? '/en' : '', url = prefix + key;
  const holders = $$('[data-base]', form);
  const queue = store(key);
  const status = $$('.saved', form)[0];
  let timer = 0, delay = 0, busy = null, stopped = false, leaving = false, next = null;

  const fields = holder => $$('input, select, textarea', holder).filter(f => f.name && f.type !== 'file');
  const holderOf = name => holders.find(h => h.dataset.name === name);
  const waiting = () => Object.keys(queue).filter(k => !queue[k].held);
  const keep = () => store(key, queue);

  function tell(text, isWaiting) {
    status.classList.toggle('waits', !!isWaiting);
    if (status.textContent !== text) status.textContent = text;
  }

  function setBase(holder, base) {
    const all = form.elements.base, at = 8 * (holder.dataset.at || holders.indexOf(holder));
    holder.dataset.base = base;
    if (all) all.value = all.value.slice(0, at) + base + all.value.slice(at + 8);
  }

  function tellAt(holder, kind, text) {
    let place = $$('.' + kind, holder)[0];
    if (!text && !place) return;
    if (!place) {
      place = document.createElement('p');
      place.className = kind;
      place.id = kind + '-' + holder.dataset.name;
      if (kind === 'fault') $$('.label', holder)[0].after(place); else holder.append(place);
      const described = holder.tagName === 'FIELDSET' ? holder : fields(holder)[0];
      described.setAttribute('aria-describedby', ((described.getAttribute('aria-describedby') || '') + ' ' + place.id).trim());
    }
    place.textContent = text || '';
    place.hidden = !text;
  }

  function put(holder) {
    const pairs = fields(holder).filter(f => !/radio|checkbox/.test(f.type) || f.checked).map(f => [f.name, f.value]);
    next = null;
    queue[holder.dataset.name] = {pairs, base: holder.dataset.base, page: here};
    keep();
    soon(300);
  }

  function soon(ms) {
    clearTimeout(timer);
    timer = setTimeout(send, ms);
  }

  function again() {
    delay = Math.min(delay * 2 || 2000, 30000);
    tell(say.offline, true);
    soon(delay);
  }

  function send() {
    const name = waiting()[0];
    clearTimeout(timer);
    if (!busy && name && !stopped && !leaving)
      busy = post(name).catch(again).then(() => { busy = null; if (!delay && waiting().length) send(); });
  }

  async function post(name) {
    const item = queue[name], holder = holderOf(name);
    const base = holder ? holder.dataset.base : item.base;
    const body = new URLSearchParams([['of', name], ...item.pairs, ['base', base], ['token', form.elements.token.value],
      ['page', here.split('/').slice(3).join('/')], ['from', form.elements.from ? form.elements.from.value : '']]);
    tell(delay || !navigator.onLine ? say.offline : say.saving, delay || !navigator.onLine);
    const reply = await fetch(url, {method: 'POST', body, keepalive: true, headers: {Accept: 'application/json'}});
    if (reply.status === 403) return expired();
    if (reply.status >= 500 || reply.status === 429) return again();
    delay = 0;
    taken(name, item, await reply.json().catch(() => ({})), reply.ok);
  }

  function taken(name, item, said, ok) {
    const holder = holderOf(name), same = queue[name] === item;
    const text = said.fault || (said.faults || []).map(f => f.text).join(' ') ||
      (said.error && (said.error[document.documentElement.lang] || said.error.vi)) || '';
    const hides = said.hides && said.hides.length;
    if (ok && said.base && holder) setBase(holder, said.base);
    if (same) next = said.next;
    if (same && ok && !text && !hides) delete queue[name];
    else if (same) item.held = true; // Continue sends it, and the page that comes back tells more
    keep();
    if (holder) {
      tellAt(holder, 'fault', text);
      tellAt(holder, 'note', hides ? say.hides + ' ' + said.hides.join('; ') : said.note);
    }
    if (!waiting().length) tell(said.saved ? say.saved.replace('{1}', said.saved) : '');
  }

  function expired() {
    const link = document.createElement('a');
    stopped = true;
    link.href = prefix + say.resume;
    link.textContent = say.expired;
    tell('', true);
    status.append(link);
  }

  /* Answers that were not sent when the page was left are put into it again. */
  function restore() {
    for (const name of Object.keys(queue)) {
      const item = queue[name], holder = holderOf(name);
      if (item.leaves && $$('.faults, #confirm').length) { delete queue[name]; continue; } // the page has them
      delete item.leaves;
      if (!holder) continue;
      const left = item.pairs.slice();
      for (const f of fields(holder)) {
        const at = left.findIndex(p => p[0] === f.name && (!/radio|checkbox/.test(f.type) || p[1] === f.value));
        if (/radio|checkbox/.test(f.type)) f.checked = at >= 0;
        else if (at >= 0) f.value = left[at][1];
        if (at >= 0) left.splice(at, 1);
      }
      setBase(holder, item.base);
    }
    keep();
    if (waiting().length) send();
  }

  form.addEventListener('change', e => {
    const holder = e.target.closest('[data-base]');
    if (holder && e.target.type !== 'file') put(holder);
  });
  form.addEventListener('submit', e => {
    if (!navigator.onLine) { // the page stays, with all that is in it
      e.preventDefault();
      return tell(say.offline, true);
    }
    clearTimeout(timer);
    leaving = true;
    if (next && !busy && !Object.keys(queue).length && !(e.submitter && e.submitter.name)) { // all is stored: on, without waiting for the redirection
      e.preventDefault();
      form.setAttribute('aria-busy', 'true');
      fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form)), keepalive: true, redirect: 'manual'}).catch(() => {});
      return location.assign(next);
    }
    for (const name of Object.keys(queue)) queue[name].leaves = true;
    keep();
    if (busy) waits.set(form, Promise.race([busy, new Promise(r => setTimeout(r, 3000))]));
  });
  addEventListener('online', () => { delay = 0; leaving = false; send(); });
  addEventListener('offline', () => tell(say.offline, true));
  addEventListener('pagehide', send);
  addEventListener('pageshow', e => { if (e.persisted) { leaving = false; stopped = false; restore(); } });
  document.addEventListener('visibilitychange', () => { if (document.hidden) send(); });
  restore();
  if (!navigator.onLine) tell(say.offline, true);
}

/* ---- sending once, after what it waits for ---- */

let sentAt = 0;

function onSubmit(e) {
  const form = e.target, wait = waits.get(form);
  if (e.defaultPrevented) return;
  if (Date.now() - sentAt < 3000) return e.preventDefault();
  if ('leave' in form.dataset) forget();
  if (wait) {
    e.preventDefault();
    form.setAttribute('aria-busy', 'true');
    return void wait.then(() => { waits.delete(form); form.requestSubmit(e.submitter); });
  }
  sentAt = Date.now();
  form.setAttribute('aria-busy', 'true');
}

/* ---- small things ---- */

/* The link of a mail: its secret stands behind "#", where no server and no log sees it. */
function resume() {
  const form = document.getElementById('resume'), link = location.hash.slice(1);
  if (!form || !/^[0-9a-f]{32}$/.test(link)) return;
  form.elements.link.value = link;
  history.replaceState(null, '', location.pathname + location.search);
  form.submit();
}

/* What cannot be copied is shown and marked, so that it can be copied by hand. */
function mark(source) {
  const closed = source.closest('details');
  if (closed) closed.open = true;
  getSelection().selectAllChildren(source);
}

function copy(button) {
  const source = document.querySelector(button.dataset.copy), said = document.createElement('span');
  const before = button.textContent, after = button.dataset.copied;
  if (!source || !navigator.clipboard) return;
  said.className = 'unseen';
  said.setAttribute('role', 'status'); // a button that changes its name is not read out
  button.after(said);
  button.hidden = false;
  const tell = isDone => {
    button.textContent = isDone ? after : before;
    said.textContent = isDone ? after : '';
  };
  button.addEventListener('click', () => navigator.clipboard.writeText(source.textContent.trim()).then(() => {
    tell(true);
    setTimeout(tell, 4000, false);
  }, () => mark(source)));
}

function reveal(button) {
  const input = document.querySelector(button.dataset.reveal), show = button.textContent;
  if (!input) return;
  const set = isShown => {
    input.type = isShown ? 'text' : 'password';
    button.textContent = isShown ? button.dataset.hide : show; // the name changes, so it is not one that is pressed
  };
  set(false);
  button.hidden = false;
  button.addEventListener('click', () => set(input.type !== 'text'));
  input.form.addEventListener('submit', () => set(false)); // browsers remember what was typed as text
}

/* A photo of 5 MB takes minutes on a slow line; 1600 points across are enough to read a paper. */
async function smaller(file) {
  if (!/^image\/(jpeg|png)$/.test(file.type) || file.size < 400000) return file;
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, 1600 / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const paper = canvas.getContext('2d');
  paper.fillStyle = '#fff';
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.85));
  return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', {type: 'image/jpeg'}) : file;
}

/* A form waits only while there is work: what is done already would send it again from within its
   own submit event, where browsers ignore that, and the button would do nothing. */
function shrink(input) {
  const form = input.form;
  let last = null; // what was chosen last counts, however long an earlier photo takes
  $$(input.dataset.shrink).forEach(e => { e.hidden = false; });
  input.addEventListener('change', () => {
    const work = last = Promise.all([...input.files].map(f => smaller(f).catch(() => f))).then(files => {
      const data = new DataTransfer();
      files.forEach(f => data.items.add(f));
      if (work === last) input.files = data.files;
    }).catch(() => {}).then(() => { if (waits.get(form) === work) waits.delete(form); });
    waits.set(form, work);
  });
}

/* Typing above a long list leaves what fits. */
function find(select) {
  const all = [...select.options], box = document.createElement('input');
  const fold = text => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/gi, 'd').toLowerCase();
  box.type = 'search';
  box.className = 'line';
  box.placeholder = box.ariaLabel = select.dataset.find;
  box.setAttribute('form', '');
  box.addEventListener('input', () => {
    const chosen = select.value;
    select.replaceChildren(...all.filter(o => o.value === chosen || fold(o.text).includes(fold(box.value))));
    select.value = chosen;
  });
  select.before(box);
}

/* Not every browser prints what is folded by the style sheet alone. */
function printWhole() {
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = $$('details:not([open])');
    closed.forEach(d => { d.open = true; });
  });
  addEventListener('afterprint', () => closed.forEach(d => { d.open = false; }));
}

forgetTaken();
$$('form[data-save]').forEach(autosave);
$$('[data-copy]').forEach(copy);
$$('[data-reveal]').forEach(reveal);
$$('input[type=file][data-shrink]').forEach(shrink);
$$('[data-find]').forEach(find);
document.addEventListener('submit', onSubmit);
addEventListener('pageshow', () => {
  sentAt = 0;
  $$('form[aria-busy]').forEach(f => f.removeAttribute('aria-busy'));
});
addEventListener('hashchange', resume);
printWhole();
document.addEventListener('click', e => { // a fault's link leads to a group: on to its first control
  const link = e.target.closest && e.target.closest('.faults a[href^="#"]');
  const to = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const control = to && (to.matches('input, select, textarea') ? to : $$('input, select, textarea', to)[0]);
  if (!control) return;
  e.preventDefault();
  location.hash = link.hash;
  control.focus();
});
resume();
$$('.faults, #confirm').slice(0, 1).forEach(e => e.focus());
})();
