// Every page and state of the site, for the suites that look at all of them. Pages come from
// include/web/routes.h, so none can be forgotten; states of forms that went wrong are added by hand.
import { Client, DXREADY, PASSWORD, fieldsOf, formOf, routes } from './lib.mjs';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

// The smallest picture that there is.
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

// The states that dossiers can be in, each with a client that has it open.
async function dossiers(server) {
  const draft = new Client(server), done = new Client(server), small = new Client(server), eu = new Client(server);
  const d = await draft.begin(), s = await done.begin();
  const l = await small.begin({form: 'enterprise', size: 'small', questionnaire: 'dbi-sme@2025'});
  const e = await eu.begin({form: 'enterprise', size: 'small', questionnaire: 'eu-dma-sme'});
  const result = [], kinds = new Set();

  await draft.upload(`/ho-so/${d.ref}/minh-chung/1.1`, 'gia.png', png);
  await done.fill(s.ref);
  await done.hand_in(s.ref);
  result.push({name: 'draft', client: draft, ...d}, {name: 'submitted', client: done, ...s},
    {name: 'enterprise', client: small, ...l}, {name: 'European', client: eu, ...e});
  for (const dossier of result) {
    dossier.pages = await dossier.client.pages(dossier.ref);
    dossier.chosen = [];
    for (const target of dossier.pages) if (await is_new(dossier, target, kinds)) dossier.chosen.push(target);
  }
  return result;
}

// Pages of questions are alike: those are looked at that have a kind of control that none before had.
async function is_new(dossier, target, kinds) {
  const {html, controls} = formOf((await dossier.client.get(target)).text);
  const found = [...controls.map(c => c.type), ...html.matchAll(/class="(row|na|evidence|date|unit)"/g)].map(String);
  const is_facts = target.includes('/thong-tin/'), unseen = found.filter(f => !kinds.has(f));
  unseen.forEach(f => kinds.add(f));
  return is_facts ? dossier.name === 'draft' : unseen.length > 0 || target.endsWith('/trang/1') && dossier.name === 'draft';
}

// What stands for ":text" in a path: links of the pages of the dossier tell.
async function texts(dossier, pattern) {
  const prefix = pattern.replace(':ref', dossier.ref).split(':text')[0];
  for (const target of dossier.ref ? [...dossier.pages, `/ho-so/${dossier.ref}`] : ['/', '/chinh-sach']) {
    const {text} = await dossier.client.get(target);
    const asked = prefix.endsWith('/minh-chung/') && /name="evidence" value="([^"]+)"/.exec(text);
    if (asked) return prefix + asked[1];
    const found = text.split('href="').map(p => p.slice(0, p.indexOf('"'))).find(h => h.startsWith(prefix));
    if (found) return found.split('#')[0];
  }
  return prefix + 'x';
}

async function pathsOf(route, dossier) {
  if (route.pattern.includes(':text')) return [await texts(dossier, route.pattern)];
  const path = route.pattern.replace(':ref', dossier.ref);
  if (!path.includes(':n')) return [path];
  if (path.includes('/cau/')) return dossier.name === 'draft' || dossier.name === 'European' ? [path.replace(':n', '1')] : [];
  if (/(thong-tin|trang)\/:n$/.test(path)) return dossier.chosen.filter(p => p.startsWith(path.replace(':n', '')));
  return [path.replace(':n', '1')];
}

