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
// WCAG 1.4.12; and text at 200 %, which is more than zooming the page to 200 %.
const SPACED = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';
const LARGE = 'html{font-size:200%!important}';

// Counts what goes over the wire while the page loads.
async function watch(page, host) {
  const wire = { requests: 0, bytes: 0, elsewhere: 0, scripts: 0, console: [] };
  const session = await page.context().newCDPSession(page);
  const kinds = new Map();
  await session.send('Network.enable');
  session.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    if (!request.url.startsWith('http')) return;
    kinds.set(requestId, type);
    if (new URL(request.url).host !== host) wire.elsewhere++;
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!kinds.has(requestId)) return;
    wire.requests++;
    wire.bytes += encodedDataLength;
    if (kinds.get(requestId) === 'Script') wire.scripts++;
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (4|5)\d\d/.test(message.text())) wire.console.push(message.text().slice(0, 200));
  });
  return wire;
}

// Elements as EcoIndex counts them (what is inside a drawing left out), and scripts written into the page.
const count = () => {
  const drawn = document.querySelectorAll('svg *').length;
  const handlers = [...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => a.name.startsWith('on'))).length;
  return { elements: document.querySelectorAll('*').length - drawn, inline: document.scripts.length + handlers };
};

async function axe(page) {
  const found = new Map();
  await page.evaluate(AXE); // by the debugger, which a strict CSP does not stop
  for (const size of [WIDE, PHONE]) {
    await page.setViewportSize(size);
    const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), AXE_TAGS);
    for (const v of violations) found.set(v.id, `axe ${v.impact} ${v.id}: ${v.help} (${v.nodes.length}×, first ${v.nodes[0].target})`);
  }
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

// Everything about one page, and two screenshots in `shots` (a path without its ending).
export async function measure(browser, url, status, shots) {
  const context = await browser.newContext({ viewport: WIDE, locale: 'fr', serviceWorkers: 'block' });
  const page = await context.newPage();
  try {
    const wire = await watch(page, new URL(url).host);
    const response = await page.goto(url, { waitUntil: 'load', timeout: 30000 });
    await page.waitForTimeout(100); // no script can ask for more; a favicon that was forgotten would
    const { elements, inline } = await page.evaluate(count);
    const cookies = (await context.cookies()).length;
    await page.screenshot({ path: `${shots}-1280.png`, fullPage: true });
    await page.setViewportSize(PHONE);
    await page.screenshot({ path: `${shots}-360.png`, fullPage: true });
    const axeFound = await axe(page);
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
  } finally {
    await context.close();
  }
}
