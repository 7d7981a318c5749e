// Pages on paper: what can only be pressed is not printed, what is folded is printed or left out on
// purpose, and everything is black on white.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Client, Server, close, ok, open, run, same } from './lib.mjs';

const CONTACT = 'Sở KHCN 0220 3999 888';
const server = await new Server(['--contact', CONTACT]).start();
const [done, draft, home] = [new Client(server), new Client(server), new Client(server)];
const submitted = await done.begin({form: 'enterprise', size: 'small', questionnaire: 'dbi-sme@2021'});
const opened = await draft.begin({form: 'enterprise', size: 'small', questionnaire: 'dbi-sme@2021'});
await done.fill(submitted.ref, values => values[Math.min(2, values.length - 1)]);
await done.hand_in(submitted.ref);
const small = await home.begin();
await home.fill(small.ref, values => values[1]);
await home.hand_in(small.ref);
const id = Number(submitted.ref.slice(4).replace('-', '').slice(0, -1));
server.sql(`insert into dossier_question (id, dossier, question, text, asked_at, due_on, reply, replied_at) select coalesce(max(id), 0) + 1, ${id}, '', 'Xin cho biết thêm', '2026-11-24T02:00:00Z', '2099-12-01', '', '' from dossier_question`);

const PAPER = {width: 680, height: 1000}; // A4 without its margins, in CSS pixels
const MARGIN = '15mm';

// `holds` and `lacks`: texts by language that are printed, or not; `sheets`: at most.
const pages = {
  result: {client: done, path: `/ho-so/${submitted.ref}/ket-qua`, sheets: 4,
    holds: [[submitted.ref, '131/320', 'Chiến lược', 'là lên mức', 'chính sách chưa kết luận được', 'Tổng nguồn vốn cuối năm trước'], [submitted.ref, '131/320', 'Digital strategy', 'are needed for level 3', 'cannot be decided', 'What was the total capital at the end']],
    lacks: [['Trả lời ngay tại đây', 'Trên trang này', 'Chưa rõ', 'Biên nhận', 'Góp vào tổng'], ['Answer right here', 'On this page', 'Not known', 'Receipt']]},
  household: {client: home, path: `/ho-so/${small.ref}/ket-qua`, sheets: 2,
    holds: [[small.ref, 'điểm để lên mức'], [small.ref, 'more points to reach level']],
    lacks: [['Trả lời ngay tại đây', 'Biên nhận'], ['Answer right here', 'Receipt']]},
  status: {client: done, path: `/ho-so/${submitted.ref}/trang-thai`, sheets: 1,
    holds: [[submitted.ref, 'đang chờ cán bộ', 'Xin cho biết thêm', 'Hạn trả lời', CONTACT], [submitted.ref, 'waits for an officer', 'Xin cho biết thêm', 'Please reply by', CONTACT]],
    lacks: [['Mở lại để sửa', 'Rút hồ sơ', 'Trả lời cán bộ', 'Biên nhận'], ['Open it for changes', 'Withdraw', 'Reply to the officer', 'Receipt']]},
  check: {client: draft, path: `/ho-so/${opened.ref}/kiem-tra`, sheets: 6,
    holds: [[opened.ref, 'Còn 60 câu', 'Chưa trả lời', 'Công cụ hỗ trợ quyết định', 'Tôi đại diện cho đơn vị'], [opened.ref, '60 questions', 'Not answered', 'I act for the business']],
    lacks: [['Xem các câu chưa trả lời', 'Sửa', 'Đồng ý và nộp'], ['Show the open questions', 'Change', 'Agree and submit']]},
  code: {client: draft, path: `/ho-so/${opened.ref}/ma`, sheets: 1,
    holds: [[opened.ref, opened.secret, `${server.url}/tiep-tuc`], [opened.ref, opened.secret, `${server.url}/en/tiep-tuc`]],
    lacks: [['Tải thẻ mã', 'Đã giữ mã', 'Tạo mã', 'Liên kết riêng'], ['Download the card', 'I kept them', 'Make a new', 'Private link']]},
  data: {client: done, path: `/ho-so/${submitted.ref}/du-lieu`, sheets: 9,
    holds: [[submitted.ref, 'Câu trả lời', 'Tạo hồ sơ', '91/2025/QH15'], [submitted.ref, 'Answers', 'Application created', '91/2025/QH15']],
    lacks: [['Quay lại', 'Tải bản', 'Xóa dữ liệu'], ['Back', 'Download', 'Erase the data']]},
};

// What may be on paper only if it can be read there: [] is fine.
const pressable = page => page.evaluate(() => [...document.querySelectorAll('nav, footer, .skip, .button, button, .link, .actions, .back, select, textarea')]
  .filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 90)));

// Folded parts are open on paper, or not there at all; and no arrow asks to be pressed.
const folded = page => page.evaluate(() => [...document.querySelectorAll('details')].flatMap(d => {
  const summary = d.querySelector('summary'), faults = [];
  if (!summary.checkVisibility()) return [];
  for (const e of d.children)
    if (e !== summary && !e.checkVisibility({contentVisibilityAuto: true}) && !e.matches('.noprint')) faults.push(`closed: ${summary.textContent}`);
  if (getComputedStyle(summary).listStyleType !== 'none') faults.push(`an arrow: ${summary.textContent}`);
  return faults;
}));

