//! What must hold of every evaluation, whatever the programme. In: a seed. Out: what does not hold, with the case.

use milepost::{Pathway, wire};
use milepost_compiler::model::Model;
use milepost_engine::outcome::NodeOutcome;
use milepost_engine::plan::{Form, How, KindId, Measure, NodeId, RoleId, Spread};
use milepost_engine::record::{Evidence, Input, Waiver};
use milepost_engine::{BITS, Date, Evaluator, Outcome, Plan, Record, Status, Truth};

use crate::completion::{What, completions};
use crate::differential::{Case, compared, compile, report};
use crate::generator::{self, Days, Programme, Random, Size, record};

/// A programme that compiles, and a record.
#[derive(Debug)]
struct Made {
    seed: u64,
    programme: Programme,
    days: Days,
    model: Model,
    plan: Plan,
    input: Input,
    random: Random,
}

impl Made {
    fn new(seed: u64, size: Size) -> Option<Self> {
        let mut random = Random::new(seed);
        let (programme, days) = generator::programme(&mut random, size);
        Self::of(seed, random, programme, days)
    }

    fn of(seed: u64, mut random: Random, programme: Programme, days: Days) -> Option<Self> {
        let compiled = compile(&programme.text());
        let plan = compiled.plan?;
        let input = record::record(&mut random, &days, &compiled.model);
        Some(Self {
            seed,
            programme,
            days,
            model: compiled.model,
            plan,
            input,
            random,
        })
    }

    fn outcome(&self, input: &Input) -> Outcome {
        evaluate(&self.plan, input, self.days.as_of)
    }

    /// The case, and the other record it was compared with.
    fn told(&self, what: &str, other: &Input) -> String {
        let case = |input: &Input| Case {
            programme: self.programme.clone(),
            input: input.clone(),
            as_of: self.days.as_of,
        };
        format!(
            "{what}\n{}\nagainst the record\n{}",
            report(self.seed, &case(&self.input)),
            report(self.seed, &case(other))
        )
    }
}

fn evaluate(plan: &Plan, input: &Input, as_of: Date) -> Outcome {
    match Record::new(plan, input.clone()) {
        Ok(record) => Evaluator::new(plan).evaluate(&record, as_of),
        Err(error) => panic!("the record is refused: {error}"),
    }
}

/// On distinct dates, the order in which records are written means nothing.
pub fn order_means_nothing(seed: u64) -> Result<(), String> {
    let Some(mut made) = Made::new(seed, Size::WHOLE) else {
        return Ok(());
    };
    let mut distinct: Vec<Evidence> = Vec::new();
    for evidence in &made.input.evidence {
        if distinct.iter().all(|other| other.date != evidence.date) {
            distinct.push(evidence.clone());
        }
    }
    made.input.evidence = distinct;
    let mut other = made.input.clone();
    for place in 0..other.evidence.len() {
        let with = made.random.below(other.evidence.len());
        other.evidence.swap(place, with);
    }
    other.facts.reverse();
    same(
        &made,
        &other,
        "another order of records on distinct dates changes the outcome",
    )
}

/// What needs information says which, requirement by requirement: groups leave it to what they are made of.
pub fn what_needs_information_says_which(seed: u64) -> Result<(), String> {
    let Some(made) = Made::new(seed, Size::WHOLE) else {
        return Ok(());
    };
    let pathway = Pathway::new(made.plan.clone());
    let record = pathway.record(made.input.clone());
    let record = record.map_err(|error| error.to_string())?;
    let outcome = pathway.evaluate(&record, made.days.as_of).report();
    let roles = outcome.roles.into_iter();
    let mut open: Vec<wire::Node> = roles
        .flat_map(|role| std::iter::once(role.requirement).chain(role.preferred))
        .collect();
    while let Some(node) = open.pop() {
        let own = node.children.is_empty() && node.refers_to.is_none();
        let needs = node.status == wire::Status::NeedsInformation;
        if own && needs && node.unknown.is_empty() {
            let what = format!(
                "{} needs information, and nothing is asked for",
                node.address
            );
            return Err(made.told(&what, &made.input));
        }
        open.extend(node.children);
    }
    Ok(())
}

