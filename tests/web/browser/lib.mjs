// What the suites in a browser share: a server of their own, TAP, a client without a browser that
// fills in forms quickly, and the checks that every page has to pass.
import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const DXREADY = process.env.DXREADY || path.join(ROOT, 'build/dxready');

// ---- TAP ----

let count = 0, failed = 0;
const cleanups = [];

export function ok(condition, name, detail) {
  count++;
  if (!condition) failed++;
  console.log(`${condition ? 'ok' : 'not ok'} ${count} - ${String(name).replace(/[\n#]/g, ' ')}`);
  if (!condition && detail !== undefined) diag(typeof detail === 'string' ? detail : JSON.stringify(detail, null, 1));
  return !!condition;
}

export const same = (got, want, name) => ok(got === want, name, `got  ${JSON.stringify(got)}\nwant ${JSON.stringify(want)}`);

export function diag(text) {
  for (const line of String(text).slice(0, 4000).split('\n')) console.log(`# ${line}`);
}

// Runs the tests of a suite one after the other; one that throws is a failure, not the end.
export async function run(tests) {
  const only = process.argv[2];
  for (const [name, test] of Object.entries(tests)) {
    if (only && !name.includes(only)) continue;
    const from = Date.now();
    try {
      await test();
    } catch (error) {
      ok(false, name, error.stack);
    }
    diag(`${name}: ${Date.now() - from} ms`);
  }
  await finish();
}

async function finish() {
  for (const cleanup of cleanups.reverse()) await cleanup().catch(e => diag(e.stack));
  console.log(`1..${count}`);
  process.exit(failed || !count ? 1 : 0);
}

// ---- the server ----

export class Server {
  constructor(options = []) {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dxready-web-'));
    this.db = path.join(this.folder, 'dossiers.db');
    this.options = options;
    this.port = 0;
    cleanups.push(async () => {
      await this.stop();
      fs.rmSync(this.folder, {recursive: true, force: true});
    });
  }

  async start() {
    const child = spawn(DXREADY, ['serve', '--listen', `127.0.0.1:${this.port}`, '--db', this.db, ...this.options],
      {cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe']});
    this.child = child;
    this.said = '';
    child.stderr.on('data', data => { this.said += data; });
    this.url = await new Promise((resolve, reject) => {
      child.stdout.on('data', data => {
        this.said += data;
        const url = /http:\/\/[\w.:[\]-]+/.exec(this.said);
        if (url) resolve(url[0]);
      });
      child.on('error', reject);
      child.on('exit', code => reject(new Error(`the server ended with ${code}: ${this.said}`)));
    });
    this.port = Number(new URL(this.url).port);
    return this;
  }

  async stop(signal = 'SIGTERM') {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode) return;
    const end = once(this.child, 'exit');
    this.child.kill(signal);
    await end;
  }

  // Dies between two clicks, as machines do, and comes back at the same address.
  async crash() {
    await this.stop('SIGKILL');
    await this.start();
  }

  sql(text) {
    return execFileSync('sqlite3', ['-cmd', '.timeout 5000', this.db, text], {encoding: 'utf8'}).trim();
  }

  endSessions() {
    this.sql('delete from session');
  }
}

// ---- a client without a browser ----

const decode = text => text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (all, name) => {
  const known = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0'};
  if (name[0] !== '#') return known[name] || all;
  return String.fromCodePoint(/^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1)));
});

