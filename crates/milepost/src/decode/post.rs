//! One post, and the suspensions of an entry: JSON in, the post or the days out.

use milepost_engine::Date;
use milepost_engine::plan::{RoleId, StageId};
use milepost_engine::record::{Post, Suspension};

use super::json::{self, Raw, Shape};
use super::keys::Keys;
use super::names::{nearest, titled};
use super::place::Place;
use super::problems::{known, quoted, say};
use super::{Decoder, Owner, unknown_key};

/// The keys of a post.
pub(crate) const KEYS: [&str; 5] = ["id", "role", "stage", "from", "until"];

impl<'t> Decoder<'_, 't> {
    /// A post; nothing if anything is wrong with it.
    pub(super) fn post(
        &mut self,
        index: usize,
        keys: &Keys<'t>,
        place: &Place<'_>,
    ) -> Option<Post> {
        for needed in ["role", "from"] {
            if !keys.iter().any(|(key, _)| key == needed) {
                self.missing(needed, place);
            }
        }
        let owner = Owner {
            section: "posts",
            index,
        };
        let held = self.held(keys, place);
        let (mut id, mut from, mut until) = (None, None, None);
        for (key, value) in keys {
            let value = *value;
            let place = place.key(key);
            match &**key {
                "id" => id = self.own_id(value, owner, &place),
                "role" | "stage" => {}
                "from" => from = self.date(value, &place),
                "until" => until = self.date_or_null(value, &place),
                other => self
                    .problems
                    .add(&place, || unknown_key(other, "a post", &KEYS)),
            }
        }
        self.in_order(from, until, place);
        let (version, role, stage) = held?;
        Some(Post {
            id,
            version,
            role,
            stage,
            from: from?,
            until,
        })
    }

    /// The days on which an entry is suspended, in their order.
    pub(super) fn suspensions(&mut self, raw: Raw<'t>, place: &Place<'_>) -> Vec<Suspension> {
        match json::shape(raw) {
            Shape::Null => return Vec::new(),
            Shape::List => {}
            _ => {
                let help = "write it in square brackets, even if it is one";
                self.mistyped(raw, "a list of suspensions", Some(help), place);
                return Vec::new();
            }
        }
        let mut all: Vec<(Suspension, usize)> = Vec::new();
        json::items(raw, |index, value| {
            let place = place.index(index);
            all.extend(self.suspension(value, &place).map(|it| (it, index)));
            self.room(&place)
        });
        milepost_engine::order::sort(&mut all);
        for pair in all.windows(2) {
            if let [(one, _), (other, index)] = pair
                && one.overlaps(*other)
            {
                self.problems.add(&place.index(*index), || {
                    say("this suspension has days that another one has")
                        .help("give each suspension days of its own, or join them".to_owned())
                });
            }
        }
        all.into_iter().map(|(it, _)| it).collect()
    }

    fn suspension(&mut self, raw: Raw<'t>, place: &Place<'_>) -> Option<Suspension> {
        if !matches!(json::shape(raw), Shape::Object) {
            self.mistyped(raw, "an object with `from` and `until`", None, place);
            return None;
        }
        let (mut from, mut until, mut given) = (None, None, false);
        for (key, value) in self.keys_of(raw, place) {
            let place = place.key(&key);
            match &*key {
                "from" => {
                    given = true;
                    from = self.date(value, &place);
                }
                "until" => until = self.date_or_null(value, &place),
                other => self.problems.add(&place, || {
                    unknown_key(other, "a suspension", &["from", "until"])
                }),
            }
        }
        if !given {
            self.missing("from", place);
        }
        self.in_order(from, until, place);
        Some(Suspension { from: from?, until })
    }

    fn in_order(&mut self, from: Option<Date>, until: Option<Date>, place: &Place<'_>) {
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            self.problems.add(&place.key("until"), || {
                say(format!("`until` {until} is before `from` {from}"))
            });
        }
    }

    /// The role and the stage that a post is in, in the newest version that has both.
    fn held(
        &mut self,
        keys: &Keys<'t>,
        place: &Place<'_>,
    ) -> Option<(u32, RoleId, Option<StageId>)> {
        let named = |name: &str| keys.iter().find(|(key, _)| key == name);
        let (_, role) = named("role")?;
        let stage = named("stage").filter(|(_, value)| !json::is_null(*value));
        let Shape::Text(role) = json::shape(*role) else {
            self.mistyped(*role, "the name of a role", None, &place.key("role"));
            return None;
        };
        let (plan, names) = (self.plan, self.names);
        let Some((version, id)) = names.roles(&role).next() else {
            self.problems.add(&place.key("role"), || {
                let roles = plan.versions().iter().flat_map(|parts| &parts.roles);
                let near = nearest(&role, roles.map(|it| titled(&it.entry)));
                let newest = plan.parts().roles.iter();
                let all: Vec<_> = newest.map(|it| it.entry.name.as_str()).collect();
                say(format!("unknown role {}", quoted(&role))).help(known(near, &all))
            });
            return None;
        };
        let Some((_, stage)) = stage else {
            return Some((version, id, None));
        };
        let place = place.key("stage");
        let Shape::Text(stage) = json::shape(*stage) else {
            self.mistyped(*stage, "the name of a stage", None, &place);
            return None;
        };
        let of = |version: u32| plan.versions().get(version as usize);
        let found = names.roles(&role).find_map(|(version, id)| {
            let mut stages = of(version)?.stages_of(id);
            let (stage, _) = stages.find(|(_, it)| it.entry.name == *stage)?;
            Some((version, id, Some(stage)))
        });
        if found.is_none() {
            self.problems.add(&place, || {
                let roles = names.roles(&role);
                let mut all: Vec<_> = roles
                    .filter_map(|(version, id)| Some(of(version)?.stages_of(id)))
                    .flatten()
                    .map(|(_, stage)| titled(&stage.entry))
                    .collect();
                if plan.versions().len() > 1 {
                    milepost_engine::order::sort(&mut all);
                    all.dedup();
                }
                let near = nearest(&stage, all.iter().copied());
                let all: Vec<_> = all.into_iter().map(|(name, _)| name).collect();
                say(format!(
                    "role {} has no stage {}",
                    quoted(&role),
                    quoted(&stage)
                ))
                .help(known(near, &all))
            });
        }
        found
    }
}
