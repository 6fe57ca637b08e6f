//! What turns a result on a later day, in a few words: "pt1 (Performance task, 2024-07-01) no longer falls within 3 years".

use milepost_engine::Date;
use milepost_engine::ahead::{Because, Change, Turn};
use milepost_engine::outcome::RecordRef;
use milepost_engine::plan::{Form, NodeId, Source};
use milepost_engine::record::{Credential, Post, Record};

use super::Words;
use super::phrases::title;

impl Words<'_> {
    /// What turns a result.
    pub(crate) fn because(self, turn: Turn, record: &Record) -> String {
        let day = turn.day;
        match turn.because {
            Because::Record(node, entry, change) => {
                let what = self.dated(entry, record);
                what + &self.change(node, change, day).unwrap_or_default()
            }
            Because::Credential(place, change) => {
                let Some(credential) = record.credentials().get(place as usize) else {
                    return String::new();
                };
                let what = self.credential(credential);
                what + &match change {
                    Change::Exists => format!(" is on record from {day}"),
                    Change::Decided => format!(" is decided on {day}"),
                    Change::Suspended => format!(" is suspended from {day}"),
                    Change::Reinstated => format!(" counts again from {day}"),
                    _ => counts_until(day.pred()),
                }
            }
            Because::Waiver(place, change) => {
                let waiver = record.waivers().get(place as usize);
                let by = waiver.map_or("", |waiver| &waiver.by);
                match change {
                    Change::Expires => format!("the waiver by {by} holds until {}", day.pred()),
                    _ => format!("the waiver by {by} holds from {day}"),
                }
            }
            Because::Post(place, change) => {
                let Some(post) = record.posts().get(place as usize) else {
                    return String::new();
                };
                let what = self.post(post);
                match change {
                    Change::Exists => format!("{what} begins on {day}"),
                    Change::Expires => format!("{what} is held until {}", day.pred()),
                    _ => format!("{what} began on {}", post.from),
                }
            }
            Because::Fact(fact) => {
                let source = Source::Fact(fact);
                let value = record.fact(fact);
                let value = value.map(|value| self.constant(&value, self.type_of(source)));
                format!("{}: {}", self.source(source), value.unwrap_or_default())
            }
            Because::SchoolYear => format!("a school year begins on {day}"),
            Because::Day => format!("{day} has come"),
        }
    }

    /// "pt1 (Performance task, 2024-07-01)"
    fn dated(self, entry: RecordRef, record: &Record) -> String {
        let kind = self.parts.kinds.get(entry.kind.index());
        let kind = kind.map(|kind| title(&kind.entry)).unwrap_or_default();
        let date = record.date(entry).map(|date| date.to_string());
        let id = record.record_id(entry);
        format!("{id} ({kind}, {})", date.unwrap_or_default())
    }

    /// "mc1 (Data Analyst micro-credential, issued 2024-01-15)"
    fn credential(self, credential: &Credential) -> String {
        let competency = self.parts.competencies.get(credential.competency.index());
        let of = competency.map(|it| match &it.award {
            Some(award) => award.title.clone(),
            None => format!("credential for {}", title(&it.entry)),
        });
        let Credential { id, issued, .. } = credential;
        format!("{id} ({}, issued {issued})", of.unwrap_or_default())
    }

    /// "the post of Master teacher (In the pool)"
    fn post(self, post: &Post) -> String {
        let role = self.parts.roles.get(post.role.index());
        let role = role.map(|it| title(&it.entry)).unwrap_or_default();
        let stage = post.stage.and_then(|id| self.parts.stages.get(id.index()));
        match stage {
            Some(stage) => format!("the post of {role} ({})", title(&stage.entry)),
            None => format!("the post of {role}"),
        }
    }

    fn change(self, node: NodeId, change: Change, day: Date) -> Option<String> {
        let window = |place: u32| {
            let node = self.node(node)?;
            let Form::Records(asked) = &node.form else {
                return None;
            };
            let window = asked.windows.get(place as usize)?;
            Some(self.of(node).window(window))
        };
        Some(match change {
            Change::Exists => format!(" is on record from {day}"),
            Change::Decided => format!(" is decided on {day}"),
            Change::Suspended => format!(" is suspended from {day}"),
            Change::Reinstated => format!(" counts again from {day}"),
            Change::Expires => counts_until(day.pred()),
            Change::Leaves(place) => format!(" no longer falls {}", window(place)?),
            Change::Enters(place) => format!(" comes to fall {}", window(place)?),
            Change::Turns(true) => " comes to match".to_owned(),
            Change::Turns(false) => " no longer matches".to_owned(),
        })
    }
}

fn counts_until(last: Date) -> String {
    format!(" counts until {last}")
}