const attributes = tag => Object.fromEntries([...tag.matchAll(/([\w.:-]+)(?:="([^"]*)")?/g)].slice(1)
  .map(m => [m[1], m[2] === undefined ? true : decode(m[2])]));

// The controls of a form: [{name, type, value, checked, options}], with its action.
export function formOf(html, id = 'page') {
  const forms = [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(m => m[0]);
  const form = forms.find(f => attributes(/<form[^>]*>/.exec(f)[0]).id === id) || (id === 'page' && forms[0]);
  if (!form) throw new Error(`no form #${id} in: ${textOf(html).slice(0, 500)}`);
  const controls = [];
  for (const m of form.matchAll(/<(input|select|textarea)\b[^>]*>(?:([\s\S]*?)<\/\1>)?/g)) {
    const found = m[1] === 'input' ? /<input\b[^>]*>/.exec(m[0])[0] : m[0].slice(0, m[0].indexOf('>') + 1);
    const a = attributes(found);
    if (!a.name) continue;
    const control = {name: a.name, type: m[1] === 'input' ? a.type || 'text' : m[1], value: a.value === undefined || a.value === true ? '' : a.value, checked: !!a.checked, inputmode: a.inputmode};
    if (m[1] === 'textarea') control.value = decode((m[2] || '').replace(/^\n/, ''));
    if (m[1] === 'select') {
      control.options = [...(m[2] || '').matchAll(/<option\b[^>]*>/g)].map(o => attributes(o[0]));
      control.value = (control.options.find(o => o.selected) || control.options[0] || {}).value || '';
    }
    controls.push(control);
  }
  return {action: attributes(/<form[^>]*>/.exec(form)[0]).action, controls, html: form};
}

// What a browser would send for it, changed by `set` (name -> value, list of values, or null).
export function fieldsOf(form, set = {}) {
  const pairs = [];
  const done = new Set();
  for (const c of form.controls) {
    if (c.name in set) {
      if (!done.has(c.name) && set[c.name] !== null)
        for (const value of [].concat(set[c.name])) pairs.push([c.name, value]);
      done.add(c.name);
    } else if (!/radio|checkbox/.test(c.type) || c.checked) pairs.push([c.name, c.value]);
  }
  for (const name of Object.keys(set))
    if (!done.has(name) && set[name] !== null) for (const value of [].concat(set[name])) pairs.push([name, value]);
  return pairs;
}

export const textOf = html => decode(html.replace(/<(head|script|style)\b[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '));

export const PASSWORD = 'mua xuan da ve roi';
let entered = 0;

// The code of a telephone, now or so many steps of 30 seconds away (RFC 6238). Each is taken once.
export function totp(key, step = 0) {
  const bits = [...key.replace(/ /g, '')].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + step));
  const digest = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)))).update(counter).digest();
  return String((digest.readUInt32BE(digest[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

export class Client {
  constructor(server) {
    this.server = server;
    this.cookies = {};
  }

  send(method, target, {headers = {}, body} = {}) {
    const cookie = Object.entries(this.cookies).map(([k, v]) => `${k}=${v}`).join('; ');
    const options = {method, headers: {...(cookie && {Cookie: cookie}), ...(body !== undefined && {'Content-Length': Buffer.byteLength(body)}), ...headers}};
    return new Promise((resolve, reject) => {
      const request = http.request(new URL(target, this.server.url), options, reply => {
        const parts = [];
        for (const line of reply.headers['set-cookie'] || []) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
          if (/max-age=0/i.test(line)) delete this.cookies[name];
          else this.cookies[name] = value;
        }
        reply.on('data', part => parts.push(part));
        reply.on('end', () => {
          const raw = Buffer.concat(parts);
          resolve({status: reply.statusCode, headers: reply.headers, raw, text: raw.toString('utf8')});
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  get(target, headers) {
    return this.send('GET', target, {headers});
  }

  post(target, fields, headers = {}) {
    const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
    return this.send('POST', target, {body, headers: {'Content-Type': 'application/x-www-form-urlencoded', ...headers}});
  }

  // Sends a file by the form of a page.
  async upload(target, name, content, fields = {}) {
    const token = fieldsOf(formOf((await this.get(target)).text)).find(([name]) => name === 'token')[1], edge = 'edge-of-a-part';
    const part = (what, data) => [`--${edge}\r\nContent-Disposition: form-data; ${what}\r\n\r\n`, data, '\r\n'];
    const parts = [...part('name="token"', token), ...Object.entries(fields).flatMap(([key, value]) => part(`name="${key}"`, value)), ...part(`name="file"; filename="${name}"`, content), `--${edge}--\r\n`];
    const body = Buffer.concat(parts.map(p => Buffer.from(p)));
    return this.send('POST', target, {body, headers: {'Content-Type': `multipart/form-data; boundary=${edge}`}});
  }

  // Fills in the form of a page and sends it.
  async submit(target, set, id) {
    const page = await this.get(target);
    const form = formOf(page.text, id);
    return this.post(form.action || target, fieldsOf(form, typeof set === 'function' ? set(form) : set));
  }

  // A new dossier: {ref, secret, link}.
  async begin({form = 'household', size = 'micro', questionnaire, tax_code, lang = ''} = {}) {
    let reply = await this.submit(`${lang}/bat-dau`, {form, size, section: '', ...(tax_code ? {tax_code} : {no_tax_code: '1'})});
    if (reply.status === 200 || reply.status === 422) {
      const choice = formOf(reply.text);
      const offered = choice.controls.filter(c => c.name === 'questionnaire').map(c => c.value);
      const chosen = offered.find(o => questionnaire && o.startsWith(questionnaire)) || offered[0];
      reply = await this.post(`${lang}/bat-dau`, fieldsOf(choice, {questionnaire: chosen}));
    }
    if (reply.status !== 303) throw new Error(`/bat-dau: ${reply.status} ${textOf(reply.text)}`);
    const ref = /\/ho-so\/([^/]+)\/ma/.exec(reply.headers.location)[1];
    const code = JSON.parse((await this.get(`/ho-so/${ref}/ma`, {Accept: 'application/json'})).text);
    return {ref, secret: code.secret, link: code.link};
  }

  async resume({ref, secret}) {
    return this.submit('/tiep-tuc', {reference: ref, secret}, 'resume');
  }

  // Pages of facts and questions of a dossier that there are: ["/ho-so/REF/thong-tin/1", ...].
  async pages(ref) {
    const found = [];
    for (const kind of ['thong-tin', 'trang']) {
      for (let n = 1; n < 200; n++) {
        const target = `/ho-so/${ref}/${kind}/${n}`;
        if ((await this.get(target)).status !== 200) break;
        found.push(target);
      }
    }
    return found;
  }

  // Answers everything that is open on all pages; `pick` chooses one of the values of a question.
  async fill(ref, pick = values => values[values.length - 1]) {
    for (const target of await this.pages(ref)) {
      const reply = await this.submit(target, form => answersFor(form, pick));
      if (reply.status !== 303) throw new Error(`${target}: ${reply.status} ${textOf(reply.text).slice(0, 1000)}`);
    }
  }

  // Consents and submits.
  async hand_in(ref) {
    const reply = await this.submit(`/ho-so/${ref}/kiem-tra`, {consent: '1'});
    if (reply.status !== 303) throw new Error(`kiem-tra: ${reply.status} ${textOf(reply.text).slice(0, 1000)}`);
    return reply.headers.location;
  }

  // An account of its own, set up by its link: {name, key, codes}.
  async enter(role, ...areas) {
    const name = `${role}-${++entered}`, words = areas.length ? ['--area', areas.join(',')] : [];
    const said = execFileSync(DXREADY, ['user', 'add', name, `Lê Thị ${role}`, '--role', role, '--db', this.server.db, '--json', ...words], {encoding: 'utf8'});
    const link = new URL(JSON.parse(said).link).pathname;
    await this.submit(link, {password: PASSWORD});
    const {text} = await this.get('/can-bo/lop-thu-hai');
    const key = /class="key">([A-Z2-7 ]+)</.exec(text)[1], codes = [...text.matchAll(/<li>([0-9A-Z]{4}-[0-9A-Z]{4})</g)].map(m => m[1]);
    const reply = await this.submit('/can-bo/lop-thu-hai', {code: totp(key, -1), kept: '1'});
    if (reply.status !== 303) throw new Error(`lop-thu-hai: ${reply.status} ${textOf(reply.text).slice(0, 1000)}`);
    return {name, key, codes};
  }

  // Cookies as a context of the browser takes them.
  forBrowser() {
    return Object.entries(this.cookies).map(([name, value]) => ({name, value, url: this.server.url}));
  }
}

export function answersFor(form, pick) {
  const set = {};
  const groups = new Map();
  for (const c of form.controls) {
    if (c.type === 'radio') groups.set(c.name, [...(groups.get(c.name) || []), c]);
    if (c.type === 'checkbox' && c.name.startsWith('q.') && !set[c.name]) set[c.name] = [c.value];
    if (c.name === 'name' && !c.value) set.name = 'Hộ kinh doanh Nguyễn Thị Ơn';
    if (/^q\./.test(c.name) && /text/.test(c.type) && !c.value) set[c.name] = c.inputmode === 'numeric' ? '5' : 'Đã có';
  }
  for (const [name, list] of groups)
    if (name.startsWith('q.') && !list.some(c => c.checked)) set[name] = pick(list.map(c => c.value));
  return set;
}

// ---- the browser ----

let browser = null;

export async function launch() {
  if (!browser) {
    browser = await chromium.launch({executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage']});
    cleanups.push(() => browser.close());
  }
  return browser;
}

// A page in a context of its own; `client` lends its session. `withAxe`: each document brings axe along, which is three
// times as fast as sending it there where many are checked.
export async function open({width = 320, height = 640, client, withAxe, ...options} = {}) {
  const context = await (await launch()).newContext({viewport: {width, height}, locale: 'vi-VN', ...options});
  context.setDefaultTimeout(8000);
  context.setDefaultNavigationTimeout(60000); // the first page comes late where all processors are busy
  if (client) await context.addCookies(client.forBrowser());
  const page = await context.newPage();
  if (withAxe) await page.addInitScript(AXE);
  page.problems = []; // errors of scripts, and what the policy of the site refused
  page.on('pageerror', error => page.problems.push(error.message));
  page.on('console', message => { if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) page.problems.push(message.text()); });
  return page;
}

export const close = page => page.context().close();

// ---- checks of pages ----

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// Violations, one line each; [] is fine. `rules` are those to look for, instead of all.
export async function axe(page, rules) {
  await page.evaluate(() => scrollTo(0, 0)); // else what sticks to the top lies over what was scrolled to
  if (!await page.evaluate('typeof axe === "object"')) await page.evaluate(AXE);
  const only = rules ? {type: 'rule', values: rules} : {type: 'tag', values: AXE_TAGS};
  const result = await page.evaluate(runOnly => globalThis.axe.run(document, {runOnly, resultTypes: ['violations']}), only);
  return result.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary.replace(/\s+/g, ' ')}`));
}

let validator = null;

// Faults of the markup as it was sent, one line each.
export async function validate(html) {
  if (!validator) {
    const { HtmlValidate } = await import('html-validate');
    validator = new HtmlValidate({
      extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
      rules: {
        'long-title': ['error', {maxlength: 140}],
        'heading-level': ['error', {minInitialRank: 'h2'}], // the summary of faults stands before h1
        'no-trailing-whitespace': 'off',
        'valid-id': ['error', {relaxed: true}], // ids are those of questions: "q.a1"
        'form-dup-name': ['error', {shared: ['radio', 'checkbox', 'submit', 'button']}],
        'doctype-style': ['error', {style: 'lowercase'}],
        'require-sri': 'off', // nothing comes from elsewhere
        'no-implicit-button-type': 'off',
        'prefer-native-element': 'off',
        'svg-focusable': 'off',
        'no-redundant-role': 'off', // tables that style sheets make blocks of on telephones need theirs
      },
    });
  }
  const report = await validator.validateString(html);
  return report.results.flatMap(r => r.messages.map(m => `${m.ruleId} ${m.line}:${m.column}: ${m.message}: ${html.split('\n')[m.line - 1].slice(Math.max(0, m.column - 30), m.column + 80)}`));
}

export const gzip = text => gzipSync(Buffer.from(text), {level: 9}).length;

// Elements that stick out at the right; [] is fine.
export const overflow = page => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1)
    .map(e => `${e.tagName} ${e.className} ${e.textContent.slice(0, 40)}`).slice(0, 5);
});

// The routes of the site, as include/web/routes.h includes them from its wings: [{method, pattern, who}].
export function routes() {
  const read = name => fs.readFileSync(path.join(ROOT, 'include', name), 'utf8');
  const text = [...read('web/routes.h').matchAll(/^#include "(.*)"/gm)].map(([, name]) => read(name)).join('');
  return [...text.matchAll(/^ROUTE\((\w+),\s*"([^"]+)",\s*(\w+),\s*(\w+),\s*(\w+),\s*(\w+),\s*(\w+)/gm)]
    .map(([, method, pattern, who, queue, cookie, body, handler]) => ({method, pattern, who, queue, cookie: cookie === 'true', body, handler}));
}
