//! What leads to what. In: a plan. Out: its competencies, roles and stages, each after what it asks for as far as that can be,
//! and the arrows between them.

use std::collections::BTreeMap;

use milepost_engine::plan::{Form, NodeId, Parts, RoleId};

use super::Reached;

/// That one leads to the other; both by their places in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arrow {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) way: Way,
}

/// How one is asked for by the other, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// There is no way around it.
    Required,
    /// There are others.
    OneOfSeveral,
    /// It helps.
    Preferred,
    /// Whoever has it is out.
    Excluded,
}

impl Way {
    /// What a line that shows it is called.
    pub(super) const fn called(self) -> &'static str {
        match self {
            Self::Required => "leads to",
            Self::OneOfSeveral => "one of several ways",
            Self::Preferred => "preferred",
            Self::Excluded => "excludes",
        }
    }

    /// The verb between the titles of both.
    pub(super) const fn says(self) -> &'static str {
        match self {
            Self::Required => "leads to",
            Self::OneOfSeveral => "is one of several ways to",
            Self::Preferred => "is preferred for",
            Self::Excluded => "excludes",
        }
    }
}

type Asked = BTreeMap<Reached, Way>;

/// What each asks for.
fn asked(parts: &Parts) -> Vec<(Reached, Asked)> {
    let mut all = Vec::new();
    for (place, role) in parts.roles.iter().enumerate() {
        let mut asked = Asked::new();
        take(parts, role.eligible, Way::Required, &mut asked);
        for preferred in &role.preferred {
            take(parts, *preferred, Way::Preferred, &mut asked);
        }
        all.push((Reached::Role(place), asked));
        let mut before = Reached::Role(place);
        let role = RoleId(u32::try_from(place).unwrap_or(u32::MAX));
        for (id, stage) in parts.stages_of(role) {
            let mut asked = Asked::from([(before, Way::Required)]);
            if let Some(root) = stage.requirement {
                take(parts, root, Way::Required, &mut asked);
            }
            before = Reached::Stage(id.index());
            all.push((before, asked));
        }
    }
    for (place, competency) in parts.competencies.iter().enumerate() {
        if !competency.elsewhere {
            let mut asked = Asked::new();
            if let Some(root) = competency.requirement {
                take(parts, root, Way::Required, &mut asked);
            }
            all.push((Reached::Competency(place), asked));
        }
    }
    all
}

/// What a requirement asks for, in the strongest way that it does.
fn take(parts: &Parts, root: NodeId, way: Way, asked: &mut Asked) {
    let mut open = vec![(root, way)];
    while let Some((id, way)) = open.pop() {
        let Some(node) = parts.nodes.get(id.index()) else {
            continue;
        };
        let inside = match &node.form {
            Form::Any(children) | Form::AtLeast(_, children) | Form::Points(_, children, _)
                if children.len() > 1 =>
            {
                way.max(Way::OneOfSeveral)
            }
            Form::None(_) => Way::Excluded,
            _ => way,
        };
        open.extend(node.form.children().iter().map(|child| (*child, inside)));
        let found = match &node.form {
            Form::Competency(id) => Reached::Competency(id.index()),
            Form::Role(id) => Reached::Role(id.index()),
            Form::Stage(id) => Reached::Stage(id.index()),
            Form::Held(held) => match held.stage {
                Some(stage) => Reached::Stage(stage.index()),
                None => Reached::Role(held.role.index()),
            },
            _ => continue,
        };
        let known = asked.entry(found).or_insert(way);
        *known = way.min(*known);
    }
}

/// Everything that can be reached, each after what it asks for; the arrows between them, by the place of what they lead to.
pub(super) fn ordered(parts: &Parts) -> (Vec<Reached>, Vec<Arrow>) {
    let all = asked(parts);
    let known: BTreeMap<Reached, &Asked> = all.iter().map(|(it, asked)| (*it, asked)).collect();
    let mut order = Vec::new();
    let mut places: BTreeMap<Reached, usize> = BTreeMap::new();
    let mut begun: Vec<Reached> = Vec::new();
    for (first, _) in &all {
        // What is begun waits on the list until all that it asks for is placed.
        let mut open = vec![(*first, false)];
        while let Some((it, ready)) = open.pop() {
            if places.contains_key(&it) {
                continue;
            }
            if ready {
                places.insert(it, order.len());
                order.push(it);
                continue;
            }
            if begun.contains(&it) {
                continue;
            }
            begun.push(it);
            open.push((it, true));
            let asked = known.get(&it).into_iter().flat_map(|asked| asked.keys());
            open.extend(asked.rev().map(|asked| (*asked, false)));
        }
    }
    let arrow = |from: &Reached, to: usize, way: Way| {
        let from = *places.get(from)?;
        (from != to).then_some(Arrow { from, to, way })
    };
    let arrows = order.iter().enumerate().flat_map(|(to, it)| {
        let asked = known.get(it).into_iter().flat_map(|asked| asked.iter());
        let mut arrows: Vec<_> = asked
            .filter_map(|(from, way)| arrow(from, to, *way))
            .collect();
        arrows.sort_by_key(|arrow| (arrow.way, arrow.from));
        arrows
    });
    (order.clone(), arrows.collect())
}
