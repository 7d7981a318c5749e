// The pictures of the README: a question and a result on a telephone, the officer's desk. node pictures.mjs FOLDER
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { Client, DXREADY, Server, close, ok, open, run } from './lib.mjs';

const folder = process.argv.splice(2, 1)[0] || 'docs/pictures';
const server = await new Server().start();

await run({
  'pictures': async () => {
    const client = new Client(server), {ref} = await client.begin({form: 'enterprise', size: 'small', questionnaire: 'dbi-sme@2021'});
    const page = await open({client});
    await page.setViewportSize({width: 390, height: 760});
    for (const [name, target] of [['question', `/ho-so/${ref}/trang/1`], ['result', '/ket-qua-mau']]) {
      const reply = await page.goto(server.url + target);
      ok(reply.status() === 200, name);
      await page.screenshot({path: path.join(folder, `${name}.png`)});
    }
    await close(page);
  },
  'desk': async () => {
    execFileSync(DXREADY, ['import', 'tests/data/demo/doanh-nghiep-2026.csv', '--questionnaire', 'dbi-sme@2021', '--round', '2026', '--db', server.db]);
    const client = new Client(server);
    await client.enter('head', 'all');
    while (!(await client.get('/can-bo/hang-cho?tim=kho+bai')).text.includes('data-row')) await new Promise(resolve => setTimeout(resolve, 200));
    const page = await open({client});
    await page.setViewportSize({width: 1200, height: 520});
    await page.goto(`${server.url}/can-bo/hang-cho`);
    await page.screenshot({path: path.join(folder, 'queue.png')});
    await page.goto(server.url + await page.getAttribute('.queue th a[href*="/ho-so/"] >> nth=4', 'href'));
    await page.screenshot({path: path.join(folder, 'case.png')});
    await close(page);
  },
});
