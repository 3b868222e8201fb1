// Goes through a book in a web reading system and says what a person would miss. What opens the book
// gives an object with
//   sections   how many documents the spine has
//   contents   [{level, label, href, section, isIn(document)}]: the contents as the reader shows them
//   show(to)   goes to a section's number or a contents entry's address; the documents then shown,
//              [{section, document}]

const PATIENCE = 20_000;

export async function inspect(opening) {
  const reader = await inTime(opening);
  const findings = [];
  for (let section = 0; section < reader.sections; section += 1) {
    const entries = reader.contents.filter((entry) => entry.section === section);
    const found = await attempt(() => sectionFindings(reader, section, entries));
    findings.push(...found.map((finding) => `section ${section}: ${finding}`));
  }
  for (const entry of reader.contents) {
    if (entry.section === null) findings.push(`the contents entry ${name(entry)} leads nowhere`);
  }
  for (const entry of someOf(reader.contents)) {
    const found = await attempt(() => jumpFindings(reader, entry));
    findings.push(...found.map((finding) => `from the contents to ${name(entry)}: ${finding}`));
  }
  const contents = reader.contents.map(({ level, label }) => [level, label]);
  return { sections: reader.sections, contents, findings };
}

async function sectionFindings(reader, section, entries) {
  const shown = (await reader.show(section)).find((part) => part.section === section);
  if (!shown) return ['is not shown'];
  const findings = await documentFindings(shown.document);
  const lost = entries.filter((entry) => !entry.isIn(shown.document));
  return [...findings, ...lost.map((entry) => `lacks what the contents entry ${name(entry)} points at`)];
}

async function jumpFindings(reader, entry) {
  const shown = await reader.show(entry.href);
  return shown.some((part) => part.section === entry.section) ? [] : ['another section is shown'];
}

async function documentFindings(document) {
  const findings = [];
  if (document.querySelector('parsererror')) findings.push('is not well-formed');
  const pictures = [...document.images, ...document.querySelectorAll('svg image')];
  if (!document.body?.innerText.trim() && pictures.length === 0) findings.push('is blank');
  for (const picture of pictures) {
    const address = picture.currentSrc || picture.getAttribute('href') || picture.getAttribute('xlink:href');
    const decoded = new Image();
    decoded.src = address;
    await decoded.decode().catch(() => findings.push(`a picture does not decode: ${picture.alt || address}`));
  }
  return findings;
}

// The first, the last and some between: each entry's target is looked at with its section already.
function someOf(entries) {
  const step = Math.max(1, Math.floor(entries.length / 10));
  return entries.filter((entry, i) => entry.section !== null && (i % step === 0 || i === entries.length - 1));
}

// The findings, or, where the reader throws or takes too long, that.
async function attempt(findings) {
  try {
    return await inTime(findings());
  } catch (error) {
    return [String(error?.message ?? error)];
  }
}

async function inTime(promise) {
  let timer;
  const tooLong = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('the reader took too long')), PATIENCE);
  });
  try {
    return await Promise.race([promise, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

function name({ label, href }) {
  return `“${label.trim()}” (${href})`;
}
