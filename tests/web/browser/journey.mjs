// The whole journey of a household in a browser on a small phone: with the script, without it, with
// the keyboard only; in both languages, changed in the middle of a page.
import fs from 'node:fs';
import { Server, close, ok, open, overflow, run, same } from './lib.mjs';

const server = await new Server().start();
const PRESSES = 150; // of Tab, until a control must have been reached

// How somebody with a mouse or a finger does it.
const finger = page => ({
  press: selector => page.click(selector),
  choose: (name, value) => page.click(`label:has(input[name="${name}"][value="${value}"])`),
  type: (selector, text) => page.fill(selector, text),
});

// How somebody does it who has a keyboard only.
const keyboard = page => {
  const is = selector => page.evaluate(s => !!document.activeElement && document.activeElement.matches(s), selector);
  async function to(selector) {
    for (let i = 0; i < PRESSES; i++) {
      if (await is(selector)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${selector} on ${page.url()}`);
  }
  return {
    async press(selector) {
      await to(selector);
      await page.keyboard.press('Enter');
    },
    async choose(name, value) {
      await to(`input[name="${name}"]`);
      for (let i = 0; i < 12 && !await is(`[value="${value}"]`); i++) await page.keyboard.press('ArrowDown');
      if (!await page.isChecked(`input[name="${name}"][value="${value}"]`)) await page.keyboard.press('Space');
      ok(await page.isChecked(`input[name="${name}"][value="${value}"]`), `keyboard: ${name} is chosen`);
    },
    async type(selector, text) {
      await to(selector);
      await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
    },
  };
};

const CONTINUE = 'main form .actions button.button';

async function leave(page, act) {
  const before = await page.evaluate(() => performance.timeOrigin);
  await act();
  await page.waitForFunction(t => performance.timeOrigin !== t && document.readyState === 'complete', before);
}

async function answer_all(page, hand) {
  const groups = await page.$$eval('.question input[type=radio]', all => {
    const last = {};
    for (const r of all) last[r.name] = last[r.name] || (r.checked ? null : r.value);
    return Object.entries(last).filter(e => e[1] !== null);
  });
  for (const [name, value] of groups) await hand.choose(name, value);
}

async function begin(page, hand) {
  await page.goto(server.url);
  await leave(page, () => hand.press('main button[name=no_tax_code]'));
  ok(!await page.$('input[type=checkbox][name=no_tax_code], input#tax_code'), 'what was said of the tax code is not asked again');
  await hand.choose('form', 'household');
  await hand.choose('size', 'micro');
  await leave(page, () => hand.press(CONTINUE));
  if (await page.$('input[name=questionnaire]')) {
    await hand.choose('questionnaire', 'household-quick@1');
    await leave(page, () => hand.press(CONTINUE));
  }
  const ref = /\/ho-so\/([^/]+)\/ma/.exec(page.url())[1];
  ok(/\w{4} \w{4} \w{4}/.test(await page.textContent('#secret')), 'the secret is shown');
  await leave(page, () => hand.press('main a.button[href$="/thong-tin/1"]'));
  return ref;
}

// One page after the other until there is a result; `on_questions` runs on the first of questions.
async function go_through(page, hand, ref, {on_questions}) {
  let was_there = false;
  const seen = [];

  for (let i = 0; i < 60; i++) {
    const at = new URL(page.url()).pathname.replace(/^\/en/, '').replace(`/ho-so/${ref}`, '');
    seen.push(at);
    const wide = await overflow(page);
    ok(!wide.length, `${at}: no scrolling to the side at 320 px`, wide);
    if (at === '/ket-qua') return seen;
    if (at.startsWith('/thong-tin/')) {
      if (await page.$('input[name=name]')) await hand.type('input[name=name]', `Quán cơm Cô Sáu – Ngã Bảy ${ref}`);
    } else if (at.startsWith('/trang/')) {
      if (!was_there && on_questions) await on_questions();
      was_there = true;
      await answer_all(page, hand);
    } else if (at === '/kiem-tra') {
      ok(!await page.isChecked('#consent'), 'consent is not given beforehand');
      await hand.choose('consent', '1');
    } else if (at === '/ho-tro') {
      ok(/chính sách/.test(await page.textContent('h1, main')), 'what the facts bring is told before the questions');
      await leave(page, () => hand.press('main a.button[href*="/trang/"]'));
      continue;
    } else if (at === '') {
      await leave(page, () => hand.press(was_there ? 'main a[href$="/kiem-tra"]' : 'main a.button[href*="/trang/"]'));
      continue;
    }
    await leave(page, () => hand.press(CONTINUE));
    ok(!await page.$('.faults') && new URL(page.url()).pathname.replace(/^\/en/, '') !== `/ho-so/${ref}${at}`, `${at}: taken`, await page.$eval('main', m => m.textContent.slice(0, 600)));
  }
  throw new Error(`no end of it: ${seen.join(' ')}`);
}

// The language in the middle of a page, with an answer that was not sent yet.
async function change_language(page, hand) {
  const name = await page.$eval('.question input[type=radio]', r => r.name);
  const value = await page.$eval(`input[name="${name}"]`, r => r.value);
  const heading = await page.textContent('h1');

  await hand.choose(name, value);
  await leave(page, () => hand.press('header button[name=lang]'));
  same(await page.getAttribute('html', 'lang'), 'en', 'the page comes in the other language');
  ok(await page.textContent('h1') !== heading, 'its heading is translated');
  ok(await page.isChecked(`input[name="${name}"][value="${value}"]`), 'what was chosen is still chosen');
  ok(new URL(page.url()).pathname.startsWith('/en/'), 'and the address is that of the language');
}

async function download(page, selector, what) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.click(selector)]);
  const head = fs.readFileSync(await file.path()).subarray(0, 5).toString();
  same(head, '%PDF-', `${what} is downloaded as a PDF`);
  ok(/\.pdf$/.test(file.suggestedFilename()), `${what} has a name that ends in .pdf`);
}

async function journey(hand_of, options) {
  const page = await open({width: 320, acceptDownloads: true, ...options});
  const hand = hand_of(page);
  const ref = await begin(page, hand);
  const seen = await go_through(page, hand, ref, {on_questions: () => change_language(page, hand)});
  ok(seen.filter(s => s.startsWith('/trang/')).length >= 3 && seen.includes('/kiem-tra'), `all pages were seen: ${seen.join(' ')}`);
  same(await page.getAttribute('html', 'lang'), 'en', 'the result is in the language that was chosen');
  const pdf = 'main a[href$=".pdf"]';
  if (ok(await page.$(pdf), 'the result can be kept as a PDF')) await download(page, pdf, 'the report');
  ok(!page.problems.length, 'no error of scripts, nothing that the policy refused', page.problems);
  await close(page);
}

await run({
  'with the script': () => journey(finger),
  'without a script': () => journey(finger, {javaScriptEnabled: false}),
  'keyboard only': () => journey(keyboard),

  'Enter in a line of text': async () => {
    const page = await open();
    await page.goto(`${server.url}/bat-dau`);
    await page.focus('#tax_code');
    await leave(page, () => page.keyboard.press('Enter'));
    same(await page.getAttribute('html', 'lang'), 'vi', 'Enter sends the form and does not change the language');
    ok(await page.evaluate(() => document.activeElement.id === 'faults'), 'the list of faults has the focus');
    ok((await page.title()).startsWith('Lỗi:'), 'the title says that something is wrong');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    ok(await page.evaluate(() => document.activeElement.matches('input')), 'its link leads to the control');
    ok(await page.$eval(':target', t => getComputedStyle(t.closest('.question')).boxShadow !== 'none'), 'which is marked');
    await close(page);
  },

  'twice': async () => {
    const page = await open();
    let posts = 0;
    page.on('request', r => { if (r.method() === 'POST') posts++; });
    await page.goto(`${server.url}/bat-dau`);
    await page.$eval('main form .button', b => { b.click(); b.click(); b.click(); });
    await page.waitForSelector('#faults');
    same(posts, 1, 'a button that is pressed three times sends once');
    await close(page);
  },
});
