//! Plan, record and outcome in; the outcome as canonical JSON, with every sentence made, out.
//!
//! This is the only place where an outcome becomes a document. What is the same for every record is laid out once for a
//! programme, so that here only the holes of that layout are filled.

mod allocation;
mod competency;
mod layout;
mod node;
mod stage;
pub(crate) mod text;
mod time;
mod waiver;

use milepost_engine::outcome::{Allocation, Progress};
use milepost_engine::plan::{NodeId, Parts};
use milepost_engine::record::Record;
use milepost_engine::{Ahead, Evaluator, Explainer, Outcome, Verdict};

use crate::governed::{Governed, Later};
use crate::wire;
use crate::wording::{Known, Words};
pub(crate) use layout::{Hole, Layout};
pub(crate) use time::turned_by;

/// So many near misses of a requirement are listed, the latest of them, and so many unknown values.
const LISTED: usize = 100;

/// The document of an outcome, as canonical JSON.
pub(crate) fn json(governed: &Governed<'_>, outcome: &Outcome) -> String {
    let layout = governed.pathway.layout();
    let mut evaluator = Evaluator::new(governed.pathway.plan());
    let ahead = governed.ahead(&mut evaluator, outcome);
    let mut report = Report::of_last(governed, outcome, &ahead, &mut evaluator);
    let mut out = String::with_capacity(layout.text().len() * 2);
    for (before, hole) in layout.holes() {
        out.push_str(before);
        report.fill(hole, &mut out);
    }
    out.push_str(layout.end());
    out
}

/// The document of an outcome, as values.
pub(crate) fn document(governed: &Governed<'_>, outcome: &Outcome) -> wire::Outcome {
    #[expect(
        clippy::expect_used,
        reason = "what is written here is what the wire types describe; the suites read every outcome they make"
    )]
    wire::Outcome::read(&json(governed, outcome)).expect("an outcome is read as it is written")
}

/// Fills the holes of a layout.
pub(crate) struct Report<'a> {
    parts: &'a Parts,
    layout: &'a Layout,
    words: Words<'a>,
    record: &'a Record,
    governed: &'a Governed<'a>,
    outcome: &'a Outcome,
    ahead: &'a Ahead,
    later: &'a [Later],
    explainer: Explainer<'a>,
    /// What the group that was explained last gives to whom.
    shared_out: Option<(NodeId, Allocation)>,
    /// Whether any list of near misses or unknown values was cut so far.
    pub(crate) shortened: bool,
}

impl<'a> Report<'a> {
    /// The report of the outcome that an evaluator made last.
    pub(crate) fn of_last<'p: 'a>(
        governed: &'a Governed<'p>,
        outcome: &'a Outcome,
        (ahead, later): &'a (Ahead, Vec<Later>),
        evaluator: &'a mut Evaluator<'p>,
    ) -> Self {
        let parts = governed.pathway.plan().parts();
        let record = governed.record.as_ref();
        Self {
            parts,
            layout: governed.pathway.layout(),
            words: Words::new(parts),
            record,
            governed,
            outcome,
            ahead,
            later,
            explainer: evaluator.explaining_last(record, outcome),
            shared_out: None,
            shortened: false,
        }
    }

    /// Fills a hole; the notices come last.
    pub(crate) fn fill(&mut self, hole: Hole, out: &mut String) {
        match hole {
            Hole::Governing => self.governed.write(self.outcome.as_of, out),
            Hole::Candidate => text::text(out, self.record.id()),
            Hole::AsOf => text::day(out, self.outcome.as_of),
            Hole::Role(id) => {
                if let Some(found) = self.outcome.roles.get(id.index()) {
                    standing(out, found.truth.status(), found.truth.at_risk());
                    progress(out, found.progress);
                }
            }
            Hole::Stage(id) => {
                if let Some(found) = self.outcome.stages.get(id.index()) {
                    standing(out, found.truth.status(), found.truth.at_risk());
                    progress(out, found.progress);
                }
            }
            Hole::Competency(id) => {
                if let Some(found) = self.outcome.competencies.get(id.index()) {
                    standing(out, found.truth.status(), found.truth.at_risk());
                    progress(out, found.progress);
                }
            }
            Hole::Ahead(target) => self.ahead(target, out),
            Hole::Credential(id) => self.credential(id, out),
            Hole::Node(id) => self.node(id, out),
            Hole::Findings(id) => self.findings(id, out),
            Hole::Advice(id) => {
                self.advice(id, out);
                self.waiver(id, out);
                self.allocation(id, out);
            }
            Hole::Waivers => self.waivers(out),
            Hole::Notices => {
                text::list(out, self.notices(), |out, notice| text::text(out, &notice));
            }
        }
    }

    fn known(&self) -> Known<'a> {
        Known {
            record: self.record,
            entry: None,
            as_of: self.outcome.as_of,
        }
    }

    fn notices(&self) -> Vec<String> {
        let as_of = self.outcome.as_of;
        let mut notices = Vec::new();
        if self.outcome.replay {
            notices.push(format!(
                "the record holds entries dated after {as_of}, which are left out; facts and undated statuses are \
                 taken as they are now"
            ));
        }
        let effective = self.parts.programme.effective;
        // Of several versions it is said which governs, and why.
        if let Some((from, to)) = effective.filter(|_| !self.governed.several()) {
            if as_of < from {
                notices.push(format!("the programme is in force only from {from}"));
            } else if let Some(to) = to.filter(|to| as_of > *to) {
                notices.push(format!("the programme was in force until {to}"));
            }
        }
        notices.extend(self.governed.question());
        if let Some(ended) = self.ahead.ended {
            notices.push(format!(
                "the days on which results change are searched only up to {ended}: the record and the requirements are \
                 too large to look further"
            ));
        }
        if self.shortened {
            notices.push(format!(
                "some requirements list only the latest {LISTED} near misses, or the first {LISTED} unknown values"
            ));
        }
        notices
    }
}

/// `status` and `at_risk`.
fn standing(out: &mut String, verdict: Verdict, at_risk: bool) {
    out.push_str("\"status\":\"");
    out.push_str(verdict.as_str());
    out.push_str("\",\"at_risk\":");
    text::yes_no(out, at_risk);
}

/// `progress`, after a comma.
fn progress(out: &mut String, progress: Progress) {
    out.push_str(",\"progress\":{\"met\":");
    wire::write_number(out, i128::from(progress.met), 2);
    out.push_str(",\"of\":");
    wire::write_number(out, i128::from(progress.of), 2);
    out.push_str(",\"percent\":");
    wire::write_number(out, i128::from(progress.percent()), 0);
    out.push('}');
}

/// A verdict as a status.
pub(crate) const fn status_of(verdict: Verdict) -> wire::Status {
    match verdict {
        Verdict::Met => wire::Status::Met,
        Verdict::Pending => wire::Status::Pending,
        Verdict::NeedsInformation => wire::Status::NeedsInformation,
        Verdict::Unmet => wire::Status::Unmet,
        Verdict::Waived => wire::Status::Waived,
    }
}
