//! Patches: what changed in an outcome in, canonical JSON out, in the shape of [`Changes`](crate::wire::Changes).

use std::borrow::Cow;

use milepost_engine::{Target, Verdict};

use super::kept::{Found, Kept};
use crate::programme::Pathway;
use crate::report::Hole;
use crate::report::text::{list, text};

/// The patch of what changed; `whole` is the outcome, if none of it is what it was.
pub(super) fn json(pathway: &Pathway, kept: &Kept, found: &Found, whole: Option<&str>) -> String {
    let (parts, layout) = (pathway.plan().parts(), pathway.layout());
    let places = found.holes.iter().filter(|_| whole.is_none());
    let holes: Vec<(usize, Hole)> = places
        .filter_map(|at| Some((*at, layout.hole(*at)?)))
        .collect();
    let mut out = String::with_capacity(1_024);
    out.push_str("{\"as_of\":");
    out.push_str(kept.at(layout.of_day()));
    out.push_str(",\"governs\":{");
    out.push_str(kept.at(layout.of_governing()));
    out.push_str("},\"whole\":");
    out.push_str(whole.unwrap_or("null"));
    out.push_str(",\"changed\":");
    changed(&mut out, pathway, found);
    out.push_str(",\"roles\":");
    let roles = holes.iter().filter_map(|(_, hole)| match hole {
        Hole::Role(id) | Hole::Ahead(Target::Role(id)) => Some(*id),
        _ => None,
    });
    list(&mut out, once(roles), |out, id| {
        let name = parts.roles.get(id.index());
        head(out, "name", name.map_or("", |it| &it.entry.name));
        if let Some(at) = layout.of_role(id) {
            out.push_str(kept.at(at));
            out.push(',');
            out.push_str(kept.at(at + 1));
        }
        out.push('}');
    });
    out.push_str(",\"stages\":");
    let stages = holes.iter().filter_map(|(_, hole)| match hole {
        Hole::Stage(id) | Hole::Ahead(Target::Stage(id)) => Some(*id),
        _ => None,
    });
    list(&mut out, once(stages), |out, id| {
        let stage = parts.stages.get(id.index());
        let role = stage.and_then(|stage| parts.roles.get(stage.role.index()));
        head(out, "role", role.map_or("", |it| &it.entry.name));
        out.push_str("\"name\":");
        text(out, stage.map_or("", |it| &it.entry.name));
        if let Some(at) = layout.of_stage(id) {
            for next in [at, at + 1] {
                out.push(',');
                out.push_str(kept.at(next));
            }
        }
        out.push('}');
    });
    out.push_str(",\"competencies\":");
    let competencies = holes.iter().filter_map(|(_, hole)| match hole {
        Hole::Competency(id) | Hole::Credential(id) | Hole::Ahead(Target::Competency(id)) => {
            Some(*id)
        }
        _ => None,
    });
    list(&mut out, once(competencies), |out, id| {
        let name = parts.competencies.get(id.index());
        head(out, "name", name.map_or("", |it| &it.entry.name));
        if let Some(at) = layout.of_competency(id) {
            out.push_str(kept.at(at));
            for next in [at + 1, at + 2] {
                out.push(',');
                out.push_str(kept.at(next));
            }
        }
        out.push('}');
    });
    out.push_str(",\"nodes\":");
    let nodes = holes.iter().filter_map(|(_, hole)| match hole {
        Hole::Node(id) | Hole::Ahead(Target::Node(id)) | Hole::Findings(id) | Hole::Advice(id) => {
            Some(*id)
        }
        _ => None,
    });
    list(&mut out, once(nodes), |out, id| {
        let address = parts.nodes.get(id.index());
        head(out, "address", address.map_or("", |it| &it.address));
        if let Some(at) = layout.of_node(id) {
            for next in [at, at + 1, at + 2] {
                out.push_str(kept.at(next));
                out.push(',');
            }
            out.push_str("\"advice\":");
            out.push_str(kept.at(at + 3));
        }
        out.push('}');
    });
    for (key, from_end) in [("waivers", 2), ("notices", 1)] {
        out.push_str(",\"");
        out.push_str(key);
        out.push_str("\":");
        let hole = layout.count().checked_sub(from_end);
        out.push_str(hole.map_or("[]", |at| kept.at(at)));
    }
    out.push('}');
    out
}

/// The statuses that changed, as a list.
pub(super) fn changed(out: &mut String, pathway: &Pathway, found: &Found) {
    list(
        out,
        verdicts(pathway, found),
        |out, (of, address, was, is)| {
            out.push_str("{\"of\":\"");
            out.push_str(of);
            out.push_str("\",\"address\":");
            text(out, &address);
            for (key, verdict) in [("before", was), ("after", is)] {
                out.push_str(",\"");
                out.push_str(key);
                out.push_str("\":\"");
                out.push_str(verdict.as_str());
                out.push('"');
            }
            out.push('}');
        },
    );
}

/// The first member of an object, and the comma after it.
fn head(out: &mut String, key: &str, value: &str) {
    out.push_str("{\"");
    out.push_str(key);
    out.push_str("\":");
    text(out, value);
    out.push(',');
}

/// Each once, where the same follow one another.
fn once<T: PartialEq + Copy>(all: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
    let mut last = None;
    all.filter(move |one| last.replace(*one) != Some(*one))
}

/// The verdicts that changed, by the kind of thing and its address.
fn verdicts<'a>(
    pathway: &'a Pathway,
    found: &'a Found,
) -> impl Iterator<Item = (&'static str, Cow<'a, str>, Verdict, Verdict)> {
    let (parts, layout) = (pathway.plan().parts(), pathway.layout());
    found.verdicts.iter().filter_map(|(target, was, is)| {
        let (of, address) = match target {
            Target::Role(id) => ("role", &parts.roles.get(id.index())?.entry.name),
            Target::Competency(id) => {
                let competency = parts.competencies.get(id.index())?;
                ("competency", &competency.entry.name)
            }
            Target::Node(id) => {
                // What only a measure asks stands in no outcome.
                layout.of_node(*id)?;
                ("requirement", &parts.nodes.get(id.index())?.address)
            }
            Target::Stage(id) => {
                let stage = parts.stages.get(id.index())?;
                let role = parts.roles.get(stage.role.index())?;
                let address = format!("{}.{}", role.entry.name, stage.entry.name);
                return Some(("stage", Cow::Owned(address), *was, *is));
            }
        };
        Some((of, Cow::Borrowed(address.as_str()), *was, *is))
    })
}
