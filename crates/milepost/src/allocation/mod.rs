//! Allocations checked. In: an outcome that anybody may have sent, with the programme and the record it is said to be of. Out:
//! for every group without reuse, whether what the outcome says of it holds.
//!
//! Nothing here shares anything out: the engine says which records may count for which requirement, and the rest is counting.

mod check;
mod claims;
mod findings;

use milepost_engine::Evaluator;
use milepost_engine::plan::Form;
use milepost_engine::record::Record;

use self::check::Group;
use self::claims::{claims, groups};
use self::findings::Findings;
use crate::decode::{self, Place, Problems, say};
use crate::governed::Governed;
use crate::programme::Pathway;
use crate::report::text::hash;
use crate::wire::{CheckedAllocations, CheckedGroup, OutcomeRefusal, Refusal, Said};

/// Checks what an outcome says is given to whom.
pub(crate) fn checked(
    newest: &Pathway,
    json: &[u8],
    record: &Record,
) -> Result<CheckedAllocations, OutcomeRefusal> {
    check(newest, json, record).map_err(OutcomeRefusal)
}

fn check(newest: &Pathway, json: &[u8], record: &Record) -> Result<CheckedAllocations, Refusal> {
    let document = decode::document(json, "outcome")?;
    let claims = claims(&document)?;
    let governed = Governed::new(newest, record, claims.as_of);
    let plan = governed.pathway.plan();
    let record: &Record = &governed.record;
    let parts = plan.parts();
    let definition = hash(&parts.programme.definition);
    let mut problems = Problems::default();
    if claims.definition != definition {
        problems.add(&Place::ROOT.key("programme").key("definition"), || {
            say("the outcome is of another programme or version, or its texts were changed since")
                .help("check it with the programme it was made with".to_owned())
        });
    }
    if claims.candidate != record.id() {
        problems.add(&Place::ROOT.key("candidate"), || {
            say(format!(
                "the record is of another candidate, `{}`",
                record.id()
            ))
        });
    }
    if !problems.is_empty() {
        return Err(problems.refusal());
    }
    let nodes = parts.nodes.iter();
    let addresses: Vec<&str> = nodes
        .filter(|node| matches!(node.form, Form::WithoutReuse(_)))
        .map(|node| node.address.as_str())
        .collect();
    let said = groups(&document, &addresses)?;
    let (mut found, mut checked) = (Findings::default(), Vec::new());
    Evaluator::new(plan).demands(record, claims.as_of, |id, demands| {
        let Some(node) = parts.nodes.get(id.index()) else {
            return;
        };
        let before = found.len();
        let claim = said.get(node.address.as_str());
        let said = claim.and_then(|claim| Some((claim, claim.allocation.as_ref()?)));
        match (claim, said, demands) {
            (None, ..) => found.add(String::new(), || {
                format!("the outcome lacks the group `{}`", node.address)
            }),
            (Some(claim), None, _) => found.add(format!("{}/allocation", claim.pointer), || {
                "the outcome does not say who is given what, as where there is too much to try"
                    .to_owned()
            }),
            (_, Some((claim, _)), None) => {
                found.add(format!("{}/allocation", claim.pointer), || {
                    "there is too much to check".to_owned()
                });
            }
            (_, Some((claim, said)), Some(demands)) => {
                Group::new(node, demands, parts, record).check(claim, said, &mut found);
            }
        }
        checked.push(CheckedGroup {
            address: node.address.clone(),
            title: node.title.clone(),
            says: match said.map(|(_, said)| &said.blocking) {
                Some(Some(_)) => Said::Blocked,
                Some(None) => Said::Served,
                None => Said::Nothing,
            },
            holds: found.len() == before,
        });
    });
    Ok(CheckedAllocations {
        holds: found.len() == 0,
        candidate: claims.candidate.to_owned(),
        as_of: claims.as_of.to_string(),
        definition,
        groups: checked,
        problems: found.listed,
        more: found.more,
    })
}
