// Every route of include/web/routes.h refuses what it must not take: nobody has to remember it.
import { Client, Server, diag, ok, routes, run, textOf } from './lib.mjs';

const server = await new Server().start();
const own = new Client(server), other = new Client(server), nobody = new Client(server);
const mine = await own.begin(), theirs = await other.begin();
await nobody.get('/bat-dau');
const token = await tokenOf(own), all = routes();
// Those who sign in have routes and sessions of their own: one who may do everything stands for them.
const isDesk = route => route.pattern.startsWith('/can-bo');
const official = new Client(server);
await official.enter('administrator');
const officialToken = await deskToken(official);
const reviewer = new Client(server);
await reviewer.enter('head', 'all');
const reviewerToken = await deskToken(reviewer);
const officialOf = route => /_(CASES|PLANS|REVIEWS|STATISTICS|FILES)$/.test(route.who) ? reviewer : official;

async function deskToken(client) {
  return /name="token" value="([0-9a-f]+)"/.exec((await client.get('/can-bo/tai-khoan')).text)[1];
}

// What is only for those who are half in refuses who is in entirely.
const isHalf = route => /HALF|SETUP/.test(route.who);

async function tokenOf(client) {
  return /name="token" value="([0-9a-f]+)"/.exec((await client.get('/bat-dau')).text)[1];
}

// A path of the route; ':text' is a question: the first one of the questionnaire that begin() takes.
const pathOf = (route, ref = mine.ref) => route.pattern.replace(':ref', ref).replace(':n', '1').replace(':text', '1.1');

// Fields that a route needs before it looks at any other.
const first = route => route.pattern.endsWith('/luu') ? [['of', 'name']] : [];
const isUpload = route => route.method === 'POST' && !/^(FORM|CARRIED)$/.test(route.body);

function send(client, route, fields, headers = {}, ref) {
  if (!isUpload(route)) return client.post(pathOf(route, ref), [...first(route), ...fields], headers);
  const body = fields.map(([k, v]) => `--b\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`).join('') + '--b--\r\n';
  return client.post(pathOf(route, ref), body, {'Content-Type': 'multipart/form-data; boundary=b', ...headers});
}

async function refused(status, promise, what) {
  const reply = await promise.catch(error => ({status: error.code, text: '', headers: {}}));
  ok([].concat(status).includes(reply.status), `${what}: ${[].concat(status).join(' or ')}`, `${reply.status} ${textOf(reply.text).slice(0, 300)}`);
  return reply;
}

await run({
  'wrong methods': async () => {
    for (const pattern of new Set(all.map(r => r.pattern))) {
      const methods = all.filter(r => r.pattern === pattern).map(r => r.method);
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'].filter(m => !methods.includes(m)))
        await refused(405, own.send(method, pathOf({pattern}), method === 'GET' ? {} : {body: '', headers: {'Content-Type': 'application/x-www-form-urlencoded'}}), `${method} ${pattern}`);
    }
  },
  'pages of others': async () => {
    for (const route of all.filter(r => r.who === 'OWNER')) {
      const fetch = (client, ref) => route.method === 'GET' ? client.get(pathOf(route, ref))
        : tokenOf(client).then(t => send(client, route, [['token', t]], {}, ref));
      for (const [client, ref, who] of [[nobody, mine.ref, 'without a session'], [own, theirs.ref, 'dossier of another enterprise']]) {
        const reply = await refused(403, fetch(client, ref), `${route.method} ${route.pattern}, ${who}`);
        ok(!/Hộ kinh doanh Nguyễn/.test(reply.text), `${route.method} ${route.pattern}, ${who}: nothing of it is shown`);
      }
      await refused([403, 404], fetch(own, 'CDS-26-000000'), `${route.method} ${route.pattern}, no such dossier`);
    }
  },
  'numbers in paths': async () => {
    for (const route of all.filter(r => r.method === 'GET' && r.pattern.includes(':n')))
      for (const n of ['0', '-1', 'x', '999', '1x', '99999999999999999999', '%31%00', '1/'])
        await refused([400, 404], (isDesk(route) ? officialOf(route) : own).get(route.pattern.replace(':ref', mine.ref).replace(':n', n)), `GET ${route.pattern} with ${n}`);
  },
  'forms': async () => {
    for (const route of all.filter(r => r.method === 'POST' && !isDesk(r))) {
      const what = `POST ${route.pattern}`, form = ['token', token];
      await refused(403, send(own, route, []), `${what} without a token`);
      await refused(403, send(own, route, [['token', '0'.repeat(32)]]), `${what} with a wrong token`);
      await refused(403, tokenOf(other).then(t => send(own, route, [['token', t]])), `${what} with the token of somebody else`);
      await refused(400, send(own, route, [form, ['zzz', '1']]), `${what} with an unknown field`);
      await refused(400, send(own, route, [form, form]), `${what} with a repeated field`);
      await refused(403, send(own, route, [form], {Origin: 'https://evil.example'}), `${what} from another origin`);
      await refused(403, send(own, route, [form], {Origin: 'null'}), `${what} from no origin`);
      await refused(403, send(own, route, [form], {'Sec-Fetch-Site': 'cross-site'}), `${what} from another site`);
      await refused(415, send(own, route, [form], {'Content-Type': 'text/plain'}), `${what} as text/plain`);
      const long = 'x'.repeat(isUpload(route) ? 30 << 20 : 1 << 20);
      await refused(413, own.post(pathOf(route), `token=${token}&x=${long}`), `${what} with a body that is too long`);
    }
  },
  'forms of those who sign in': async () => {
    for (const route of all.filter(r => r.method === 'POST' && isDesk(r) && !isHalf(r))) {
      const what = `POST ${route.pattern}`, who = officialOf(route), token = who === official ? officialToken : reviewerToken, form = ['token', token];
      await refused(403, send(who, route, []), `${what} without a token`);
      await refused(403, send(who, route, [['token', '0'.repeat(32)]]), `${what} with a wrong token`);
      await refused(400, send(who, route, [form, ['zzz', '1']]), `${what} with an unknown field`);
      await refused(403, send(who, route, [form], {Origin: 'https://evil.example'}), `${what} from another origin`);
      await refused(403, send(who, route, [form], {'Sec-Fetch-Site': 'cross-site'}), `${what} from another site`);
      await refused(415, send(who, route, [form], {'Content-Type': 'text/plain'}), `${what} as text/plain`);
      await refused(413, who.post(pathOf(route), `token=${token}&x=${'x'.repeat(1 << 20)}`), `${what} with a body that is too long`);
    }
  },
  'headers': async () => {
    for (const route of all.filter(r => r.method === 'GET')) {
      const {headers, status} = await (isDesk(route) ? officialOf(route) : own).get(pathOf(route));
      diag(`${route.pattern}: ${status}`);
      ok(/default-src 'none'/.test(headers['content-security-policy']) && headers['x-content-type-options'] === 'nosniff' &&
        /frame-ancestors 'none'/.test(headers['content-security-policy']) && headers['referrer-policy'] === 'same-origin', `GET ${route.pattern}: headers that protect`, headers);
      if (route.who !== 'ANYBODY') ok(/no-store/.test(headers['cache-control']), `GET ${route.pattern}: kept by no cache`, headers);
    }
  },
});
