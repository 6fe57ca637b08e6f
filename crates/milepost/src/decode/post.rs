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
        let role = keys.iter().find(|(key, _)| key == "role");
        let role = role.and_then(|(key, value)| self.role(*value, &place.key(key)));
        let (mut id, mut stage, mut from, mut until) = (None, None, None, None);
        let mut sound = true;
        for (key, value) in keys {
            let value = *value;
            let place = place.key(key);
            match &**key {
                "id" => id = self.own_id(value, owner, &place),
                "role" => {}
                "stage" => {
                    if let Some(role) = role.filter(|_| !json::is_null(value)) {
                        stage = self.stage(role, value, &place);
                        sound &= stage.is_some();
                    }
                }
                "from" => from = self.date(value, &place),
                "until" => until = self.date_or_null(value, &place),
                other => self
                    .problems
                    .add(&place, || unknown_key(other, "a post", &KEYS)),
            }
        }
        self.in_order(from, until, place);
        Some(Post {
            id,
            role: role?,
            stage: stage.filter(|_| sound),
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

    /// A role by name.
    fn role(&mut self, raw: Raw<'t>, place: &Place<'_>) -> Option<RoleId> {
        let roles = &self.plan.parts().roles;
        let Shape::Text(text) = json::shape(raw) else {
            self.mistyped(raw, "the name of a role", None, place);
            return None;
        };
        let id = self.names.role(&text);
        if id.is_none() {
            self.problems.add(place, || {
                let near = nearest(&text, roles.iter().map(|it| titled(&it.entry)));
                let all: Vec<_> = roles.iter().map(|it| it.entry.name.as_str()).collect();
                say(format!("unknown role {}", quoted(&text))).help(known(near, &all))
            });
        }
        id
    }

    /// A stage of a role by name.
    fn stage(&mut self, role: RoleId, raw: Raw<'t>, place: &Place<'_>) -> Option<StageId> {
        let parts = self.plan.parts();
        let Shape::Text(text) = json::shape(raw) else {
            self.mistyped(raw, "the name of a stage", None, place);
            return None;
        };
        let mut stages = parts.stages_of(role);
        let id = stages.find(|(_, stage)| stage.entry.name == *text);
        if id.is_none() {
            self.problems.add(place, || {
                let stages = || parts.stages_of(role).map(|(_, stage)| &stage.entry);
                let near = nearest(&text, stages().map(titled));
                let all: Vec<_> = stages().map(|entry| entry.name.as_str()).collect();
                let name = parts
                    .roles
                    .get(role.index())
                    .map_or("", |it| &it.entry.name);
                say(format!("role `{name}` has no stage {}", quoted(&text))).help(known(near, &all))
            });
        }
        id.map(|(id, _)| id)
    }
}
