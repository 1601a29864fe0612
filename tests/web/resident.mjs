// A family's whole journey on its own telephone, with a real server on the demonstration city: a school names it, agents lead its file
// from call to computer, and at each step it opens its page by its card at 360 pixels: in French by keyboard alone, in Arabic, in the
// version simple; then in w3m. Each page is measured as audit.mjs does.
//
//   node tests/web/resident.mjs [--pictures DIR]        needs build/gabare and w3m; ends with "N passed, N failed"
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { choices, person, read, send } from './agent.mjs';
import { AGENT, misses } from './budgets.mjs';
import { dir, expect, scenario, serve, until } from './city.mjs';
import { ONCE_SMALL, measure, openTab } from './measure.mjs';

const PHONE = { width: 360, height: 640 };
const TELEPHONE = '01 99 00 77 41'; // of the numbers that are nobody's
const pictures = process.argv[2] === '--pictures' ? process.argv[3] : null;

// ---- agents ----

async function agent(browser, url, mail) {
  const page = await person(browser, url);
  const r = await send(page, '/connexion', 'button[type=submit]', { courriel: mail, passe: 'quatre mots sur un ponton' });
  expect(`${mail} logs in`, /^\/agent/.test(r.path), r.path + r.text);
  return page;
}

// The school names the family; the officer finds its file: { file: path, household: path }.
async function named(school, officer) {
  const own = (await choices(school, '/agent/ecole')).links.find((l) => /\/agent\/ecole\/[^/]+\/familles$/.test(l));
  const form = await school.evaluate(async (at) => {
    const doc = new DOMParser().parseFromString(await (await fetch(at)).text(), 'text/html');
    return [...doc.querySelectorAll('select[name=ou] option')].map((o) => o.value).filter(Boolean);
  }, `${own}/nouvelle`);
  const fields = { prenom: 'Amina', nom: 'Journée-Inventée', telephone: TELEPHONE, enfant: 'Yanis', classe: 'CM1', ...(form.length ? { ou: form[0] } : {}) };
  const r = await send(school, `${own}/nouvelle`, 'form[method=post] button', fields);
  expect('a school names the family', /C’est enregistré/.test(r.text), r.text);
  const all = (await choices(officer, '/agent/campagnes')).links.find((l) => /\/agent\/campagnes\/[0-9]+$/.test(l));
  const csv = await officer.evaluate(async (u) => (await fetch(u)).text(), `${all}/dossiers.csv`);
  const ids = csv.trim().split(/\r?\n/).slice(1).map((l) => l.split(',')[0]);
  for (const id of ids.reverse()) {
    const page = await read(officer, `${all}/dossiers/${id}`);
    if (page.text.includes('Journée-Inventée')) return { file: `${all}/dossiers/${id}`, id, campaign: all, household: /\/agent\/foyers\/[A-Z0-9-]+/.exec(page.html)[0] };
  }
  throw new Error('the officer does not find the family');
}

async function card(officer, household) {
  await send(officer, `${household}/carte`, 'button[value=donner]');
  return /<code>([A-Z0-9-]+)<\/code>/.exec((await read(officer, `${household}/carte`)).html)[1];
}

const step = async (officer, at, to) => {
  const r = await send(officer, at.file, 'button[value=etape]', { etape: to });
  expect(`the file goes to ${to}`, r.status === 200, r.text);
};

async function sign(officer, at) {
  let r = await send(officer, `${at.file}/charte`, 'button[value=preparer]', { langue: 'ar' }).catch(() => send(officer, `${at.file}/charte`, 'button[value=preparer]'));
  r = await send(officer, `${at.file}/charte`, 'button[value=papier]', { nom_famille: 'Amina Journée-Inventée', qualite_famille: 'parent', nom_ville: 'Une Élue-Inventée',
    qualite_ville: 'mayor', nom_ecole: 'Une Directrice-Inventée', qualite_ecole: 'head', nom_association: 'Un Témoin-Inventé', qualite_association: 'witness' });
  expect('the charter is signed', /Signée|signé/.test(r.text), r.text);
}

