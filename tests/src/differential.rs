//! Engine against oracle. In: a seed. Out: nothing where the two agree; where they do not, the smallest case found,
//! with programme, record, day and both sides.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use milepost_compiler::Compiled;
use milepost_compiler::model::Model;
use milepost_diagnostics::Severity;
use milepost_engine::outcome::{self, Standing};
use milepost_engine::plan::NodeId;
use milepost_engine::record::Input;
use milepost_engine::{Date, Evaluator, Plan, Record, Truth};

use crate::generator::{self, Programme, Random, Size, record};
use crate::oracle::reuse::{self, Demand};
use crate::oracle::{self, Amount, Decided, Six, Steps};

/// A programme, a record and a day.
#[derive(Clone, Debug)]
pub struct Case {
    /// The programme.
    pub programme: Programme,
    /// The record.
    pub input: Input,
    /// The day.
    pub as_of: Date,
}

/// What came of a seed.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// The two agree.
    Agreed,
    /// The programme has errors, which say so.
    Discarded(String),
    /// The two differ, as the report says.
    Differs(String),
}

/// A difference: where, in what, and the two sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    address: String,
    what: &'static str,
    engine: String,
    oracle: String,
}

/// Compiles a text that stands alone.
#[must_use]
pub fn compile(text: &str) -> Compiled {
    let mut read = |path: &str| {
        if path == "main.pathway" {
            Ok(text.as_bytes().to_vec())
        } else {
            Err("there is one file".to_owned())
        }
    };
    milepost_compiler::compile(&mut read, "main.pathway")
}

/// What is wrong with a programme, if it cannot be evaluated.
fn errors(compiled: &Compiled, text: &str) -> String {
    let mut said = String::new();
    for problem in compiled
        .diagnostics
        .iter()
        .filter(|problem| problem.code.severity() == Severity::Error)
    {
        let written = problem.span().and_then(|span| {
            text.get(usize::try_from(span.start).ok()?..usize::try_from(span.end).ok()?)
        });
        let written = written.unwrap_or_default();
        let _ = writeln!(
            said,
            "{} {}: {written}",
            problem.code.as_str(),
            problem.message
        );
    }
    said
}

/// Runs the case of a seed.
#[must_use]
pub fn run(seed: u64) -> Verdict {
    let mut random = Random::new(seed);
    let (programme, days) = generator::programme(&mut random, Size::WHOLE);
    let text = programme.text();
    let compiled = compile(&text);
    let Some(plan) = &compiled.plan else {
        return Verdict::Discarded(errors(&compiled, &text));
    };
    for _ in 0..3 {
        let input = record::record(&mut random, &days, &compiled.model);
        let mut as_of = days.as_of;
        for _ in 0..2 {
            if let Some(first) = differences(plan, &compiled.model, &input, as_of).first() {
                let case = Case {
                    programme: programme.clone(),
                    input,
                    as_of,
                };
                return Verdict::Differs(report(seed, &smallest(case, first.what)));
            }
            as_of = random.choose(&days.hot);
        }
    }
    Verdict::Agreed
}

/// What differs between engine and oracle.
#[must_use]
pub fn differences(plan: &Plan, model: &Model, input: &Input, as_of: Date) -> Vec<Difference> {
    match catch_unwind(AssertUnwindSafe(|| compared(plan, model, input, as_of))) {
        Ok(differences) => differences,
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map_or("", String::as_str);
            vec![Difference {
                address: String::new(),
                what: "panic",
                engine: said.to_owned(),
                oracle: String::new(),
            }]
        }
    }
}

