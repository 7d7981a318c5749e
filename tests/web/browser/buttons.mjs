// Buttons that only a script can serve: copying the private link, showing the secret code that was
// typed. Without a script they are not there.
import { Client, Server, close, ok, open, run, same } from './lib.mjs';

const server = await new Server().start();
const client = new Client(server);
const dossier = await client.begin();
const COPY = {'': ['Sao chép đường dẫn riêng', 'Đã sao chép'], '/en': ['Copy the private link', 'Copied']};
const REVEAL = {'': ['Hiện mã', 'Ẩn mã'], '/en': ['Show code', 'Hide code']};

async function start(path, options = {}) {
  const page = await open(options);
  await page.goto(server.url + path);
  return page;
}

const code = (lang, options) => start(`${lang}/ho-so/${dossier.ref}/ma`, {client, permissions: ['clipboard-read', 'clipboard-write'], ...options});
const clipboard = page => page.evaluate(() => navigator.clipboard.readText());
const focused = page => page.evaluate(() => document.activeElement.textContent);
const by_name = (page, name) => page.getByRole('button', {name, exact: true});
const named = (page, name) => by_name(page, name).waitFor().then(() => true, () => false);

const ways = {
  'a click': (page, button) => button.click(),
  'Enter': async (page, button) => { await button.focus(); await page.keyboard.press('Enter'); },
  'the space bar': async (page, button) => { await button.focus(); await page.keyboard.press('Space'); },
};

async function copies(lang) {
  const page = await code(lang), [name, after] = COPY[lang];
  await page.clock.install();
  for (const [how, press] of Object.entries(ways)) {
    await page.evaluate(() => navigator.clipboard.writeText('khác'));
    await press(page, by_name(page, name));
    ok(await named(page, after), `"${name}" by ${how}: the button says that it was done`);
    same(await clipboard(page), dossier.link.replace('/tiep-tuc', lang + '/tiep-tuc'), `"${name}" by ${how}: the link is in the clipboard, and nothing else`);
    same(await page.textContent('[data-copy] + [role=status]'), after, `"${name}" by ${how}: and it is read out`);
    same(await focused(page), after, `"${name}" by ${how}: the focus stays`);
    await page.clock.runFor(5000);
    ok(await named(page, name), `"${name}" by ${how}: after a while it can be pressed again`);
  }
  ok(!page.problems.length, `"${name}": no error of scripts or policy`, page.problems);
  await close(page);
}

const state = page => page.$eval('#secret', e => ({type: e.type, value: e.value}));

async function shows(lang) {
  const page = await start(`${lang}/tiep-tuc`), [show, hide] = REVEAL[lang], typed = '7K2M 9QXR 4TBN';
  await page.fill('#secret', typed);
  for (const [how, press] of Object.entries(ways)) {
    await press(page, by_name(page, show));
    ok(await named(page, hide), `"${show}" by ${how}: the name says what it does now`);
    same(JSON.stringify(await state(page)), JSON.stringify({type: 'text', value: typed}), `"${show}" by ${how}: the code is shown, and the same`);
    same(await by_name(page, hide).getAttribute('aria-pressed'), null, `"${show}" by ${how}: and not that it is pressed`);
    same(await focused(page), hide, `"${show}" by ${how}: the focus stays`);
    await press(page, by_name(page, hide));
    ok(await named(page, show), `"${hide}" by ${how}: back again`);
    same((await state(page)).type, 'password', `"${hide}" by ${how}: the code is hidden`);
  }
  await by_name(page, show).click();
  await page.evaluate(() => document.addEventListener('submit', e => {
    e.preventDefault();
    window.sent = document.getElementById('secret').type;
  }));
  await page.click('main form .actions button');
  same(await page.evaluate(() => window.sent), 'password', `"${show}": what is sent is hidden first, so that no browser remembers it as a text`);
  ok(!page.problems.length, `"${show}": no error of scripts or policy`, page.problems);
  await close(page);
}

// A hundred and more units: what is typed leaves what fits, without accents; what was chosen stays.
async function finds(lang) {
  const page = await start(`${lang}/ho-so/${dossier.ref}/thong-tin/1`, {client});
  const box = page.locator('input[type=search]'), list = page.locator('select[name=area]');
  const names = () => list.evaluate(s => [...s.options].filter(o => o.value).map(o => o.value));
  const all = (await names()).length;
  ok(all > 100, 'all units stand in the list', all);
  await box.fill('CHI LINH');
  same((await names()).join(), 'chi-linh', '"CHI LINH" finds Chí Linh');
  await list.selectOption('chi-linh');
  await box.fill(lang ? 'special' : 'đặc khu');
  same((await names()).sort().join(), 'bach-long-vi,cat-hai,chi-linh', 'what was chosen stays beside what fits');
  same(await list.inputValue(), 'chi-linh', 'and is still chosen');
  await box.fill('');
  same((await names()).length, all, 'nothing typed: everything again');
  ok(!page.problems.length, 'no error of scripts or policy', page.problems);
  await close(page);
}

await run({
  'copying': async () => {
    for (const lang of Object.keys(COPY)) await copies(lang);
  },
  'copying is refused': async () => {
    const page = await code('');
    await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); });
    await by_name(page, COPY[''][0]).click();
    await page.waitForFunction(() => String(getSelection()), null, {timeout: 3000}).catch(() => {});
    ok(await page.isVisible('#link'), 'the link is shown where it cannot be copied');
    same(await page.evaluate(() => String(getSelection()).trim()), dossier.link, 'and marked, so that it can be copied by hand');
    ok(await by_name(page, COPY[''][0]).isVisible(), 'nothing is said to be copied');
    ok(!page.problems.length, 'no error of scripts', page.problems);
    await close(page);
  },
  'no clipboard': async () => { // plain http on another machine
    const page = await open({client});
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'clipboard', {get: () => undefined}));
    await page.goto(`${server.url}/ho-so/${dossier.ref}/ma`);
    same(await page.locator('[data-copy]').isVisible(), false, 'no button where there is no clipboard');
    await page.click('summary >> nth=0');
    ok(await page.isVisible('#link'), 'the link can be read all the same');
    await close(page);
  },
  'showing the code': async () => {
    for (const lang of Object.keys(REVEAL)) await shows(lang);
  },
  'finding an area': async () => {
    for (const lang of ['', '/en']) await finds(lang);
  },
  'without a script': async () => {
    const page = await code('', {javaScriptEnabled: false});
    same(await page.locator('[data-copy]').count(), 1, 'the page has the button');
    same(await page.locator('[data-copy]').isVisible(), false, 'without a script nothing of it is shown');
    same(await page.locator(`text=${COPY[''][0]}`).isVisible(), false, 'nor its name');
    await page.goto(`${server.url}/tiep-tuc`);
    same(await page.locator('[data-reveal]').count(), 1, 'the other page, too');
    same(await page.locator('[data-reveal]').isVisible(), false, 'without a script there is nothing to show the code with');
    same(await page.getAttribute('#secret', 'type'), 'password', 'and it stays hidden');
    await page.keyboard.press('Tab');
    const stops = [];
    for (let i = 0; i < 15; i++) {
      stops.push(await page.evaluate(() => document.activeElement.textContent).catch(() => ''));
      await page.keyboard.press('Tab');
    }
    ok(!stops.includes(REVEAL[''][0]), 'Tab does not stop at it', stops);
    await close(page);
  },
});
