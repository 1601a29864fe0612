// The audit in the browser: node audit.mjs --port N --list FILE [--agents FILE] [--full] [--out DIR] [--only PART]
//
// The list is what build/tests/pages/pages --list wrote: "SHAPE<tab>LANGUAGE<tab>STATUS<tab>URL". Without --full, one page of each
// shape in French, which axe reads on a desk and in the dark, and one in Arabic, which it reads on a phone; with it (or --only,
// which takes all pages whose address holds PART), three of each shape in every language, read every way and kept as pictures.
// --agents: pages for who has logged in (agents.txt). Chromium measures (measure.mjs), html-validate and the Nu checker read the
// markup, budgets.mjs judges. Ends with "N passed, N failed" (pages); exit 1 when one failed.
import { createRequire } from 'node:module';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { HtmlValidate } from 'html-validate';
import { CLOSELY, ONCE_SMALL, ONCE_WIDE, addressOf, logIn, measure, openTab } from './measure.mjs';
import { AGENT, misses } from './budgets.mjs';

const require = createRequire(import.meta.url);
const TOGETHER = 2; // pages measured at the same time
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];
const MARKUP = {
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
  rules: { 'no-trailing-whitespace': 'off', 'require-sri': 'off', 'void-style': 'off', // cmark writes <br />
    'long-title': ['error', { maxlength: 110 }],
    // boxes of one question share a name: the server reads all that were ticked
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'submit', 'reset'] }] },
};

function options(argv) {
  const o = { out: 'build/check/web' };
  for (let i = 0; i < argv.length; i++) {
    const name = argv[i].replace(/^--/, '');
    if (name === 'full') o.full = true;
    else if (['port', 'list', 'out', 'only', 'agents'].includes(name) && argv[i + 1]) o[name] = argv[++i];
    else throw new Error(`audit.mjs: unknown option ${argv[i]}`);
  }
  if (!o.port || !o.list) throw new Error('audit.mjs: --port and --list say which pages');
  return o;
}

// The pages to look at: of each shape and language, the first ones.
function chosen({ list, full, only }) {
  const taken = new Map();
  return readFileSync(list, 'utf8').trim().split('\n').map((line) => line.split('\t')).filter(([shape, language, , url]) => {
    const key = `${shape} ${language}`;
    const n = taken.get(key) ?? 0;
    if (only ? !url.includes(only) : full ? n >= 3 : n >= 1 || !['fr', 'ar'].includes(language)) return false;
    taken.set(key, n + 1);
    return true;
  }).map(([shape, language, status, url]) => ({ shape, language, status: Number(status), url }));
}

// Those for agents (agents.txt): with --full all, in French and English; without, a third of them in French, another third each day: the
// browser takes two seconds for each. The audit of another site has none.
function agentsPages({ full, only, agents }) {
  if (!agents || only) return [];
  return readFileSync(agents, 'utf8').split('\n').filter((line) => line && !line.startsWith('#'))
    .filter((line, i) => full || i % 3 === Math.floor(Date.now() / 86400000) % 3).flatMap((line) => {
    const [account, ...rest] = line.split(' ');
    const steps = rest.join(' ').split(' > ');
    return (full ? ['', '/en'] : ['']).map((prefix) => ({ shape: AGENT, language: prefix ? 'en' : 'fr', status: 200, account, steps, prefix, url: steps.join(' > ') }));
  });
}

const nameOf = (url) => (url.replace(/[^\w-]+/g, '_').replace(/^_|_$/g, '') || 'accueil').slice(0, 90);

// One JVM reads all the sources. The complaints of each, in order.
async function nu(sources) {
  const folder = mkdtempSync(path.join(tmpdir(), 'gabare-nu-'));
  try {
    const files = sources.map((source, i) => path.join(folder, `${i}.html`));
    files.forEach((file, i) => writeFileSync(file, sources[i]));
    const jar = require.resolve('vnu-jar/build/dist/vnu.jar');
    const { stdout } = await promisify(execFile)('java', ['-Xss1m', '-jar', jar, '--format', 'json', '--exit-zero-always', '--stdout', ...files],
      { maxBuffer: 1 << 28 });
    const { messages } = JSON.parse(stdout);
    return files.map((file) => messages.filter((m) => m.url?.endsWith(file) && m.type !== 'info')
      .map((m) => `vnu line ${m.lastLine}: ${m.message}`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function markup(pages) {
  const validator = new HtmlValidate(MARKUP);
  const complaints = await nu(pages.map((page) => page.source));
  for (const [i, page] of pages.entries()) {
    const report = await validator.validateString(page.source);
    const found = report.results.flatMap((r) => r.messages).map((m) => `html-validate line ${m.line}: ${m.ruleId}: ${m.message}`);
    Object.assign(page.figures, { htmlValidate: found.length, vnu: complaints[i].length });
    page.details.push(...found, ...complaints[i]);
  }
}

async function inBrowser(pages, { port, out, full, only }) {
  const env = { ...process.env, FONTCONFIG_FILE: new URL('fonts.conf', import.meta.url).pathname };
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS, env });
  const waiting = [...pages];
  const host = `127.0.0.1:${port}`;
  const work = async () => {
    const tab = await openTab(browser, host);
    for (let page; (page = waiting.shift());) {
      const began = Date.now();
      if (page.account && page.account !== tab.account) await logIn(tab, host, page.account);
      if (page.account) page.url = page.prefix + await addressOf(tab, host, page.steps);
      const looks = full || only ? CLOSELY : page.language === 'ar' ? ONCE_SMALL : ONCE_WIDE;
      Object.assign(page, await measure(tab, `http://${host}${page.url}`, page.status, looks, path.join(out, nameOf(page.url))));
      page.seconds = (Date.now() - began) / 1000;
    }
  };
  try {
    await Promise.all(Array.from({ length: TOGETHER }, work));
  } finally {
    await browser.close();
  }
}

function report(page) {
  const f = page.figures;
  const missed = misses(f, page.shape);
  console.log(`${missed.length ? 'FAIL' : 'ok  '} ${page.url} ${page.status}: ${(f.bytes / 1000).toFixed(1)} KB, ${f.requests} requests, `
    + `${f.elements} elements, EcoIndex ${f.ecoindex.toFixed(1)}, ${page.stops} Tab stops, ${page.seconds.toFixed(1)} s`);
  for (const line of missed.length ? [...missed, ...page.details.slice(0, 20)] : []) console.log(`       ${line}`);
  return missed.length > 0;
}

const o = options(process.argv.slice(2));
mkdirSync(o.out, { recursive: true });
const pages = [...chosen(o), ...agentsPages(o)];
await inBrowser(pages, o);
await markup(pages);
const failed = pages.filter(report).length;
writeFileSync(path.join(o.out, 'figures.json'), JSON.stringify(pages.map(({ source, ...rest }) => rest), null, 1));
console.log(`${pages.length - failed} passed, ${failed} failed`);
process.exitCode = failed || pages.length === 0 ? 1 : 0;
