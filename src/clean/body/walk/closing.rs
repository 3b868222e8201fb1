//! The end of each kind of container: what it collected becomes a block.

use crate::clean::body::walk::builder::Builder;
use crate::clean::body::walk::container::Kind;
use crate::clean::body::walk::draft::{self, Draft};
use crate::clean::body::walk::line;
use crate::clean::body::walk::tables;
use crate::clean::body::{join_lists, settle};
use crate::model::{Block, CleanText, Inline, List, Note};

impl Builder {
    /// Ends a container that holds blocks, which is no longer the innermost.
    pub(in crate::clean::body) fn close_blocks(&mut self, kind: Kind, drafts: Vec<Draft>) {
        match kind {
            Kind::Quote => self.push_group(drafts, Block::Quote),
            Kind::Note(name) => {
                self.push_group(drafts, |content| Block::Note(Note { name, content }))
            }
            Kind::List { start, items } => {
                if !items.is_empty() {
                    self.push(Draft::plain(Block::List(List { start, items })));
                }
            }
            Kind::Item => self.close_item(drafts),
            Kind::Definitions => self.close_definitions(drafts),
            Kind::Table(table) => {
                self.give(drafts);
                self.give(table.finish());
            }
            Kind::Row(cells) => self.close_row(cells, drafts),
            Kind::Cell(cell) => self.close_cell(cell, drafts),
            Kind::TableCaption => self.close_table_caption(drafts),
            Kind::Code(code) => {
                let code = code.trim_end().trim_start_matches('\n');
                if !code.trim().is_empty() {
                    self.push(Draft::plain(Block::Code(CleanText::new(code))));
                }
                self.give(drafts);
            }
            Kind::RubyText => self.close_ruby_text(drafts),
            Kind::SideNote => {
                let content = draft::blocks(settle(drafts));
                self.keep_side_note(content);
            }
            Kind::Root | Kind::Ruby(_) => self.give(drafts),
        }
    }

    fn push_group(&mut self, drafts: Vec<Draft>, group: impl FnOnce(Vec<Block>) -> Block) {
        let blocks = draft::blocks(settle(drafts));
        if !blocks.is_empty() {
            self.push(Draft::plain(group(blocks)));
        }
    }

    fn close_item(&mut self, drafts: Vec<Draft>) {
        let blocks = draft::blocks(settle(drafts));
        if blocks.is_empty() {
            return;
        }
        if let Kind::List { items, .. } = self.kind_mut() {
            items.push(blocks);
        } else {
            let block = Block::List(List {
                start: None,
                items: vec![blocks],
            });
            self.push(Draft::plain(block));
        }
    }

    /// A term and what explains it are one item.
    fn close_definitions(&mut self, drafts: Vec<Draft>) {
        let mut items: Vec<Vec<Draft>> = Vec::new();
        let mut after_term = false;
        for draft in drafts {
            let term = draft.mark.term;
            match items.last_mut() {
                Some(item) if !term || after_term => item.push(draft),
                _ => items.push(vec![draft]),
            }
            after_term = term;
        }
        let items: Vec<_> = items
            .into_iter()
            .map(|item| draft::blocks(settle(item)))
            .collect();
        if !items.is_empty() {
            self.push(Draft::plain(Block::List(List { start: None, items })));
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

    /// Ends what stands before an annotation.
    pub(in crate::clean::body) fn end_ruby_base(&mut self) {
        self.take_anchors();
        let base = self.line_mut().finish();
        if let Kind::Ruby(parts) = self.kind_mut()
            && !base.is_empty()
        {
            parts.push((base, Vec::new()));
        }
    }

    fn close_ruby_text(&mut self, drafts: Vec<Draft>) {
        let (annotation, rest) = draft::flatten(drafts);
        self.give(rest);
        if let Kind::Ruby(parts) = self.kind_mut() {
            match parts.last_mut() {
                Some((_, empty)) if empty.is_empty() => *empty = annotation,
                _ => parts.push((Vec::new(), annotation)),
            }
        }
    }

    pub(in crate::clean::body) fn close_ruby(
        &mut self,
        parts: Vec<(Vec<Inline>, Vec<Inline>)>,
        rest: Vec<Inline>,
        drafts: Vec<Draft>,
    ) {
        let (before, blocks) = draft::flatten(drafts);
        for inline in before {
            self.atom(inline);
        }
        for (base, annotation) in parts {
            if base.is_empty() || annotation.is_empty() {
                base.into_iter()
                    .chain(annotation)
                    .for_each(|inline| self.atom(inline));
            } else if let Some(ruby) = line::ruby(base, annotation) {
                self.atom(ruby);
            }
        }
        rest.into_iter().for_each(|inline| self.atom(inline));
        if !blocks.is_empty() {
            self.flush();
            self.give(blocks);
        }
    }

    /// Blocks that stand in a list but in no item become an item, or part of the one before.
    pub(in crate::clean::body) fn adopt_loose(&mut self) {
        let container = self.top_mut();
        let Kind::List { items, .. } = &mut container.kind else {
            return;
        };
        let blocks = draft::blocks(settle(std::mem::take(&mut container.drafts)));
        let nested = blocks
            .iter()
            .take_while(|block| matches!(block, Block::List(_)))
            .count();
        let mut blocks = blocks.into_iter();
        if let Some(last) = items.last_mut() {
            let own = std::mem::take(last).into_iter();
            let all = own.chain(blocks.by_ref().take(nested));
            *last = draft::blocks(join_lists(all.map(Draft::plain).collect()));
        }
        let rest: Vec<Block> = blocks.collect();
        if !rest.is_empty() {
            items.push(rest);
        }
    }
}
