//! The layout of outcomes: a plan in; the document with everything that is the same for every record written out, and
//! holes for what is not, out. Made once for a programme.

use milepost_engine::Target;
use milepost_engine::plan::{
    Competency, CompetencyId, Entry, Form, Node, NodeId, Parts, Role, RoleId, Stage, StageId,
};

use super::text::{hash, list, text, text_or_null};
use crate::wording::{Phrase, Words};

/// The document of a programme's outcomes.
#[derive(Debug)]
pub(crate) struct Layout {
    /// All that is the same for every record, one stretch after the other.
    text: String,
    /// The holes, each with the end of the stretch before it.
    holes: Vec<(usize, Hole)>,
    /// The hole of the day, and those of the nodes, the roles and the competencies.
    day: usize,
    nodes: Vec<Option<usize>>,
    roles: Vec<Option<usize>>,
    competencies: Vec<Option<usize>>,
    stages: Vec<Option<usize>>,
    /// Whether a node lies under `none of`, where nobody should strive for it.
    forbidden: Vec<bool>,
    /// What is said of each node whatever the record.
    phrases: Vec<Phrase>,
}

/// Something of the document that depends on the record or on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hole {
    /// `in_force`, `why` and `until` of the programme.
    Governing,
    /// The candidate's id.
    Candidate,
    /// The day.
    AsOf,
    /// From `status` to `progress` of a role.
    Role(RoleId),
    /// From `status` to `progress` of a stage.
    Stage(StageId),
    /// From `status` to `progress` of a competency.
    Competency(CompetencyId),
    /// `credential` and `renewal_after` of a competency.
    Credential(CompetencyId),
    /// From `status` to `progress` of a node.
    Node(NodeId),
    /// From `found` to `unknown` of a node.
    Findings(NodeId),
    /// `holds_until` and `opens_on`, and `without_waivers` where there is one; they follow the progress. Of a role and a stage
    /// also whatever posts change.
    Ahead(Target),
    /// The `advice` of a node, its `waiver` and its `allocation`.
    Advice(NodeId),
    /// The waivers.
    Waivers,
    /// The notices.
    Notices,
}

impl Layout {
    /// The layout of a plan's outcomes.
    pub(crate) fn new(parts: &Parts) -> Self {
        let words = Words::new(parts);
        let mut sheet = Sheet {
            parts,
            layout: Self {
                text: String::new(),
                holes: Vec::new(),
                day: 0,
                nodes: vec![None; parts.nodes.len()],
                roles: vec![None; parts.roles.len()],
                competencies: vec![None; parts.competencies.len()],
                stages: vec![None; parts.stages.len()],
                forbidden: forbidden(parts),
                phrases: parts.nodes.iter().map(|node| words.phrase(node)).collect(),
            },
            placed: below_others(parts),
        };
        sheet.document();
        sheet.layout
    }

    /// The holes in order, each after the text before it.
    pub(crate) fn holes(&self) -> impl Iterator<Item = (&str, Hole)> {
        let mut from = 0;
        self.holes.iter().map(move |(to, hole)| {
            let before = self.text.get(from..*to).unwrap_or_default();
            from = *to;
            (before, *hole)
        })
    }

    /// How many holes there are; the last is that of the notices, the one before it that of the waivers.
    pub(crate) const fn count(&self) -> usize {
        self.holes.len()
    }

    /// The hole at a place.
    pub(crate) fn hole(&self, place: usize) -> Option<Hole> {
        self.holes.get(place).map(|(_, hole)| *hole)
    }

    /// The place of the day.
    pub(crate) const fn of_day(&self) -> usize {
        self.day
    }

    /// The place of what says which version governs.
    pub(crate) const fn of_governing(&self) -> usize {
        0
    }

    /// The place of a node; those of what time changes, of its findings and of its advice are the next.
    pub(crate) fn of_node(&self, id: NodeId) -> Option<usize> {
        self.nodes.get(id.index()).copied().flatten()
    }

    /// The place of a role; the one of what time changes is the next.
    pub(crate) fn of_role(&self, id: RoleId) -> Option<usize> {
        self.roles.get(id.index()).copied().flatten()
    }

    /// The place of a stage; that of what time changes is the next.
    pub(crate) fn of_stage(&self, id: StageId) -> Option<usize> {
        self.stages.get(id.index()).copied().flatten()
    }

    /// The place of a competency; those of what time changes and of its credential are the next.
    pub(crate) fn of_competency(&self, id: CompetencyId) -> Option<usize> {
        self.competencies.get(id.index()).copied().flatten()
    }

