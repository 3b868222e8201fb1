// feed_reader.mjs READER FILE: what rss-parser or feedsmith sees in a feed, as a JSON list of
// {id, title, date, body}. VALIDATORS names the folder that npm installed them into.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(`${process.env.VALIDATORS}/npm/`);

async function rssParser(text) {
  const Parser = require('rss-parser');
  const feed = await new Parser({ customFields: { item: ['id'] } }).parseString(text);
  return feed.items.map((item) => ({
    id: item.guid ?? item.id,
    title: item.title,
    date: item.isoDate,
    body: item['content:encoded'] ?? item.content ?? item.summary,
  }));
}

async function feedsmith(text) {
  const { parseFeed } = await import(pathToFileURL(require.resolve('feedsmith')));
  const { format, feed } = parseFeed(text);
  const views = {
    rss: (item) => [item.guid?.value ?? item.link, item.title, item.pubDate, item.content?.encoded ?? item.description],
    atom: (entry) => [entry.id, entry.title, entry.published ?? entry.updated, entry.content ?? entry.summary],
    json: (item) => [item.id, item.title, item.date_published ?? item.date_modified, item.content_html ?? item.content_text],
  };
  return (feed.items ?? feed.entries ?? []).map((item) => {
    const [id, title, date, body] = views[format](item);
    return { id: text_of(id), title: text_of(title), date, body: text_of(body) };
  });
}

// feedsmith gives a text construct as a string or, where it has attributes, as an object.
function text_of(construct) {
  return typeof construct === 'object' ? construct?.value : construct;
}

const [reader, file] = process.argv.slice(2);
const read = { 'rss-parser': rssParser, feedsmith }[reader];
const items = await read(fs.readFileSync(file, 'utf8'));
const fields = ({ id, title, date, body }) => ({ id, title: title ?? '', date: date ?? null, body: body ?? '' });
process.stdout.write(JSON.stringify(items.map(fields)));
