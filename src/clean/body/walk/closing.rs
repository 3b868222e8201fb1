//! The end of each kind of container: what it collected becomes a block.

use crate::clean::Removed;
use crate::clean::body::settle;
use crate::clean::body::walk::boxes;
use crate::clean::body::walk::builder::Builder;
use crate::clean::body::walk::container::Kind;
use crate::clean::body::walk::draft::{self, Draft};
use crate::clean::body::walk::line;
use crate::clean::body::walk::line::ruby;
use crate::clean::body::walk::links::notes;
use crate::clean::body::walk::listing;
use crate::clean::body::walk::lists;
use crate::clean::body::walk::tables;
use crate::model::{Block, BoxKind, CleanText, Inline, List, ListItem, Note, TextBox};

impl Builder {
    /// Ends a container that holds blocks, which is no longer the innermost.
    pub(in crate::clean::body) fn close_blocks(&mut self, kind: Kind, drafts: Vec<Draft>) {
        match kind {
            Kind::Quote => self.close_quote(drafts),
            Kind::Box(kind) => self.give(boxes::finish(kind, settle(drafts))),
            Kind::Note(name) => {
                self.push_group(drafts, |mut content| {
                    notes::join_number(&mut content);
                    Block::Note(Note { name, content })
                });
            }
            Kind::List(list) => {
                if let Some(list) = list.finish() {
                    self.push(Draft::plain(Block::List(list)));
                }
            }
            Kind::Item(value) => self.close_item(value, drafts),
            Kind::Definitions(parts) => {
                self.give(drafts);
                self.give(lists::definitions(parts));
            }
            Kind::Part { is_term } => self.close_part(is_term, drafts),
            Kind::Table(table) => {
                self.give(drafts);
                self.give(table.finish());
            }
            Kind::Row(cells) => self.close_row(cells, drafts),
            Kind::Cell(cell) => self.close_cell(cell, drafts),
            Kind::TableCaption => self.close_table_caption(drafts),
            Kind::Code(listing) => self.close_listing(listing, drafts),
            Kind::RubyText => self.close_ruby_text(drafts),
            Kind::SideNote => {
                let content = draft::blocks(settle(drafts));
                self.keep_side_note(content);
            }
            Kind::Root | Kind::Ruby(_) => self.give(drafts),
        }
    }

    /// A `code` right after another, both on their own, goes on with it.
    fn close_listing(&mut self, listing: listing::draft::Draft, drafts: Vec<Draft>) {
        let is_bare = listing.is_bare;
        let (listing, numbers) = listing.finish();
        if !numbers.is_empty() {
            self.removed.push(Removed {
                rule: "line-numbers",
                text: numbers,
            });
        }
        if let Some(listing) = listing {
            match self.top_mut().drafts.last_mut() {
                Some(Draft {
                    block: Block::Code(before),
                    mark,
                    ..
                }) if is_bare && mark.bare_code && before.language == listing.language => {
                    before.text = CleanText::new(format!("{}\n{}", before.text, listing.text));
                }
                _ => {
                    let mut draft = Draft::plain(Block::Code(listing));
                    draft.mark.bare_code = is_bare;
                    self.push(draft);
                }
            }
        }
        self.give(drafts);
    }

    fn close_quote(&mut self, drafts: Vec<Draft>) {
        let mut drafts = settle(drafts);
        let mark = boxes::take_mark(&mut drafts);
        let quote = draft::blocks(drafts);
        if quote.is_empty() {
            return;
        }
        let block = match mark {
            Some(mark) => {
                self.removed.push(mark.removed);
                Block::Box(TextBox {
                    kind: BoxKind::Framed,
                    title: mark.title,
                    content: quote,
                })
            }
            None => Block::Quote(quote),
        };
        self.push(Draft::plain(block));
    }

    fn push_group(&mut self, drafts: Vec<Draft>, group: impl FnOnce(Vec<Block>) -> Block) {
        let blocks = draft::blocks(settle(drafts));
        if !blocks.is_empty() {
            self.push(Draft::plain(group(blocks)));
        }
    }

