// Every page and state: WCAG 2.2 AA as far as programs can tell, valid markup, small screens, large
// text, keyboard, forced colours.
import { Server, axe, close, ok, open, overflow, routes, run, same, validate } from './lib.mjs';
import { show, states } from './states.mjs';

const server = await new Server().start();
const {list, draft} = await states(server);
const TARGET = 24, TARGET_OWN = 44; // CSS pixels: WCAG 2.5.8, and the house rule for choices and buttons
const STOPS = 70;
// What a wider window may change in the further states of an address.
const LAYOUT_RULES = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable', 'aria-hidden-focus', 'label', 'link-name'];

// Links that stand in the middle of a sentence are excepted by WCAG 2.5.8.
const small_targets = page => page.evaluate(([least, own]) => {
  const faults = [];
  const all = document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, label.choice');
  for (const e of all) {
    const box = (e.closest('label.choice') || e).getBoundingClientRect();
    if (!e.checkVisibility() || e.closest('.unseen, .skip') || !box.width) continue;
    const isInline = e.tagName === 'A' && getComputedStyle(e).display === 'inline' && e.parentElement.textContent.trim() !== e.textContent.trim();
    const want = e.matches('label.choice, .button, .choice > input, .line') ? own : least;
    if (!isInline && (box.height < want - 0.5 || box.width < Math.min(want, least) - 0.5))
      faults.push(`${e.tagName}.${e.className} "${(e.textContent || e.name || '').trim().slice(0, 30)}": ${box.width.toFixed()}x${box.height.toFixed()}`);
  }
  return faults.slice(0, 6);
}, [TARGET, TARGET_OWN]);

// Where Tab leads, and what is wrong there: no outline, or something that covers it.
async function tab_stops(page) {
  const faults = [], seen = [];
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  for (let i = 0; i < STOPS; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body || e.dataset.wasSeen) return null;
      e.dataset.wasSeen = '1';
      const marked = e.closest('.choice') || e, style = getComputedStyle(marked), box = e.getBoundingClientRect();
      const x = Math.min(innerWidth - 1, Math.max(0, box.x + box.width / 2)), top = Math.max(0, box.y); // of what is taller than the window a part shows
      const y = Math.min(innerHeight - 1, top + Math.min(box.bottom - top, 20) / 2);
      const at = document.elementFromPoint(x, y);
      const covered = !at || !(e.contains(at) || at.contains(e) || (at.closest('label') && at.closest('label').contains(e)));
      return {what: `${e.tagName} ${e.id || e.name || e.textContent.trim().slice(0, 30)}`,
        bare: style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2, covered: covered && `${at && at.tagName}.${at && at.className} at ${x.toFixed()},${y.toFixed()}`};
    });
    if (!stop) break;
    seen.push(stop.what);
    if (stop.bare) faults.push(`${stop.what}: no outline`);
    if (stop.covered) faults.push(`${stop.what}: covered by ${stop.covered}`);
  }
  return {faults, seen};
}

// WCAG 1.4.12, by a style sheet that the policy of the site does not see.
const spread = page => page.evaluate(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
  document.adoptedStyleSheets = [sheet];
});
const unspread = page => page.evaluate(() => { document.adoptedStyleSheets = []; });

