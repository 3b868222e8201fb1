// Feeds of an archive with the npm package `feed`, as one would write it in an hour:
// npm_feed.mjs PACKAGES ARTICLES OUT, where PACKAGES is the folder that npm installed into.
// Writes OUT/rss.xml and OUT/atom.xml with every article. The body is taken as it stands.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [packages, articles, out] = process.argv.slice(2);
const require = createRequire(path.resolve(packages, 'x.js'));
const { Feed } = await import(pathToFileURL(require.resolve('feed')));

const feed = new Feed({
  id: 'https://me.example/archive',
  link: 'https://me.example/',
  title: 'Archive',
  description: 'Archive',
  language: 'zh',
  author: { name: 'Archive' },
});
const files = fs.readdirSync(articles, { recursive: true }).filter((name) => name.endsWith('.md')).sort();
for (const name of files) {
  const text = fs.readFileSync(path.join(articles, name), 'utf8');
  const at = text.indexOf('\n------\n');
  const [, saved, title, address] = /^<!--(\d+)-->\n\[(.*)\]\((.*)\)$/.exec(text.slice(0, at));
  const date = new Date(Number(saved));
  feed.addItem({ id: address, title, link: address, date, published: date, content: text.slice(at + 8) });
}
fs.mkdirSync(out, { recursive: true });
fs.writeFileSync(path.join(out, 'rss.xml'), feed.rss2());
fs.writeFileSync(path.join(out, 'atom.xml'), feed.atom1());
