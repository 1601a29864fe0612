// A whole campaign as its people live it, with real processes: the schools of Nantes from the State's file, 21 of them in three waves
// (160, 150 and 350 computers), 1,000 invented families named in the schools' lists, presentations, charters, three published draws,
// 660 computers matched to their files, kept, handed over, 20 given back. Which schools are in a priority network is invented here: the file does not say it.
//
//   node tests/web/campaign.mjs        needs build/gabare and the State's file; ends with "N passed, N failed"
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { choices, person, read, send } from './agent.mjs';
import { data, dir, expect, gabare, program, root, scenario, serve, until } from './city.mjs';

const WAVES = [{ title: 'Bellevue', quantity: 160, schools: 5 }, { title: 'Bottière et Nantes Nord', quantity: 150, schools: 5 }, { title: 'Autres écoles', quantity: 350, schools: 11 }];
const FAMILIES = Number(process.argv[2] ?? 1000);
const PASS = 'bateau plat sur la Loire';
const STATE_FILE = ['../shared', '../../shared'].map((at) => path.resolve(root, at, 'data/03-ecoles/ecoles-pays-de-la-loire-ips-2026.json')).find(existsSync) ?? '';
const began = Date.now();
const said = (what) => console.log(`${String(Math.round((Date.now() - began) / 1000)).padStart(4)} s  ${what}`);

// ---- the city ----

function account(mail, name, role, organisation, fresh) {
  const out = gabare('user', 'add', mail, '--name', name, '--role', role, '--organisation', organisation, ...(fresh ? ['--new-organisation'] : []));
  return /invitation\/([A-Z2-9-]+)/.exec(out)[1];
}

function city() {
  gabare('init');
  execFileSync(program, ['keys', 'init', '--key-file', path.join(dir, 'master.key'), '--data', data], { stdio: 'ignore' });
  appendFileSync(path.join(data, 'gabare.ini'), `\n[vault]\nkey_file = ${dir}/master.key\nopens_per_minute = 1000000\n[web]\npost_burst = 60000\npost_per_minute = 60000\n`);
  try {
    gabare('import', 'schools', STATE_FILE, '--commune', '44109');
  } catch (e) {
    if (e.status !== 3) throw e; // partly: what is refused is written
  }
}

async function enter(browser, url, code) {
  const page = await person(browser, url);
  const r = await send(page, `/invitation/${code}`, 'form button', { passe: PASS, encore: PASS });
  expect('an invited account enters', r.status === 200 && r.path.startsWith('/agent'), r.path + r.text);
  return page;
}

// ---- the campaign ----

async function campaign(officer, schools) {
  let r = await send(officer, '/agent/campagnes/nouvelle', 'form[method=post] button', { nom: 'Un ordinateur par famille', annee: '2027', objectif: '660', debut: '02/2027', fin: '05/2027',
    financeurs: 'Ville : 660' });
  const at = r.path.split('?')[0];
  expect('a campaign is made', /660 ordinateurs à remettre/.test(r.text), r.text);
  let next = 0;
  for (const w of WAVES) {
    r = await send(officer, `${at}/vagues/nouvelle`, 'form[method=post] button', { titre: w.title, quantite: String(w.quantity), debut: '02/2027', fin: '05/2027' });
    const wave = r.path.split('?')[0].replace(/\/ecoles$/, '');
    w.path = wave;
    w.uais = schools.slice(next, next + w.schools);
    next += w.schools;
    r = await send(officer, `${wave}/ecoles?reseau=rep`, 'form[method=post] button', { ecole: w.uais, association: 'Association inventée' });
    expect(`the schools of ${w.title} are in its wave`, r.status === 200, r.text);
  }
  r = await send(officer, `${at}/modifier`, 'form[method=post] button', { etat: 'open' });
  r = await read(officer, at);
  expect('the waves make the target', !/l’objectif est de/.test(r.text), r.text);
  return at;
}