/// A record of a kind that nothing asks for means nothing.
pub fn what_nobody_asks_for_means_nothing(seed: u64) -> Result<(), String> {
    let Some(mut made) = Made::new(seed, Size::WHOLE) else {
        return Ok(());
    };
    let unrelated = made
        .model
        .kinds
        .iter()
        .position(|kind| kind.named.name == "unrelated");
    let Some(kind) = unrelated.and_then(|place| u32::try_from(place).ok()) else {
        panic!("no unrelated kind")
    };
    let mut other = made.input.clone();
    let place = made.random.below(other.evidence.len() + 1);
    let date = made.days.as_of.min(made.days.day(&mut made.random));
    other.evidence.insert(
        place,
        Evidence {
            competencies: Vec::new(),
            ..accepted(KindId(kind), date, Vec::new())
        },
    );
    same(
        &made,
        &other,
        "a record that nothing asks for changes the outcome",
    )
}

fn accepted(
    kind: KindId,
    date: Date,
    fields: Vec<Option<milepost_engine::plan::Constant>>,
) -> Evidence {
    Evidence {
        id: "added".to_owned(),
        kind,
        date,
        status: Status::Accepted,
        competencies: Vec::new(),
        expires: None,
        submitted: None,
        decided: None,
        suspended: Vec::new(),
        fields,
    }
}

/// An evaluator remembers nothing.
pub fn an_evaluator_remembers_nothing(seed: u64) -> Result<(), String> {
    let Some(mut made) = Made::new(seed, Size::WHOLE) else {
        return Ok(());
    };
    let other = record::record(&mut made.random, &made.days, &made.model);
    let mut evaluator = Evaluator::new(&made.plan);
    let (Ok(one), Ok(two)) = (
        Record::new(&made.plan, made.input.clone()),
        Record::new(&made.plan, other.clone()),
    ) else {
        panic!("a record is refused")
    };
    let first = evaluator.evaluate(&one, made.days.as_of);
    let between = evaluator.evaluate(&two, made.days.as_of);
    let again = evaluator.evaluate(&one, made.days.as_of);
    let alone = made.outcome(&other);
    if first == again && between == alone {
        Ok(())
    } else {
        Err(made.told(
            "an evaluator that has seen another record gives another outcome",
            &other,
        ))
    }
}

fn same(made: &Made, other: &Input, what: &str) -> Result<(), String> {
    if made.outcome(&made.input) == made.outcome(other) {
        Ok(())
    } else {
        Err(made.told(what, other))
    }
}

/// Worst is never better than best: in each view `0 ≤ 1`; the very worst is no better than what is left out at its worst,
/// nor that at its best than the very best. (`W1` and `B0` are between and bound nothing on their own: a total that lacks
/// a value under review is true at `W1`.)
pub fn worst_is_never_better_than_best(seed: u64) -> Result<(), String> {
    let Some(made) = Made::new(seed, Size::WHOLE) else {
        return Ok(());
    };
    // A miss at worst is enough for no share at all.
    if made.programme.text().contains("at least 0%") {
        return Ok(());
    }
    for (what, truth) in truths(&made.plan, &made.outcome(&made.input)) {
        let [l0, l1, w0, w1, b0, b1] = truth.bits();
        let below = [(l0, l1), (w0, w1), (b0, b1), (w0, l0), (l1, b1)];
        if below.iter().any(|(worse, better)| *worse && !*better) {
            return Err(made.told(&format!("{what} is {truth:?}"), &made.input));
        }
    }
    Ok(())
}

/// The truths of every requirement, competency and role, in one order.
fn truths(plan: &Plan, outcome: &Outcome) -> Vec<(String, Truth)> {
    let nodes = plan
        .parts()
        .nodes
        .iter()
        .zip(&outcome.nodes)
        .map(|(node, found)| (node.address.clone(), found.truth));
    let competencies = plan
        .parts()
        .competencies
        .iter()
        .zip(&outcome.competencies)
        .map(|(competency, found)| (format!("competency {}", competency.entry.name), found.truth));
    let roles = plan
        .parts()
        .roles
        .iter()
        .zip(&outcome.roles)
        .map(|(role, found)| (format!("role {}", role.entry.name), found.truth));
    nodes.chain(competencies).chain(roles).collect()
}

