//! What time changes of a result: the day it turns in, the members `holds_until` and `opens_on` out; with
//! them what would be without waivers, which stands there.

use milepost_engine::Target;
use milepost_engine::ahead::{Because, Turn};

use super::text::{day, text, text_or_null};
use super::{Report, waiver};

impl Report<'_> {
    /// `holds_until` and `opens_on`; of a competency or role `without_waivers` too.
    pub(super) fn ahead(&self, target: Target, out: &mut String) {
        let (outcome, ahead) = (self.outcome, self.ahead);
        let (truth, turn) = match target {
            Target::Node(id) => {
                let found = outcome.nodes.get(id.index());
                (found.map(|it| it.truth), ahead.node(id))
            }
            Target::Competency(id) => {
                let found = outcome.competencies.get(id.index());
                (found.map(|it| it.truth), ahead.competency(id))
            }
            Target::Role(id) => {
                let found = outcome.roles.get(id.index());
                (found.map(|it| it.truth), ahead.role(id))
            }
        };
        let met = truth.is_some_and(|truth| truth.met());
        out.push_str("\"holds_until\":");
        self.turn(turn.filter(|_| met), true, out);
        out.push_str(",\"opens_on\":");
        self.turn(turn.filter(|_| !met), false, out);
        match target {
            Target::Competency(id) => {
                let found = outcome.competencies.get(id.index());
                waiver::without(out, found.and_then(|found| found.without));
            }
            Target::Role(id) => {
                let found = outcome.roles.get(id.index());
                waiver::without(out, found.and_then(|found| found.without));
            }
            Target::Node(_) => {}
        }
    }

    fn turn(&self, turn: Option<Turn>, lapses: bool, out: &mut String) {
        let Some(turn) = turn else {
            out.push_str("null");
            return;
        };
        out.push_str("{\"date\":");
        day(out, if lapses { turn.day.pred() } else { turn.day });
        out.push_str(",\"because\":");
        text(out, &self.words.because(turn, self.record));
        out.push_str(",\"record\":");
        match turn.because {
            Because::Record(_, record, _) => text(out, self.record.record_id(record)),
            Because::Credential(place, _) => {
                let credential = self.record.credentials().get(place as usize);
                text(out, credential.map_or("", |credential| &credential.id));
            }
            Because::Waiver(place, _) => {
                let waiver = self.record.waivers().get(place as usize);
                text_or_null(out, waiver.and_then(|waiver| waiver.id.as_deref()));
            }
            Because::Fact(_) | Because::SchoolYear | Because::Day => out.push_str("null"),
        }
        out.push('}');
    }
}
