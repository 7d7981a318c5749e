// What the way from the first page to the result takes on a telephone (390 px): pages, screens to
// scroll through, clicks (one for each answer and button), syllables to read. Vietnamese writes each
// syllable as a word of its own. Printed by make bench BENCHES=journey.
import { Server, close, open } from './lib.mjs';

const SIZE = {width: 390, height: 844};
const server = await new Server().start();
const page = await open({...SIZE, javaScriptEnabled: true});
const sum = {pages: 0, screens: 0, clicks: 0, syllables: 0};
let told = null; // the same until the money is told

async function read() {
  const seen = await page.evaluate(height => ({
    screens: Math.ceil(document.documentElement.scrollHeight / height),
    syllables: document.querySelector('main').innerText.split(/[^\p{L}\p{N}]+/u).filter(Boolean).length,
  }), SIZE.height);
  sum.pages++;
  sum.screens += seen.screens;
  sum.syllables += seen.syllables;
}

async function press(selector) {
  sum.clicks++;
  await Promise.all([page.waitForNavigation(), page.$eval(selector, e => e.click())]);
  await read();
}

const choose = async (name, value) => {
  sum.clicks++;
  await page.$eval(`[name="${name}"][value="${value}"]`, e => e.click());
};

const GO_ON = 'main form .actions button.button';
await page.goto(server.url);
await read();
await press('main button[name=no_tax_code]');
await choose('form', 'enterprise');
await choose('size', 'small');
await press(GO_ON);
if (await page.$('input[name=questionnaire]')) {
  await choose('questionnaire', 'dbi-sme@2021');
  await press(GO_ON);
}
const ref = /\/ho-so\/([^/]+)\/ma/.exec(page.url())[1];
await press('main a.button[href$="/thong-tin/1"]');
for (let i = 0; i < 200; i++) {
  const at = new URL(page.url()).pathname.replace(`/ho-so/${ref}`, '');
  if (at === '/ket-qua') break;
  if (at.startsWith('/thong-tin/')) {
    if (await page.$('input[name=name]')) await page.fill('input[name=name]', 'Công ty TNHH Đo Đường Đi');
    await press(GO_ON);
  } else if (at.startsWith('/trang/')) {
    const names = await page.$$eval('.question input[type=radio]', all => [...new Set(all.filter(r => !r.checked).map(r => r.name))]);
    for (const name of names) {
      sum.clicks++;
      await page.$eval(`[name="${name}"]`, e => e.click());
    }
    await page.waitForFunction(() => !Object.keys(sessionStorage).length);
    await press(GO_ON);
  } else if (at === '/kiem-tra') {
    await choose('consent', '1');
    await press(GO_ON);
  } else if (at === '/ho-tro') {
    told = {...sum};
    await press('main a.button[href*="/trang/"]');
  } else throw new Error(`led to ${at}`);
}
const say = (what, s) => console.log(`journey: ${what}: ${s.pages} pages, ${s.screens} screens, ${s.clicks} clicks, ${s.syllables} syllables`);
if (told) say('until the money is told', told);
say('until the result of 60 questions', sum);
await close(page);
await server.stop();
process.exit(page.problems.length ? 1 : 0);
