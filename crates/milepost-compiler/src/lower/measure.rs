//! Measures: whom each counts as requirements of the plan, with the address `NAME/measure`.
//!
//! They stand after everything else: nothing depends on them.

use milepost_engine::plan;

use super::requirement::At;
use super::{Lowering, tables};
use crate::lower::expression::Environment;
use crate::model::{Figure, Requirement};

impl Lowering<'_> {
    pub(super) fn lower_measures(&mut self) {
        let model = self.model;
        for measure in &model.measures {
            let address = format!("{}/measure", measure.named.name);
            let figure = match &measure.figure {
                Figure::Invalid => None,
                Figure::Percent(who) => self.who(who, &address).map(plan::Figure::Percent),
                Figure::Candidates(None) => Some(plan::Figure::Candidates(None)),
                Figure::Candidates(Some(who)) => self
                    .who(who, &address)
                    .map(|who| plan::Figure::Candidates(Some(who))),
                Figure::Different(fact, None) => Some(plan::Figure::Different(*fact, None)),
                Figure::Different(fact, Some(who)) => self
                    .who(who, &address)
                    .map(|who| plan::Figure::Different(*fact, Some(who))),
                Figure::Competencies => Some(plan::Figure::Competencies),
            };
            let among = measure
                .among
                .as_ref()
                .map(|who| self.who(who, &format!("{address}/among")));
            // What could not be lowered has been reported, and then there is no plan.
            if let (Some(figure), Some(among)) =
                (figure, among.map_or(Some(None), |it| it.map(Some)))
            {
                self.measures.push(plan::CohortMeasure {
                    entry: tables::entry(&measure.named),
                    doc: measure.doc.clone(),
                    figure,
                    among,
                });
            }
        }
    }

    fn who(&mut self, who: &Requirement, address: &str) -> Option<plan::NodeId> {
        let at = At {
            stage: None,
            base: address,
            unnamed: address,
            owner: None,
            depth: 1,
        };
        self.requirement(who, &Environment::default(), at, None)
    }
}