    /// The places of the competencies.
    pub(crate) fn of_competencies(&self) -> impl Iterator<Item = usize> {
        self.competencies.iter().flatten().copied()
    }

    /// All that is the same for every record.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether a node lies under `none of`.
    pub(crate) fn is_forbidden(&self, node: NodeId) -> bool {
        self.forbidden.get(node.index()).copied().unwrap_or(false)
    }

    /// What is said of a node whatever the record.
    pub(crate) fn phrase(&self, node: NodeId) -> Option<&Phrase> {
        self.phrases.get(node.index())
    }

    /// The text after the last hole.
    pub(crate) fn end(&self) -> &str {
        let from = self.holes.last().map_or(0, |(to, _)| *to);
        self.text.get(from..).unwrap_or_default()
    }
}

/// Which nodes stand under others.
fn below_others(parts: &Parts) -> Vec<bool> {
    let mut below = vec![false; parts.nodes.len()];
    for child in parts.nodes.iter().flat_map(|node| node.form.children()) {
        if let Some(below) = below.get_mut(child.index()) {
            *below = true;
        }
    }
    below
}

/// Which nodes lie under `none of`; parents stand after their children.
fn forbidden(parts: &Parts) -> Vec<bool> {
    let mut forbidden = vec![false; parts.nodes.len()];
    for (at, node) in parts.nodes.iter().enumerate().rev() {
        let below = matches!(node.form, Form::None(_)) || forbidden.get(at) == Some(&true);
        for child in node.form.children() {
            if let Some(slot) = forbidden.get_mut(child.index()) {
                *slot = below;
            }
        }
    }
    forbidden
}

struct Sheet<'a> {
    parts: &'a Parts,
    layout: Layout,
    /// The nodes that have their place: the one under another, and a root that was written.
    placed: Vec<bool>,
}

impl<'a> Sheet<'a> {
    fn put(&mut self, json: &str) {
        self.layout.text.push_str(json);
    }

    fn key(&mut self, key: &str, value: &str) {
        self.put(key);
        text(&mut self.layout.text, value);
    }

    fn key_or_null(&mut self, key: &str, value: Option<&str>) {
        self.put(key);
        text_or_null(&mut self.layout.text, value);
    }

    fn key_list(&mut self, key: &str, values: &[String]) {
        self.put(key);
        list(&mut self.layout.text, values, |out, value| text(out, value));
    }

    fn hole(&mut self, hole: Hole) {
        let layout = &mut self.layout;
        let place = layout.holes.len();
        layout.holes.push((layout.text.len(), hole));
        let (places, id) = match hole {
            Hole::Node(id) => (&mut layout.nodes, id.index()),
            Hole::Role(id) => (&mut layout.roles, id.index()),
            Hole::Competency(id) => (&mut layout.competencies, id.index()),
            Hole::Stage(id) => (&mut layout.stages, id.index()),
            Hole::AsOf => {
                layout.day = place;
                return;
            }
            Hole::Governing
            | Hole::Candidate
            | Hole::Ahead(_)
            | Hole::Credential(_)
            | Hole::Findings(_)
            | Hole::Advice(_)
            | Hole::Waivers
            | Hole::Notices => return,
        };
        if let Some(slot) = places.get_mut(id) {
            *slot = Some(place);
        }
    }

    fn document(&mut self) {
        let programme = &self.parts.programme;
        self.key("{\"milepost\":", env!("CARGO_PKG_VERSION"));
        self.key(",\"programme\":{\"name\":", &programme.name);
        self.key_or_null(",\"version\":", programme.version.as_deref());
        self.key(",\"definition\":", &hash(&programme.definition));
        self.put(",");
        self.hole(Hole::Governing);
        self.put("},\"candidate\":");
        self.hole(Hole::Candidate);
        self.put(",\"as_of\":");
        self.hole(Hole::AsOf);
        self.put(",\"roles\":[");
        let mut comma = "";
        for (id, role) in (0..).map(RoleId).zip(&self.parts.roles) {
            if let Some(root) = self.root(Some(role.eligible)) {
                self.put(comma);
                self.role(id, role, root);
                comma = ",";
            }
        }
        self.put("],\"competencies\":[");
        let mut comma = "";
        let competencies = (0..).map(CompetencyId).zip(&self.parts.competencies);
        for (id, competency) in competencies.filter(|(_, it)| !it.elsewhere) {
            self.put(comma);
            self.competency(id, competency);
            comma = ",";
        }
        self.put("],\"waivers\":");
        self.hole(Hole::Waivers);
        self.put(",\"notices\":");
        self.hole(Hole::Notices);
        self.put("}");
    }