async function give(officer, at) {
  let r = await send(officer, `${at.file}/attribution`, 'button[value=urgence]', { raison: (await radiosOf(officer, `${at.file}/attribution`, 'raison'))[0] });
  expect('a computer is awarded', r.status === 200, r.text);
  return r;
}
const radiosOf = (page, at, name) => page.evaluate(async ({ at, name }) => {
  const doc = new DOMParser().parseFromString(await (await fetch(at)).text(), 'text/html');
  return [...doc.querySelectorAll(`select[name=${name}] option, input[name=${name}]`)].map((o) => o.value).filter(Boolean);
}, { at, name });

async function handOver(officer, at) {
  const csv = await officer.evaluate(async () => (await fetch('/agent/postes.csv?etat=in_stock')).text());
  const label = csv.trim().split(/\r?\n/)[1].split(',')[0];
  const r = await send(officer, `${at.file}/remise`, 'form[method=post] button', { poste: label, accessoire: ['charger'], etat: 'works', lieu: 'Le Ponton (inventé)', jour: '2099-01-05' });
  expect('the computer is handed over', r.status === 200 && /fait=1/.test(r.path), r.text);
  return label;
}

async function beyondRepair(officer, at, label) {
  let r = await send(officer, `${at.file}/panne`, 'form[method=post] button', { symptome: 'no-start', appareil: label.replace('-', '') }).catch(() =>
    send(officer, `${at.file}/panne`, 'form[method=post] button', { symptome: 'no-start' }));
  const ticket = r.path.split('?')[0];
  r = await send(officer, ticket, 'button[value=diagnosed]', { constat: 'board' });
  r = await send(officer, ticket, 'button[value=beyond]');
  expect('the computer cannot be repaired', r.status === 200, r.text);
}

// ---- the family ----

// Words in Latin letters that a page in Arabic may have: names of people and places, of the campaign, of what was written by hand; all but what
// is marked as French.
const NAMES = ['Un ordinateur pour chaque famille', 'Ville de démonstration', 'Défenseur des droits', 'place de Fontenoy', 'CNIL', 'cnil', 'JSON', 'Paris', 'telerecours', 'algorithmes',
  'Amina', 'Yanis', 'Journée-Inventée', 'Maxime Inventée', 'Lou Inventée', 'École élémentaire La Cale (inventée)', 'École La Cale (inventée)', 'Élue-Inventée', 'Directrice-Inventée', 'Témoin-Inventé', 'Quai', 'Ponton (inventé)'];