// [{name, pattern, client, path, status, post}]: `post` are the fields to send instead of a GET.
export async function states(server) {
  const all = await dossiers(server), nobody = new Client(server), list = [];
  const [draft, submitted, enterprise] = all;

  for (const route of routes().filter(r => r.method === 'GET' && !r.pattern.startsWith('/can-bo'))) {
    for (const dossier of route.who === 'OWNER' ? all : [{name: 'anybody', client: nobody, ref: '', pages: []}])
      for (const path of await pathsOf(route, dossier))
        list.push({name: `${route.pattern} ${dossier.name} ${path.replace(/^.*\/(?=\d+$)/, '')}`, pattern: route.pattern, client: dossier.client, path});
  }
  const trang = draft.pages.find(p => p.includes('/trang/')), facts = draft.pages.filter(p => p.includes('/thong-tin/'));
  const add = (name, client, path, post) => list.push({name: `state: ${name}`, client, path, post});
  add('no such page', nobody, '/khong-co', null);
  add('no session', nobody, `/ho-so/${draft.ref}`, null);
  add('begin, nothing said', nobody, '/bat-dau', {});
  add('begin, choice of questionnaires', nobody, '/bat-dau', {form: 'household', no_tax_code: '1', size: 'micro'});
  add('wrong code', nobody, '/tiep-tuc', {reference: draft.ref, secret: '0000 0000 0000'});
  add('session over, form kept', nobody, trang, {});
  add('check without consent', draft.client, `/ho-so/${draft.ref}/kiem-tra`, {});
  for (const path of facts) {
    const form = formOf((await draft.client.get(path)).text);
    const wrong = Object.fromEntries(form.controls.filter(c => c.type === 'text' && c.name !== 'name').map(c => [c.name, 'sai \u202e<b>']));
    add(`facts that cannot be read, ${path.replace(/.*\//, '')}`, draft.client, path, wrong);
  }
  add('two windows', draft.client, trang, 'conflict');
  add('a report that was signed', nobody, `/xac-minh?t=${signed(server)}`);
  await desk(server, list);
  return {list, all, draft, submitted, enterprise};
}

// The code of a verified report of this server.
function signed(server) {
  execFileSync(DXREADY, ['key', 'new', '--db', server.db]);
  execFileSync(join(dirname(DXREADY), 'web/sign_report'), [server.db, 'tests/data/demo/responses/may-sen-vang.json', `${server.db}.pdf`, 'https://example.vn/xac-minh']);
  return /%dxready-stamp \d+ (\S+)/.exec(readFileSync(`${server.db}.pdf`, 'latin1'))[1];
}

