//! Stages of roles and posts, as the semantics say: a record in; what its posts say of a role and its stages, out.

use milepost_engine::Unit;
use milepost_engine::plan::{RoleId, StageId};
use milepost_engine::record::Post;

use super::World;
use super::day::{Day, day, end_of, start_of};

/// The stage a post is in: the one it names, or the last one of its role.
fn stage_of(world: &World<'_>, post: &Post) -> Option<StageId> {
    let last = || world.model.stages_of(post.role).last().map(|(id, _)| id);
    post.stage.or_else(last)
}

/// The last day a post is held.
fn last_day(world: &World<'_>, post: &Post) -> Option<Day> {
    if let Some(until) = post.until {
        return Some(day(until));
    }
    let stage = stage_of(world, post)?;
    let valid = world.model.stages.get(stage.index())?.valid?;
    let from = day(post.from);
    Some(if valid.unit == Unit::SchoolYears {
        let last = world.school_year(from) + i64::from(valid.count) - 1;
        end_of(world.starts(), last)
    } else {
        from.plus(valid, 1)
    })
}

/// The posts of a role that have begun, with their places: the latest last.
fn begun<'w>(world: &World<'w>, role: RoleId) -> Vec<(usize, &'w Post)> {
    let all = world.input.posts.iter().enumerate();
    let own = all.filter(|(_, post)| post.role == role && day(post.from) <= world.as_of);
    let mut own: Vec<_> = own.collect();
    own.sort_by_key(|(place, post)| (day(post.from), *place));
    own
}

/// The post by which a role stays, if it does.
pub fn role_held(world: &World<'_>, role: RoleId) -> Option<usize> {
    let stays = world.model.role(role).is_some_and(|role| role.stays);
    let begun = begun(world, role);
    let under_way = begun
        .iter()
        .rev()
        .find(|(_, post)| last_day(world, post).is_none_or(|last| last >= world.as_of));
    let named = under_way.or(begun.last());
    named.map(|(place, _)| *place).filter(|_| stays)
}

/// The post by which a stage is held, or else by which it stays.
pub fn stage_held(world: &World<'_>, role: RoleId, stage: StageId) -> Option<usize> {
    let begun = begun(world, role);
    let under_way = begun.iter().rev().find(|(_, post)| {
        stage_of(world, post) == Some(stage)
            && last_day(world, post).is_none_or(|last| last >= world.as_of)
    });
    let stays = world.model.role(role).is_some_and(|role| role.stays);
    let above = begun
        .iter()
        .rev()
        .find(|(_, post)| stage_of(world, post) >= Some(stage));
    let found = under_way.or(above.filter(|_| stays));
    found.map(|(place, _)| *place)
}

/// The day up to which evidence does not count for a stage: its latest post that is no longer valid began then.
pub fn renewal(world: &World<'_>, role: RoleId, stage: StageId) -> Option<Day> {
    world.model.stages.get(stage.index())?.valid?;
    let begun = begun(world, role);
    let over = begun.iter().rev().find(|(_, post)| {
        stage_of(world, post) == Some(stage)
            && last_day(world, post).is_some_and(|last| last < world.as_of)
    });
    over.map(|(_, post)| day(post.from))
}

/// For how many school years posts were held: in all, or the longest run of them.
pub fn held_years(
    world: &World<'_>,
    role: RoleId,
    stage: Option<StageId>,
    consecutive: bool,
) -> i128 {
    let begun = begun(world, role);
    let own = begun.iter().map(|(_, post)| *post);
    let own = own.filter(|post| stage.is_none() || stage_of(world, post) == stage);
    let own: Vec<&Post> = own.collect();
    let Some(first) = own.iter().map(|post| day(post.from)).min() else {
        return 0;
    };
    let spans: Vec<(i64, Option<i64>)> = own
        .iter()
        .map(|post| {
            (
                day(post.from).number(),
                last_day(world, post).map(Day::number),
            )
        })
        .collect();
    let (mut all, mut run, mut longest) = (0, 0, 0);
    for year in world.school_year(first)..world.school_year(world.as_of) {
        let (from, to) = (
            start_of(world.starts(), year).number(),
            end_of(world.starts(), year).number(),
        );
        let held = (from..=to).filter(|day| {
            spans
                .iter()
                .any(|(from, last)| from <= day && last.is_none_or(|last| *day <= last))
        });
        let counts = held.count() as i64 * 2 > to - from + 1;
        run = if counts { run + 1 } else { 0 };
        all += i128::from(counts);
        longest = longest.max(run);
    }
    if consecutive { longest } else { all }
}

/// The day on which the latest post in a role, or in a stage of it, began.
pub fn start(world: &World<'_>, role: RoleId, stage: Option<StageId>) -> Option<Day> {
    let begun = begun(world, role);
    let of = |post: &Post| stage.is_none() || stage_of(world, post) == stage;
    let latest = begun.iter().rev().find(|(_, post)| of(post));
    latest.map(|(_, post)| day(post.from))
}
