// The whole census as its people live it, with real processes: a city of 100 places, a real mail server (Exim), a browser. The
// coordinator opens an edition and writes to all; 60 places answer on a telephone (40 confirm, 20 correct); the corrections are taken
// in; the edition is closed; the paper guide and the open data say what was corrected.
//
//   node tests/web/census.mjs [--pictures DIR]        needs build/gabare; ends with "N passed, N failed"
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { data, dir, expect, gabare, program, root, scenario, serve, until } from './city.mjs';

const PLACES = 100;
const ANSWERS = 60;
const CORRECTS = (i) => i % 3 === 0; // 20 of 60
chmodSync(dir, 0o755); // the mail server is another user
const pictures = process.argv[2] === '--pictures' ? process.argv[3] : null;

// ---- the city ----

const name = (i) => `Point d’aide imaginaire ${String(i).padStart(3, '0')}`;
const mailbox = (i) => `lieu-${String(i).padStart(3, '0')}@structures.example`;

function places() {
  const head = 'id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude,typologie,telephone,courriels,horaires,date_maj,services';
  const row = (i) => [`recense-${i}`, '00000000000000', name(i), i % 2 ? 'Nantes' : 'Rezé', i % 2 ? '44000' : '44400', i % 2 ? '44109' : '44143', `${i} rue de l’Invention`,
    (47.2 + i / 2000).toFixed(4), (-1.55 - i / 2000).toFixed(4), i % 4 ? 'ASSO' : 'CCAS', `+332619144${String(i % 100).padStart(2, '0')}`, mailbox(i),
    'Mo-Fr 09:00-12:00', '2024-11-05', 'Aide aux démarches administratives'].join(',');
  return `${head}\n${Array.from({ length: PLACES }, (_, i) => row(i)).join('\n')}\n`;
}

function city(port) {
  execFileSync(path.join(root, 'tests/mail-server'), ['start', path.join(dir, 'mail'), String(port)], { stdio: 'ignore' });
  gabare('init');
  execFileSync(program, ['keys', 'init', '--key-file', path.join(dir, 'master.key'), '--data', data], { stdio: 'ignore' });
  copyFileSync(path.join(dir, 'mail/ca.pem'), path.join(data, 'ca.pem'));
  appendFileSync(path.join(data, 'gabare.ini'), `\n[city]\npublic_url = https://numerique.example.org\n[vault]\nkey_file = ${dir}/master.key\n[mail]\nsmtp_url = smtp://localhost:${port}\n`
    + `from = numerique@ville.example.org\nuser = gabare\npassword_file = ${dir}/mail/password\nca_file = ${data}/ca.pem\n[web]\npost_burst = 1000\npost_per_minute = 1000\n`);
  writeFileSync(path.join(dir, 'places.csv'), places());
  gabare('import', 'places', path.join(dir, 'places.csv'));
  return /invitation\/([A-Z2-9-]+)/.exec(gabare('user', 'add', 'camille@ville.example', '--name', 'Camille Exemple', '--role', 'coordinator', '--organisation', 'Réseau', '--new-organisation'))[1];
}

// ---- the mails ----