// Pages of those who sign in, each with somebody who may see it.
async function desk(server, list) {
  const head = new Client(server), admin = new Client(server), half = new Client(server), setup = new Client(server), nobody = new Client(server);
  const own = await admin.enter('administrator'), half_own = await half.enter('officer', 'chi-linh', 'nam-sach');
  await head.enter('head', 'all');
  await half.post('/can-bo/dang-nhap', fieldsOf(formOf((await half.get('/can-bo/dang-nhap')).text), {name: half_own.name, password: PASSWORD}));
  const newcomer = new URL(JSON.parse(execFileSync(DXREADY, ['user', 'add', 'nguoi.moi', 'Người Mới', '--role', 'policymaker', '--db', server.db, '--json'], {encoding: 'utf8'})).link).pathname;
  await setup.submit(newcomer, {password: PASSWORD});
  const clients = {STRANGER: nobody, HALF: half, SETUP: setup};
  const clientOf = who => clients[who] || (/_(CASES|PLANS|STATISTICS|REVIEWS|FILES)$/.test(who) ? head : admin);
  execFileSync(DXREADY, ['key', 'new', '--db', server.db]);
  const own_case = '/can-bo/ho-so/2', asked = new Client(server), {ref} = await asked.begin({tax_code: '030099012345'}); // the second that was submitted
  await asked.upload(`/ho-so/${ref}/minh-chung/1.1`, 'gia.png', png);
  await asked.fill(ref);
  await asked.hand_in(ref);
  while ((await head.get(own_case)).status !== 200) await new Promise(resolve => setTimeout(resolve, 200)); // made soon after that
  const act = async (...fields) => {
    const {text} = await head.get(own_case);
    const [token, version] = [/name="token" value="([0-9a-f]+)"/, /name="act" value="[a-z-]+"><input type="hidden" name="version" value="(\d+)"/].map(r => r.exec(text)[1]);
    return head.post(own_case, [['token', token], ['version', version], ...fields]);
  };
  await act(['act', 'verified']);
  await act(['act', 'reopened'], ['text', 'Đơn vị gửi thêm giấy']);
  await head.post('/can-bo/ke-hoach-duyet', fieldsOf(formOf((await head.get('/can-bo/ke-hoach-duyet')).text, 'plan'), {half_width: '5', hours: '10'}));
  const row = (state, day, person = 'Kế toán trưởng') => ({person, task: 'Chuẩn bị hồ sơ “Hỗ trợ thuê, mua giải pháp chuyển đổi số”', time: day,
    responsibility: 'Giám đốc ký đơn; cán bộ đầu mối tiếp nhận', result: 'Giấy tiếp nhận hồ sơ; hợp đồng, hóa đơn', state});
  const plan = own_case + '/viec';
  for (const fields of [row('doing', '24/12/2090'), row('open', '20/11/2020'), row('done', '30/10/2020')])
    await head.post(plan, fieldsOf(formOf((await head.get(plan + '?them=1')).text), fields));
  const file = /\/tep\/(\d+)"/.exec((await head.get(own_case + '?cau=1.1')).text)[1];
  const add = (name, client, path, post) => list.push({name: `state: desk, ${name}`, client, path, post, isDesk: true});
  for (const name of ['dot-1.csv', 'dot-2.csv']) await head.upload('/can-bo/nhap', name,
    'name;form;area;Cột Lạ;1.1\nHộ Minh Họa A;HKD;chi-linh;1;2\nHộ Minh Họa B;household;chi-linh;2;1\n',
    {sender: 'Xã Ví Dụ', survey: 'household-quick@1', round: '2026'});
  const many = new Client(server), {ref: many_ref} = await many.begin({tax_code: '030099012353'}); // acts on many would change what others look at
  await many.fill(many_ref);
  await many.hand_in(many_ref);
  const all_of = '/can-bo/hang-loat?tim=030099012353';
  while (!/data-row/.test((await head.get('/can-bo/hang-cho?tim=030099012353')).text))
    await new Promise(resolve => setTimeout(resolve, 200));
  const bulk = async (act, ...fields) => { // a run, to be looked at
    const form = formOf((await head.get(all_of)).text, 'viec');
    return (await head.post('/can-bo/hang-loat', fieldsOf(form, {act, ...Object.fromEntries(fields)}))).headers.location;
  };
  const begun = await bulk('nhan');
  await head.post(begun, fieldsOf(formOf((await head.get(begun)).text), {}));
  await head.get(begun);
  const looked = await bulk('tra'), token = /name="token" value="([0-9a-f]+)"/.exec((await head.get('/can-bo/hang-cho?muc=0')).text)[1];
  await head.post('/can-bo/khung-nhin', [['token', token], ['name', 'Mức không'], ['query', 'muc=0']]);
  for (const route of routes().filter(r => r.method === 'GET' && r.pattern.startsWith('/can-bo'))) {
    const path = route.pattern.replace(':text', /ho-so/.test(route.pattern) ? file : newcomer.split('/').pop()).replace(':n', route.pattern.includes('hang-loat') ? begun.split('/').pop() : '2');
    list.push({name: route.pattern, pattern: route.pattern, client: clientOf(route.who), path, isDesk: true});
  }
  add('a head', head, '/can-bo/tai-khoan');
  const firm = (name, path, pattern) => list.push({name: `state: enterprise, ${name}`, client: asked, path, pattern});
  firm('the signed report', `/ho-so/${ref}/bao-cao-da-ky.pdf`, '/ho-so/:ref/bao-cao-da-ky.pdf');
  firm('a result that was verified', `/ho-so/${ref}/ket-qua`);
  firm('asked about an answer', `/ho-so/${ref}/trang-thai`);
  const first = fieldsOf(formOf((await head.get(own_case)).text, 'value'), {option: '0', reason: 'no-evidence', note: 'Không thấy tệp'});
  await head.post(own_case + '/cau', first);
  await act(['act', 'asked'], ['text', 'Gửi giấy chứng nhận còn hiệu lực']);
  add('a question that is open, one that was asked', head, own_case + '?loc=tat-ca');
  add('a value without a reason', head, own_case + '/cau', {question: '1.2', version: '0', option: '0', reason: '', note: ''});
  add('two at once', head, own_case + '/cau', {question: '1.1', version: '0', option: '1', reason: 'expired', note: 'Hết hạn'});
  add('a plan that cannot be made', head, '/can-bo/ke-hoach-duyet', fieldsOf(formOf((await head.get('/can-bo/ke-hoach-duyet')).text, 'plan'), {half_width: '0'}));
  add('acts on many, to be looked at', head, looked);
  add('acts on many, nothing chosen', head, '/can-bo/hang-loat', {act: '', account: '', reason: ''});
  add('a filter that can be kept', head, '/can-bo/hang-cho?muc=1');
  add('a plan, rows from steps', head, plan + '?lay=buoc');
  add('a plan, a row without a person', head, plan + '?them=1', row('open', '24/05/2090', ''));
  add('no rows of plans', head, '/can-bo/viec?tim=khong-co');
  add('the audit of a head', head, '/can-bo/nhat-ky');
  add('no entries of the audit', admin, '/can-bo/nhat-ky?ngay=1/1/2001');
  add('nothing in the queue', head, '/can-bo/hang-cho?tinh-trang=rejected');
  add('no session', nobody, '/can-bo/tai-khoan', undefined);
  add('not allowed', head, '/can-bo/cac-tai-khoan', undefined);
  add('wrong password', nobody, '/can-bo/dang-nhap', {name: own.name, password: 'sai roi nhe ban oi'});
  add('wrong code', half, '/can-bo/ma-xac-thuc', {code: '12'});
  add('wrong recovery code', half, '/can-bo/ma-khoi-phuc', {code: '12'});
  add('setup, nothing kept', setup, '/can-bo/lop-thu-hai', {code: '12'});
  add('a link that is none', nobody, '/can-bo/thiet-lap/0123');
  add('password that is too short', nobody, newcomer, {password: 'ngan'});
  add('a new link', admin, '/can-bo/cac-tai-khoan/3', {act: 'factor'});
}

