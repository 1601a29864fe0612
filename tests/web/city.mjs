// A city of a scenario's own: a folder that goes with it, commands and a server on its data, what is expected, counted.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export const program = path.join(root, 'build/gabare');
export const dir = mkdtempSync(path.join(tmpdir(), 'gabare-scenario-'));
export const data = path.join(dir, 'data');
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
let passed = 0;
let failed = 0;

export function expect(what, held, seen) {
  if (held) passed++;
  else {
    failed++;
    console.log(`FAIL ${what}${seen === undefined ? '' : `: ${String(seen).slice(0, 700)}`}`);
  }
}

export const gabare = (...args) => execFileSync(program, [...args, '--data', data], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** What `fn` answers, once it is something; an Error when that takes longer. */
export async function until(what, seconds, fn) {
  for (let i = 0; i < seconds * 5; i++) {
    const got = await fn();
    if (got) return got;
    await sleep(200);
  }
  throw new Error(`${what}: not within ${seconds} s`);
}

/** Serves the data (the demonstration, when there are none): { server, url, log }. */
export async function serve() {
  let log = '';
  const server = spawn(program, ['serve', '--port', '0', '--data', data], { stdio: ['ignore', 'ignore', 'pipe'] });
  server.stderr.on('data', (text) => { log += text; });
  const url = await until('the server', 60, () => /msg="serving" url=(http:[^ ]*)/.exec(log)?.[1]);
  return { server, url: url.replace(/\/$/, ''), log: () => log };
}

/** Runs the scenario to its end and says how it went: the process ends here. */
export async function scenario(main) {
  await main().catch((e) => { failed++; console.log(`FAIL ${e.stack ?? e}`); });
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}
