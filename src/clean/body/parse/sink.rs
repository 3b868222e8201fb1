//! scraper's tree, with knowledge of where the parser stands in it.

use crate::clean::body::parse::tree::NodeId;
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, QualName};
use scraper::{Html, HtmlTreeSink};
use std::borrow::Cow;
use std::cell::Cell;

/// Passes everything on to [`HtmlTreeSink`] and watches how deep the parser stands.
pub(in crate::clean::body) struct DepthSink {
    inner: HtmlTreeSink,
    /// The element that the parser appends to, as far as it has told.
    current: Cell<Option<NodeId>>,
    depth: Cell<usize>,
    created: Cell<usize>,
}

impl DepthSink {
    pub(in crate::clean::body) fn new() -> Self {
        DepthSink {
            inner: HtmlTreeSink::new(Html::new_fragment()),
            current: Cell::new(None),
            depth: Cell::new(0),
            created: Cell::new(0),
        }
    }

    /// The number of elements above the place where the parser stands.
    pub(in crate::clean::body) fn depth(&self) -> usize {
        self.depth.get()
    }

    /// The number of elements made so far.
    pub(in crate::clean::body) fn created(&self) -> usize {
        self.created.get()
    }

    /// Follows an end tag: the parser then stands above the nearest element of that name.
    pub(in crate::clean::body) fn leave(&self, name: &LocalName) {
        let Some(current) = self.current.get() else {
            return;
        };
        let html = self.inner.0.borrow();
        let Some(node) = html.tree.get(current) else {
            return;
        };
        let is_named = |node: &scraper::Node| {
            node.as_element()
                .is_some_and(|element| element.name.local == *name)
        };
        let mut up = std::iter::once(node).chain(node.ancestors()).enumerate();
        if let Some((levels, parent)) = up
            .find(|(_, node)| is_named(node.value()))
            .and_then(|(levels, node)| Some((levels + 1, node.parent()?)))
        {
            self.current.set(Some(parent.id()));
            self.depth.set(self.depth.get().saturating_sub(levels));
        }
    }

    /// Notes that the parser now stands in `node`, a child of `parent`.
    fn enter(&self, parent: NodeId, node: NodeId) {
        let above = if self.current.get() == Some(parent) {
            self.depth.get()
        } else {
            self.ancestors(parent)
        };
        self.current.set(Some(node));
        self.depth.set(above + 1);
    }

    fn stay(&self, parent: NodeId) {
        if self.current.get() != Some(parent) {
            self.depth.set(self.ancestors(parent));
            self.current.set(Some(parent));
        }
    }

    fn ancestors(&self, node: NodeId) -> usize {
        let html = self.inner.0.borrow();
        html.tree
            .get(node)
            .map_or(0, |node| node.ancestors().count())
    }

    fn note(&self, parent: NodeId, child: &NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(node) => self.enter(parent, *node),
            NodeOrText::AppendText(_) => self.stay(parent),
        }
    }
}

impl TreeSink for DepthSink {
    type Output = Html;
    type Handle = NodeId;
    type ElemName<'a> = <HtmlTreeSink as TreeSink>::ElemName<'a>;

    fn finish(self) -> Html {
        self.inner.finish()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.inner.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.inner.elem_name(target)
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> NodeId {
        self.created.set(self.created.get() + 1);
        self.inner.create_element(name, attributes, flags)
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.inner.create_comment(StrTendril::new())
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        self.inner.create_comment(StrTendril::new())
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.note(*parent, &child);
        self.inner.append(parent, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        self.note(*previous, &child);
        self.inner
            .append_based_on_parent_node(element, previous, child);
    }

    fn append_doctype_to_document(
        &self,
        _name: StrTendril,
        _public: StrTendril,
        _system: StrTendril,
    ) {
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.inner.get_template_contents(target)
    }

    fn same_node(&self, left: &NodeId, right: &NodeId) -> bool {
        self.inner.same_node(left, right)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.inner.append_before_sibling(sibling, child);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.inner.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.inner.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        self.inner.reparent_children(node, parent);
    }
}