// Shows a state in a page of the browser; returns the markup as it was sent.
export async function show(server, page, state, lang = '') {
  const url = server.url + lang + state.path;
  const fields = state.post && await fieldsFor(server, state, lang);
  if (!state.post) {
    const {status, headers} = await state.client.get(lang + state.path);
    if (!/html/.test(headers['content-type'] || '')) return {status, type: headers['content-type'] || '', html: ''};
  }
  await page.context().clearCookies();
  await page.context().addCookies(state.client.forBrowser());
  if (!state.post) {
    const reply = await page.goto(url);
    return {status: reply.status(), type: reply.headers()['content-type'] || '', html: await reply.text()};
  }
  await page.goto(`${server.url}${lang}/tro-giup`);
  const [reply] = await Promise.all([
    page.waitForResponse(r => r.request().method() === 'POST'),
    page.evaluate(([action, pairs]) => {
      const form = document.createElement('form');
      form.method = 'post';
      form.action = action;
      for (const [name, value] of pairs) {
        const input = form.appendChild(document.createElement('input'));
        input.type = 'hidden';
        input.name = name;
        input.value = value;
      }
      document.body.append(form);
      form.submit();
    }, [url, fields]),
  ]);
  await page.waitForLoadState('load');
  return {status: reply.status(), type: reply.headers()['content-type'] || '', html: await reply.text()};
}

async function fieldsFor(server, state, lang) {
  const page = await state.client.get(lang + state.path);
  if (page.status !== 200) return [['token', '0'.repeat(32)], ...Object.entries(state.post)];
  const form = formOf(page.text, /id="resume"/.test(page.text) ? 'resume' : 'page');
  if (state.post !== 'conflict') return fieldsOf(form, state.post);
  // another window answers in between, and differently
  const radios = form.controls.filter(c => c.type === 'radio'), name = radios[0].name;
  const [a, b, c] = radios.filter(r => r.name === name).map(r => r.value);
  const stored = (radios.find(r => r.name === name && r.checked) || {}).value;
  const [other, own] = [a, b, c].filter(v => v !== stored);
  await state.client.post(lang + state.path, fieldsOf(form, {[name]: other}));
  return fieldsOf(form, {[name]: own});
}
