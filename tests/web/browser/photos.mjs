// Photos are made smaller before they are sent: on a slow line 5 MB take minutes. What need not be
// changed arrives as it was, and nothing is lost where it cannot be done.
import { Client, Server, close, ok, open, run, same } from './lib.mjs';

const server = await new Server().start();
const EDGE = 1600, LARGE = 400000;

const client = new Client(server);
const {ref} = await client.begin();

// The page where the files of an answer are sent; the same for every test.
async function start(options = {}) {
  const page = await open({client, ...options});
  page.setDefaultTimeout(60000); // megabytes go through a machine that may be busy
  await page.goto(`${server.url}/ho-so/${ref}/minh-chung/1.1`);
  return page;
}

// A picture as a camera makes it: large areas and fine grain, so that it does not get small by itself.
// Each is another one: the same file for the same answer is stored once.
let pictures = 0;

const drawn = (page, type, width, height) => page.evaluate(async ([type, width, height, number]) => {
  const canvas = new OffscreenCanvas(width, height), paper = canvas.getContext('2d');
  const picture = paper.createImageData(width, height), points = new Uint32Array(picture.data.buffer);
  let seed = number;
  for (let i = 0; i < points.length; i++) {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    const grain = type === 'image/png' ? seed >> 8 & 0x1f1f1f : (seed >> 16 & 15) * 0x10101;
    points[i] = 0xff000000 | grain + (i % width * 100 / width | 0) * 0x10101;
  }
  paper.putImageData(picture, 0, 0);
  const blob = await canvas.convertToBlob({type, quality: .97}), reader = new FileReader();
  reader.readAsDataURL(blob);
  await new Promise(done => { reader.onload = done; });
  return reader.result.split(',')[1];
}, [type, width, height, ++pictures]).then(text => Buffer.from(text, 'base64'));