const frenchLeft = (names) => {
  const main = document.querySelector('main').cloneNode(true);
  main.querySelectorAll('[lang]:not([lang=ar]), h1 + p bdi, code').forEach((e) => e.remove());
  const text = names.reduce((t, n) => t.replaceAll(n, ''), [...main.querySelectorAll('*')].flatMap((e) => [...e.childNodes]).filter((n) => n.nodeType === 3).map((n) => n.data).join('\n'));
  return [...new Set(text.replace(/[A-Z0-9]{4}-[A-Z0-9-]+/g, '').match(/[A-Za-zÀ-ÿ’'-]{4,}/g) ?? [])];
};
// Buttons, fields, and links that stand alone on their line: what a thumb must find.
const small = () => [...document.querySelectorAll('main button, main input:not([type=hidden]):not([type=checkbox]):not([type=radio]), main select, main li>a:only-child, main p>a:only-child')]
  .filter((e) => e.tagName !== 'A' || e.parentElement.textContent.trim() === e.textContent.trim())
  .map((e) => ({ e, h: Math.max(...[...e.getClientRects()].map((r) => r.height)) })).filter(({ h }) => h < 43).map(({ e, h }) => `${e.outerHTML.slice(0, 80)} ${h} px`);
let shot = 0;

async function looked(tab, url, what, lang) {
  const name = `${String(++shot).padStart(2, '0')}-${what.replace(/[^a-z]+/gi, '-')}`;
  const seen = await measure(tab, url, 200, pictures ? { ...ONCE_SMALL, shots: true } : ONCE_SMALL, path.join(pictures ?? dir, name));
  const missed = misses(seen.figures, AGENT);
  expect(`${what}: within its budgets`, missed.length === 0, `${missed.join('; ')} ${seen.details.join('; ')}`);
  await tab.page.setViewportSize(PHONE);
  await tab.page.goto(url); // as a telephone draws it, without what the measures did to it
  const html = await tab.page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir, text: document.querySelector('main').innerText.replace(/\s+/g, ' ') }));
  expect(`${what}: in its language`, html.lang === (lang === 'simple' ? 'fr' : lang) && (html.dir === 'rtl') === (lang === 'ar'), `${html.lang} ${html.dir}`);
  const tight = await tab.page.evaluate(small);
  expect(`${what}: room for a thumb`, tight.length === 0, tight.join('; '));
  if (lang === 'ar') {
    const left = await tab.page.evaluate(frenchLeft, NAMES);
    expect(`${what}: no French in the Arabic`, left.length === 0, left.join(' | '));
  }
  const over = await tab.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(`${what}: fits 360 px`, over <= 0, over);
  return html.text;
}

// Every link of the page leads somewhere.
async function alive(tab, what, lang) {
  const away = await tab.page.evaluate((prefix) => [...document.querySelectorAll('main a[href^="/"]')].map((a) => a.getAttribute('href')).filter((h) => !h.startsWith(prefix)), lang === 'fr' ? '/' : `/${lang}/`);
  expect(`${what}: each link stays in its language`, away.length === 0, away.join(', '));
  const dead = await tab.page.evaluate(async () => {
    const out = [];
    for (const a of document.querySelectorAll('main a[href^="/"]')) {
      const r = await fetch(a.href);
      if (!r.ok) out.push(`${a.getAttribute('href')} ${r.status}`);
    }
    return out;
  });
  expect(`${what}: no dead link`, dead.length === 0, dead.join(', '));
}

async function enter(tab, url, lang, code, answer, byKeyboard) {
  await tab.context.clearCookies();
  await tab.page.goto(`${url}${lang}/foyer/${code}`);
  if (byKeyboard) {
    await tab.page.focus('#contenu').catch(() => {});
    for (let i = 0; i < 60 && await tab.page.evaluate(() => document.activeElement?.name !== 'reponse'); i++) await tab.page.keyboard.press('Tab');
    await tab.page.keyboard.type(answer);
    await Promise.all([tab.page.waitForNavigation(), tab.page.keyboard.press('Enter')]);
  } else {
    await tab.page.fill('[name=reponse]', answer);
    await Promise.all([tab.page.waitForNavigation(), tab.page.click('main form button')]);
  }
  tab.account = 'family'; // measure() keeps its cookie
}

async function leave(tab, what) {
  await Promise.all([tab.page.waitForURL(/fin=1/), tab.page.click('form[action$="/fin"] button')]);
  for (let i = 0; i < 3; i++) {
    await tab.page.goBack({ waitUntil: 'load' }).catch(() => {});
    const html = await tab.page.content();
    expect(`${what}: Back shows nothing`, !html.includes('Journée-Inventée') && !html.includes(TELEPHONE));
  }
  tab.account = undefined;
}

// All that the family can read at this step, in one language.
async function visit(tab, url, code, lang, says, byKeyboard, answer = []) {
  const at = lang === 'fr' ? '' : `/${lang}`;
  await enter(tab, url, at, code, TELEPHONE, byKeyboard);
  expect(`${lang}: the card opens the file`, tab.page.url().endsWith('/foyer/dossier'), tab.page.url());
  const text = await looked(tab, `${url}${at}/foyer/dossier`, `the file in ${lang}`, lang);
  for (const words of says) expect(`${lang}: the file says « ${words} »`, text.includes(words), text);
  await alive(tab, `the file in ${lang}`, lang);
  const pages = {};
  for (const page of ['decision', 'vues', 'donnees']) {
    pages[page] = await looked(tab, `${url}${at}/foyer/${page}`, `${page} in ${lang}`, lang);
    expect(`${lang}: one can leave from ${page}`, await tab.page.$('form[action$="/foyer/fin"] button') !== null);
  }
  for (const words of answer) expect(`${lang}: the answer says « ${words} »`, pages.decision.includes(words), pages.decision);
  const json = await tab.page.evaluate(async (u) => (await fetch(u)).json(), `${url}${at}/foyer/donnees.json`);
  expect(`${lang}: the JSON has the six parts`, json.length === 6 && JSON.stringify(json).includes('Yanis'), JSON.stringify(json).slice(0, 300));
  await tab.page.goto(`${url}${at}/foyer/dossier`);
  await leave(tab, lang);
}

// What its page says in French at this step, and what it does not.
async function reads(tab, url, code, what, says, not) {
  await enter(tab, url, '', code, TELEPHONE);
  if (pictures) await tab.page.screenshot({ path: path.join(pictures, `${what.replace(/[^a-z]+/gi, '-')}.png`), fullPage: true });
  const text = await tab.page.evaluate(() => document.querySelector('main').innerText.replace(/\s+/g, ' '));
  for (const words of says) expect(`${what}: « ${words} »`, text.includes(words), text);
  for (const words of not) expect(`${what}: not « ${words} »`, !text.includes(words), text);
  await leave(tab, what);
}

async function pdf(tab, url, code) {
  await enter(tab, url, '/simple', code, TELEPHONE);
  await tab.page.goto(`${url}/simple/foyer/donnees`);
  await tab.page.click('form[action$="/donnees"] button');
  const bytes = await until('the document', 60, async () => {
    await tab.page.goto(`${url}/simple/foyer/donnees`);
    if (!await tab.page.$('a[href$="donnees.pdf"]')) return null;
    return tab.page.evaluate(async (u) => [...new Uint8Array(await (await fetch(u)).arrayBuffer())], `${url}/simple/foyer/donnees.pdf`);
  });
  const file = path.join(pictures ?? dir, 'dossier.pdf');
  writeFileSync(file, Buffer.from(bytes));
  const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  expect('the document is A4 and tagged', /Tagged:\s+yes/.test(info) && /595\.\d* x 841|A4/.test(info), info);
  const text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
  for (const words of ['Ce que nous savons de vous', 'Pourquoi', 'Qui l’a vu', 'Jusqu’à quand', 'Ce que vous pouvez demander', 'Yanis', 'cnil.fr'])
    expect(`the document says « ${words} »`, text.includes(words), text.slice(0, 400));
  await tab.page.goto(`${url}/simple/foyer/dossier`);
  await leave(tab, 'after the document');
}

async function wrong(tab, url, code) {
  await enter(tab, url, '', code, '1901');
  const said = await tab.page.textContent('main');
  expect('a wrong answer says how to put things right, and whom to call', /essayez encore/.test(said) && /02.61.91.44.00/.test(said), said);
  await tab.context.clearCookies();
  await tab.context.addCookies([{ name: 'f', value: 'A'.repeat(43), url }]);
  await tab.page.goto(`${url}/foyer/dossier`);
  const late = await tab.page.textContent('main');
  expect('a session that is over says what to do', /s’est fermé tout seul/.test(late) && /code de votre carte/.test(late), late);
  tab.account = undefined;
}

// ---- in w3m ----

// Its keys are typed for it: the form's field is filled by a request file, which is what w3m itself sends.
function inText(url, code) {
  const jar = { ...process.env, HOME: dir, LC_ALL: 'C.UTF-8' };
  mkdirSync(path.join(dir, '.w3m'), { recursive: true });
  const w3m = (...args) => execFileSync('w3m', ['-cookie', '-o', 'accept_encoding=identity', '-o', 'cookie_reject_domains=', '-cols', '80', ...args], { encoding: 'utf8', env: jar });
  const form = w3m('-dump_source', `${url}/foyer`);
  const stamp = /name="_s" value="([^"]+)"/.exec(form)?.[1] ?? '';
  const fields = path.join(dir, 'fields');
  writeFileSync(fields, `${new URLSearchParams({ code, reponse: TELEPHONE, _s: stamp })}`);
  const text = w3m('-dump', '-post', fields, `${url}/foyer`).replace(/\s+/g, ' ');
  expect('w3m: the card opens the file', /Votre demande d’ordinateur/.test(text) && /Votre ordinateur/.test(text), text);
  expect('w3m: whom to call', /Appelez le 02/.test(text), text);
  expect('w3m: how to leave', /Finir et effacer de l’écran/.test(text), text);
}

