// A family reads its file on a computer that others use after: by the card's QR code, then "finish and erase", then Back. Nothing of the file may
// be seen again, and the code is in no address that the browser remembers. node tests/web/leave.mjs --port PORT (a demonstration).
import { chromium } from 'playwright-core';

const arg = (name, otherwise) => { const i = process.argv.indexOf('--' + name); return i < 0 ? otherwise : process.argv[i + 1]; };
const base = `http://127.0.0.1:${arg('port', '8080')}`;
const faults = [];
const expect = (what, ok) => { if (!ok) faults.push(what); console.log(`${ok ? 'ok' : 'FAIL'} ${what}`); };

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const agent = await (await browser.newContext()).newPage();
await agent.goto(base + '/connexion');
await agent.fill('[name=courriel]', 'accueil@demo.example');
await agent.fill('[name=passe]', 'quatre mots sur un ponton');
await agent.click('main button');
await agent.waitForURL(/agent/);
await agent.goto(base + '/agent/foyers/DEMO-2220/carte');
if (!await agent.$('article code')) await agent.click('button[value=donner]');
const code = (await agent.textContent('article code')).trim();

async function visit(shared) {
	const context = await browser.newContext();
	const page = await context.newPage();
	const seen = [];
	page.on('framenavigated', f => seen.push(f.url()));
	await page.goto(`${base}/foyer/${code}`);
	expect('the QR code leads to the form, its code is not in the address', page.url() === base + '/foyer');
	expect('the code need not be typed', await page.locator('input[type=hidden][name=code]').inputValue() === code);
	await page.fill('[name=reponse]', '01 99 00 12 01');
	if (shared) await page.check('[name=partage]');
	const [answer] = await Promise.all([page.waitForResponse(r => r.url().endsWith('/foyer/dossier')), page.click('main form button')]);
	await page.waitForLoadState();
	expect('the file is shown', (await page.content()).includes('Khadija'));
	expect(shared ? 'the page goes away by itself' : 'the page stays', Boolean((await answer.allHeaders()).refresh) === shared);
	expect('no address that was visited has the code', !seen.some(u => u.includes(code)));
	await page.click('form[action$="/fin"] button');
	await page.waitForURL(/fin=1/);
	expect('it says that it is over', (await page.textContent('main')).includes('C’est fini'));
	for (let i = 0; i < 4; i++) {
		await page.goBack({ waitUntil: 'load' }).catch(() => {});
		const html = await page.content();
		expect(`Back ${i + 1}: nothing of the file (${page.url().replace(base, '')})`, !html.includes('Khadija') && !html.includes('01 99 00 12 01'));
	}
	await page.goto(base + '/foyer/dossier');
	expect('the file asks for the card again', page.url() === base + '/foyer');
	await context.close();
}
await visit(false);
await visit(true);
await browser.close();
console.log(`${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
