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
    /// The version of the programme whose role it is, the newest being 0.
    pub version: u32,
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
    /// As they were written, in the roles and stages of whichever version has them.
    pub(super) written: Vec<Post>,
    /// Those in roles and stages that the version has that reads them.
    read: Vec<Post>,
    begun: Vec<Begun>,
}

impl Posts {
    /// The same posts as another version reads them.
    pub(super) fn under(&self, versions: &[Arc<Parts>], version: &Parts) -> Self {
        let mut posts = Self {
            written: self.written.clone(),
            ..Self::default()
        };
        posts.settle(versions, version);
        posts
    }

    /// Settles what a version reads, and when which of it began.
    pub(super) fn settle(&mut self, versions: &[Arc<Parts>], version: &Parts) {
        let own = |post: &Post| versions.get(post.version as usize).map(AsRef::as_ref);
        let as_written = |post| own(post).is_some_and(|own| std::ptr::eq(own, version));
        self.read = if self.written.iter().all(as_written) {
            self.written.clone()
        } else {
            let roles = Roles::new(version);
            let read = |post| roles.translated(post, own(post)?);
            self.written.iter().filter_map(read).collect()
        };
        self.begun.clear();
        for (place, post) in (0u32..).zip(&self.read) {
            self.begun.push((post.role, None, post.from, place));
            if let Some(stage) = post.stage(version) {
                self.begun.push((post.role, Some(stage), post.from, place));
            }
        }
        order::sort(&mut self.begun);
    }
}

/// The roles of a version by their names, now and before.
struct Roles<'p> {
    version: &'p Parts,
    known: Vec<(&'p str, RoleId)>,
}

impl<'p> Roles<'p> {
    fn new(version: &'p Parts) -> Self {
        let mut known: Vec<(&str, RoleId)> = Vec::new();
        for (id, role) in (0u32..).map(RoleId).zip(&version.roles) {
            let names = role.formerly.iter().chain([&role.entry.name]);
            known.extend(names.map(|name| (name.as_str(), id)));
        }
        order::sort(&mut known);
        Self { version, known }
    }

    fn find(&self, name: &str) -> Option<RoleId> {
        let at = self.known.partition_point(|(known, _)| *known < name);
        let found = self.known.get(at).filter(|(known, _)| *known == name);
        found.map(|(_, role)| *role)
    }

    /// A post in the role and the stage that the version calls as its own version does; nothing if it has none.
    fn translated(&self, post: &Post, own: &Parts) -> Option<Post> {
        let role = own.roles.get(post.role.index())?;
        let mut names = std::iter::once(&role.entry.name).chain(&role.formerly);
        let role = names.find_map(|name| self.find(name))?;
        let stage = match post.stage {
            None => None,
            Some(stage) => {
                let name = &own.stages.get(stage.index())?.entry.name;
                let mut stages = self.version.stages_of(role);
                Some(stages.find(|(_, it)| it.entry.name == *name)?.0)
            }
        };
        Some(Post {
            version: 0,
            role,
            stage,
            ..post.clone()
        })
    }
}

impl Record {
    /// The posts in roles and stages that the version has that reads the record, in the order written.
    #[must_use]
    pub fn posts(&self) -> &[Post] {
        &self.posts.read
    }

    /// All posts, in the order written.
    #[must_use]
    pub fn posts_written(&self) -> &[Post] {
        &self.posts.written
    }

    /// The names of the role and the stage of a post as it was written.
    #[must_use]
    pub fn post_names(&self, post: &Post) -> (&str, Option<&str>) {
        let Some(own) = self.versions.get(post.version as usize) else {
            return ("", None);
        };
        let role = own.roles.get(post.role.index());
        let stage = post.stage.and_then(|id| own.stages.get(id.index()));
        (
            role.map_or("", |role| &role.entry.name),
            stage.map(|stage| stage.entry.name.as_str()),
        )
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
            .filter_map(|(.., place)| Some((*place, self.posts.read.get(*place as usize)?)))
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

/// Whether a post is in a role that its version declares, and in a stage of it.
pub(super) fn fits_post(plan: &Plan, post: &Post) -> Result<(), RecordError> {
    let fits = plan
        .versions()
        .get(post.version as usize)
        .is_some_and(|parts| {
            let stage = post.stage.is_none_or(|stage| {
                let stage = parts.stages.get(stage.index());
                stage.is_some_and(|stage| stage.role == post.role)
            });
            stage && post.role.index() < parts.roles.len()
        });
    if fits {
        Ok(())
    } else {
        Err(RecordError::Undeclared("a post".to_owned()))
    }
}
