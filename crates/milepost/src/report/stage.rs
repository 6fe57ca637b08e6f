//! Stages: an outcome in; how a stage stands, by which post, and which of a role is next, out.

use milepost_engine::plan::{RoleId, StageId};

use super::Report;
use super::text::{day, text, text_or_null};

impl Report<'_> {
    /// `next` and `held` of a role, after a comma.
    pub(super) fn next(&self, id: RoleId, out: &mut String) {
        let found = self.outcome.roles.get(id.index());
        let eligible = found.is_some_and(|found| found.truth.met());
        let mut open = self.parts.stages_of(id).filter(|(stage, _)| {
            let found = self.outcome.stages.get(stage.index());
            found.is_some_and(|found| !found.truth.met())
        });
        out.push_str(",\"next\":");
        if eligible {
            text_or_null(out, open.next().map(|(_, stage)| stage.entry.name.as_str()));
        } else {
            text(out, "eligible");
        }
        self.held(found.and_then(|found| found.held), out);
    }

    /// `valid` and `held` of a stage, after a comma.
    pub(super) fn validity(&self, id: StageId, out: &mut String) {
        let stage = self.parts.stages.get(id.index());
        let valid = stage.and_then(|stage| stage.valid);
        out.push_str(",\"valid\":");
        text_or_null(out, valid.map(|valid| valid.to_string()).as_deref());
        let found = self.outcome.stages.get(id.index());
        self.held(found.and_then(|found| found.held), out);
    }

    /// `held`, after a comma: the first day of a post and its last.
    fn held(&self, post: Option<u32>, out: &mut String) {
        out.push_str(",\"held\":");
        let post = post.and_then(|post| self.record.posts().get(post as usize));
        let Some(post) = post else {
            out.push_str("null");
            return;
        };
        out.push_str("{\"from\":");
        day(out, post.from);
        out.push_str(",\"until\":");
        match post.last_day(self.parts) {
            Some(last) => day(out, last),
            None => out.push_str("null"),
        }
        out.push('}');
    }
}