// The poorest of the State's file, by their social index; public primary schools.
async function poorest(officer, n) {
  const all = JSON.parse(readFileSync(STATE_FILE, 'utf8'));
  const known = all.filter((s) => s.address.insee_code === '44109' && s.public_private === 'Public' && s.type === 'Primaire' && s.ips?.value);
  known.sort((a, b) => a.ips.value - b.ips.value || (a.uai < b.uai ? -1 : 1));
  const chosen = known.slice(0, n).map((s) => s.uai);
  for (const uai of chosen) {
    const r = await send(officer, `/agent/ecoles/${uai}`, 'button[value=reseau]', { reseau: 'rep', raison: 'inventé pour ce scénario' });
    if (r.status !== 200) expect(`${uai} is put in a network`, false, r.text);
  }
  return chosen;
}

// ---- the schools' lists ----

// Who looks at a family that is perhaps known (“Paul Botika Fanta (CE2)…”) says that it is she when they bear one name, however it is spelt.
const heard = (text) => new Set((text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().match(/\p{L}{4,}/gu) ?? []).map((w) => w.replace(/[aeiouy]/g, 'a').replace(/(.)\1+/g, '$1')));
const alike = (one, other) => [...heard(one)].some((w) => heard(other).has(w));

async function lookAt(officer, list) {
  for (let page = 1; page <= 40; page++) {
    const at = `${list}/familles?quoi=doutes&page=${page}`;
    const { radios, links } = await choices(officer, at);
    const answers = Object.entries(radios).map(([n, options]) => [n,
      (options.find((o) => o.value && o.value !== 'other' && alike(o.of.trim().split(/\s+/)[1] ?? '', o.about)) ?? { value: 'other' }).value]);
    if (answers.length) await send(officer, at, 'form[method=post] button', Object.fromEntries(answers));
    if (!links.some((l) => l?.includes(`page=${page + 1}`))) return;
  }
}

async function sendList(officer, at, uai) {
  const content = readFileSync(path.join(dir, `${uai}.csv`)).toString('base64');
  let r = await send(officer, `${at}/listes`, 'form[enctype] button', { source: `École ${uai}`, fichier: { file: `${uai}.csv`, type: 'text/csv', base64: content } });
  const list = r.path.split('?')[0].replace(/\/(colonnes|ecoles)$/, '');
  await until(`the list of ${uai} is read`, 60, async () => /Vérifier la liste/.test((await read(officer, `${list}/colonnes`)).html));
  await send(officer, `${list}/colonnes`, 'form[action$=colonnes] button');
  r = await until(`the list of ${uai} is checked`, 60, async () => { const p = await read(officer, list); return /Rien n’a changé encore/.test(p.text) && p; });
  if (/quoi=doutes/.test(r.html)) await lookAt(officer, list);
  await send(officer, list, 'button[value=prendre]');
  r = await until(`the list of ${uai} is taken`, 120, async () => { const p = await read(officer, list); return /Les familles prêtes sont prises/.test(p.text) && p; });
  return r.text;
}

async function lists(officer, at, schools) {
  const made = execFileSync(path.join(root, 'build/tests/campaign/campaign-lists'), [dir, String(FAMILIES), '7', ...schools], { encoding: 'utf8' });
  said(`what the schools send: ${made.trim()}`);
  for (const uai of schools) await sendList(officer, at, uai);
  const families = (await files(officer, at)).length;
  said(`families after ${schools.length} lists: ${families}`);
  return families;
}

// The files of a campaign, as the officer takes them away: one line each.
async function files(officer, at) {
  const csv = await officer.evaluate(async (u) => (await fetch(u)).text(), `${at}/dossiers.csv`);
  const [head, ...lines] = csv.trim().split(/\r?\n/).map((l) => l.split(','));
  return lines.map((l) => Object.fromEntries(head.map((h, i) => [h, l[i]])));
}

// ---- from a telephone call to a charter ----

const inBatches = (all, n) => Array.from({ length: Math.ceil(all.length / n) }, (_, i) => all.slice(i * n, i * n + n));
const byState = async (officer, at, state) => (await files(officer, at)).filter((f) => f.etape === state);

// Everybody is called, 15 on a page, until nobody waits for a call.
async function callAll(officer, at) {
  for (let i = 0; i < 200; i++) {
    const list = `${at}/dossiers?etat=identified`;
    const { boxes } = await choices(officer, list);
    if (!boxes.length) return;
    const r = await batch(officer, list, boxes);
    if (r.status >= 400) throw new Error(r.text.slice(0, 300));
  }
}

