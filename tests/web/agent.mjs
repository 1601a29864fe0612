// Somebody who works with the pages: what they would fill and press, by the names of fields, as a browser without scripts sends it.
// The forms are read by the browser's own parser; hundreds of them are sent in the time that one is drawn.

/** A person of their own (cookies apart), in a browser that is there. */
export async function person(browser, url) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${url}/plan`); // any page of the site: what is asked comes from there
  return page;
}

/** The page at `path`: { status, path, text, html }. */
export const read = (page, path) => page.evaluate(async (at) => {
  const r = await fetch(at);
  const html = await r.text();
  const doc = new DOMParser().parseFromString(html, 'text/html');
  return { status: r.status, path: new URL(r.url).pathname + new URL(r.url).search, text: (doc.querySelector('main') ?? doc.body).textContent.replace(/\s+/g, ' '), html };
}, path);

/**
 * Opens `path`, fills the form that holds `button` (a CSS selector of what is pressed) and sends it. fields: { name: value, a list, true to
 * tick, or { file, type, base64 } }. Answers what came back, after any redirection; an Error when there is no such form or field.
 */
export const send = (page, path, button, fields = {}) => page.evaluate(async ({ at, button, fields }) => {
  const got = await fetch(at);
  const where = got.url;
  const doc = new DOMParser().parseFromString(await got.text(), 'text/html');
  const pressed = doc.querySelector(`main ${button}`);
  if (!pressed) throw new Error(`${at} (${got.status}): no ${button}: ${(doc.querySelector('main') ?? doc.body).textContent.replace(/\s+/g, ' ').slice(0, 400)}`);
  const form = pressed.form;
  const data = new FormData(form);
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (!field) throw new Error(`${at}: no field ${name}`);
    data.delete(name);
    if (value === true) data.set(name, (field.value ?? field[0]?.value) || 'on');
    else if (Array.isArray(value)) value.forEach((v) => data.append(name, v));
    else if (value?.file) data.set(name, new File([Uint8Array.from(atob(value.base64), (c) => c.charCodeAt(0))], value.file, { type: value.type }));
    else data.set(name, value);
  }
  if (pressed.name) data.append(pressed.name, pressed.value);
  const to = new URL(form.getAttribute('action') || where, where).href;
  const multipart = form.getAttribute('enctype') === 'multipart/form-data';
  const query = new URLSearchParams(multipart ? [] : data);
  const post = (form.getAttribute('method') ?? 'get').toLowerCase() === 'post';
  const r = post ? await fetch(to, { method: 'POST', body: multipart ? data : query }) : await fetch(`${to.split('?')[0]}?${query}`);
  const html = await r.text();
  const after = new DOMParser().parseFromString(html, 'text/html');
  return { status: r.status, path: new URL(r.url).pathname + new URL(r.url).search, text: (after.querySelector('main') ?? after.body).textContent.replace(/\s+/g, ' '), html };
}, { at: path, button, fields });

/** The radio buttons of the page at `path`: { name: [{ value, about, of: the question }] }; the addresses of its links, its boxes, its buttons. */
export const choices = (page, path) => page.evaluate(async (at) => {
  const doc = new DOMParser().parseFromString(await (await fetch(at)).text(), 'text/html');
  const radios = {};
  for (const r of doc.querySelectorAll('main [type=radio]'))
    (radios[r.name] ??= []).push({ value: r.value, about: (r.closest('label')?.innerHTML ?? '').replace(/<[^>]*>/g, ' '), of: r.closest('fieldset')?.querySelector('legend')?.textContent ?? '' });
  return { radios, links: [...doc.querySelectorAll('main a')].map((a) => a.getAttribute('href')), boxes: [...doc.querySelectorAll('main [type=checkbox]')].map((b) => b.value),
    buttons: [...doc.querySelectorAll('main button')].map((b) => `${b.name}=${b.value}`) };
}, path);