/// Where the engine and the oracle differ on a record.
pub fn compared(plan: &Plan, model: &Model, input: &Input, as_of: Date) -> Vec<Difference> {
    let expected = oracle::evaluate(model, input, as_of);
    let unwaived = Input {
        waivers: Vec::new(),
        ..input.clone()
    };
    let bare = oracle::evaluate(model, &unwaived, as_of);
    let record = match Record::new(plan, input.clone()) {
        Ok(record) => record,
        Err(error) => panic!("the record is refused: {error}"),
    };
    let mut evaluator = Evaluator::new(plan);
    let found = evaluator.evaluate(&record, as_of);
    let mut all = Differences::default();
    let mut left: BTreeMap<&str, &oracle::Finding> = expected
        .requirements
        .iter()
        .map(|(address, finding)| (address.as_str(), finding))
        .collect();
    for (id, node) in (0u32..).map(NodeId).zip(&plan.parts().nodes) {
        let needs = expected.requirements.get(&node.address);
        let needs = needs.is_some_and(|finding| finding.leant_on);
        let found = found.needed.contains(&id);
        all.compare(&node.address, "waiver needed by a group", found, needs);
    }
    for (node, found) in plan.parts().nodes.iter().zip(&found.nodes) {
        let Some(expected) = left.remove(node.address.as_str()) else {
            all.compare(&node.address, "presence", "there", "not there");
            continue;
        };
        all.compare(
            &node.address,
            "truth",
            truth(found.truth),
            six(expected.truth),
        );
        all.compare(
            &node.address,
            "without",
            found.without.map(truth),
            expected.without.map(six),
        );
        all.compare(&node.address, "locked", found.locked, expected.locked);
        all.compare(
            &node.address,
            "progress",
            progress(found.progress),
            steps(expected.steps),
        );
        all.compare(
            &node.address,
            "found",
            found.found.map(amount),
            expected.found.map(expected_amount),
        );
        all.compare(
            &node.address,
            "needed",
            found.needed.map(amount),
            expected.needed.map(expected_amount),
        );
    }
    for (place, node) in (0u32..).zip(&plan.parts().nodes) {
        if let Some(Some(counted)) = expected
            .requirements
            .get(&node.address)
            .map(|finding| &finding.counted)
        {
            let explained = evaluator.explain(&record, &found, NodeId(place));
            let ids: Vec<String> = explained
                .counted
                .iter()
                .map(|counted| record.record_id(*counted).to_owned())
                .collect();
            if !counted.contains(&ids) {
                all.compare(&node.address, "counted", &vec![ids], counted);
            }
        }
    }
    for (place, node) in (0u32..).zip(&plan.parts().nodes) {
        let known = expected.requirements.get(&node.address);
        if let Some(demands) = known.and_then(|finding| finding.demands.as_ref())
            && input.evidence.len() <= 12
        {
            let explained = evaluator.explain(&record, &found, NodeId(place));
            let said = explained.allocation.unwrap_or_default();
            shared_out(&mut all, plan, &record, &node.address, &said, demands);
        }
    }
    for address in left.keys() {
        all.compare(address, "presence", "not there", "there");
    }
    for ((place, competency), found) in (0u32..).zip(&model.competencies).zip(&found.competencies) {
        let Some(expected) = expected.competencies.get(&place) else {
            continue;
        };
        let name = format!("competency {}", competency.named.name);
        all.compare(&name, "truth", truth(found.truth), six(expected.truth));
        all.compare(
            &name,
            "progress",
            progress(found.progress),
            steps(expected.steps),
        );
        all.compare(
            &name,
            "standing",
            standing(found.standing),
            decided(expected.decided),
        );
        all.compare(&name, "renewal", found.renewal_after, expected.renewal);
        let bare = bare.competencies.get(&place).filter(|_| expected.reached);
        let bare = bare.map(|bare| six(bare.truth));
        all.compare(&name, "without waivers", found.without.map(truth), bare);
    }
    for ((place, role), found) in (0u32..).zip(&model.roles).zip(&found.roles) {
        let Some(expected) = expected.roles.get(&place) else {
            continue;
        };
        let name = format!("role {}", role.named.name);
        all.compare(&name, "truth", truth(found.truth), six(expected.truth));
        all.compare(
            &name,
            "progress",
            progress(found.progress),
            steps(expected.steps),
        );
        let bare = bare.roles.get(&place).filter(|_| expected.reached);
        let bare = bare.map(|bare| six(bare.truth));
        all.compare(&name, "without waivers", found.without.map(truth), bare);
    }
    for ((place, stage), found) in (0u32..).zip(&model.stages).zip(&found.stages) {
        let Some((expected, held)) = expected.stages.get(&place) else {
            continue;
        };
        let name = format!("stage {}", stage.named.name);
        all.compare(&name, "truth", truth(found.truth), six(expected.truth));
        all.compare(
            &name,
            "progress",
            progress(found.progress),
            steps(expected.steps),
        );
        all.compare(&name, "held", found.held.map(|held| held as usize), *held);
        all.compare(&name, "renewal", found.renewal_after, expected.renewal);
    }
    all.compare("", "replay", found.replay, expected.replay);
    all.0
}

