//! Advice with its live values: `{found}`, `{needed}` and `{remaining}`.

use std::borrow::Cow;

use milepost_engine::outcome::{Amount, NodeOutcome};
use milepost_engine::plan::{Form, Measure, Node, Type};

use super::Words;

impl<'a> Words<'a> {
    /// The type of the levels a requirement counts in.
    pub(crate) fn type_counted(self, node: &Node) -> Option<&'a Type> {
        match &node.form {
            Form::Records(records) => match &records.measure {
                Measure::Aggregate(_, _, _, value) => self.of(node).type_of_value(value),
                _ => None,
            },
            _ => None,
        }
    }

    /// Advice with its values filled in; one that is not there is "unknown".
    pub(crate) fn advice<'o>(
        self,
        advice: &'o str,
        node: &Node,
        outcome: &NodeOutcome,
    ) -> Cow<'o, str> {
        if !advice.contains('{') {
            return advice.into();
        }
        let ty = self.type_counted(node);
        let say = |amount: Option<Amount>| {
            amount.map_or_else(|| "unknown".to_owned(), |amount| self.amount(amount, ty))
        };
        let mut out = String::with_capacity(advice.len());
        let mut rest = advice;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let (name, tail) = after.split_once('}').unwrap_or((after, ""));
            match name {
                "found" => out.push_str(&say(outcome.found)),
                "needed" => out.push_str(&say(outcome.needed)),
                "remaining" => out.push_str(&say(remaining(outcome))),
                _ => {
                    out.push('{');
                    rest = after;
                    continue;
                }
            }
            rest = tail;
        }
        out.push_str(rest);
        out.into()
    }
}

/// What is still to come, where that can be counted.
fn remaining(outcome: &NodeOutcome) -> Option<Amount> {
    Some(match (outcome.found?, outcome.needed?) {
        (Amount::Count(found), Amount::Count(needed)) => {
            Amount::Count(needed.saturating_sub(found))
        }
        (Amount::Number(found), Amount::Number(needed)) => {
            Amount::Number(needed.saturating_sub(found).max(0))
        }
        (Amount::Percent(found), Amount::Percent(needed)) => {
            Amount::Percent(needed.saturating_sub(found).max(0))
        }
        _ => return None,
    })
}