// What a camera notes beside the picture: that it was held upright, and where it was.
function with_exif(jpeg, orientation) {
  const tiff = Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);
  const body = Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from('GPS 20.94 106.33')]);
  const head = Buffer.from([0xff, 0xe1, body.length + 2 >> 8, body.length + 2 & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

// [width, height] of a JPEG: the frame (SOF) says it.
function size_of(jpeg) {
  for (let at = 2; at < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const marker = jpeg[at + 1];
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
  }
  return [0, 0];
}

// A telephone that takes a while.
const slow_down = page => page.evaluate(() => {
  const make = window.createImageBitmap;
  window.createImageBitmap = async file => { await new Promise(r => setTimeout(r, 1500)); return make(file); };
});

// Chooses a file, sends the form, and tells what the server has now: {name, type, data}, or null.
async function send(page, name, mimeType, buffer) {
  const before = server.sql('select coalesce(max(id), 0) from evidence');
  await page.setInputFiles('#file', {name, mimeType, buffer});
  await Promise.all([page.waitForEvent('load'), page.click('main form[enctype] button')]);
  const row = server.sql(`select id, type, name from evidence where id > ${before}`);
  if (!row) return null;
  const [id, type, stored] = row.split('|');
  const {raw} = await client.get(`/ho-so/${ref}/tep/${id}`);
  return {name: stored, type, data: raw};
}

function smaller(file, before, name, size) {
  if (!ok(file, `${name}: it arrived`)) return;
  ok(file.data.length < before.length, `${name}: smaller than it was`, `${before.length} -> ${file.data.length}`);
  same(file.type, 'image/jpeg', `${name}: as JPEG`);
  same(file.data.subarray(0, 3).toString('hex'), 'ffd8ff', `${name}: which it is`);
  same(size_of(file.data).join('x'), size, `${name}: at most ${EDGE} across, in the shape that it had`);
}

await run({
  'a large JPEG': async () => {
    const page = await start(), photo = await drawn(page, 'image/jpeg', 3000, 2000);
    ok(photo.length > LARGE, 'the photo of the test is a large one', photo.length);
    const file = await send(page, 'Ảnh biển hiệu.jpeg', 'image/jpeg', photo);
    smaller(file, photo, 'JPEG', '1600x1067');
    same(file && file.name, 'Ảnh biển hiệu.jpg', 'JPEG: under its own name');
    ok(await page.isVisible('#shrinks'), 'the page says what happens to large photos');
    ok(!page.problems.length, 'JPEG: no error of scripts or policy', page.problems);
    await close(page);
  },
  'a large PNG': async () => {
    const page = await start(), photo = await drawn(page, 'image/png', 1500, 2250);
    ok(photo.length > 5 << 20, 'the picture is larger than the server takes', photo.length);
    const file = await send(page, 'chup.man.hinh.png', 'image/png', photo);
    smaller(file, photo, 'PNG', '1067x1600');
    same(file && file.name, 'chup.man.hinh.jpg', 'PNG: the name says what it is now');
    await close(page);
  },
  'held upright': async () => {
    const page = await start(), photo = with_exif(await drawn(page, 'image/jpeg', 2400, 1800), 6);
    ok(photo.includes('GPS 20.94'), 'the photo says where it was taken');
    const file = await send(page, 'IMG_0001.JPG', 'image/jpeg', photo);
    smaller(file, photo, 'held upright', '1200x1600');
    ok(file && !file.data.includes('GPS 20.94') && !file.data.includes('Exif'), 'held upright: where it was taken is not sent');
    same(file && file.name, 'IMG_0001.jpg', 'held upright: one ending');
    await close(page);
  },
  'what is not changed': async () => {
    const page = await start();
    const small = await drawn(page, 'image/jpeg', 300, 200), pdf = (await client.get(`/ho-so/${ref}/the.pdf`)).raw;
    ok(small.length < LARGE, 'the small picture is a small one', small.length);
    const picture = await send(page, 'nho.jpg', 'image/jpeg', small);
    ok(picture && picture.data.equals(small), 'a small picture arrives byte by byte');
    same(picture && picture.name, 'nho.jpg', 'under its name');
    const paper = await send(page, 'giấy phép.pdf', 'application/pdf', pdf);
    ok(paper && paper.data.equals(pdf) && paper.type === 'application/pdf', 'a PDF arrives byte by byte');
    same(paper && paper.name, 'giấy phép.pdf', 'under its name');
    const long = Buffer.concat([pdf, Buffer.alloc(LARGE, '%\n'), Buffer.from('%%EOF\n')]);
    const large = await send(page, 'dai.pdf', 'application/pdf', long);
    ok(large && large.data.equals(long), 'a large PDF too');
    await close(page);
  },
  'a broken picture': async () => {
    const page = await start(), broken = Buffer.alloc(500000, 'không phải ảnh ');
    const [sent, file] = await Promise.all([page.waitForRequest(r => r.method() === 'POST'), send(page, 'hong.jpg', 'image/jpeg', broken)]);
    same(file, null, 'what is no picture is not stored');
    const length = Number((await sent.allHeaders())['content-length']);
    ok(length > broken.length, 'it was sent as it is', length);
    const fault = await page.textContent('#file-fault');
    ok(/PDF, JPG/.test(fault), 'and refused with a sentence', fault);
    ok(await page.$('#file[aria-describedby*="file-fault"]'), 'that belongs to the field');
    for (const [name, type] of [['nua.png', 'image/png'], ['nua.jpg', 'image/jpeg']]) {
      const whole = await drawn(page, type, 1800, 1200), half = whole.subarray(0, whole.length / 2);
      ok(half.length > LARGE, `half of ${name} would be made smaller`, half.length);
      same(await send(page, name, type, half), null, `half of ${name} is not stored`);
      ok(/PDF, JPG/.test(await page.textContent('#file-fault')), 'and refused with a sentence, too');
    }
    await close(page);
  },
  'sent before it is ready': async () => {
    const page = await start(), photo = await drawn(page, 'image/jpeg', 2000, 1400);
    await slow_down(page);
    const from = Date.now(), file = await send(page, 'cham.jpg', 'image/jpeg', photo);
    ok(file && file.data.length < photo.length, 'the form waits until the photo is smaller', file && file.data.length);
    ok(Date.now() - from > 1400, 'as long as it takes');
    await close(page);
  },
  'another one instead': async () => {
    const page = await start(), photo = await drawn(page, 'image/jpeg', 2000, 1400), small = await drawn(page, 'image/jpeg', 200, 200);
    await slow_down(page);
    await page.setInputFiles('#file', {name: 'nham.jpg', mimeType: 'image/jpeg', buffer: photo});
    await page.setInputFiles('#file', {name: 'dung.jpg', mimeType: 'image/jpeg', buffer: small});
    await page.waitForTimeout(3500);
    same(await page.$eval('#file', f => [...f.files].map(x => `${x.name} ${x.size}`).join()), `dung.jpg ${small.length}`, 'what was chosen last stays chosen when an earlier photo is ready');
    await close(page);
  },
  'without a script': async () => {
    const maker = await start(), photo = await drawn(maker, 'image/jpeg', 1700, 1200), page = await start({javaScriptEnabled: false});
    ok(!await page.isVisible('#shrinks'), 'without a script nothing is promised');
    const file = await send(page, 'nguyen.jpg', 'image/jpeg', photo);
    ok(file && file.data.equals(photo), 'without a script the photo arrives as it is', file && file.data.length);
    await close(page);
    await close(maker);
  },
});
