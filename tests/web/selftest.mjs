// The audit of the audit: on a page with every fault (bad.html), each measure must find its own. node selftest.mjs
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const here = path.dirname(new URL(import.meta.url).pathname);
const page = readFileSync(path.join(here, 'bad.html'));
const folder = mkdtempSync(path.join(tmpdir(), 'gabare-selftest-'));
const server = http.createServer((request, response) => {
  response.writeHead(request.url === '/' ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(request.url === '/' ? page : '');
});
server.listen(0, '127.0.0.1', () => {
  const list = path.join(folder, 'list');
  writeFileSync(list, '/\tfr\t200\t/\n');
  const args = [path.join(here, 'audit.mjs'), '--port', server.address().port, '--list', list, '--out', folder];
  execFile(process.execPath, args.map(String), (error, stdout) => {
    const wanted = ['scripts: ', 'cookies: ', 'overflow: ', 'axe: ', 'htmlValidate: ', 'vnu: ', 'unfocused: ', 'console: ', 'color-contrast', 'in the dark'];
    const missing = wanted.filter((what) => !stdout.includes(what));
    for (const what of missing) console.log(`FAIL the audit does not find: ${what}`);
    if (missing.length) console.log(stdout);
    console.log(`${wanted.length - missing.length} passed, ${missing.length} failed`);
    process.exitCode = error && missing.length === 0 ? 0 : 1;
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