/// Where everything is asked for by `at least`, one more accepted record does no harm, in any bit.
pub fn more_does_no_harm(seed: u64) -> Result<(), String> {
    let Some(mut made) = Made::new(seed, Size::WHOLE) else {
        return Ok(());
    };
    let kind = KindId(u32::try_from(made.random.below(3)).unwrap_or(0));
    let fields = made
        .model
        .kind(kind)
        .map(|kind| kind.fields.clone())
        .unwrap_or_default();
    let date = made.days.day(&mut made.random);
    let values = fields
        .iter()
        .map(|field| {
            let known = field.from_score.is_none() && made.random.chance(80);
            known.then(|| record::value(&mut made.random, &made.days, &made.model, field))
        })
        .collect();
    let mut other = made.input.clone();
    let place = made.random.below(other.evidence.len() + 1);
    let competencies = made
        .input
        .evidence
        .first()
        .map(|one| one.competencies.clone())
        .unwrap_or_default();
    other.evidence.insert(
        place,
        Evidence {
            competencies,
            ..accepted(kind, date, values)
        },
    );
    let (before, after) = (made.outcome(&made.input), made.outcome(&other));
    for ((place, node), (before, after)) in (0u32..)
        .zip(&made.plan.parts().nodes)
        .zip(before.nodes.iter().zip(&after.nodes))
    {
        let harmed = (0..BITS).any(|bit| before.truth.bit(bit) && !after.truth.bit(bit));
        if harmed && asks_for_more(&made.plan, NodeId(place)) {
            let what = format!(
                "{} was {:?} and is {:?} with one more",
                node.address, before.truth, after.truth
            );
            return Err(made.told(&what, &other));
        }
    }
    Ok(())
}

/// Whether a requirement, with all below it, asks for records by `at least` alone.
fn asks_for_more(plan: &Plan, id: NodeId) -> bool {
    let parts = plan.parts();
    let all = |children: &[NodeId]| children.iter().all(|child| asks_for_more(plan, *child));
    match plan.node(id).map(|node| &node.form) {
        Some(
            Form::All(children)
            | Form::Any(children)
            | Form::AtLeast(_, children)
            | Form::Points(_, children, _)
            | Form::InOrder(children)
            | Form::WithoutReuse(children),
        ) => all(children),
        Some(Form::Competency(id)) => {
            let root = parts
                .competencies
                .get(id.index())
                .and_then(|competency| competency.requirement);
            root.is_none_or(|root| asks_for_more(plan, root))
        }
        Some(Form::Role(id)) => parts
            .roles
            .get(id.index())
            .is_some_and(|role| asks_for_more(plan, role.eligible)),
        Some(Form::Stage(id)) => {
            let of = parts.stages.get(id.index()).map(|stage| stage.role);
            let roots = of.into_iter().flat_map(|of| {
                let stages = parts
                    .stages_of(of)
                    .filter_map(|(_, stage)| stage.requirement);
                let eligible = parts.roles.get(of.index()).map(|role| role.eligible);
                eligible.into_iter().chain(stages)
            });
            roots
                .collect::<Vec<_>>()
                .iter()
                .all(|root| asks_for_more(plan, *root))
        }
        Some(Form::Condition(_) | Form::Held(_)) => true,
        Some(Form::Records(records)) => {
            matches!(records.measure, Measure::Count(How::AtLeast, _))
                && records.latest.is_none()
                && records.attempts.is_none()
                && !matches!(records.spread, Some(Spread::ConsecutiveYears(true)))
        }
        Some(Form::None(_)) | None => false,
    }
}

