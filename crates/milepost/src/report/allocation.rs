//! What a group without reuse gives to whom: its explanation in, the member `allocation` out.

use milepost_engine::outcome::{Allocation, Explanation, RecordRef};
use milepost_engine::plan::{Form, Node, NodeId};

use super::Report;
use super::text::{list, text};
use crate::wire;

impl Report<'_> {
    /// Explains a group without reuse, and keeps that until its allocation is written.
    pub(super) fn explained(&mut self, id: NodeId) -> Explanation {
        let explanation = self.explainer.explain(id);
        self.shared_out = explanation
            .allocation
            .clone()
            .map(|allocation| (id, allocation));
        explanation
    }

    /// `allocation`, after a comma.
    pub(super) fn allocation(&mut self, id: NodeId, out: &mut String) {
        out.push_str(",\"allocation\":");
        let node = self.parts.nodes.get(id.index());
        let Some(node) = node.filter(|node| matches!(node.form, Form::WithoutReuse(_))) else {
            out.push_str("null");
            return;
        };
        let known = self.shared_out.take().filter(|(known, _)| *known == id);
        let allocation = match known {
            Some((_, allocation)) => Some(allocation),
            None => self.explainer.explain(id).allocation,
        };
        match allocation.filter(|allocation| !allocation.undecided) {
            Some(allocation) => self.shares(node, &allocation, out),
            None => out.push_str("null"),
        }
    }

    fn shares(&self, node: &Node, allocation: &Allocation, out: &mut String) {
        out.push_str("{\"assigned\":");
        let shares = allocation.assigned.iter();
        list(out, shares, |out, it| self.share(it.node, &it.records, out));
        out.push_str(",\"blocking\":");
        let Some(blocking) = &allocation.blocking else {
            out.push_str("null}");
            return;
        };
        out.push_str("{\"requirements\":");
        list(out, &blocking.nodes, |out, id| text(out, self.address(*id)));
        out.push_str(",\"needed\":");
        wire::write_number(out, i128::from(blocking.needed), 0);
        out.push_str(",\"records\":");
        self.ids(&blocking.records, out);
        out.push_str(",\"one_of\":");
        let groups = blocking.groups.iter();
        list(out, groups, |out, it| self.share(it.node, &it.records, out));
        out.push_str(",\"found\":");
        wire::write_number(out, i128::from(blocking.found()), 0);
        out.push_str(",\"text\":");
        text(out, &self.words.blocking(node, blocking, self.record));
        out.push_str("}}");
    }

    fn share(&self, id: NodeId, records: &[RecordRef], out: &mut String) {
        out.push_str("{\"requirement\":");
        text(out, self.address(id));
        out.push_str(",\"records\":");
        self.ids(records, out);
        out.push('}');
    }

    fn ids(&self, records: &[RecordRef], out: &mut String) {
        list(out, records, |out, it| {
            text(out, self.record.record_id(*it))
        });
    }

    fn address(&self, id: NodeId) -> &str {
        let node = self.parts.nodes.get(id.index());
        node.map_or("", |node| &node.address)
    }
}
