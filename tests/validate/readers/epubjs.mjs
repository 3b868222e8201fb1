// epub.js as a reading system: see inspect.mjs for what the returned object is asked.

export async function open(address, container) {
  const book = window.ePub(address);
  await book.ready;
  const rendition = book.renderTo(container, { width: 600, height: 800, flow: 'scrolled-doc' });

  const entry = ({ label, href, subitems }, level) => {
    const fragment = href.split('#')[1];
    return [
      {
        level,
        label,
        href,
        section: book.spine.get(href)?.index ?? null,
        isIn: (document) => !fragment || Boolean(document.getElementById(decodeURIComponent(fragment))),
      },
      ...(subitems ?? []).flatMap((child) => entry(child, level + 1)),
    ];
  };
  return {
    sections: book.spine.spineItems.length,
    contents: book.navigation.toc.flatMap((item) => entry(item, 1)),
    show: async (target) => {
      await rendition.display(target);
      return rendition.getContents().map(({ sectionIndex, document }) => ({ section: sectionIndex, document }));
    },
  };
}