const files = (at) => readdirSync(at, { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).map((e) => path.join(e.parentPath ?? e.path, e.name));
const inbox = () => { try { return files(path.join(dir, 'mail/inbox/')); } catch { return []; } };

function links() {
  const found = new Map();
  for (const file of inbox()) {
    const text = readFileSync(file, 'utf8').replace(/=\r?\n/g, '').replace(/=3D/g, '=');
    const to = /Envelope-to: (\S+)/.exec(text)?.[1];
    const link = /https:\/\/numerique\.example\.org(\/recensement\/[A-Z2-9-]+)/.exec(text)?.[1];
    if (to && link) found.set(to, link);
  }
  return found;
}

// ---- the people ----

async function picture(page, file) {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${file}.png`), fullPage: true });
}

async function fits(page, what) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(`${what} fits a telephone`, over <= 0, `${over} px too wide`);
}

async function answer(page, url, link, i) {
  const began = Date.now();
  await page.goto(url + link);
  await page.click('main button');
  await fits(page, `the record of ${i}`);
  if (CORRECTS(i)) {
    await page.click('a[href$="/3"]');
    await fits(page, `the hours of ${i}`);
    await page.fill('[name=horaires]', 'du mardi au samedi 10h-17h');
    await page.fill('[name=fermetures]', 'Fermé du 3 au 23 août');
    await page.click('main form button');
  }
  if (i < 4) await picture(page, `record-${i}`);
  await page.click('button[value=envoyer]');
  const said = await page.textContent('main [role=status]');
  expect(`${i} is thanked`, /Merci/.test(said), said);
  return Date.now() - began;
}

async function coordinator(browser, url, code) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  await page.goto(`${url}/invitation/${code}`);
  await page.fill('[name=passe]', 'bateau plat sur la Loire');
  await page.fill('[name=encore]', 'bateau plat sur la Loire');
  await page.click('main button');
  await page.goto(`${url}/agent/recensement`);
  await page.fill('[name=nom]', '2026');
  await page.fill('[name=avant]', '31/12/2199');
  await page.click('button[value=ouvrir]');
  await until('the list of who is asked', 30, async () => { await page.goto(`${url}/agent/recensement`); return (await page.textContent('main')).includes(`(${PLACES})`); });
  await page.click('button[value=ecrire]');
  await picture(page, 'desk-writing');
  return page;
}

// One after the other, as the page leads.
async function takeIn(page, url) {
  let taken = 0;
  await page.goto(`${url}/agent/recensement/demandes?etat=answered`);
  await page.click('.rangs a');
  while (await page.$('button[value=prendre]')) {
    if (!taken) await picture(page, 'ask');
    await page.click('button[value=prendre]');
    taken++;
  }
  return taken;
}

async function main() {
  const code = city(20000 + Math.floor(Math.random() * 10000));
  const { server, url, log } = await serve();
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const desk = await coordinator(browser, url, code);
    await until(`${PLACES} e-mails`, 120, () => inbox().length >= PLACES);
    const all = links();
    expect('each place has a link of its own', all.size === PLACES && new Set(all.values()).size === PLACES, all.size);

    const phone = await (await browser.newContext({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true })).newPage();
    const times = [];
    for (let i = 0; i < ANSWERS; i++) times.push(await answer(phone, url, all.get(mailbox(i)), i));
    times.sort((a, b) => a - b);
    console.log(`an answer takes ${times[ANSWERS / 2]} ms of pages (median), ${times[ANSWERS - 1]} ms at most`);

    await desk.goto(`${url}/agent/recensement`);
    const said = (await desk.textContent('main .chapo')).replace(/\s+/g, ' ');
    expect('60 % have answered', /60 réponses sur 100, soit 60 %/.test(said), said);
    await picture(desk, 'desk');
    const taken = await takeIn(desk, url);
    expect('20 answers are to be read', taken === 20, taken);

    await desk.goto(`${url}/agent/recensement`);
    await desk.check('#sur');
    await desk.click('button[value=fermer]');
    await until('the closing', 30, () => /2026\tclosed/.test(gabare('census', 'list')));
    const csv = await (await fetch(`${url}/api/v1/editions/2026.csv`)).text();
    expect('the edition has all places', csv.split('\n').filter((l) => l.startsWith('recense-')).length === PLACES);
    expect('and what was corrected', csv.split('Tu-Sa 10:00-17:00').length - 1 === 20, csv.split('Tu-Sa 10:00-17:00').length - 1);
    expect('and when each was checked', csv.split('2024-11-05').length - 1 === PLACES - ANSWERS);
    expect('under its digest', gabare('census', 'list').includes(createHash('sha256').update(csv).digest('hex')));
    await desk.goto(`${url}/agent/recensement`);
    await picture(desk, 'desk-closed');

    gabare('guide', '--edition', '2026', '-o', path.join(dir, 'guide.pdf'));
    const guide = execFileSync('pdftotext', ['-layout', path.join(dir, 'guide.pdf'), '-'], { encoding: 'utf8', maxBuffer: 1 << 24 });
    expect('the guide says them too', guide.includes(name(0)) && /Mardi à samedi/i.test(guide), guide.slice(0, 300));
    expect('nothing went wrong', !/level=error/.test(log()), log().split('\n').find((l) => /level=error/.test(l)));
  } finally {
    await browser.close();
    server.kill();
    execFileSync(path.join(root, 'tests/mail-server'), ['stop', path.join(dir, 'mail')], { stdio: 'ignore' });
  }
}

await scenario(main);
