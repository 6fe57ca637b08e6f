//! Plan files from strangers. In: any bytes, as the content of a plan file. Out: the programme, if they hold one, after all
//! that frontends and servers ask of it; a failure is a panic.

use milepost::{Date, Input, Pathway};
use milepost_engine::Decimal;
use milepost_engine::plan::{
    CompetencyId, Constant, FactId, Kind, KindId, Node, Parts, Rubric, Scale, Stage, Type,
};
use milepost_engine::record::{Credential, Evidence, Post, Status, Waiver};
use sha2::{Digest, Sha256};

/// What every plan of the format begins with.
const FIRST_LINE: &[u8] = b"milepost plan 2\n";
/// Bytes of the hash at the end.
const HASH: usize = 32;

/// A plan file around a content, as whole as one that Milepost wrote.
#[must_use]
pub fn sealed(content: &[u8]) -> Vec<u8> {
    let mut bytes = FIRST_LINE.to_vec();
    let mut length = content.len();
    while length >= 0x80 {
        bytes.push(u8::try_from(length & 0x7f).unwrap_or(0) | 0x80);
        length >>= 7;
    }
    bytes.push(u8::try_from(length).unwrap_or(0));
    bytes.extend_from_slice(content);
    let hash = Sha256::digest(&bytes);
    bytes.extend_from_slice(&hash);
    bytes
}

/// What stands between the first line and the hash of a plan file, without its length.
#[must_use]
pub fn content(plan: &[u8]) -> &[u8] {
    let rest = plan
        .strip_prefix(FIRST_LINE)
        .unwrap_or_else(|| panic!("no plan of this format"));
    let digits = rest.iter().take_while(|byte| **byte >= 0x80).count() + 1;
    rest.get(digits..rest.len().saturating_sub(HASH))
        .unwrap_or_default()
}

/// Loads whatever bytes as the content of a plan file, or as that of the plan file they look like.
pub fn try_out(bytes: &[u8]) {
    let whole = bytes.starts_with(FIRST_LINE) && bytes.len() > FIRST_LINE.len() + HASH;
    drop(load(if whole { content(bytes) } else { bytes }));
}

/// Loads a plan of this content, and asks of it whatever can be asked.
pub fn load(content: &[u8]) -> Option<Pathway> {
    let bytes = sealed(content);
    let pathway = match Pathway::load(&bytes) {
        Ok(pathway) => pathway,
        Err(error) => {
            assert!(!error.to_string().is_empty(), "refused without a reason");
            return None;
        }
    };
    assert_eq!(
        pathway.to_plan_bytes(),
        bytes,
        "one plan is written in two ways"
    );
    asked(&pathway);
    Some(pathway)
}

/// Asks a programme whatever can be asked.
pub fn asked(pathway: &Pathway) {
    let parts = pathway.plan().parts();
    drop(pathway.record_schema().to_string());
    drop(milepost::typescript::programme(pathway));
    for input in [Input::default(), filled(parts)] {
        let record = match pathway.record(input) {
            Ok(record) => record,
            Err(error) => panic!("a record that fits is refused: {error}"),
        };
        for as_of in [Date::MIN, Date::MAX, today()] {
            let outcome = pathway.evaluate(&record, as_of);
            let json = outcome.to_json();
            assert_eq!(outcome.report().to_json(), json);
        }
        let receipt = pathway.receipt(&record, today());
        match pathway.verify(receipt.as_bytes(), &record) {
            Ok(verified) => assert!(verified.same, "a receipt does not hold\n{receipt}"),
            Err(refusal) => panic!("a receipt is refused: {refusal}\n{receipt}"),
        }
    }
}

fn today() -> Date {
    Date::new(2026, 11, 22).unwrap_or(Date::MIN)
}

/// A record in which everything is filled in.
#[must_use]
pub fn filled(parts: &Parts) -> Input {
    let competencies: Vec<_> = (0u32..)
        .take(parts.competencies.len())
        .map(CompetencyId)
        .collect();
    let facts = (0u32..).zip(&parts.facts);
    let evidence = |(place, kind): (u32, &Kind)| {
        [Status::Accepted, Status::UnderReview].map(|status| Evidence {
            id: format!("e{place}{status:?}"),
            kind: KindId(place),
            date: Date::new(2026, 9, 1).unwrap_or(Date::MIN),
            status,
            competencies: competencies.clone(),
            expires: None,
            submitted: None,
            decided: None,
            suspended: Vec::new(),
            fields: kind
                .fields
                .iter()
                .map(|field| match field.from_score {
                    Some(_) => None,
                    None => value(parts, &field.ty),
                })
                .collect(),
        })
    };
    let credential = |competency: &CompetencyId| Credential {
        id: format!("c{}", competency.0),
        competency: *competency,
        issued: Date::new(2025, 9, 1).unwrap_or(Date::MIN),
        status: Status::Accepted,
        expires: None,
        submitted: None,
        decided: None,
        suspended: Vec::new(),
    };
    let post = |stage: &Stage| Post {
        id: None,
        version: 0,
        role: stage.role,
        stage: None,
        from: Date::new(2026, 9, 1).unwrap_or(Date::MIN),
        until: None,
    };
    let waiver = |node: &Node| {
        Some(Waiver {
            id: Some("w0".to_owned()),
            requirement: node.address.clone(),
            by: "p-3".to_owned(),
            authority: node.waivable.first()?.clone(),
            reason: "invented".to_owned(),
            granted: Date::new(2026, 9, 1).unwrap_or(Date::MIN),
            expires: Some(today()),
        })
    };
    Input {
        id: "invented".to_owned(),
        enrolled: Some(today()),
        facts: facts
            .filter_map(|(place, fact)| Some((FactId(place), value(parts, &fact.ty)?)))
            .collect(),
        evidence: (0u32..).zip(&parts.kinds).flat_map(evidence).collect(),
        credentials: competencies.iter().take(1).map(credential).collect(),
        posts: parts.stages.iter().map(post).take(1).collect(),
        waivers: parts.nodes.iter().filter_map(waiver).take(1).collect(),
    }
}

/// A value of a type.
fn value(parts: &Parts, ty: &Type) -> Option<Constant> {
    let last = |scale: Option<&Scale>| u16::try_from(scale?.levels.len().checked_sub(1)?).ok();
    Some(match ty {
        Type::Number(least, _) => Constant::Number(*least),
        Type::Whole(least, most) => {
            let whole = (*least..=*most).contains(&Decimal::ZERO);
            Constant::Number(whole.then_some(Decimal::ZERO)?)
        }
        Type::YesNo => Constant::YesNo(true),
        Type::Date => Constant::Date(today()),
        Type::Text => Constant::Text("maths".to_owned()),
        Type::Level(scale) => Constant::Ordinal(last(parts.scales.get(scale.index()))?),
        Type::Choice(_) => Constant::Ordinal(0),
        Type::Rubric(rubric) => {
            let rubric: &Rubric = parts.rubrics.get(rubric.index())?;
            let level = last(parts.scales.get(rubric.scale.index()));
            Constant::Rubric(vec![level; rubric.criteria.len()])
        }
        Type::List(item) => Constant::List(vec![value(parts, item)?]),
    })
}
