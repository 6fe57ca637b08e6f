//! Addresses written out: those that requirements had before in, clashes out; those that scenarios waive in, what is not
//! there out.

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::Plan;
use milepost_engine::record::Waiver;

use super::Lowering;
use crate::model::{Label, Model};

/// So many addresses are named to whoever wrote one that is not there.
const NAMED: usize = 12;

impl Lowering<'_> {
    /// Notes the addresses that a requirement had before.
    pub(super) fn former_addresses(&mut self, address: &str, label: Option<&Label>) {
        let Some((label, (above, _))) = label.zip(address.rsplit_once('.')) else {
            return;
        };
        for old in &label.formerly {
            let former = format!("{above}.{}", old.name);
            let first = *self.former.entry(former).or_insert(old.span);
            if first != old.span {
                self.report(
                    Diagnostic::new(
                        Code::FormerNameClash,
                        old.span,
                        format!("two requirements here were called `{}` before", old.name),
                    )
                    .label(first, "the other one is here")
                    .help("keep it where waivers of that name belong"),
                );
            }
        }
    }

    /// No former address is a present one.
    pub(super) fn former_are_apart(&mut self) {
        let mut clashes = Vec::new();
        for (former, place) in &self.former {
            if let Some((_, present)) = self.addresses.get(former) {
                let name = former.rsplit_once('.').map_or("", |(_, name)| name);
                clashes.push(
                    Diagnostic::new(
                        Code::FormerNameClash,
                        *place,
                        format!("`{name}` is also the present name of a requirement here"),
                    )
                    .label(*present, "it is called so now")
                    .help("give the new requirement another name, so that old waivers do not reach it"),
                );
            }
        }
        self.diagnostics.extend(clashes);
    }
}

/// What scenarios waive and a plan does not have.
pub(super) fn waived_in_vain(plan: &Plan, model: &Model) -> Vec<Diagnostic> {
    let given = model.scenarios.iter();
    let given = given.flat_map(|scenario| scenario.record.waivers.iter().zip(&scenario.waived));
    let missing = given.filter(|(waiver, _)| plan.requirement(&waiver.requirement).is_none());
    let nodes = plan
        .parts()
        .nodes
        .iter()
        .filter(|node| !node.waivable.is_empty());
    let known: Vec<_> = nodes
        .take(NAMED)
        .map(|node| format!("`{}`", node.address))
        .collect();
    let help = if known.is_empty() {
        "nothing in this programme can be waived; write `waivable by` and who may behind a label"
            .to_owned()
    } else {
        format!("what can be waived is {}", known.join(", "))
    };
    let say = |(waiver, place): (&Waiver, &Span)| {
        let message = format!("no requirement has the address `{}`", waiver.requirement);
        Diagnostic::new(Code::UnknownName, *place, message).help(help.clone())
    };
    missing.map(say).collect()
}
