// Whatever breaks between two clicks: what was answered is there afterwards.
import { Client, Server, close, formOf, ok, open, run, same } from './lib.mjs';

const server = await new Server().start();

// A dossier, and a page of the browser at its questions.
async function start(options = {}) {
  const client = new Client(server);
  const dossier = await client.begin();
  const page = await open({client, ...options});
  const at = `${server.url}/ho-so/${dossier.ref}/trang/1`;
  await page.goto(at);
  return {client, page, at, ...dossier};
}

const groups = page => page.$$eval('.question input[type=radio]', all => [...new Set(all.map(r => r.name))]);
const values = (page, name) => page.$$eval(`input[name="${name}"]`, all => all.map(r => r.value));
const chosen = (page, name) => page.$eval(`form`, (_, n) => (document.querySelector(`input[name="${n}"]:checked`) || {}).value || null, name);
const choose = (page, name, value) => page.check(`input[name="${name}"][value="${value}"]`);
const go_on = page => page.click('main form .actions button');
const saved = page => page.waitForFunction(() => /\d\d:\d\d/.test(document.querySelector('.saved').textContent) &&
  !document.querySelector('.saved').classList.contains('waits') && !Object.keys(sessionStorage).length);
const waits = page => page.waitForSelector('.saved.waits');

const values_of = async (s, name) => formOf((await s.client.get(`/ho-so/${s.ref}/trang/1`)).text).controls.filter(c => c.name === name).map(c => c.value);

// What the store has for a question, as another client of the same owner sees it.
async function stored(s, name, n = 1) {
  let reply = await s.client.get(`/ho-so/${s.ref}/trang/${n}`);
  if (reply.status === 403) {
    await s.client.resume(s);
    reply = await s.client.get(`/ho-so/${s.ref}/trang/${n}`);
  }
  const form = formOf(reply.text);
  return (form.controls.find(c => c.name === name && c.checked) || {}).value || null;
}

async function type_code(page, s) {
  await page.fill('#reference', s.ref);
  await page.fill('#secret', s.secret);
  await page.click('main form .actions button');
}

async function expiry(javaScriptEnabled) {
  const s = await start({javaScriptEnabled}), how = javaScriptEnabled ? 'with the script' : 'without a script';
  const [name, second] = await groups(s.page), value = (await values(s.page, name))[1];
  server.endSessions();
  await choose(s.page, name, value);
  await choose(s.page, second, (await values(s.page, second))[0]);
  if (javaScriptEnabled) {
    await waits(s.page);
    ok(await s.page.$('.saved a[href$="/tiep-tuc"]'), 'session over: the script says so and links to where the code is typed');
  }
  await go_on(s.page);
  await s.page.waitForSelector('#secret');
  ok(await s.page.$('.notice'), `session over, ${how}: the form is kept until the code was typed`);
  await s.page.fill('#reference', s.ref);
  await s.page.fill('#secret', '0000 0000 0000');
  await s.page.click('main form .actions button');
  ok(await s.page.$('.faults'), `session over, ${how}: a wrong code is refused`);
  await type_code(s.page, s);
  await s.page.waitForURL(/\/ho-so\/[^/]+\/(trang\/2|phan\/1)/);
  same(await stored(s, name), value, `session over, ${how}: the first answer is there`);
  ok(await stored(s, second), `session over, ${how}: the second answer is there`);
  await s.page.goto(s.at);
  same(await chosen(s.page, name), value, `session over, ${how}: and shown`);
  await close(s.page);
}