/// A waiver changes what it is for, what that is part of and what refers to it, and nothing else; and what is said to be
/// without waivers is what a record without them comes to.
pub fn waivers_reach_no_further_than_meant(seed: u64) -> Result<(), String> {
    let Some(made) = Made::new(seed, Size::WHOLE) else {
        return Ok(());
    };
    let mut without = made.input.clone();
    without.waivers.clear();
    let (found, bare) = (made.outcome(&made.input), made.outcome(&without));
    let told = |what: &str, where_: &str| Err(made.told(&format!("{what}: {where_}"), &without));
    let parts = made.plan.parts();
    let mut reached: Vec<bool> = Vec::new();
    let nodes = parts.nodes.iter().zip(found.nodes.iter().zip(&bare.nodes));
    for (place, (node, (now, before))) in nodes.enumerate() {
        let role = |id: RoleId| parts.roles.get(id.index()).map(|role| role.eligible);
        let below: Vec<NodeId> = match &node.form {
            Form::Competency(id) => {
                let competency = parts.competencies.get(id.index());
                let requirement = competency.and_then(|it| it.requirement);
                requirement.into_iter().collect()
            }
            Form::Role(id) => role(*id).into_iter().collect(),
            Form::Stage(id) => {
                let own = parts.stages.get(id.index()).map(|stage| stage.role);
                let gone_through = own.into_iter().flat_map(|own| parts.stages_of(own));
                let gone_through = gone_through.filter(|(stage, _)| stage <= id);
                let stages = gone_through.filter_map(|(_, stage)| stage.requirement);
                own.and_then(role).into_iter().chain(stages).collect()
            }
            _ => Vec::new(),
        };
        let mut below = node.form.children().iter().copied().chain(below);
        let waived = found.waived.iter().any(|(id, _)| id.index() == place);
        let above = below.any(|below| reached.get(below.index()) == Some(&true));
        reached.push(waived || above);
        // An earlier step may unlock a later one; that is all it does to it.
        let same = NodeOutcome {
            locked: before.locked,
            ..*now
        };
        if !(waived || above) && same != *before {
            return told("a waiver reaches further than meant", &node.address);
        }
        if waived && !now.truth.met() {
            return told("what is waived is not met", &node.address);
        }
    }
    for (competency, (now, before)) in parts
        .competencies
        .iter()
        .zip(found.competencies.iter().zip(&bare.competencies))
    {
        if now.without.unwrap_or(now.truth) != before.truth {
            return told("not what it is without waivers", &competency.entry.name);
        }
    }
    for (role, (now, before)) in parts.roles.iter().zip(found.roles.iter().zip(&bare.roles)) {
        if now.without.unwrap_or(now.truth) != before.truth {
            return told("not what it is without waivers", &role.entry.name);
        }
    }
    Ok(())
}

/// The bits promise what they say: what is met stays so whatever is unknown; what cannot be met never is; what is met
/// at its worst always is. Tried out on every way the record may turn out.
pub fn bits_keep_their_promises(seed: u64) -> Result<(), String> {
    let Some(mut made) = Made::new(seed, Size::SMALL) else {
        return Ok(());
    };
    // `is known` asks of the record itself; a day of expiry decides how the record stands; and where what is under
    // review counts as accepted, its refusal is no longer among the things thought of.
    let text = made.programme.text();
    if ["is known", "expires", "those under review"]
        .iter()
        .any(|words| text.contains(words))
    {
        return Ok(());
    }
    // Before the first cut scores no level is known, whatever anybody supplies.
    let parts = made.plan.parts();
    let cuts = parts.scales.iter().filter_map(|it| it.cut_scores.first());
    let first = cuts.map(|it| it.from).max().unwrap_or(Date::MIN);
    let by_score = |kind: KindId| {
        let kind = parts.kinds.get(kind.index());
        kind.is_some_and(|kind| kind.fields.iter().any(|it| it.from_score.is_some()))
    };
    made.input
        .evidence
        .retain(|it| it.date >= first || !by_score(it.kind));
    // Few things may be open, so that they can be tried.
    made.input.credentials.clear();
    made.input.evidence.truncate(5);
    let as_of = made.days.as_of;
    let stands = made.outcome(&made.input);
    for what in [What::Unknown, What::Everything] {
        let completed = completions(
            &mut made.random,
            &made.days,
            &made.model,
            &made.input,
            as_of,
            what,
        );
        for other in completed {
            let found = made.outcome(&other);
            for ((name, promised), (_, truth)) in truths(&made.plan, &stands)
                .into_iter()
                .zip(truths(&made.plan, &found))
            {
                let [l0, l1, w0, _, _, b1] = promised.bits();
                let (worst, best) = if what == What::Unknown {
                    (l0, l1)
                } else {
                    (w0, b1)
                };
                let [is, also, ..] = truth.bits();
                let wrong = if is != also {
                    "nothing is unknown any more, and yet it is neither true nor false"
                } else if worst && !is {
                    "met at its worst, and not met"
                } else if is && !best {
                    "not met at its best, and met"
                } else {
                    continue;
                };
                return Err(made.told(
                    &format!("{wrong}: {name} is {promised:?} and becomes {truth:?}"),
                    &other,
                ));
            }
        }
    }
    Ok(())
}

