//! Allocations checked. In: an outcome that anybody may have sent, with the programme and the record it is said to be of. Out:
//! for every group without reuse, whether what the outcome says of it holds.
//!
//! Nothing here shares anything out: the engine says which records may count for which requirement, and the rest is
//! counting, and for a blocking set a search that any one requirement fewer could be served.

mod check;
mod claims;
mod ways;

use std::collections::HashMap;

use milepost_engine::outcome::{RecordRef, Share};
use milepost_engine::plan::{Form, Node, NodeId};
use milepost_engine::record::Record;
use milepost_engine::{Date, Demand, Evaluator, outcome};

use self::check::{Demanded, check};
use self::claims::{Claim, Claims, claims};
use crate::decode;
use crate::programme::Pathway;
use crate::report::text::hash;
use crate::wire::{CheckedAllocations, CheckedGroup, Refusal, Said};
use crate::wording::Words;

/// No more records are looked at for one group, for each requirement those that may count for it.
const PAIRS: usize = 1_000_000;
/// So many problems are listed.
const LISTED: usize = 100;

/// Checks what an outcome says is given to whom.
pub(crate) fn checked(
    pathway: &Pathway,
    json: &[u8],
    record: &Record,
) -> Result<CheckedAllocations, Refusal> {
    let document = decode::document(json, "outcome")?;
    let claims = claims(&document)?;
    let plan = pathway.plan();
    let parts = plan.parts();
    let mut problems = Vec::new();
    let definition = hash(&parts.programme.definition);
    if claims.definition != definition {
        problems.push(
            "the outcome is of other texts: another programme or version, or its files were changed since"
                .to_owned(),
        );
    }
    if claims.candidate != record.id() {
        problems.push(format!(
            "the outcome is of `{}`, the record of `{}`",
            claims.candidate,
            record.id()
        ));
    }
    let mut said: HashMap<&str, Vec<&Claim<'_>>> = HashMap::new();
    for claim in &claims.groups {
        said.entry(claim.address).or_default().push(claim);
    }
    let mut evaluator = Evaluator::new(plan);
    let mut groups = Vec::new();
    for (id, node) in (0u32..).map(NodeId).zip(&parts.nodes) {
        if matches!(node.form, Form::WithoutReuse(_)) {
            let said = said.remove(node.address.as_str()).unwrap_or_default();
            let demands = evaluator.demands(record, claims.as_of, id, PAIRS);
            groups.push(group(pathway, record, node, &said, demands));
        }
    }
    let mut strange: Vec<&str> = said
        .into_iter()
        .filter(|(_, claims)| claims.iter().any(|claim| claim.allocation.is_some()))
        .map(|(address, _)| address)
        .collect();
    strange.sort_unstable();
    let strange = strange.into_iter();
    problems.extend(strange.map(|it| format!("`{it}` is no group without reuse")));
    Ok(listed(claims, groups, problems))
}

/// What became of the whole, with no more problems than a person would read.
fn listed(
    claims: Claims<'_>,
    mut groups: Vec<CheckedGroup>,
    mut problems: Vec<String>,
) -> CheckedAllocations {
    let holds = problems.is_empty() && groups.iter().all(|group| group.holds);
    let (mut left, mut more) = (LISTED, 0);
    let all = std::iter::once(&mut problems).chain(groups.iter_mut().map(|it| &mut it.problems));
    for problems in all {
        more += problems.len().saturating_sub(left) as u64;
        problems.truncate(left);
        left -= problems.len();
    }
    CheckedAllocations {
        holds,
        as_of: claims.as_of.to_string(),
        candidate: claims.candidate.to_owned(),
        definition: claims.definition.to_owned(),
        groups,
        problems,
        more,
    }
}

/// What became of one group.
fn group(
    pathway: &Pathway,
    record: &Record,
    node: &Node,
    said: &[&Claim<'_>],
    demands: Option<Vec<Demand>>,
) -> CheckedGroup {
    let plan = pathway.plan();
    let allocation = match said {
        [claim] => claim.allocation.as_ref().map(|it| (it, claim.is_met)),
        _ => None,
    };
    let (mut says, mut text) = (Said::Nothing, None);
    let problems = match (said, allocation, demands) {
        ([], ..) => vec!["the outcome does not have it".to_owned()],
        ([_, _, ..], ..) => vec!["the outcome has it more than once".to_owned()],
        (_, None, _) => vec!["the outcome says nothing of who is given what".to_owned()],
        (_, Some(_), None) => vec!["there is too much to check".to_owned()],
        (_, Some((allocation, is_met)), Some(demands)) => {
            says = match allocation.blocking {
                Some(_) => Said::Blocked,
                None => Said::Served,
            };
            let demanded = Demanded::new(&demands, plan.parts(), record);
            let problems = check(&demanded, allocation, is_met, record);
            if problems.is_empty() {
                text = Some(in_words(pathway, record, node, &demands, allocation));
            }
            problems
        }
    };
    CheckedGroup {
        address: node.address.clone(),
        title: node.title.clone(),
        says,
        holds: problems.is_empty(),
        text,
        problems,
    }
}

/// What holds of a group, in words.
fn in_words(
    pathway: &Pathway,
    record: &Record,
    group: &Node,
    demands: &[Demand],
    allocation: &claims::Allocation<'_>,
) -> String {
    let parts = pathway.plan().parts();
    let may = demands.iter().flat_map(|demand| &demand.serving);
    let known: HashMap<&str, RecordRef> =
        may.map(|(it, _)| (record.record_id(*it), *it)).collect();
    let nodes: HashMap<&str, &Demand> = demands
        .iter()
        .filter_map(|demand| {
            let node = parts.nodes.get(demand.node.index())?;
            Some((node.address.as_str(), demand))
        })
        .collect();
    let records = |ids: &[&str]| ids.iter().filter_map(|id| known.get(id).copied()).collect();
    let share = |given: &claims::Given<'_>| {
        Some(Share {
            node: nodes.get(given.requirement)?.node,
            records: records(&given.records),
        })
    };
    let words = Words::new(parts);
    let Some(blocking) = &allocation.blocking else {
        let shares: Vec<Share> = allocation.assigned.iter().filter_map(share).collect();
        return words.served(group, &shares, record);
    };
    let blocking = outcome::Blocking {
        nodes: blocking
            .requirements
            .iter()
            .filter_map(|address| Some(nodes.get(address)?.node))
            .collect(),
        needed: blocking.needed,
        records: records(&blocking.records),
        groups: blocking.one_of.iter().filter_map(share).collect(),
    };
    words.blocking(group, &blocking, record)
}
