//! Waivers: a requirement, all its addresses of now and before, and a record in; whether one is in force for it out.

use milepost_compiler::model::Label;
use milepost_engine::record::Waiver;

use super::{World, day};

/// Whether a waiver is in force for what a label names, at one of its addresses.
pub fn in_force(world: &World<'_>, label: &Label, addresses: &[String]) -> bool {
    let may = |waiver: &Waiver| {
        label
            .waivable
            .iter()
            .flat_map(|waivable| &waivable.authorities)
            .any(|authority| authority.name == waiver.authority)
    };
    world.input.waivers.iter().any(|waiver| {
        addresses.contains(&waiver.requirement)
            && may(waiver)
            && waiver.by != world.input.id
            && day(waiver.granted) <= world.as_of
            && waiver.expires.is_none_or(|last| world.as_of <= day(last))
    })
}

/// What may be written for a label below each of these addresses.
pub fn addresses(above: &[String], label: &Label) -> Vec<String> {
    let names = || std::iter::once(&label.named).chain(&label.formerly);
    above
        .iter()
        .flat_map(|above| names().map(move |name| format!("{above}.{}", name.name)))
        .collect()
}