/// Compares what a group without reuse gives to whom, and why it cannot serve everybody, with what trying every way finds.
fn shared_out(
    all: &mut Differences,
    plan: &Plan,
    record: &Record,
    group: &str,
    said: &outcome::Allocation,
    demands: &[Demand],
) {
    let address = |id: NodeId| plan.node(id).map_or("", |node| &node.address).to_owned();
    let ids = |records: &[outcome::RecordRef]| -> Vec<String> {
        let records = records.iter();
        records.map(|it| record.record_id(*it).to_owned()).collect()
    };
    let way: reuse::Way = said
        .assigned
        .iter()
        .map(|share| (address(share.node), ids(&share.records)))
        .collect();
    all.compare(group, "assigned", way, reuse::first(demands));
    let blocking: Vec<String> = said
        .blocking
        .iter()
        .flat_map(|blocking| blocking.nodes.iter().map(|id| address(*id)))
        .collect();
    let addresses: Vec<String> = demands.iter().map(|it| it.address.clone()).collect();
    all.compare(
        group,
        "blocking",
        blocking.clone(),
        reuse::smallest(demands, &addresses, blocking.clone()),
    );
    if let Some(blocking) = &said.blocking {
        all.compare(group, "enough", blocking.found() < blocking.needed, true);
    }
}

#[derive(Debug, Default)]
struct Differences(Vec<Difference>);

impl Differences {
    fn compare<T: std::fmt::Debug>(
        &mut self,
        address: &str,
        what: &'static str,
        engine: T,
        oracle: T,
    ) {
        let (engine, oracle) = (format!("{engine:?}"), format!("{oracle:?}"));
        if engine != oracle {
            self.0.push(Difference {
                address: address.to_owned(),
                what,
                engine,
                oracle,
            });
        }
    }
}

fn truth(truth: Truth) -> String {
    let bits: Vec<&str> = truth
        .bits()
        .iter()
        .map(|bit| if *bit { "1" } else { "0" })
        .collect();
    bits.concat()
}

fn six(six: Six) -> String {
    let bits: Vec<&str> = oracle::Bit::ALL
        .iter()
        .map(|bit| if six.at(*bit) { "1" } else { "0" })
        .collect();
    bits.concat()
}

fn progress(progress: outcome::Progress) -> String {
    format!("{} of {}", progress.met, progress.of)
}

fn steps(steps: Steps) -> String {
    format!("{} of {}", steps.met, steps.of)
}

fn amount(amount: outcome::Amount) -> String {
    match amount {
        outcome::Amount::Count(count) => format!("count {count}"),
        outcome::Amount::Number(number) => format!("number {number}"),
        outcome::Amount::Percent(share) => format!("per cent {share}"),
        outcome::Amount::Date(date) => format!("date {date}"),
        outcome::Amount::Ordinal(ordinal) => format!("level {ordinal}"),
    }
}