async function batch(officer, list, boxes) {
  return officer.evaluate(async ({ list, boxes }) => {
    const parse = (html) => new DOMParser().parseFromString(html, 'text/html');
    const ask = async (doc, add) => {
      const form = [...doc.querySelectorAll('main form')].find((f) => f.method === 'post');
      const data = new FormData(form);
      data.delete('dossier');
      boxes.forEach((b) => data.append('dossier', b));
      Object.entries(add).forEach(([k, v]) => data.set(k, v));
      const r = await fetch(new URL(form.getAttribute('action'), location.href), { method: 'POST', body: new URLSearchParams(data) });
      return { status: r.status, html: await r.text() };
    };
    const first = await ask(parse(await (await fetch(list)).text()), { geste: 'jointe' });
    const r = await ask(parse(first.html), { geste: 'jointe', confirme: '1' });
    return { status: r.status, text: parse(r.html).querySelector('main').textContent.replace(/\s+/g, ' ') };
  }, { list, boxes });
}

// One presentation in each school: everybody who was reached is invited, everybody comes but one family in twenty.
async function present(officer, at, uai) {
  let r = await send(officer, `${at}/reunions/nouvelle`, 'form[method=post] button', { jour: new Date().toISOString().slice(0, 10), heure: '18:00', ecoles: [uai] });
  const meeting = r.path.split('?')[0].replace(/\/inviter$/, '');
  for (let i = 0; i < 30; i++) {
    const { boxes, buttons } = await choices(officer, `${meeting}/inviter`);
    if (!boxes.length) break;
    r = await send(officer, `${meeting}/inviter`, 'button[value=voir]', { famille: boxes });
    r = await sendShown(officer, r, 'inviter');
    if (r.status >= 400) throw new Error(`${uai}: ${r.text.slice(0, 300)} ${buttons}`);
  }
  r = await send(officer, `${meeting}/presence`, 'button[value=tous]');
  return r;
}

// Presses a button of the page that was just answered.
const sendShown = (page, shown, value) => page.evaluate(async ({ html, path, value }) => {
  const doc = new DOMParser().parseFromString(html, 'text/html');
  const pressed = doc.querySelector(`main button[value=${value}]`);
  if (!pressed) return { status: 599, text: `no ${value}: ${doc.querySelector('main').textContent.replace(/\s+/g, ' ')}`, html, path };
  const data = new FormData(pressed.form);
  data.append(pressed.name, pressed.value);
  const r = await fetch(new URL(pressed.form.getAttribute('action') || path, location.href), { method: 'POST', body: new URLSearchParams(data) });
  const answer = await r.text();
  return { status: r.status, path: new URL(r.url).pathname, text: new DOMParser().parseFromString(answer, 'text/html').querySelector('main').textContent.replace(/\s+/g, ' '), html: answer };
}, { html: shown.html, path: shown.path, value });

async function charterText(officer, at) {
  let r = await send(officer, `${at}/charte`, 'button[value=nouveau]');
  const text = r.path.split('?')[0];
  await send(officer, `${text}/fr`, 'button[value=garder]', { texte: 'La famille {famille} reçoit un ordinateur en prêt.\n\nElle en prend soin, et le rend si elle n’en a plus besoin.' });
  r = await send(officer, text, 'button[value=publier]');
  expect('the text of the charter is in force', /ne changera plus/.test(r.text), r.text);
}

async function sign(officer, at, id) {
  const act = `${at}/dossiers/${id}/charte`;
  let r = await send(officer, act, 'button[value=preparer]', { langue: 'fr' });
  r = await send(officer, act, 'button[value=papier]', { nom_famille: 'Un Parent-Inventé', qualite_famille: 'parent', nom_ville: 'Une Élue-Inventée', qualite_ville: 'mayor',
    nom_ecole: 'Une Directrice-Inventée', qualite_ecole: 'head', nom_association: 'Un Témoin-Inventé', qualite_association: 'witness' });
  return r;
}

// ---- who is given one ----

async function award(officer, at, number) {
  const wave = (await choices(officer, `${at}/attribution`)).links.filter((l) => /attribution\/[0-9]+$/.test(l))[number - 1];
  for (const act of ['engager', 'fermer', 'calculer']) await send(officer, wave, `button[value=${act}]`);
  let r = await read(officer, wave);
  const run = /verifier=([0-9]+)/.exec(r.html)?.[1];
  r = await read(officer, `${wave}?verifier=${run}`);
  expect(`the run of wave ${number} runs again to the same bytes`, /mêmes octets|identique/i.test(r.text), r.text);
  await send(officer, `${wave}/resultat`, 'button[value=accepter]');
  return wave;
}

