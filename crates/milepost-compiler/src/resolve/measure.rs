//! Measures: what is counted over a cohort, and of whom.

use milepost_diagnostics::{Code, Diagnostic};
use milepost_engine::plan::FactId;
use milepost_syntax::tree;

use super::{Context, Resolver};
use crate::model::{CohortMeasure, ExprKind, Figure, Named, Requirement, Type};

impl Resolver<'_> {
    /// Adds a measure to the model.
    pub(super) fn cohort_measure(
        &mut self,
        context: Context<'_>,
        named: Named,
        doc: Option<String>,
        measure: &tree::CohortMeasure,
    ) {
        let mut whom = |who: &Option<tree::Requirement>| -> Option<Requirement> {
            who.as_ref().map(|who| self.requirement(context, who))
        };
        let figure = match &measure.figure {
            tree::Figure::Missing => Figure::Invalid,
            tree::Figure::Percent(who) => Figure::Percent(self.requirement(context, who)),
            tree::Figure::Candidates(who) => Figure::Candidates(whom(who)),
            tree::Figure::Competencies => Figure::Competencies,
            tree::Figure::Different(fact, who) => {
                let who = whom(who);
                self.counted_fact(context, fact)
                    .map_or(Figure::Invalid, |fact| Figure::Different(fact, who))
            }
        };
        let among = measure
            .among
            .as_ref()
            .map(|who| self.requirement(context, who));
        self.model.measures.push(CohortMeasure {
            named,
            doc,
            figure,
            among,
        });
    }

    /// The fact whose values are counted: one value for each candidate.
    fn counted_fact(&mut self, context: Context<'_>, path: &tree::Path) -> Option<FactId> {
        let fact = self.path(context, path, None);
        let problem = match (&fact.kind, &fact.ty) {
            (ExprKind::Invalid, _) => return None,
            (ExprKind::Fact(_), Type::List(_) | Type::Rubric(_)) => {
                "has several values for one candidate"
            }
            (ExprKind::Fact(id), _) => return Some(*id),
            _ => "is not a fact of a candidate",
        };
        self.report(
            Diagnostic::new(
                Code::TypeMismatch,
                fact.span,
                format!("`{}` {problem}", path.text()),
            )
            .help("name a fact with one value for each candidate, such as a school"),
        );
        None
    }
}
