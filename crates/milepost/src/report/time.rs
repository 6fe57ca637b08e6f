//! What time changes of a result: the day it turns in, the members `holds_until` and `opens_on` out; with
//! them what would be without waivers, which stands there.

use milepost_engine::Target;
use milepost_engine::ahead::{Because, Turn};
use milepost_engine::record::Record;

use super::text::{day, text, text_or_null};
use super::{Report, waiver};

impl Report<'_> {
    /// `holds_until` and `opens_on`; of a competency, role or stage `without_waivers` and the rest too.
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
            Target::Stage(id) => {
                let found = outcome.stages.get(id.index());
                (found.map(|it| it.truth), ahead.stage(id))
            }
        };
        let met = truth.is_some_and(|truth| truth.met());
        out.push_str("\"holds_until\":");
        self.turn(target, turn.filter(|_| met), true, out);
        out.push_str(",\"opens_on\":");
        self.turn(target, turn.filter(|_| !met), false, out);
        match target {
            Target::Competency(id) => {
                let found = outcome.competencies.get(id.index());
                waiver::without(out, found.and_then(|found| found.without));
            }
            Target::Role(id) => {
                let found = outcome.roles.get(id.index());
                waiver::without(out, found.and_then(|found| found.without));
                self.next(id, out);
            }
            Target::Stage(id) => {
                let found = outcome.stages.get(id.index());
                waiver::without(out, found.and_then(|found| found.without));
                self.validity(id, out);
            }
            Target::Node(_) => {}
        }
    }

    fn turn(&self, target: Target, turn: Option<Turn>, lapses: bool, out: &mut String) {
        let later = self.later.iter().find(|it| it.target == target);
        if let Some(later) = later.filter(|it| it.lapses == lapses) {
            later.write(out);
            return;
        }
        let Some(turn) = turn else {
            out.push_str("null");
            return;
        };
        out.push_str("{\"date\":");
        day(out, if lapses { turn.day.pred() } else { turn.day });
        out.push_str(",\"because\":");
        text(out, &self.words.because(turn, self.record));
        out.push_str(",\"record\":");
        text_or_null(out, turned_by(turn, self.record));
        out.push('}');
    }
}

/// The id of what turns a result.
pub(crate) fn turned_by(turn: Turn, record: &Record) -> Option<&str> {
    match turn.because {
        Because::Record(_, entry, _) => Some(record.record_id(entry)),
        Because::Credential(place, _) => {
            let credential = record.credentials().get(place as usize);
            credential.map(|credential| credential.id.as_str())
        }
        Because::Waiver(place, _) => {
            let waiver = record.waivers().get(place as usize);
            waiver.and_then(|waiver| waiver.id.as_deref())
        }
        Because::Post(place, _) => {
            let post = record.posts().get(place as usize);
            post.and_then(|post| post.id.as_deref())
        }
        Because::Fact(_) | Because::SchoolYear | Because::Day => None,
    }
}
