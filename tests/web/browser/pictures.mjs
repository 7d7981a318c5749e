// The pictures of the README: a question and a result on a telephone. node pictures.mjs FOLDER
import path from 'node:path';
import { Client, Server, close, ok, open, run } from './lib.mjs';

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
});
