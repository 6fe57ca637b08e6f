//! Addresses written out: those that requirements had before in, clashes out; those that scenarios waive in, what is not
//! there out.

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::Plan;
use milepost_engine::record::Waiver;

use super::Lowering;
use crate::model::{Label, Mention, Model, Subject};

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

impl Lowering<'_> {
    /// What the labels stand for that scenarios name, in expectations and in what is waived.
    pub(super) fn label_mentions(&self) -> Vec<Mention> {
        let mut mentions = Vec::new();
        for scenario in &self.model.scenarios {
            for expected in &scenario.expectations {
                let labels = expected
                    .labels
                    .iter()
                    .map(|(name, at)| (name.as_str(), *at));
                self.follow(self.root(expected.subject), labels, &mut mentions);
            }
            for (waiver, span) in scenario.record.waivers.iter().zip(&scenario.waived) {
                self.follow_address(&waiver.requirement, *span, &mut mentions);
            }
        }
        mentions
    }

    /// The name of a role or competency.
    pub(super) fn root(&self, subject: Subject) -> &str {
        let named = match subject {
            Subject::Competency(id) => self.model.competency(id).map(|it| &it.named),
            Subject::Role(id) => self.model.role(id).map(|it| &it.named),
        };
        named.map_or("", |named| &named.name)
    }

    /// An address as it is written: of a role or competency, whose name may have dots, then of labels.
    fn follow_address(&self, address: &str, span: Span, mentions: &mut Vec<Mention>) {
        let competencies = self.model.competencies.iter().map(|it| &it.named);
        let mut posts = competencies.chain(self.model.roles.iter().map(|it| &it.named));
        let inside = |root: &str| address.strip_prefix(root)?.strip_prefix('.');
        let Some((root, rest)) = posts.find_map(|it| Some((it, inside(&it.name)?))) else {
            return;
        };
        let mut start = span
            .end
            .saturating_sub(u32::try_from(rest.len()).unwrap_or(0));
        let own = root.name.rsplit('.').next().map_or(0, str::len);
        let end = start.saturating_sub(1);
        mentions.push(Mention {
            at: Span {
                start: end.saturating_sub(u32::try_from(own).unwrap_or(0)),
                end,
                ..span
            },
            declared: root.span,
        });
        let labels = rest.split('.').map(|label| {
            let end = start.saturating_add(u32::try_from(label.len()).unwrap_or(0));
            let at = Span { start, end, ..span };
            start = end.saturating_add(1);
            (label, at)
        });
        self.follow(&root.name, labels, mentions);
    }

    fn follow<'n>(
        &self,
        root: &str,
        labels: impl Iterator<Item = (&'n str, Span)>,
        mentions: &mut Vec<Mention>,
    ) {
        let mut address = root.to_owned();
        for (label, at) in labels {
            address = format!("{address}.{label}");
            let place = self.addresses.get(&address).map(|(_, place)| *place);
            let stage = || self.stage_place(root, label);
            let declared = place.or_else(stage);
            mentions.extend(declared.map(|declared| Mention { at, declared }));
        }
    }

    fn stage_place(&self, role: &str, name: &str) -> Option<Span> {
        let stages = self.model.stages.iter();
        let mut stages = stages.filter(|stage| stage.named.name == name);
        let stage = stages.find(|stage| {
            let of = self.model.role(stage.role);
            of.is_some_and(|of| of.named.name == role)
        })?;
        Some(stage.named.span)
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
