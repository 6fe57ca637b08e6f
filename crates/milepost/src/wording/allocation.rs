//! Why not everybody is served under `without reuse`: requirements and what may count for them in, a sentence that a person
//! can check out.

use milepost_engine::outcome::{Blocking, RecordRef, Share};
use milepost_engine::plan::{CompetencyId, Form, Node, Spread};
use milepost_engine::record::Record;

use super::Words;
use super::phrases::{count, list, title};

impl Words<'_> {
    /// "Tasks and Lessons together ask for four records, and only three may count for any of them: t1, t2 and t3"
    pub(crate) fn blocking(self, group: &Node, blocking: &Blocking, record: &Record) -> String {
        let nodes = || blocking.nodes.iter().filter_map(|id| self.node(*id));
        let names: Vec<String> = nodes().map(|node| self.named(node, group.owner)).collect();
        let (asks, of_them) = match names.as_slice() {
            [_] => ("asks", "it"),
            [_, _] => ("together ask", "either of them"),
            _ => ("together ask", "any of them"),
        };
        let needed = match blocking.needed {
            1 => "one record".to_owned(),
            needed => format!("{} records", count(needed)),
        };
        let found = match blocking.found() {
            0 => "none".to_owned(),
            found => format!("only {}", count(found)),
        };
        let id = |it: &RecordRef| record.record_id(*it).to_owned();
        let mut may: Vec<String> = blocking.records.iter().map(id).collect();
        may.extend(blocking.groups.iter().map(|group| {
            let ids: Vec<String> = group.records.iter().map(id).collect();
            format!("one of {} ({})", list(&ids, "and"), self.alike(group))
        }));
        let may = match may.as_slice() {
            [] => String::new(),
            may => format!(": {}", list(may, "and")),
        };
        let names = list(&names, "and");
        format!("{names} {asks} for {needed}, and {found} may count for {of_them}{may}")
    }

    /// The requirement by its title, with the competency it belongs to if that is another than the group's.
    fn named(self, node: &Node, owner: Option<CompetencyId>) -> String {
        let name = match &node.title {
            Some(title) => title.clone(),
            None => format!("“{}”", self.requirement(node)),
        };
        let of = node.owner.filter(|own| Some(*own) != owner);
        let of = of.and_then(|id| self.parts.competencies.get(id.index()));
        match of {
            Some(of) => format!("{name} ({})", title(&of.entry)),
            None => name,
        }
    }

    /// What records have in common of which one may count.
    fn alike(self, group: &Share) -> String {
        let node = self.node(group.node);
        let spread = node.and_then(|node| match &node.form {
            Form::Records(records) => Some((self.of(node), records.spread?)),
            _ => None,
        });
        match spread {
            Some((words, Spread::Different(source))) => {
                format!("the same {}", words.source(source))
            }
            _ => "the same school year".to_owned(),
        }
    }
}