// Text that is not dark, and backgrounds that are not white: browsers print those if asked to.
const coloured = page => page.evaluate(() => {
  const light = rgb => { const [r, g, b] = rgb.match(/[\d.]+/g).map(Number); return (r * 299 + g * 587 + b * 114) / 1000; };
  const faults = [];
  for (const e of document.querySelectorAll('body, body *:not(svg *)')) {
    const style = getComputedStyle(e), back = style.backgroundColor;
    if (!e.checkVisibility() || e.closest('.unseen')) continue;
    if (e.textContent.trim() && light(style.color) > 60) faults.push(`${e.tagName}.${e.className} is written in ${style.color}`);
    if (!/, 0\)$/.test(back) && back !== 'rgb(255, 255, 255)') faults.push(`${e.tagName}.${e.className} stands on ${back}`);
    for (const part of ['::before', '::after']) if (/attr|http|\/ho-so/.test(getComputedStyle(e, part).content)) faults.push(`${e.tagName} prints its address`);
    if (e.tagName === 'A' && style.textDecorationLine !== 'none') faults.push(`a link like one to press: ${e.textContent.trim().slice(0, 40)}`);
  }
  return faults.slice(0, 8);
});

// Boxes that hide a part of what they hold, or stick out of the sheet.
const clipped = page => page.evaluate(() => [...document.querySelectorAll('table, .wide, figure, dl, .card, .url, .secret')]
  .filter(e => e.checkVisibility() && (e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > document.documentElement.clientWidth + 1))
  .map(e => `${e.tagName}.${e.className} ${e.scrollWidth} > ${e.clientWidth}`));

// The words of a PDF that stand outside of its margins.
function outside(file) {
  const text = execFileSync('pdftotext', ['-bbox', file, '-'], {encoding: 'utf8'}), faults = [];
  let width = 0;
  for (const [, of, x1, x2, word] of text.matchAll(/<page width="([\d.]+)"|<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)</g)) {
    if (of) width = Number(of);
    else if (Number(x1) < 40 || Number(x2) > width - 40) faults.push(word);
  }
  return faults;
}

async function print(page, name) {
  const file = path.join(server.folder, `${name}.pdf`);
  await page.pdf({path: file, format: 'A4', margin: {top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN}, printBackground: true});
  if (process.env.PRINTED) fs.copyFileSync(file, path.join(process.env.PRINTED, `${name}.pdf`)); // to look at
  return file;
}

const plain = text => text.replace(/\s+/g, ' ');

async function look(name, lang, javaScriptEnabled) {
  const what = `${lang}/${name}${javaScriptEnabled ? '' : ', without a script'}`, {client, path: at, holds, lacks, sheets} = pages[name], n = lang ? 1 : 0;
  const page = await open({...PAPER, client, javaScriptEnabled, colorScheme: 'dark'}); // paper is white for those, too
  const none = (faults, text) => ok(!faults.length, `${what}: ${text}`, faults.join('\n'));
  await page.goto(server.url + lang + at);
  await page.emulateMedia({media: 'print'});
  none(await pressable(page), 'nothing to press, no navigation, no help');
  none(await folded(page), 'what is folded is printed');
  none(await coloured(page), 'black on white, links like other text');
  none(await clipped(page), 'nothing is cut off');
  const file = await print(page, `${name}${lang.replace('/', '-')}`);
  const text = plain(execFileSync('pdftotext', ['-layout', file, '-'], {encoding: 'utf8'})), raw = plain(execFileSync('pdftotext', ['-raw', file, '-'], {encoding: 'utf8'}));
  for (const part of holds[n]) ok(text.includes(part) || raw.includes(part), `${what}: on paper is "${part}"`, text);
  for (const part of lacks[n]) ok(!text.includes(part) && !raw.includes(part), `${what}: not on paper is "${part}"`, text);
  none(text.match(/\/ho-so\/\S*|\/(?:du-lieu-ca-nhan|tro-giup)\S*/g) || [], 'no addresses of links');
  if (name === 'result') same(text.split(['Tổng cộng', 'Total'][n]).length, 2, `${what}: the total stands once, not at the foot of every sheet`);
  none(outside(file), 'nothing sticks out of the sheet');
  const count = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [file], {encoding: 'utf8'}))[1]);
  ok(count <= sheets, `${what}: at most ${sheets} sheets`, count);
  ok(!page.problems.length, `${what}: no error of scripts or policy`, page.problems);
  await close(page);
}

await run({
  'with a script': async () => {
    for (const name of Object.keys(pages)) for (const lang of ['', '/en']) await look(name, lang, true);
  },
  'without a script': async () => {
    for (const name of Object.keys(pages)) await look(name, '', false);
  },
  'folded by hand': async () => { // browsers that cannot print closed parts by their style sheet
    const page = await open({...PAPER, client: done});
    await page.goto(server.url + pages.result.path);
    const is_open = () => page.$$eval('details', all => all.map(d => d.open));
    await page.click('summary >> nth=0');
    const before = await is_open();
    ok(before[0] && before.includes(false), 'one part is unfolded, others are not', before);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    ok((await is_open()).every(Boolean), 'while it is printed all are open');
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    same(JSON.stringify(await is_open()), JSON.stringify(before), 'afterwards they are as they were');
    await close(page);
  },
});
