// Every page and state as pictures to look at: node screenshots.mjs FOLDER
import fs from 'node:fs';
import path from 'node:path';
import { Server, close, open, run, ok } from './lib.mjs';
import { show, states } from './states.mjs';

const folder = process.argv.splice(2, 1)[0] || 'build/screenshots';
fs.rmSync(folder, {recursive: true, force: true});
fs.mkdirSync(folder, {recursive: true});
const server = await new Server().start();
const {list} = await states(server);
const rows = [];

await run({
  'pictures': async () => {
    const page = await open();
    for (const [number, state] of list.entries()) {
      for (const lang of ['', '/en']) {
        const {status, type} = await show(server, page, state, lang).catch(() => ({status: 0, type: ''}));
        if (!/html/.test(type) || state.pattern && status !== 200) continue;
        for (const width of [320, 768, 1280]) {
          const name = `${String(number).padStart(3, '0')}-${state.name.replace(/[^a-z0-9]+/gi, '-')}-${lang ? 'en' : 'vi'}-${width}.png`;
          await page.setViewportSize({width, height: 800});
          await page.screenshot({path: path.join(folder, name), fullPage: true});
          rows.push(`<figure><figcaption>${state.name.replace(/</g, '&lt;')} ${width} ${lang ? 'en' : 'vi'}</figcaption><a href="${name}"><img src="${name}" width="${width / 4}" loading="lazy" alt=""></a></figure>`);
        }
      }
    }
    await close(page);
    fs.writeFileSync(path.join(folder, 'index.html'), '<!doctype html><meta charset="utf-8"><title>Pages</title><style>figure { display: inline-block; vertical-align: top }</style>' + rows.join('\n'));
    ok(rows.length > 100, `${rows.length} pictures in ${folder}`);
  },
});
