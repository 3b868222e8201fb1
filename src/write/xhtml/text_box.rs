//! Boxes: framed by a style sheet where there is one, else by what readers set off without one.

use super::{Serialiser, shows_nothing};
use crate::model::{BoxKind, Inline, TextBox};

/// The tags around a box and its title.
struct Tags {
    /// The element, and what follows its id.
    open: [&'static str; 2],
    /// The element, its class, and what stands before and behind the text.
    title: [&'static str; 4],
    close: &'static str,
}

impl Tags {
    /// The tags of a box for readers with or without the book's style sheet.
    fn of(has_style_sheet: bool, is_folded: bool) -> Self {
        let (open, title, close) = match (has_style_sheet, is_folded) {
            (true, false) => (
                ["aside", " class=\"box\">"],
                ["p", " class=\"box-title\"", ">", "</p>"],
                "</aside>",
            ),
            // Not all reading systems open what is closed.
            (true, true) => (
                ["div", " class=\"box details\">"],
                ["p", " class=\"box-title\"", ">", "</p>"],
                "</div>",
            ),
            (false, false) => (
                ["aside", "><blockquote>"],
                ["p", "", "><strong>", "</strong></p>"],
                "</blockquote></aside>",
            ),
            (false, true) => (
                ["details", ">"],
                ["summary", "", ">", "</summary>"],
                "</details>",
            ),
        };
        Tags { open, title, close }
    }
}

impl Serialiser<'_> {
    /// A box. A title without text below is a paragraph.
    pub(super) fn text_box(&mut self, text_box: &TextBox) {
        let (id, outer) = (self.id.take(), std::mem::take(&mut self.out));
        self.blocks(&text_box.content);
        let content = std::mem::replace(&mut self.out, outer);
        self.id = id;
        if content.is_empty() {
            return self.paragraph(&text_box.title);
        }
        let is_titled = !shows_nothing(&text_box.title);
        let is_folded = is_titled && text_box.kind == BoxKind::Folded;
        let tags = Tags::of(self.style.classes, is_folded);
        let [element, rest] = tags.open;
        self.out.push('<');
        self.out.push_str(element);
        self.id_attribute();
        self.out.push_str(rest);
        self.out.push('\n');
        if is_titled {
            self.box_title(&text_box.title, tags.title);
        }
        self.out.push_str(&content);
        self.out.push_str(tags.close);
        self.out.push('\n');
    }

    fn box_title(&mut self, title: &[Inline], [element, class, open, close]: [&str; 4]) {
        self.out.push('<');
        self.out.push_str(element);
        let title = self.open_line(title);
        self.out.push_str(class);
        self.out.push_str(open);
        self.line(title);
        self.out.push_str(close);
        self.out.push('\n');
    }
}