// Boxes whose text sticks out of them or is cut off.
const clipped = page => page.evaluate(() => [...document.querySelectorAll('.button, .choice, .status, legend, h1, h2, .notice, td, th')]
  .filter(e => e.checkVisibility() && !e.closest('.unseen') && (e.scrollWidth > e.clientWidth + 2 && e.clientWidth > 0 && getComputedStyle(e).display !== 'inline'))
  .map(e => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 40)}`).slice(0, 5));

const order = page => page.evaluate(() => ({
  header: [...document.querySelectorAll('header.site a, header.site button')].map(e => e.textContent.trim()),
  footer: [...document.querySelectorAll('footer.site a, footer.site button')].map(e => e.textContent.trim()),
}));

// True if the shorter list is the longer one with some left out: the order is the same.
function agree(a, b) {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  let at = 0;
  return short.every(text => { at = long.indexOf(text, at) + 1; return at > 0; });
}

// Controls keep their edges where colours are those of the user.
const edges = page => page.evaluate(() => [...document.querySelectorAll('.button, .choice, input.line, select, textarea')]
  .filter(e => e.checkVisibility() && (parseFloat(getComputedStyle(e).borderTopWidth) < 1 || getComputedStyle(e).borderTopStyle === 'none'))
  .map(e => e.outerHTML.slice(0, 80)).slice(0, 3));

// Letters of pictures that do not stand out from what is painted under them, which axe does not see.
const pale = page => page.evaluate(() => {
  const light = rgb => rgb.match(/[\d.]+/g).slice(0, 3).map(n => n / 255).map(n => n <= 0.03928 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4)
    .reduce((sum, n, i) => sum + n * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = e => {
    scrollTo(0, e.getBoundingClientRect().top + scrollY - innerHeight / 2);
    const box = e.getBoundingClientRect();
    for (const at of document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)) {
      const style = getComputedStyle(at), paint = at.closest('svg') && at.tagName !== 'svg' ? style.fill : style.backgroundColor;
      if (at.tagName !== 'text' && paint !== 'none' && !/, 0\)$/.test(paint)) return paint;
    }
    return 'rgb(255, 255, 255)';
  };
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  return [...document.querySelectorAll('svg text')].filter(e => e.checkVisibility() && e.getBoundingClientRect().width)
    .map(e => [e.textContent, getComputedStyle(e).fill, ground(e)])
    .filter(([, ink, under]) => ratio(light(ink), light(under)) < 4.5).map(fault => fault.join(' ')).slice(0, 6);
});

const titles = new Map(), frames = [];
const shown = new Set();

async function look(page, state) {
  if (process.env.STATE && !state.name.includes(process.env.STATE)) return; // to look at a few: STATE=ket-qua pages.mjs all
  await page.setViewportSize({width: 320, height: 640});
  const {status, type, html} = await show(server, page, state);
  if (!/html/.test(type)) {
    if (status === 200) shown.add(state.pattern);
    return;
  }
  if (state.pattern && status !== 200) return; // closed in this state of the dossier
  const isFirst = !shown.has(state.pattern);
  shown.add(state.pattern);
  const what = state.name, none = (faults, name) => ok(!faults.length, `${what}: ${name}`, faults.join('\n'));
  none(await validate(html), 'valid markup');
  const {lang, headings} = await page.evaluate(() => ({lang: document.documentElement.lang, headings: document.querySelectorAll('h1').length}));
  same(lang, 'vi', `${what}: language`);
  same(headings, 1, `${what}: one main heading`);
  none(await axe(page), 'axe at 320 px');
  none(await overflow(page), 'no scrolling to the side at 320 px');
  none(await small_targets(page), 'targets are large enough');
  if (!isFirst) { // what follows hangs on the style sheet of an address, which was looked at
    ok(!page.problems.length, `${what}: no error of scripts or policy`, page.problems.splice(0).join('\n'));
    return;
  }
  await spread(page);
  none([...await overflow(page), ...await clipped(page)], 'room for wider text');
  await unspread(page);
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  none(await overflow(page), 'no scrolling to the side with text of 200 %');
  await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
  const {faults, seen} = isFirst ? await tab_stops(page) : {faults: [], seen: []};
  none(faults, 'focus is seen everywhere');
  ok(!isFirst || seen.length >= 5 && (/skip|chính/i.test(seen[0]) || await page.$('.faults, #confirm')), `${what}: the first stop skips to the content`, seen.join('\n'));
  await page.emulateMedia({forcedColors: 'active'});
  none(await edges(page), 'controls keep their edges in forced colours');
  await page.emulateMedia({forcedColors: null, colorScheme: 'dark'});
  none([...isFirst ? await axe(page, ['color-contrast']) : [], ...await pale(page)], 'contrast at night');
  same(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), await page.$('body.desk') ? 'rgb(18, 24, 31)' : 'rgb(15, 24, 34)', `${what}: dark at night`);
  await page.emulateMedia({colorScheme: 'light'});
  none(await pale(page), 'contrast of pictures');
  await page.setViewportSize({width: 1280, height: 800});
  none(await axe(page, LAYOUT_RULES), 'axe at 1280 px'); // the other rules do not depend on the width
  none(await overflow(page), 'no scrolling to the side at 1280 px');
  const title = await page.title();
  if (state.pattern) {
    ok(!titles.has(title) || titles.get(title) === state.pattern, `${what}: a title of its own`, `"${title}" is also that of ${titles.get(title)}`);
    titles.set(title, state.pattern);
  }
  frames.push({what, isDesk: !!await page.$('body.desk'), ...await order(page)});
  ok(!page.problems.length, `${what}: no error of scripts or policy`, page.problems.splice(0).join('\n'));
}

await run({
  'all': async () => {
    const page = await open({withAxe: true});
    for (const state of list) await look(page, state);
    await close(page);
  },
  'nothing forgotten': async () => {
    for (const route of routes().filter(r => r.method === 'GET' && r.handler !== 'page_desk')) // which only leads on
      ok(shown.has(route.pattern), `${route.pattern} was looked at`);
    const usual = frame => frames.find(f => f.isDesk === frame.isDesk);
    for (const frame of frames)
      ok(agree(frame.header, usual(frame).header) || frames.some(f => f !== frame && agree(f.header, frame.header)), `${frame.what}: header in the usual order`, frame.header);
    for (const frame of frames)
      ok(agree(frame.footer, usual(frame).footer), `${frame.what}: footer in the usual order`, [frame.footer, usual(frame).footer]);
  },
  'in English': async () => {
    const page = await open(), addresses = new Set();
    for (const state of list) {
      if (state.pattern && addresses.has(state.pattern)) continue; // once an address: its texts are the same
      const {status, type, html} = await show(server, page, state, '/en');
      if (!/html/.test(type) || state.pattern && status !== 200) continue;
      addresses.add(state.pattern);
      const faults = await validate(html);
      ok(!faults.length, `/en ${state.name}: valid markup`, faults.join('\n'));
      same(await page.getAttribute('html', 'lang'), 'en', `/en ${state.name}: language`);
      const wide = await overflow(page);
      ok(!wide.length, `/en ${state.name}: no scrolling to the side at 320 px`, wide);
    }
    await close(page);
  },
  'forms that went wrong': async () => {
    const page = await open();
    const state = list.find(s => s.name.includes('begin, nothing'));
    await show(server, page, state);
    ok((await page.title()).startsWith('Lỗi:'), 'the title begins with "Lỗi:"');
    ok(await page.evaluate(() => document.activeElement.id === 'faults'), 'the summary has the focus');
    const targets = await page.$$eval('.faults a', links => links.map(a => !!document.getElementById(decodeURIComponent(a.hash.slice(1)))));
    ok(targets.length && targets.every(Boolean), 'each fault links to its control', targets);
    await page.context().clearCookies();
    await page.context().addCookies(draft.client.forBrowser());
    const facts = list.find(s => s.name.startsWith('state: facts') && s.post && Object.keys(s.post).length);
    await show(server, page, facts);
    const [name, typed] = Object.entries(facts.post)[0];
    same(await page.inputValue(`[name="${name}"]`), typed, 'what was typed wrong is shown again');
    const described = await page.getAttribute(`[name="${name}"]`, 'aria-describedby');
    ok(described && described.includes('fault-'), 'and is described by its fault', described);
    await close(page);
  },
});
