// Whatever people type comes back as they typed it (in NFC, trimmed), as text and never as markup, or
// is refused with a sentence. Random text; UNICODE_SEED repeats a run.
import { Client, Server, close, diag, fieldsOf, formOf, ok, open, run, same, textOf } from './lib.mjs';

const server = await new Server().start();
let seed = Number(process.env.UNICODE_SEED) || Date.now() % 2147483647;
diag(`UNICODE_SEED=${seed}`);

function random(n) {
  seed = (seed * 48271) % 2147483647;
  return seed % n;
}

const MARKUP = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '</textarea><b>', '&lt;b&gt;', '&amp;amp;', "' or 1=1 --", '{1}', '<%= x %>', '%3Cb%3E', '${7*7}', '\\u003cb\\u003e', '`'];
const RANGES = [[0x20, 0x7e], [0xc0, 0x1ef9], [0x300, 0x36f], [0x590, 0x6ff], [0x900, 0x97f], [0x200b, 0x200f], [0x202a, 0x202e], [0x2066, 0x2069], [0x3040, 0x30ff], [0x4e00, 0x9fff], [0xac00, 0xd7a3], [0xe000, 0xe010], [0xff01, 0xff5e], [0x1f600, 0x1f64f], [0x1d400, 0x1d4ff], [0xfffd, 0xffff], [0x10fffe, 0x10ffff], [0x1, 0x1f], [0x7f, 0x9f]];
const VIETNAMESE = ['Nguyễn Thị Ơn', 'Công ty TNHH Ữ Ễ Ặ', 'Đường số 5', 'Nguyễn'.normalize('NFD')];

function text() {
  let made = '';
  for (let parts = 1 + random(4); parts > 0; parts--) {
    const kind = random(4);
    if (kind === 0) made += MARKUP[random(MARKUP.length)];
    else if (kind === 1) made += VIETNAMESE[random(VIETNAMESE.length)];
    else {
      const [from, to] = RANGES[random(RANGES.length)];
      for (let i = 1 + random(5); i > 0; i--) made += String.fromCodePoint(from + random(to - from + 1));
    }
  }
  return made;
}

const EDGES = [...MARKUP, ...VIETNAMESE, '  khoảng trắng  ', '\u202edcba', 'a\u0301\u0323', '\u{1F468}\u200d\u{1F469}\u200d\u{1F467}', 'x'.repeat(150), '\u0000', 'a\u0000b', '\u0007', '\ufeffBOM', '\ud800', 'cuối\x85', 'dòng\r\nhai', '-', '０１２３'];

// What is no character becomes U+FFFD; white space and what has no width goes at the ends.
const squeeze = value => [...value].map(c => /^[\ud800-\udfff\ufffe\uffff]$/.test(c) ? '\ufffd' : c).join('');
const expected = value => squeeze(value).normalize('NFC').replace(/^[\s\x85\u180e\u200b-\u200f\u2060\ufeff]+|[\s\x85\u180e\u200b-\u200f\u2060\ufeff]+$/g, '');
// In one line, without what shows nothing.
const loose = value => expected(value).replace(/[\u00ad\u200b\u2060\ufeff]/g, '').replace(/\s+/g, ' ');

// Elements of the page, so that one more is noticed.
const skeleton = html => [...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map(m => m[1].toLowerCase());

// Sends one text to a field of a page; true if it came back, or was refused with a sentence.
async function check(client, target, name, value, id) {
  const before = formOf((await client.get(target)).text, id);
  const reply = await client.post(target, fieldsOf(before, {[name]: value}));
  const what = `${target.replace(/.*\/(?=[a-z-]+(\/|$))/, '')} ${name} ${JSON.stringify(value).slice(0, 60)}`;
  if ([400, 413].includes(reply.status)) return textOf(reply.text).length > 50 || `${what}: refused without a sentence`;
  if (![303, 403, 422].includes(reply.status)) return `${what}: status ${reply.status}`;
  const html = reply.status === 303 ? (await client.get(target)).text : reply.text;
  if (/<script>alert|<img src=x|onerror=alert\(1\)>/.test(html)) return `${what}: markup in the page`;
  if (name === 'secret') return true; // never shown again
  const got = formOf(html, id).controls.find(c => c.name === name);
  if (!got) return `${what}: the field is gone`;
  if (loose(got.value) === loose(value)) return true;
  return reply.status === 422 || `${what}: came back as ${JSON.stringify(got.value).slice(0, 80)}`;
}

async function texts(client, target, name, count, id) {
  const faults = [];
  for (const value of [...EDGES, ...Array.from({length: count}, text)]) {
    const result = await check(client, target, name, value, id).catch(e => e.stack);
    if (result !== true) faults.push(result);
  }
  ok(!faults.length, `${target.replace(/CDS[^/]*/, 'REF')} ${name}: ${EDGES.length + count} texts come back or are refused`, faults.slice(0, 8).join('\n'));
}

await run({
  'without a browser': async () => {
    const client = new Client(server), {ref} = await client.begin({form: 'enterprise', size: 'small', questionnaire: 'dbi-sme@2025'});
    await texts(client, '/bat-dau', 'tax_code', 40);
    for (const target of await client.pages(ref)) {
      const form = formOf((await client.get(target)).text);
      for (const control of form.controls.filter(c => /^(text|textarea)$/.test(c.type) && !c.name.startsWith('why.')))
        await texts(client, target, control.name, control.name === 'name' || control.type === 'textarea' ? 120 : 20);
    }
    const reply = await client.get('/tiep-tuc?ma=' + encodeURIComponent('"><script>alert(1)</script>'));
    ok(!/<script>alert/.test(reply.text), 'what stands in the address is no markup');
  },

  'reasons why something does not apply': async () => {
    const client = new Client(server), {ref} = await client.begin({form: 'enterprise', size: 'medium', questionnaire: 'dbi-large@2025'});
    for (const target of await client.pages(ref)) {
      const why = formOf((await client.get(target)).text).controls.find(c => c.name.startsWith('why.'));
      if (!why) continue;
      await client.submit(target, {[why.name.replace('why.', 'na.')]: '1', [why.name]: 'vì'});
      await texts(client, target, why.name, 60);
      break;
    }
  },

  'in the browser': async () => {
    const client = new Client(server), {ref} = await client.begin();
    const target = (await client.pages(ref))[0], page = await open({client, javaScriptEnabled: false});
    const length = async () => skeleton((await client.get(`/ho-so/${ref}`)).text).length;
    const values = ['Tiệm may', '"><img src=x onerror=alert(1)><script>alert(1)</script>', 'Nguyễn Thị Ơn'.normalize('NFD'), 'abc <b>đậm</b> &amp;', '\u{1F600} ﬁ Ⅷ'];
    let alerts = 0, normal = null; // with a name like any other
    page.on('dialog', dialog => { alerts++; dialog.dismiss(); });
    for (const value of values) {
      await page.goto(server.url + target);
      await page.fill('#name', value);
      await page.click('main form .actions button.button');
      await page.goto(server.url + target);
      same(await page.inputValue('#name'), value.normalize('NFC').trim(), `shown again: ${JSON.stringify(value).slice(0, 40)}`);
      await page.goto(`${server.url}/ho-so/${ref}`);
      ok((await page.textContent('h1')).includes(value.normalize('NFC').trim()), 'and as text in the heading', await page.textContent('h1'));
      normal ??= await length();
      const grown = await length() - normal;
      ok(Math.abs(grown) <= 2, 'without new elements', grown);
    }
    same(alerts, 0, 'no script of theirs ran');
    await close(page);
  },
});