fn expected_amount(amount: Amount) -> String {
    match amount {
        Amount::Count(count) => format!("count {}", count.max(0)),
        Amount::Number(number) => format!("number {}", number.trillionths()),
        Amount::Percent(share) => format!("per cent {}", share.trillionths() / 1_000_000),
        Amount::Date(day) => format!("date {}", day.date()),
        Amount::Ordinal(ordinal) => format!("level {ordinal}"),
    }
}

fn standing(standing: Standing) -> String {
    match standing {
        Standing::Requirement => "requirement".to_owned(),
        Standing::Credential(place) => format!("credential {place}"),
        Standing::Withheld(place) => format!("withheld {place}"),
        Standing::UnderReview(place) => format!("under review {place}"),
    }
}

fn decided(decided: Decided) -> String {
    match decided {
        Decided::Requirement => "requirement".to_owned(),
        Decided::Credential(place) => format!("credential {place}"),
        Decided::Withheld(place) => format!("withheld {place}"),
        Decided::UnderReview(place) => format!("under review {place}"),
    }
}

/// The differences of a case; none if its programme has errors or its record is refused.
fn of(case: &Case) -> Vec<Difference> {
    let compiled = compile(&case.programme.text());
    let Some(plan) = &compiled.plan else {
        return Vec::new();
    };
    if Record::new(plan, case.input.clone()).is_err() {
        return Vec::new();
    }
    differences(plan, &compiled.model, &case.input, case.as_of)
}

/// The smallest case found, by taking one part away at a time, that still differs in the same.
fn smallest(mut case: Case, what: &str) -> Case {
    let mut tries = 4_000;
    loop {
        let programmes = case.programme.smaller().into_iter().map(|programme| Case {
            programme,
            ..case.clone()
        });
        let inputs = record::smaller(&case.input).into_iter().map(|input| Case {
            input,
            ..case.clone()
        });
        let mut found = None;
        for smaller in programmes.chain(inputs) {
            tries -= 1;
            if tries <= 0 {
                return case;
            }
            if of(&smaller)
                .iter()
                .any(|difference| difference.what == what)
            {
                found = Some(smaller);
                break;
            }
        }
        match found {
            Some(smaller) => case = smaller,
            None => return case,
        }
    }
}

/// A case as it is told.
pub(crate) fn report(seed: u64, case: &Case) -> String {
    let mut said = format!(
        "seed {seed}, as of {}\n\n{}\n",
        case.as_of,
        case.programme.text()
    );
    let model = compile(&case.programme.text()).model;
    for (id, value) in &case.input.facts {
        let name = model.fact(*id).map_or("?", |fact| fact.named.name.as_str());
        let _ = writeln!(said, "fact {name} {value:?}");
    }
    for evidence in &case.input.evidence {
        let kind = model.kind(evidence.kind);
        let name = kind.map_or("?", |kind| kind.named.name.as_str());
        let _ = write!(
            said,
            "{name} {} on {} {:?}",
            evidence.id, evidence.date, evidence.status
        );
        for (word, date) in [
            ("expires", evidence.expires),
            ("submitted", evidence.submitted),
            ("decided", evidence.decided),
        ] {
            if let Some(date) = date {
                let _ = write!(said, " {word} {date}");
            }
        }
        let _ = write!(said, " for {:?}", evidence.competencies);
        for (field, value) in kind
            .into_iter()
            .flat_map(|kind| &kind.fields)
            .zip(&evidence.fields)
        {
            if let Some(value) = value {
                let _ = write!(said, " {}={value:?}", field.named.name);
            }
        }
        said.push('\n');
    }
    for credential in &case.input.credentials {
        let _ = writeln!(said, "{credential:?}");
    }
    for difference in of(case) {
        let _ = writeln!(
            said,
            "\n{} at {}\n  engine {}\n  oracle {}",
            difference.what, difference.address, difference.engine, difference.oracle
        );
    }
    said
}