// ---- computers ----

async function stock(officer, n) {
  for (let had = 0; had < n; had += 50) {
    await send(officer, '/agent/postes/nouveau', 'form[method=post] button', { sorte: 'laptop', modele: 'Portable inventé', note: 'B', memoire: '8', disque: '256', ecran: '14', systeme: 'Linux',
      proprietaire: 'Ville', genre: 'city', nombre: String(Math.min(50, n - had)) });
  }
  const csv = await officer.evaluate(async () => (await fetch('/agent/postes.csv')).text());
  return csv.trim().split(/\r?\n/).slice(1).map((l) => l.split(',')[0]);
}

// Which device each file has: { label: file }, of the devices that are in this state.
async function devicesOf(officer, state) {
  const csv = await officer.evaluate(async (u) => (await fetch(u)).text(), `/agent/postes.csv?etat=${state}`);
  return csv.trim().split(/\r?\n/).slice(1).map((l) => l.split(',')).map((cells) => ({ label: cells[0], file: cells.at(-1) }));
}

// A proposal of devices for a wave is asked, accepted as it is, and kept. Answers how many seconds it took, and what it said: { label, file }.
async function match(officer, wave, number) {
  const from = Date.now();
  await send(officer, `${wave}/appareils`, 'button[value=demander]');
  await until(`the proposal of wave ${number}`, 60, async () => /Décider de la proposition/.test((await read(officer, `${wave}/appareils`)).text));
  await send(officer, `${wave}/appareils/proposition`, 'button[value=accepter]');
  await until(`what wave ${number} keeps`, 60, async () => !/La suite se fait en ce moment/.test((await read(officer, `${wave}/appareils/proposition`)).text));
  const csv = await officer.evaluate(async (u) => (await fetch(u)).text(), `${wave}/appareils/proposition.csv`);
  said(`the devices of wave ${number} are proposed, accepted and kept in ${((Date.now() - from) / 1000).toFixed(1)} s`);
  return csv.trim().split(/\r?\n/).slice(1).map((l) => l.split(',')).map((cells) => ({ file: cells[1], label: cells[2] }));
}

const pairs = (all) => all.map(({ label, file }) => `${label} ${file}`).sort().join('\n');

// What is kept for each file: { file: label }.
async function keep(officer, waves, given) {
  for (const [i, wave] of waves.entries()) {
    const proposed = await match(officer, wave, i + 1);
    const its = given.filter((f) => f.vague === String(i + 1)).map((f) => f.dossier);
    const kept = (await devicesOf(officer, 'reserved')).filter((d) => its.includes(d.file));
    expect(`every file of wave ${i + 1} that is given a computer has one kept`, its.every((id) => kept.some((d) => d.file === id)), kept.length);
    expect(`what wave ${i + 1} keeps is what was proposed`, pairs(kept) === pairs(proposed), pairs(proposed));
  }
  const kept = await devicesOf(officer, 'reserved');
  expect('a device is kept for one file alone, and a file has one', kept.length === given.length && new Set(kept.map((d) => d.label)).size === given.length
    && new Set(kept.map((d) => d.file)).size === given.length, kept.length);
  return new Map(kept.map((d) => [d.file, d.label]));
}

async function handOver(officer, at, id, label) {
  return send(officer, `${at}/dossiers/${id}/remise`, 'form[method=post] button', { poste: label, accessoire: ['charger'], etat: 'works', lieu: 'Le Ponton inventé', jour: '2099-01-05' });
}