await run({
  'expiry without a script': () => expiry(false),
  'expiry with the script': () => expiry(true),

  'reload and back': async () => {
    const s = await start();
    const [name, second] = await groups(s.page), value = (await values(s.page, name))[1];
    await choose(s.page, name, value);
    await saved(s.page);
    same(await stored(s, name), value, 'an answer is stored before Continue');
    await s.page.reload();
    same(await chosen(s.page, name), value, 'reload: the answer is there');
    await choose(s.page, second, (await values(s.page, second))[1]);
    await go_on(s.page);
    await s.page.waitForURL(url => url.pathname !== new URL(s.at).pathname);
    ok(!await s.page.$('.faults'), 'Continue after autosave finds no conflict');
    await s.page.goBack();
    same(await chosen(s.page, name), value, 'back: the answer is there');
    ok(await chosen(s.page, second), 'back: the other is there, too');
    ok(!s.page.problems.length, 'no error of the script', s.page.problems);
    await close(s.page);
  },

  'two windows': async () => {
    const s = await start({javaScriptEnabled: false});
    const twin = await s.page.context().newPage();
    const [name, second] = await groups(s.page), [a, b, c] = await values(s.page, name);
    await twin.goto(s.at);
    await choose(s.page, name, a);
    await go_on(s.page);
    await choose(twin, second, (await values(twin, second))[1]);
    await go_on(twin);
    ok(!await twin.$('.faults'), 'two windows, two questions: no conflict');
    same(await stored(s, name), a, 'the answer of the first window stays');
    ok(await stored(s, second), 'the answer of the second window is there');
    await s.page.goto(s.at);
    await twin.goto(s.at);
    await choose(s.page, name, b);
    await go_on(s.page);
    await choose(twin, name, c);
    await go_on(twin);
    ok(await twin.$('.faults'), 'the same question in two windows: asked which');
    same(await chosen(twin, name), c, 'the own answer is still chosen');
    const label = await s.page.goto(s.at).then(() => s.page.$eval(`input[name="${name}"][value="${b}"]`, i => i.labels[0].firstElementChild.nextElementSibling.firstChild.textContent.trim()));
    ok((await twin.textContent('.faults')).includes(label), 'the other answer is shown', `${label} / ${await twin.textContent('.faults')}`);
    same(await stored(s, name), b, 'nothing is overwritten before that');
    await go_on(twin);
    same(await stored(s, name), c, 'Continue again takes what was seen');
    await close(s.page);
  },

  'no connection': async () => {
    const s = await start();
    const names = await groups(s.page);
    const wanted = [];
    await s.page.context().setOffline(true);
    await waits(s.page);
    ok(true, 'offline is said at once');
    await s.page.$eval('.saved', status => {
      window.told = [];
      new MutationObserver(() => window.told.push(status.classList.contains('waits'))).observe(status, {attributes: true, childList: true, subtree: true});
    });
    for (const name of names.slice(0, 2)) {
      wanted.push((await values(s.page, name))[1]);
      await choose(s.page, name, wanted.at(-1));
    }
    await s.page.waitForTimeout(500); // it was tried and failed meanwhile
    same(await s.page.evaluate(() => window.told.filter(waits => !waits).length), 0, 'offline: a try to save never claims otherwise');
    await go_on(s.page);
    ok(s.page.url() === s.at && await s.page.$('.saved.waits'), 'offline: Continue keeps the page and says why');
    await s.page.context().setOffline(false);
    await saved(s.page);
    for (const i of [0, 1]) same(await stored(s, names[i]), wanted[i], `online again: answer ${i + 1} was sent by itself`);
    ok(!s.page.problems.length, 'no error of the script', s.page.problems);
    await close(s.page);
  },

  'saving fails': async () => {
    const s = await start();
    const [name, second] = await groups(s.page), value = (await values(s.page, name))[1];
    await s.page.route('**/luu', route => route.abort());
    await choose(s.page, name, value);
    await waits(s.page);
    await s.page.reload();
    same(await chosen(s.page, name), value, 'not sent, page loaded again: the answer is put in again');
    await choose(s.page, second, (await values(s.page, second))[0]);
    await s.page.unroute('**/luu');
    await s.page.reload();
    await saved(s.page);
    same(await stored(s, name), value, 'it is sent as soon as that works');
    ok(await stored(s, second), 'so is the other');
    await go_on(s.page);
    await s.page.waitForURL(url => url.pathname !== new URL(s.at).pathname);
    ok(!await s.page.$('.faults'), 'and Continue finds no conflict');
    await close(s.page);
  },

  'straight on': async () => {
    const s = await start();
    const sent = [];
    s.page.on('request', r => { if (/trang|phan/.test(r.url())) sent.push(`${r.method()} ${new URL(r.url()).pathname}`); });
    const names = await groups(s.page);
    await choose(s.page, names[0], (await values(s.page, names[0]))[1]);
    await saved(s.page);
    await go_on(s.page);
    await s.page.waitForURL(url => url.pathname !== new URL(s.at).pathname);
    const next = new URL(s.page.url()).pathname;
    same(sent.join(', '), `POST ${new URL(s.at).pathname}, GET ${next}`, 'with questions left open Continue is a form: it is told what is next');
    await s.page.goto(s.at);
    for (const name of names) await choose(s.page, name, (await values(s.page, name))[2]);
    await saved(s.page);
    const onward = next.replace(/phan\/1$/, 'trang/2'); // a part without open answers needs no list of them
    sent.length = 0;
    const taken = () => server.said.split('method=POST route=/ho-so/:ref/trang/:n status=303').length;
    const asked = () => server.said.split(`method=GET route=/ho-so/:ref/${onward.split('/')[3]}/:n status=200`).length;
    const before = taken(), shown = asked();
    await go_on(s.page);
    await s.page.waitForURL(url => url.pathname !== new URL(s.at).pathname);
    same(new URL(s.page.url()).pathname, onward, 'with all answered and saved it leads on');
    for (let i = 0; i < 100 && taken() === before; i++) await s.page.waitForTimeout(50);
    same(taken(), before + 1, 'the form is sent beside it');
    await s.page.waitForTimeout(500); // longer than a redirection would take to be followed
    same(asked(), shown + 1, 'and the page is asked for once');
    for (const name of names) same(await stored(s, name), (await values_of(s, name))[2], `${name} is stored`);
    await s.page.goBack();
    await s.page.waitForURL(s.at);
    await choose(s.page, names[0], (await values(s.page, names[0]))[0]);
    await go_on(s.page); // at once: not saved yet
    await s.page.waitForURL(url => url.pathname === onward);
    same(await stored(s, names[0]), (await values_of(s, names[0]))[0], 'changed and left at once: stored too');
    ok(!s.page.problems.length, 'no error of the script', s.page.problems);
    await close(s.page);
  },

  'a slow line': async () => {
    const s = await start();
    const [name] = await groups(s.page), [a, b] = await values(s.page, name);
    await s.page.route('**/luu', async route => { await new Promise(r => setTimeout(r, 700)); await route.continue(); });
    await choose(s.page, name, a);
    await s.page.waitForTimeout(400); // it is on its way
    await choose(s.page, name, b);
    await go_on(s.page);
    await s.page.waitForURL(url => url.pathname !== new URL(s.at).pathname);
    ok(!await s.page.$('.faults'), 'an answer changed while the first one was on its way: no conflict with oneself');
    same(await stored(s, name), b, 'the last one counts');
    await close(s.page);
  },

  'the server dies': async () => {
    const s = await start();
    const [name, second, third] = await groups(s.page), value = (await values(s.page, name))[1];
    await choose(s.page, name, value);
    await saved(s.page);
    await server.crash();
    same(await stored(s, name), value, 'killed after an answer: it is there');
    await choose(s.page, second, (await values(s.page, second))[1]);
    await saved(s.page);
    await server.stop('SIGKILL');
    if (third) await choose(s.page, third, (await values(s.page, third))[1]);
    else await choose(s.page, second, (await values(s.page, second))[0]);
    await waits(s.page);
    await server.start();
    await s.page.evaluate(() => dispatchEvent(new Event('online')));
    await saved(s.page);
    ok(await stored(s, third || second), 'answered while it was down: sent when it is back');
    await go_on(s.page);
    await s.page.waitForURL(url => url.pathname !== new URL(s.at).pathname);
    ok(!await s.page.$('#secret'), 'the session is still open');
    await close(s.page);
  },

  'leaving': async () => {
    const s = await start();
    const [name] = await groups(s.page);
    await s.page.route('**/luu', route => route.abort());
    await choose(s.page, name, (await values(s.page, name))[0]);
    await waits(s.page);
    await s.page.click('[data-leave] button');
    await s.page.waitForURL(url => url.pathname === '/');
    same(await s.page.evaluate(() => Object.keys(sessionStorage).length), 0, 'leaving: nothing stays on the device');
    await s.page.goto(s.at);
    ok(await s.page.$('#secret'), 'and the dossier is closed');
    await s.page.goto('about:blank');
    await s.page.goto(s.link);
    await s.page.waitForURL(/\/ho-so\//);
    ok(!s.page.url().includes('#'), 'the link opens it again and leaves no secret in the address');
    await close(s.page);
  },
});
