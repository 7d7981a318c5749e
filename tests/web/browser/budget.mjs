// What a page may cost on a cheap phone: bytes and requests are held, times on a slow line are told.
import fs from 'node:fs';
import path from 'node:path';
import { Client, ROOT, Server, close, diag, gzip, ok, open, run } from './lib.mjs';

const server = await new Server().start();
const asset = name => fs.readFileSync(path.join(ROOT, 'src/web/kit/assets', name));
const css = gzip(asset('app.css')), js = gzip(asset('app.js'));
const BYTES_PAGE = 14000, BYTES_SCRIPT = 5000, BYTES_RESULT = 30000;

async function slow(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', {offline: false, latency: 400, downloadThroughput: 400000 / 8, uploadThroughput: 400000 / 8});
  await cdp.send('Emulation.setCPUThrottlingRate', {rate: 4});
}

await run({
  'bytes': async () => {
    const client = new Client(server);
    diag(`app.css ${css} bytes, app.js ${js} bytes (gzip)`);
    ok(js <= BYTES_SCRIPT, `script: at most ${BYTES_SCRIPT} bytes`, js);
    for (const questionnaire of ['dbi-large@2025', 'dbi-sme@2025']) {
      const {ref} = await client.begin({form: 'enterprise', size: questionnaire.includes('large') ? 'medium' : 'small', questionnaire});
      for (const target of await client.pages(ref)) {
        const bytes = gzip((await client.get(target)).raw) + css;
        ok(bytes <= BYTES_PAGE, `${questionnaire} ${target.replace(/.*\/(?=[a-z-]+\/)/, '')}: HTML and CSS at most ${BYTES_PAGE} bytes`, bytes);
      }
    }
  },
  'result': async () => {
    const client = new Client(server), {ref} = await client.begin({form: 'enterprise', size: 'small', questionnaire: 'dbi-sme@2021'});
    await client.fill(ref, values => values[Math.min(2, values.length - 1)]);
    const reply = await client.get(await client.hand_in(ref));
    if (reply.status === 200) {
      diag(`result: ${gzip(reply.raw)} bytes (gzip), ${reply.raw.length} bytes`);
      ok(gzip(reply.raw) + css <= BYTES_RESULT, `result: at most ${BYTES_RESULT} bytes`, gzip(reply.raw));
    } else ok(false, 'there is a page of the result', reply.status);
    const page = await open({client, width: 390, height: 844}), below = selector => page.$eval(selector, e => Math.round(e.getBoundingClientRect().bottom));
    await page.goto(`${server.url}/ho-so/${ref}/ket-qua`);
    for (const part of ['.head h1', '.tag', '.head figure', '.money']) ok(await below(part) <= 844, `390 px: ${part} is on the first screen`, await below(part));
    ok(await below('.steps > li:nth-child(3)') <= 2 * 844, '390 px: three tasks are on the second', await below('.steps > li:nth-child(3)'));
    await page.setViewportSize({width: 320, height: 640});
    await page.$$eval('details', all => all.forEach(d => { d.open = true; }));
    const wide = await page.$$eval('table', all => all.filter(t => t.scrollWidth > t.clientWidth + 1 || t.getBoundingClientRect().right > innerWidth).map(t => t.textContent.slice(0, 60)));
    ok(!wide.length, '320 px: no table is wider than the screen', wide);
    await close(page);
  },
  'requests': async () => {
    const client = new Client(server), {ref} = await client.begin(), page = await open({client});
    const seen = [];
    page.on('request', request => seen.push(request));
    await slow(page);
    let from = Date.now();
    await page.goto(`${server.url}/ho-so/${ref}/trang/1`);
    diag(`slow 3G, cold: ${Date.now() - from} ms (goal 2500)`);
    const icon = /icon\.svg$/; // of the tab, loaded when the page is there
    await page.waitForLoadState('networkidle');
    ok(seen.filter(r => !icon.test(r.url())).length <= 3, 'cold: at most 3 requests', seen.map(r => r.url()));
    ok(seen.every(r => r.url().startsWith(server.url)), 'nothing comes from elsewhere');
    seen.length = 0;
    const sent = [];
    page.on('requestfinished', request => sent.push(request.sizes().then(sizes => [request.url(), sizes.responseBodySize], () => [request.url(), 0])));
    // from the click to the end of loading: playwright itself takes most of a second before it clicks
    const next = async () => {
      await page.evaluate(() => document.addEventListener('click', () => { window.name = `${Date.now()}`; }));
      await Promise.all([page.waitForURL(/trang\/2|phan\/1/), page.click('main form .actions button.button')]);
      return page.evaluate(() => Math.round(performance.timeOrigin + performance.getEntriesByType('navigation')[0].loadEventEnd - window.name));
    };
    diag(`slow 3G, next page, questions left open: ${await next()} ms (goal 1000)`);
    const again = (await Promise.all(sent)).filter(([url, bytes]) => /\/static\//.test(url) && !icon.test(url) && bytes > 0);
    ok(seen.filter(r => r.method() === 'GET' && !/\/static\//.test(r.url())).length === 1 && !again.length, 'warm: one request for the next page, the rest is kept', [...seen.map(r => r.url()), ...again]);
    await page.goto(`${server.url}/ho-so/${ref}/trang/1`);
    await page.$$eval('.question input[type=radio]', all => all.forEach(radio => radio.click()));
    await page.waitForFunction(() => !Object.keys(sessionStorage).length && /\d\d:\d\d/.test(document.querySelector('.saved').textContent));
    diag(`slow 3G, next page, all answered: ${await next()} ms (goal 1000)`);
    await close(page);
  },
  'caches': async () => {
    const client = new Client(server), html = (await client.get('/')).text;
    const paths = [...html.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(m => m[1]);
    ok(paths.length >= 3, 'style sheet, script and icon', paths);
    for (const target of paths) {
      const {headers, status, text} = await client.get(target);
      ok(/^(<svg .*<\/svg>\s*$|\/\*)/s.test(text) && !/^[<>=]{7}/m.test(text), `${target.replace(/.*\//, '')} is whole`, text.slice(0, 80));
      ok(status === 200 && /immutable/.test(headers['cache-control']), `${target.replace(/.*\//, '')} may be kept for ever`, headers);
    }
  },
});
