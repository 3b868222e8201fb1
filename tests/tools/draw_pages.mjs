// draw_pages.mjs PAGES: photographs pages of books as foliate-js and epub.js show them in headless
// Chromium. PAGES is a JSON list of {reader, book, section, turns, width, height, size, theme, target};
// draw_pages.py makes it.
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = `${process.env.VALIDATORS}/npm/node_modules`;
const here = path.dirname(fileURLToPath(import.meta.url));
const puppeteer = createRequire(`${packages}/`)('puppeteer');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.epub': 'application/epub+zip' };

let book = '';
const server = http.createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const files = { '/book.epub': book, '/': path.join(here, 'draw_pages.html') };
  const library = pathname.startsWith('/npm/') ? path.join(packages, pathname.slice('/npm'.length)) : null;
  const file = files[pathname] ?? library;
  if (!file || !fs.existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': TYPES[path.extname(file) || '.html'] ?? 'application/octet-stream' });
  fs.createReadStream(file).pipe(response);
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const browser = await puppeteer.launch({
  executablePath: process.env.PUPPETEER_EXECUTABLE_PATH,
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  for (const wanted of JSON.parse(process.argv[2])) {
    book = wanted.book;
    const page = await browser.newPage();
    await page.setViewport({ width: wanted.width, height: wanted.height, deviceScaleFactor: 1.5 });
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction('window.draw');
    await page.evaluate((one) => window.draw(one), wanted);
    await page.waitForNetworkIdle({ idleTime: 500 });
    await page.screenshot({ path: wanted.target });
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
}