/// Waivers of what is met anyway: the oracle agrees which of them a group without reuse needs; the others change nothing, and
/// without one that is needed something is otherwise. Says how many were needed.
pub fn waivers_are_needed_or_idle(seed: u64) -> Result<usize, String> {
    let mut random = Random::new(seed);
    let (programme, days) = generator::shared::programme(&mut random);
    let Some(mut made) = Made::of(seed, random, programme, days) else {
        return Err(format!("the programme of seed {seed} has errors"));
    };
    // Few enough that every way of giving them out can be tried.
    made.input.evidence.retain(|it| it.kind == KindId(0));
    made.input.evidence.truncate(9);
    made.input.waivers.clear();
    let bare = made.outcome(&made.input);
    let nodes = made.plan.parts().nodes.iter().zip(&bare.nodes);
    for (node, _) in nodes.filter(|(_, found)| found.truth == Truth::TRUE) {
        if let Some(authority) = node.waivable.first()
            && made.random.chance(70)
        {
            made.input.waivers.push(Waiver {
                id: None,
                requirement: node.address.clone(),
                by: "p-9".to_owned(),
                authority: authority.clone(),
                reason: "invented".to_owned(),
                granted: made.days.as_of,
                expires: None,
            });
        }
    }
    if let Some(difference) =
        compared(&made.plan, &made.model, &made.input, made.days.as_of).first()
    {
        return Err(made.told(&format!("{difference:?}"), &made.input));
    }
    let found = made.outcome(&made.input);
    let is_needed = |(id, _): &&(NodeId, u32)| found.rests_on_waiver(*id);
    let kept = found.waived.iter().filter(is_needed);
    let kept: Vec<usize> = kept.map(|(_, place)| *place as usize).collect();
    let mut other = made.input.clone();
    other.waivers = only(&made.input, &kept);
    if said(&made, &made.input) != said(&made, &other) {
        return Err(made.told(
            "waivers that are said to be idle change the outcome",
            &other,
        ));
    }
    for place in &kept {
        let fewer: Vec<usize> = kept.iter().copied().filter(|it| it != place).collect();
        other.waivers = only(&made.input, &fewer);
        if said(&made, &made.input) == said(&made, &other) {
            return Err(made.told("a waiver that is said to be needed changes nothing", &other));
        }
    }
    Ok(found.needed.len())
}

fn only(input: &Input, places: &[usize]) -> Vec<Waiver> {
    let waivers = places.iter().filter_map(|place| input.waivers.get(*place));
    waivers.cloned().collect()
}

/// What is said of everything, idle waivers aside: the outcome, the requirements that need waivers, and who is given what.
fn said(made: &Made, input: &Input) -> String {
    let record = match Record::new(&made.plan, input.clone()) {
        Ok(record) => record,
        Err(error) => panic!("the record is refused: {error}"),
    };
    let mut evaluator = Evaluator::new(&made.plan);
    let mut outcome = evaluator.evaluate(&record, made.days.as_of);
    let nodes = (0u32..).take(outcome.nodes.len()).map(NodeId);
    let explained: Vec<_> = nodes
        .map(|id| evaluator.explain(&record, &outcome, id).allocation)
        .collect();
    outcome.waived.clear();
    for found in &mut outcome.nodes {
        found.without = found.without.filter(|without| *without != found.truth);
    }
    format!("{outcome:?} {explained:?}")
}