    fn close_item(&mut self, value: Option<i32>, drafts: Vec<Draft>) {
        let mut content = draft::blocks(settle(drafts));
        if content.is_empty() {
            return;
        }
        lists::join_box(&mut content);
        let item = ListItem { value, content };
        if let Kind::List(list) = self.kind_mut() {
            list.items.push(item);
        } else {
            let items = vec![ListItem {
                value: None,
                ..item
            }];
            let numbering = None;
            self.push(Draft::plain(Block::List(List { numbering, items })));
        }
    }

    fn close_part(&mut self, is_term: bool, content: Vec<Draft>) {
        if let Kind::Definitions(parts) = self.kind_mut() {
            parts.push(lists::Part { is_term, content });
        }
    }

    fn close_row(&mut self, cells: Vec<tables::CellDraft>, loose: Vec<Draft>) {
        self.give(loose);
        if let Kind::Table(table) = self.kind_mut() {
            table.push_row(cells);
        }
    }

    fn close_cell(&mut self, mut cell: tables::CellDraft, drafts: Vec<Draft>) {
        cell.content = settle(drafts);
        if let Kind::Row(cells) = self.kind_mut() {
            cells.push(cell);
        }
    }

    fn close_table_caption(&mut self, drafts: Vec<Draft>) {
        let (caption, rest) = draft::flatten(drafts);
        self.give(rest);
        if let Kind::Table(table) = self.kind_mut() {
            draft::join(&mut table.caption, caption);
        }
    }

    /// Ends a base where one may stand.
    pub(in crate::clean::body) fn end_ruby_base_if_any(&mut self) {
        if self.ruby().is_some() {
            self.end_ruby_base();
        }
    }

    /// Ends what stands before an annotation.
    pub(in crate::clean::body) fn end_ruby_base(&mut self) {
        self.take_anchors();
        let base = self.line_mut().finish();
        if let Some(ruby) = self.ruby() {
            ruby.push_base(base);
        }
    }

    fn close_ruby_text(&mut self, drafts: Vec<Draft>) {
        let (annotation, rest) = draft::flatten(drafts);
        self.give(rest);
        if let Some(ruby) = self.ruby() {
            ruby.push_annotation(annotation);
        }
    }

    pub(in crate::clean::body) fn close_ruby(
        &mut self,
        mut ruby: ruby::Draft,
        rest: Vec<Inline>,
        drafts: Vec<Draft>,
    ) {
        let (before, blocks) = draft::flatten(drafts);
        for inline in before {
            self.atom(inline);
        }
        ruby.push_base(rest);
        let parts = ruby.finish();
        let is_only = parts.iter().all(|(base, _)| base.is_empty());
        for (base, annotation) in parts {
            if base.is_empty() && !is_only {
                // A second reading of all bases: it is no text.
                let [open, close] = line::brackets(&annotation);
                self.text(open);
                annotation.into_iter().for_each(|inline| self.atom(inline));
                self.text(close);
            } else if base.is_empty() || annotation.is_empty() {
                base.into_iter()
                    .chain(annotation)
                    .for_each(|inline| self.atom(inline));
            } else if let Some(ruby) = line::ruby(base, annotation) {
                self.atom(ruby);
            }
        }
        if !blocks.is_empty() {
            self.flush();
            self.give(blocks);
        }
    }

    /// Blocks that stand in a list but in no item become an item, or part of the one before; those between
    /// terms explain the one before.
    pub(in crate::clean::body) fn adopt_loose(&mut self) {
        let container = self.top_mut();
        let list = match &mut container.kind {
            Kind::List(list) => list,
            Kind::Definitions(parts) => {
                let content = std::mem::take(&mut container.drafts);
                if !content.is_empty() {
                    let is_term = false;
                    parts.push(lists::Part { is_term, content });
                }
                return;
            }
            _ => return,
        };
        let drafts = settle(std::mem::take(&mut container.drafts));
        let nested = drafts
            .iter()
            .take_while(|draft| matches!(draft.block, Block::List(_)))
            .count();
        let mut drafts = drafts.into_iter();
        if let Some(last) = list.items.last_mut() {
            let mut all = draft::drafts(std::mem::take(&mut last.content));
            all.extend(drafts.by_ref().take(nested));
            last.content = draft::blocks(lists::join_nested(all));
        }
        let rest = draft::blocks(drafts.collect());
        if !rest.is_empty() {
            list.items.push(rest.into());
        }
    }
}
