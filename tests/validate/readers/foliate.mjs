// foliate-js as a reading system: see inspect.mjs for what the returned object is asked.
import '/npm/foliate-js/view.js';

export async function open(address, container) {
  const view = document.createElement('foliate-view');
  container.append(view);
  await view.open(address);
  await frameShown();

  const entry = ({ label, href, subitems }, level) => {
    const target = href ? view.resolveNavigation(href) : null;
    return [
      { level, label, href, section: target?.index ?? null, isIn: (document) => target?.anchor(document) != null },
      ...(subitems ?? []).flatMap((child) => entry(child, level + 1)),
    ];
  };
  return {
    sections: view.book.sections.length,
    contents: (view.book.toc ?? []).flatMap((item) => entry(item, 1)),
    show: async (target) => {
      // goTo swallows its errors; going nowhere is then the sign.
      if (!(await view.goTo(target))) throw new Error('the reader cannot go there');
      await frameShown();
      return view.renderer.getContents().map(({ index, doc }) => ({ section: index, document: doc }));
    },
  };
}

// Resolves when the browser has laid out and told the sizes of one frame. foliate-js lays a section out anew
// whenever its container changes size, as it does at first and where vertical and horizontal sections
// follow each other, and fails where that news finds the next section's document half loaded.
function frameShown() {
  return new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
}