// ---- the journey ----

const SAYS = {
  identified: { fr: ['Votre famille a été proposée', 'nous vous appelons', 'Appelez le'], ar: ['تم اقتراح عائلتكم', 'نتصل بكم'], simple: ['Vous n’avez rien à faire'] },
  end: { fr: ['Vous avez reçu votre ordinateur', 'Votre premier atelier', 'Son étiquette', 'Perdu ou volé'], ar: ['استلمتم حاسوبكم', 'إذا لم يعمل الحاسوب'], simple: ['Vous avez reçu votre ordinateur', 'Nous le réparons, c’est gratuit'] },
};

// Its computer is given by hand: who decided, without a calculation, why, and how to contest, for as long as the file stands.
const ANSWER = { fr: ['Une personne a décidé, sans calcul', 'La raison', 'Aucun calcul n’a servi', 'deux mois'], ar: ['دون أي حساب آلي', 'السبب', 'شهران'],
  simple: ['Il n’y a pas eu de calcul', 'Écrivez à', 'avant deux mois'] };

async function main() {
  const { server, url, log } = await serve();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const tab = await openTab(browser, new URL(url).host);
    const officer = await agent(browser, url, 'campagne@demo.example');
    const school = await agent(browser, url, 'ecole@demo.example');
    const at = await named(school, officer);
    const code = await card(officer, at.household);
    for (const page of ['/', '/trouver', '/demarches', '/foyer']) await looked(tab, `${url}${page}`, `public ${page}`, 'fr');
    await wrong(tab, url, code);
    for (const lang of ['fr', 'ar', 'simple']) await visit(tab, url, code, lang, SAYS.identified[lang], lang === 'fr');
    for (const state of ['contacted', 'invited']) await step(officer, at, state);
    await reads(tab, url, code, 'invited without a day', ['Nous vous dirons le jour et le lieu'], []);
    for (const state of ['attended', 'eligible']) await step(officer, at, state);
    await visit(tab, url, code, 'fr', ['Votre famille peut recevoir un ordinateur', 'La charte à signer', 'rien à apporter']);
    await sign(officer, at);
    await visit(tab, url, code, 'simple', ['La charte est signée', 'Vous attendez un ordinateur']);
    await give(officer, at);
    await visit(tab, url, code, 'ar', ['حاسوب مخصص لكم', 'لم نختر يوماً بعد'], false, ANSWER.ar);
    const label = await handOver(officer, at);
    for (const lang of ['fr', 'ar', 'simple']) await visit(tab, url, code, lang, [...SAYS.end[lang], label], lang === 'fr', ANSWER[lang]);
    await pdf(tab, url, code);
    inText(url, code);
    await beyondRepair(officer, at, label);
    await reads(tab, url, code, 'a computer beyond repair', ['Il ne peut pas être réparé', 'Une question sur la panne'], ['Nous le réparons', 'Rendez-le']);
    expect('nothing went wrong', !/level=error/.test(log()), log().split('\n').find((l) => /level=error/.test(l)));
  } finally {
    await browser.close();
    server.kill();
  }
}

if (pictures) mkdirSync(pictures, { recursive: true });
await scenario(main);
