// drive.mjs READER FILE: opens the book in foliate-js or epub.js in headless Chromium and goes through it.
// Prints {sections, contents: [[level, label]], findings: [text]} as JSON. VALIDATORS names the folder
// that npm installed into, PUPPETEER_EXECUTABLE_PATH the browser.
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [readerName, bookFile] = process.argv.slice(2);
const packages = `${process.env.VALIDATORS}/npm/node_modules`;
const here = path.dirname(fileURLToPath(import.meta.url));
const puppeteer = createRequire(`${packages}/`)('puppeteer');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.epub': 'application/epub+zip' };

// The local file behind an address of ours. URL has resolved any "..", so nothing above a root is served.
function localFile(address) {
  const { pathname } = new URL(address, 'http://localhost');
  if (pathname === '/book.epub') return bookFile;
  if (pathname.startsWith('/readers/')) return path.join(here, pathname.slice('/readers'.length));
  if (pathname.startsWith('/npm/')) return path.join(packages, pathname.slice('/npm'.length));
  return null;
}

function serve(request, response) {
  const file = localFile(request.url);
  if (!file || !fs.existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
  fs.createReadStream(file).pipe(response);
}

// What the page does that a good book never makes it do: errors, and requests that leave the machine.
async function watch(page, origin, findings) {
  page.on('pageerror', (error) => findings.add(`page error: ${error.message ?? error}`));
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const local = request.url().startsWith(`${origin}/`) || /^(blob|data|about):/.test(request.url());
    if (!local) findings.add(`asks the network for ${request.url()}`);
    if (local) request.continue();
    else request.abort();
  });
}

const server = http.createServer(serve);
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await puppeteer.launch({
  executablePath: process.env.PUPPETEER_EXECUTABLE_PATH,
  // Chromium's own sandbox does not start as root nor in most containers.
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
  protocolTimeout: 1_200_000,
});
try {
  const findings = new Set();
  const page = await browser.newPage();
  await page.setViewport({ width: 600, height: 800 });
  await watch(page, origin, findings);
  await page.goto(`${origin}/readers/harness.html?reader=${readerName}`);
  await page.waitForFunction('window.inspect');
  const seen = await page.evaluate(() => window.inspect(window.opening));
  seen.findings.push(...findings);
  process.stdout.write(JSON.stringify(seen));
} finally {
  await browser.close();
  server.close();
}
