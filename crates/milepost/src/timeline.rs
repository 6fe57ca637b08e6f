//! A timeline: a record and a day in; how everything stood and will stand, as canonical JSON in the shape of
//! [`Timeline`](crate::wire::Timeline), out.

use milepost_engine::Date;
use milepost_engine::plan::{Entry, RoleId};
use milepost_engine::record::Record;

use crate::governed::{Governed, Told};
use crate::programme::Pathway;
use crate::report::text::{day, list, text, text_or_null, yes_no};

/// How everything stood and will stand.
pub(crate) fn json(pathway: &Pathway, record: &Record, as_of: Date) -> String {
    let governed = Governed::new(pathway, record, as_of);
    let timeline = governed.timeline(as_of);
    let parts = governed.pathway.plan().parts();
    let to = timeline.to;
    let mut out = String::from("{\"as_of\":");
    day(&mut out, as_of);
    out.push_str(",\"from\":");
    day(&mut out, timeline.from);
    out.push_str(",\"to\":");
    day(&mut out, to);
    out.push_str(",\"complete\":");
    yes_no(&mut out, timeline.complete);
    out.push_str(",\"roles\":");
    let roles = (0u32..).map(RoleId).zip(&parts.roles);
    let roles = roles.zip(&timeline.roles);
    list(&mut out, roles, |out, ((id, role), told)| {
        entry(out, &role.entry, told, to);
        out.push_str(",\"stages\":");
        let stages = parts.stages_of(id).filter_map(|(id, stage)| {
            let told = timeline.stages.get(id.index())?;
            Some((&stage.entry, told))
        });
        named(out, stages, to);
        out.push('}');
    });
    out.push_str(",\"competencies\":");
    let competencies = parts.competencies.iter().zip(&timeline.competencies);
    let own = competencies.filter(|(it, _)| !it.elsewhere);
    named(&mut out, own.map(|(it, told)| (&it.entry, told)), to);
    out.push_str(",\"requirements\":");
    let requirements = timeline.requirements.iter();
    let requirements =
        requirements.filter_map(|(id, told)| Some((parts.nodes.get(id.index())?, told)));
    list(&mut out, requirements, |out, (node, told)| {
        out.push_str("{\"address\":");
        text(out, &node.address);
        out.push_str(",\"title\":");
        text_or_null(out, node.title.as_deref());
        stretches(out, told, to);
        out.push('}');
    });
    out.push('}');
    out
}

fn named<'t>(out: &mut String, all: impl Iterator<Item = (&'t Entry, &'t Vec<Told>)>, to: Date) {
    list(out, all, |out, (it, told)| {
        entry(out, it, told, to);
        out.push('}');
    });
}

/// A name, its title and its stretches, without the brace that ends them.
fn entry(out: &mut String, entry: &Entry, told: &[Told], to: Date) {
    out.push_str("{\"name\":");
    text(out, &entry.name);
    out.push_str(",\"title\":");
    text_or_null(out, entry.title.as_deref());
    stretches(out, told, to);
}

/// The stretches up to the last day, after a comma.
fn stretches(out: &mut String, told: &[Told], to: Date) {
    let told = || told.iter().take_while(|it| it.from <= to);
    let ends = told().skip(1).map(|next| next.from.pred());
    let ends = ends.chain(std::iter::once(to));
    out.push_str(",\"stretches\":");
    list(out, told().zip(ends), |out, (stretch, to)| {
        out.push_str("{\"from\":");
        day(out, stretch.from);
        out.push_str(",\"to\":");
        day(out, to);
        out.push_str(",\"status\":\"");
        out.push_str(stretch.verdict.as_str());
        out.push_str("\",\"at_risk\":");
        yes_no(out, stretch.at_risk);
        let because = stretch.because.as_ref();
        out.push_str(",\"because\":");
        text_or_null(out, because.map(|(said, _)| said.as_str()));
        out.push_str(",\"record\":");
        text_or_null(out, because.and_then(|(_, record)| record.as_deref()));
        out.push('}');
    });
}