    /// A node that stands under no other, and has not been written.
    fn root(&mut self, id: Option<NodeId>) -> Option<NodeId> {
        let placed = self.placed.get_mut(id?.index())?;
        if std::mem::replace(placed, true) {
            None
        } else {
            id
        }
    }

    fn head(&mut self, entry: &Entry, about: Option<&str>, doc: Option<&str>) {
        self.key("{\"name\":", &entry.name);
        self.key_or_null(",\"title\":", entry.title.as_deref());
        self.key_or_null(",\"about\":", about);
        self.key_or_null(",\"doc\":", doc);
        self.put(",");
    }

    fn role(&mut self, id: RoleId, role: &Role, root: NodeId) {
        self.head(&role.entry, role.about.as_deref(), role.doc.as_deref());
        self.hole(Hole::Role(id));
        self.put(",");
        self.hole(Hole::Ahead(Target::Role(id)));
        self.key_list(",\"incentives\":", &role.incentives);
        self.put(",\"requirement\":");
        self.node(root);
        self.put(",\"preferred\":[");
        let mut comma = "";
        for id in &role.preferred {
            if let Some(root) = self.root(Some(*id)) {
                self.put(comma);
                self.node(root);
                comma = ",";
            }
        }
        self.put("],\"stages\":[");
        let mut comma = "";
        for (id, stage) in self.parts.stages_of(id) {
            self.put(comma);
            self.stage(id, stage);
            comma = ",";
        }
        self.put("]}");
    }

    fn stage(&mut self, id: StageId, stage: &Stage) {
        self.key("{\"name\":", &stage.entry.name);
        self.key_or_null(",\"title\":", stage.entry.title.as_deref());
        self.put(",");
        self.hole(Hole::Stage(id));
        self.put(",");
        self.hole(Hole::Ahead(Target::Stage(id)));
        self.put(",\"requirement\":");
        match self.root(stage.requirement) {
            Some(root) => self.node(root),
            None => self.put("null"),
        }
        self.put("}");
    }

    fn competency(&mut self, id: CompetencyId, competency: &Competency) {
        self.head(
            &competency.entry,
            competency.about.as_deref(),
            competency.doc.as_deref(),
        );
        self.hole(Hole::Competency(id));
        self.put(",");
        self.hole(Hole::Ahead(Target::Competency(id)));
        match &competency.award {
            Some(award) => {
                self.key(",\"award\":{\"title\":", &award.title);
                let valid = award.valid.map(|valid| valid.to_string());
                self.key_or_null(",\"valid\":", valid.as_deref());
                self.put("},");
            }
            None => self.put(",\"award\":null,"),
        }
        self.hole(Hole::Credential(id));
        self.put(",\"requirement\":");
        match self.root(competency.requirement) {
            Some(root) => self.node(root),
            None => self.put("null"),
        }
        self.put("}");
    }

    /// A node and those below it; how deep they are nested is bounded by the plan.
    fn node(&mut self, id: NodeId) {
        let Some(node) = self.parts.nodes.get(id.index()) else {
            return;
        };
        self.key("{\"address\":", &node.address);
        self.key_or_null(",\"title\":", node.title.as_deref());
        self.put(",\"text\":");
        if let Some(phrase) = self.layout.phrases.get(id.index()) {
            text(&mut self.layout.text, &phrase.requirement);
        }
        self.put(",");
        self.hole(Hole::Node(id));
        self.put(",");
        self.hole(Hole::Ahead(Target::Node(id)));
        self.put(",");
        self.hole(Hole::Findings(id));
        let refers_to = self.refers_to(node).map(|entry| entry.name.as_str());
        self.key_or_null(",\"refers_to\":", refers_to);
        self.key_list(",\"cites\":", &node.cites);
        self.put(",\"advice\":");
        self.hole(Hole::Advice(id));
        self.put(",\"children\":[");
        for (place, child) in node.form.children().iter().enumerate() {
            self.put(if place > 0 { "," } else { "" });
            self.node(*child);
        }
        self.put("]}");
    }

    fn refers_to(&self, node: &Node) -> Option<&'a Entry> {
        match &node.form {
            Form::Competency(id) => self.parts.competencies.get(id.index()).map(|it| &it.entry),
            Form::Role(id) => self.parts.roles.get(id.index()).map(|it| &it.entry),
            Form::Stage(id) => {
                let role = self.parts.stages.get(id.index()).map(|it| it.role);
                role.and_then(|id| self.parts.roles.get(id.index()))
                    .map(|it| &it.entry)
            }
            _ => None,
        }
    }
}
