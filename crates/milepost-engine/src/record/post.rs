//! Posts a candidate holds or held. In: posts, in the order written. Out: those of a role or of a stage, and when the
//! latest of them began.

use std::sync::Arc;

use super::{Record, RecordError};
use crate::Date;
use crate::order;
use crate::plan::{Parts, Plan, RoleId, StageId};

/// A post on a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Its id, if it has one.
    pub id: Option<String>,
    /// The role.
    pub role: RoleId,
    /// The stage of the role; the last one, if it does not say so itself.
    pub stage: Option<StageId>,
    /// The first day.
    pub from: Date,
    /// The last day, if it says so itself.
    pub until: Option<Date>,
}

impl Post {
    /// The stage it is in; nothing if its role has none.
    pub(crate) fn stage(&self, parts: &Parts) -> Option<StageId> {
        let last = || parts.stages_of(self.role).last().map(|(id, _)| id);
        self.stage.or_else(last)
    }

    /// The last day it is held: the one it says, or else the last one its stage is valid.
    #[must_use]
    pub fn last_day(&self, parts: &Parts) -> Option<Date> {
        let valid = || {
            let stage = parts.stages.get(self.stage(parts)?.index())?;
            Some(parts.last_valid(self.from, stage.valid?))
        };
        self.until.or_else(valid)
    }
}

/// A post by its role, its stage (or any), its first day and its place.
type Begun = (RoleId, Option<StageId>, Date, u32);

/// The posts of a record, each by its role and by its stage, in the order in which they began.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Posts {
    pub(super) all: Vec<Post>,
    begun: Vec<Begun>,
    /// As they were written and for which plan, where another version reads them: it may leave some of them out.
    written: Option<(Vec<Post>, Arc<Parts>)>,
}

impl Posts {
    /// The same posts in the roles and stages that another version of the programme calls so; those it does not have are
    /// left out.
    pub(super) fn under(&self, own: &Arc<Parts>, other: &Parts) -> Self {
        if self.all.is_empty() && self.written.is_none() {
            return Self::default();
        }
        let (written, own) = match &self.written {
            Some((written, own)) => (written, own),
            None => (&self.all, own),
        };
        let mut known: Vec<(&str, RoleId)> = Vec::new();
        for (id, role) in (0u32..).map(RoleId).zip(&other.roles) {
            let names = role.formerly.iter().chain([&role.entry.name]);
            known.extend(names.map(|name| (name.as_str(), id)));
        }
        order::sort(&mut known);
        let find = |name: &String| {
            let at = known.partition_point(|(known, _)| *known < name.as_str());
            known.get(at).filter(|(known, _)| known == name)
        };
        let translated = |post: &Post| {
            let role = own.roles.get(post.role.index())?;
            let mut names = std::iter::once(&role.entry.name).chain(&role.formerly);
            let (_, role) = *names.find_map(find)?;
            let stage = match post.stage {
                None => None,
                Some(stage) => {
                    let name = &own.stages.get(stage.index())?.entry.name;
                    let mut stages = other.stages_of(role);
                    Some(stages.find(|(_, it)| it.entry.name == *name)?.0)
                }
            };
            Some(Post {
                role,
                stage,
                ..post.clone()
            })
        };
        let mut posts = Self {
            all: written.iter().filter_map(translated).collect(),
            begun: Vec::new(),
            written: Some((written.clone(), Arc::clone(own))),
        };
        posts.settle(other);
        posts
    }

    /// Settles when which post began.
    pub(super) fn settle(&mut self, parts: &Parts) {
        self.begun.clear();
        for (place, post) in (0u32..).zip(&self.all) {
            self.begun.push((post.role, None, post.from, place));
            if let Some(stage) = post.stage(parts) {
                self.begun.push((post.role, Some(stage), post.from, place));
            }
        }
        order::sort(&mut self.begun);
    }
}

impl Record {
    /// The posts, in the order written.
    #[must_use]
    pub fn posts(&self) -> &[Post] {
        &self.posts.all
    }

    /// The posts in a role that began by a day and their places, in the order in which they began.
    pub(crate) fn begun(&self, role: RoleId, by: Date) -> impl Iterator<Item = (u32, &Post)> {
        let begun = &self.posts.begun;
        let from = begun.partition_point(|(of, ..)| *of < role);
        let to =
            begun.partition_point(|(of, stage, day, _)| (*of, *stage, *day) <= (role, None, by));
        let begun = begun.get(from..to).unwrap_or_default();
        begun
            .iter()
            .filter_map(|(.., place)| Some((*place, self.posts.all.get(*place as usize)?)))
    }

    /// The post that began last, of those in a role, or in a stage of it, that began by a day: its first day and its place.
    pub(crate) fn latest_begun(
        &self,
        role: RoleId,
        stage: Option<StageId>,
        by: Date,
    ) -> Option<(Date, u32)> {
        let begun = &self.posts.begun;
        let to = begun.partition_point(|(of, at, day, _)| (*of, *at, *day) <= (role, stage, by));
        let (of, at, day, place) = begun.get(to.checked_sub(1)?)?;
        ((*of, *at) == (role, stage)).then_some((*day, *place))
    }
}

/// Whether a post is in a role that is declared, and in a stage of it.
pub(super) fn fits_post(plan: &Plan, post: &Post) -> Result<(), RecordError> {
    let parts = plan.parts();
    let stage = post.stage.is_none_or(|stage| {
        let stage = parts.stages.get(stage.index());
        stage.is_some_and(|stage| stage.role == post.role)
    });
    if stage && post.role.index() < parts.roles.len() {
        Ok(())
    } else {
        Err(RecordError::Undeclared("a post".to_owned()))
    }
}
