// One page in the browser: what it weighs, whether it is accessible, how it bears small screens, large text and the keyboard.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { ecoIndex } from './budgets.mjs';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 640 };
const NARROW = { width: 320, height: 640 };
const PASSWORD = 'quatre mots sur un ponton'; // of the demonstration's accounts
// WCAG 1.4.12; and text at 200 %, which is more than zooming the page to 200 %.
const SPACED = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';
const LARGE = 'html{font-size:200%!important}';

// A tab that pages are loaded in one after the other, each as if for the first time: a tab for each would cost more than its page.
// What goes over the wire is counted in tab.wire, which measure() sets back.
export async function openTab(browser, host) {
  const context = await browser.newContext({ viewport: WIDE, locale: 'fr', serviceWorkers: 'block' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const tab = { context, page, kinds: new Map(), wire: null };
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  session.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    if (!request.url.startsWith('http')) return;
    tab.kinds.set(requestId, type);
    if (new URL(request.url).host !== host) tab.wire.elsewhere++;
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!tab.kinds.has(requestId)) return;
    tab.wire.requests++;
    tab.wire.bytes += encodedDataLength;
    if (tab.kinds.get(requestId) === 'Script') tab.wire.scripts++;
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (4|5)\d\d/.test(message.text())) tab.wire.console.push(message.text().slice(0, 200));
  });
  return tab;
}

// Elements as EcoIndex counts them (what is inside a drawing left out), and scripts written into the page.
const count = () => {
  const drawn = document.querySelectorAll('svg *').length;
  const handlers = [...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => a.name.startsWith('on'))).length;
  return { elements: document.querySelectorAll('*').length - drawn, inline: document.scripts.length + handlers };
};

async function axe(page, { sizes, dark }) {
  const found = new Map();
  await page.evaluate(AXE); // by the debugger, which a strict CSP does not stop
  for (const size of sizes) {
    await page.setViewportSize(size);
    const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), AXE_TAGS);
    for (const v of violations) found.set(v.id, `axe ${v.impact} ${v.id}: ${v.help} (${v.nodes.length}×, first ${v.nodes[0].target})`);
  }
  if (!dark) return [...found.values()];
  await page.emulateMedia({ colorScheme: 'dark' }); // other colours, so other contrasts
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['violations'] }));
  for (const v of violations) found.set('dark', `axe ${v.impact} ${v.id} in the dark: ${v.nodes.length}×, first ${v.nodes[0].target}`);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...found.values()];
}

// Pixels that stick out sideways under a style sheet of the reader's.
async function sideways(page, size, css) {
  await page.setViewportSize(size);
  return page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    const kept = document.adoptedStyleSheets;
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [...kept, sheet];
    const root = document.documentElement;
    const over = Math.max(0, root.scrollWidth - root.clientWidth);
    document.adoptedStyleSheets = kept;
    return over;
  }, css);
}

// In the page: how an element looks, as far as a focus may change it; remembered before, compared when Tab has brought us there.
const remember = () => {
  const facets = ['outline', 'boxShadow', 'border', 'background', 'color', 'textDecoration', 'inset', 'clip', 'clipPath', 'transform'];
  window.lookOf = (e) => { const s = getComputedStyle(e); return facets.map((f) => s[f]).join('\n'); };
  window.looks = new Map();
  for (const e of document.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex]')) window.looks.set(e, window.lookOf(e));
  window.visited = new Set();
  document.activeElement?.blur();
  window.getSelection().removeAllRanges();
};
const arrived = () => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement || window.visited.has(e)) return null;
  window.visited.add(e);
  return { name: e.outerHTML.slice(0, 90), plain: window.looks.get(e) === window.lookOf(e), inView: e.getBoundingClientRect().width > 0 };
};

async function keyboard(page) {
  const unfocused = [];
  let stops = 0;
  await page.setViewportSize(WIDE);
  await page.evaluate(remember);
  for (; stops < 400; stops++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(arrived);
    if (!stop) break;
    if (stop.plain || !stop.inView) unfocused.push(`no visible focus: ${stop.name}`);
  }
  if (stops === 400) unfocused.push('Tab never comes to an end');
  return { stops, unfocused };
}

// From here on the tab is this account's, of the demonstration city.
export async function logIn(tab, host, account) {
  const { page } = tab;
  tab.wire = { requests: 0, bytes: 0, elsewhere: 0, scripts: 0, console: [] };
  tab.account = account;
  await tab.context.clearCookies();
  await page.goto(`http://${host}/connexion`);
  await page.fill('main input[type=email], main input[name=courriel]', account);
  await page.fill('main input[type=password]', PASSWORD);
  await Promise.all([page.waitForNavigation(), page.click('main button[type=submit]')]);
  if (!page.url().includes('/agent')) throw new Error(`audit: ${account} cannot log in: ${page.url()}`);
}

// The address of a page that has none to be written down: from the first, by the first links that hold these parts.
export async function addressOf(tab, host, [first, ...parts]) {
  let url = first;
  for (const part of parts) {
    await tab.page.goto(`http://${host}${url}`);
    url = await tab.page.locator(`main a[href*="${part}"]`).first().getAttribute('href', { timeout: 5000 });
  }
  return url;
}

// How closely a page is looked at: axe at which sizes and whether in the dark too; screenshots.
export const CLOSELY = { sizes: [WIDE, PHONE], dark: true, shots: true };
export const ONCE_WIDE = { sizes: [WIDE], dark: true, shots: false };
export const ONCE_SMALL = { sizes: [PHONE], dark: false, shots: false };

// Everything about one page, and two screenshots in `shots` (a path without its ending).
export async function measure(tab, url, status, looks, shots) {
  const { page, context } = tab;
  const wire = tab.wire = { requests: 0, bytes: 0, elsewhere: 0, scripts: 0, console: [] };
  tab.kinds.clear();
  if (!tab.account) await context.clearCookies();
  await page.setViewportSize(WIDE);
  const response = await page.goto(url, { waitUntil: 'load', timeout: 30000 });
  await page.waitForTimeout(100); // no script can ask for more; a favicon that was forgotten would
  const { elements, inline } = await page.evaluate(count);
  const cookies = (await context.cookies()).length;
  for (const size of looks.shots ? [WIDE, PHONE] : []) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `${shots}-${size.width}.png`, fullPage: true });
  }
  const axeFound = await axe(page, looks);
  const { stops, unfocused } = await keyboard(page);
  const over = [await sideways(page, NARROW, ''), await sideways(page, NARROW, SPACED), await sideways(page, WIDE, LARGE)];
  const details = [...axeFound, ...unfocused, ...wire.console.map((text) => `console: ${text}`)];
  if (Math.max(...over) > 0) details.push(`sideways: ${over[0]} px at 320, ${over[1]} with spaced text, ${over[2]} with text at 200 %`);
  if (response.status() !== status) details.push(`status ${response.status()}, expected ${status}`);
  return {
    figures: {
      bytes: wire.bytes, requests: wire.requests, elsewhere: wire.elsewhere, scripts: wire.scripts + inline, cookies, elements,
      ecoindex: ecoIndex(elements, wire.requests, wire.bytes / 1000), overflow: Math.max(...over), axe: axeFound.length,
      unfocused: unfocused.length, console: wire.console.length + (response.status() !== status),
    },
    stops,
    details,
    source: await response.text(),
  };
}
