//! Waivers: an outcome in; the waiver a requirement rests on, what would be without any, and what became of each, out.

use milepost_engine::plan::NodeId;
use milepost_engine::record::Waiver;
use milepost_engine::{Truth, WaiverStanding, waiver_standing};

use super::Report;
use super::text::{day, list, text, text_or_null, yes_no};
use crate::decode::nearest;
use crate::wording::{ANOTHER, MET_ANYWAY};

/// So many waivers of requirements that do not exist are told the nearest address; looking for one is not free.
const SUGGESTIONS: usize = 20;

/// `without_waivers`, after a comma.
pub(super) fn without(out: &mut String, without: Option<Truth>) {
    out.push_str(",\"without_waivers\":");
    text_or_null(out, without.map(|without| without.status().as_str()));
}

impl Report<'_> {
    /// `waiver`, after a comma.
    pub(super) fn waiver(&self, id: NodeId, out: &mut String) {
        out.push_str(",\"waiver\":");
        let found = self.outcome.nodes.get(id.index());
        let found = found.filter(|_| self.outcome.rests_on_waiver(id));
        let waiver = self
            .in_force(id)
            .and_then(|at| self.record.waivers().get(at));
        let Some((found, waiver)) = found.zip(waiver) else {
            out.push_str("null");
            return;
        };
        out.push('{');
        who(waiver, out);
        out.push_str(",\"reason\":");
        text(out, &waiver.reason);
        out.push_str(",\"granted\":");
        day(out, waiver.granted);
        out.push_str(",\"expires\":");
        match waiver.expires {
            Some(last) => day(out, last),
            None => out.push_str("null"),
        }
        out.push_str(",\"without\":");
        text_or_null(out, found.without.map(|without| without.status().as_str()));
        out.push('}');
    }

    /// The place of the waiver in force for a requirement.
    fn in_force(&self, id: NodeId) -> Option<usize> {
        let waived = &self.outcome.waived;
        let at = waived.binary_search_by_key(&id, |(node, _)| *node).ok()?;
        waived.get(at).map(|(_, place)| *place as usize)
    }

    /// The list of all waivers.
    pub(super) fn waivers(&self, out: &mut String) {
        let mut suggestions = 0;
        list(out, self.record.waivers_in_order(), |out, place| {
            let Some(waiver) = self.record.waivers().get(place) else {
                return;
            };
            out.push_str("{\"id\":");
            text_or_null(out, waiver.id.as_deref());
            out.push_str(",\"requirement\":");
            text(out, self.record.waived_address(place));
            out.push(',');
            who(waiver, out);
            out.push_str(",\"granted\":");
            day(out, waiver.granted);
            let why = self.why_not(place, waiver, &mut suggestions);
            out.push_str(",\"effective\":");
            yes_no(out, why.is_none());
            out.push_str(",\"why\":");
            text_or_null(out, why.as_deref());
            out.push('}');
        });
    }

    /// Why no requirement rests on a waiver.
    fn why_not(&self, place: usize, waiver: &Waiver, suggestions: &mut usize) -> Option<String> {
        let standing = waiver_standing(self.record, place, self.outcome.as_of);
        if let WaiverStanding::InForce(node) = standing {
            let first = self.in_force(node) == Some(place);
            if first && self.outcome.rests_on_waiver(node) {
                return None;
            }
            return Some(if first { MET_ANYWAY } else { ANOTHER }.to_owned());
        }
        let mut near = None;
        if standing == WaiverStanding::Orphaned {
            *suggestions += 1;
            if *suggestions <= SUGGESTIONS {
                let waivable = self.parts.nodes.iter().filter(|it| !it.waivable.is_empty());
                let addresses = waivable.map(|it| (it.address.as_str(), None));
                near = nearest(&waiver.requirement, addresses);
            }
        }
        Some(self.words.why_not(standing, waiver, near))
    }
}

/// `by` and `as`.
fn who(waiver: &Waiver, out: &mut String) {
    out.push_str("\"by\":");
    text(out, &waiver.by);
    out.push_str(",\"as\":");
    text(out, &waiver.authority);
}