async function main() {
  const codes = (city(), { officer: account('o@ville.example', 'Andrea Exemple', 'programme_officer', 'Ville', true), second: account('p@ville.example', 'Claude Exemple', 'programme_officer', 'Ville') });
  const { server, url, log } = await serve();
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const officer = await enter(browser, url, codes.officer);
    const schools = await poorest(officer, 21);
    expect('21 schools of Nantes', schools.length === 21, schools.length);
    const at = await campaign(officer, schools);
    said(`a campaign of ${WAVES.length} waves and ${schools.length} schools: ${at}`);
    const families = await lists(officer, at, schools);
    expect('all families are identified, each once', families === FAMILIES, families);
    await callAll(officer, at);
    said('all are called');
    for (const uai of schools) await present(officer, at, uai);
    const came = await byState(officer, at, 'attended');
    said(`${came.length} came to the presentations`);
    expect('all came', came.length === families, came.length);
    const isEligible = (_, i) => i % 9 < 7;
    const eligible = came.filter(isEligible);
    for (const f of eligible) await send(officer, `${at}/dossiers/${f.dossier}`, 'button[value=etape]', { etape: 'eligible' });
    for (const f of came.filter((f, i) => !isEligible(f, i))) await send(officer, `${at}/dossiers/${f.dossier}`, 'button[value=etape]', { etape: 'not_eligible:equipped' });
    said(`${eligible.length} are eligible`);
    await charterText(officer, at);
    for (const f of eligible) {
      await sign(officer, at, f.dossier);
      await send(officer, `${at}/dossiers/${f.dossier}/situation`, 'form[method=post] button', { appareils: 'aucun' });
    }
    expect('all charters are signed', (await byState(officer, at, 'signed')).length === eligible.length);
    said('all charters are signed');
    const waves = [];
    for (const number of [1, 2, 3]) waves.push(await award(officer, at, number));
    const given = await byState(officer, at, 'allocated');
    said(`${given.length} are allocated: ${WAVES.map((w, i) => given.filter((f) => f.vague === String(i + 1)).length).join(', ')}`);
    expect('no wave gives more than it has', WAVES.every((w, i) => given.filter((f) => f.vague === String(i + 1)).length <= w.quantity));
    if (FAMILIES === 1000) expect('660 are allocated', given.length === 660, given.length);
    const labels = await stock(officer, given.length + 5);
    expect('each computer has a label of its own', new Set(labels).size === given.length + 5, labels.length);
    const kept = await keep(officer, waves, given);
    const handKept = (i) => handOver(officer, at, given[i].dossier, kept.get(given[i].dossier));
    let r = await handOver(officer, at, given[0].dossier, kept.get(given[1].dossier));
    expect('a computer that is kept for another family is not handed over', r.status === 422 && r.text.includes(given[1].dossier), `${r.status} ${r.text}`);
    r = await handKept(0);
    expect('a computer is handed over', r.status === 200 && /fait=1/.test(r.path), r.text);
    r = await handOver(officer, at, given[1].dossier, kept.get(given[0].dossier));
    expect('and is not handed over twice', r.status === 422, `${r.status} ${r.text}`);
    for (let i = 1; i < given.length; i++) {
      r = await handKept(i);
      if (r.status !== 200) throw new Error(r.text.slice(0, 300));
    }
    said(`${given.length} are handed over`);
    expect('what is handed over is what was kept', pairs(await devicesOf(officer, 'lent')) === pairs([...kept].map(([file, label]) => ({ file, label }))));
    for (const f of given.slice(0, 20)) await send(officer, `${at}/dossiers/${f.dossier}/retour`, 'form[method=post] button', { raison: 'finished' });
    const end = await files(officer, at);
    const count = (state) => end.filter((f) => f.etape === state).length;
    expect('20 are given back', count('returned') === 20, count('returned'));
    expect('the others are with their families', count('handed_over') === given.length - 20, count('handed_over'));
    expect('every family is somewhere, once', end.length === families && new Set(end.map((f) => f.dossier)).size === families, end.length);
    const lent = (await officer.evaluate(async () => (await fetch('/agent/postes.csv?etat=lent')).text())).trim().split('\n').length - 1;
    expect('as many computers are lent as families have one', lent === given.length - 20, lent);
    r = await read(officer, `${at}/etat`);
    expect('the state of the campaign says so', new RegExp(`${given.length}`).test(r.text), r.text);
    said(r.text.slice(0, 220));
    expect('nothing went wrong', !/level=error/.test(log()), log().split('\n').find((l) => /level=error/.test(l)));
  } finally {
    await browser.close();
    server.kill();
  }
}

if (!STATE_FILE) {
  console.log('skipped: the State’s file of schools is not here\n0 passed, 0 failed, 1 skipped');
  process.exit(0);
}
await scenario(main);
