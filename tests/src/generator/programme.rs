//! A programme as the generator has it: text whose parts can be taken away.

use std::fmt::Write;

/// A programme.
#[derive(Clone, Debug)]
pub struct Programme {
    /// The scales, rubrics, facts and kinds.
    pub head: String,
    /// The rules: name with parameters, and requirement.
    pub rules: Vec<(String, Requirement)>,
    /// The competencies.
    pub competencies: Vec<Competency>,
    /// The roles.
    pub roles: Vec<Role>,
}

/// A competency.
#[derive(Clone, Debug)]
pub struct Competency {
    /// Its name.
    pub name: String,
    /// What it awards.
    pub awards: String,
    /// What it requires.
    pub requires: Option<Requirement>,
}

/// A role.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// Who is eligible.
    pub eligible: Requirement,
    /// What is preferred.
    pub preferred: Vec<Requirement>,
    /// Its stages: for how long they are valid, and who is in them.
    pub stages: Vec<(String, Option<Requirement>)>,
    /// Whether who once reached a stage stays in it.
    pub stays: bool,
}

/// A requirement.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Its label, with who may waive it and what it was called before.
    pub label: Option<String>,
    /// What is required.
    pub form: Form,
}

/// The forms of a requirement.
#[derive(Clone, Debug)]
pub enum Form {
    /// The words of a group, and its children.
    Group(String, Vec<Requirement>),
    /// Everything else, and its clauses.
    Leaf(String, Vec<String>),
}

/// What the requirement at a place of a block with points is worth.
#[must_use]
pub fn worth(place: usize) -> u32 {
    [2, 5, 0, 3].into_iter().cycle().nth(place).unwrap_or(1)
}

impl Requirement {
    /// Writes it; under `none of` it cannot be waived.
    fn write(&self, text: &mut String, depth: usize, none: bool) {
        let indent = "  ".repeat(depth);
        text.push_str(&indent);
        if let Some(label) = &self.label {
            let (name, rest) = label.split_once(' ').unwrap_or((label, ""));
            let (waivable, formerly) = rest.split_at(rest.find("formerly").unwrap_or(rest.len()));
            let waivable = if none { "" } else { waivable };
            let _ = write!(text, "{name} {waivable}{formerly}: ");
        }
        match &self.form {
            Form::Group(words, children) => {
                let _ = writeln!(text, "{words} {{");
                let none = none || words == "none of";
                for (place, child) in children.iter().enumerate() {
                    if words.ends_with("points of") {
                        let _ = write!(text, "{indent}{} for", worth(place));
                    }
                    child.write(text, depth + 1, none);
                }
                let _ = writeln!(text, "{indent}}}");
            }
            Form::Leaf(words, clauses) => {
                text.push_str(words);
                for clause in clauses {
                    let _ = write!(text, " {clause}");
                }
                text.push('\n');
            }
        }
    }

    /// Each smaller requirement that might do in its place.
    fn smaller(&self) -> Vec<Self> {
        let mut smaller = Vec::new();
        match &self.form {
            Form::Group(words, children) => {
                smaller.extend(children.iter().cloned());
                for place in 0..children.len() {
                    let mut fewer = children.clone();
                    fewer.remove(place);
                    smaller.push(Self {
                        form: Form::Group(words.clone(), fewer),
                        ..self.clone()
                    });
                }
                for (place, child) in children.iter().enumerate() {
                    for child in child.smaller() {
                        let mut same = children.clone();
                        same.splice(place..=place, [child]);
                        smaller.push(Self {
                            form: Form::Group(words.clone(), same),
                            ..self.clone()
                        });
                    }
                }
            }
            Form::Leaf(words, clauses) => {
                for place in 0..clauses.len() {
                    let mut fewer = clauses.clone();
                    fewer.remove(place);
                    smaller.push(Self {
                        form: Form::Leaf(words.clone(), fewer),
                        ..self.clone()
                    });
                }
            }
        }
        if self.label.is_some() {
            smaller.push(Self {
                label: None,
                ..self.clone()
            });
        }
        smaller
    }
}

impl Programme {
    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.head.clone();
        for (header, requirement) in &self.rules {
            let _ = writeln!(text, "rule {header} {{");
            requirement.write(&mut text, 1, false);
            text.push_str("}\n");
        }
        for competency in &self.competencies {
            let _ = writeln!(
                text,
                "competency {0} \"C\" formerly was_{0} {{",
                competency.name
            );
            if let Some(requires) = &competency.requires {
                text.push_str("  requires\n");
                requires.write(&mut text, 2, false);
            }
            let _ = writeln!(text, "  {}\n}}", competency.awards);
        }
        for role in &self.roles {
            let _ = writeln!(
                text,
                "role {0} \"R\" formerly was_{0} {{\n  eligible when",
                role.name
            );
            role.eligible.write(&mut text, 2, false);
            if !role.preferred.is_empty() {
                text.push_str("  preferred {\n");
                for preferred in &role.preferred {
                    preferred.write(&mut text, 2, false);
                }
                text.push_str("  }\n");
            }
            for (place, (valid, when)) in role.stages.iter().enumerate() {
                let _ = writeln!(text, "  stage s{place} \"S\" {valid}");
                if let Some(when) = when {
                    text.push_str("  when\n");
                    when.write(&mut text, 2, false);
                }
            }
            if role.stays {
                text.push_str("  once reached stays\n");
            }
            text.push_str("}\n");
        }
        text
    }

    /// Each programme with one part less. The declarations of competencies and kinds stay, so that records fit.
    #[must_use]
    pub fn smaller(&self) -> Vec<Self> {
        let mut smaller = Vec::new();
        for place in 0..self.roles.len() {
            let mut fewer = self.clone();
            fewer.roles.remove(place);
            smaller.push(fewer);
        }
        for (place, competency) in self.competencies.iter().enumerate() {
            let mut changed = |competency: Competency| {
                let mut other = self.clone();
                other.competencies.splice(place..=place, [competency]);
                smaller.push(other);
            };
            if let Some(requires) = &competency.requires {
                changed(Competency {
                    requires: None,
                    ..competency.clone()
                });
                for requires in requires.smaller() {
                    changed(Competency {
                        requires: Some(requires),
                        ..competency.clone()
                    });
                }
            }
            if !competency.awards.is_empty() {
                changed(Competency {
                    awards: String::new(),
                    ..competency.clone()
                });
            }
        }
        for place in 0..self.rules.len() {
            let mut fewer = self.clone();
            fewer.rules.remove(place);
            smaller.push(fewer);
        }
        for (place, role) in self.roles.iter().enumerate() {
            let mut changed = |role: Role| {
                let mut other = self.clone();
                other.roles.splice(place..=place, [role]);
                smaller.push(other);
            };
            if !role.stages.is_empty() {
                let mut fewer = role.clone();
                fewer.stages.pop();
                changed(fewer);
            }
            if role.stays {
                let mut other = role.clone();
                other.stays = false;
                changed(other);
            }
            for gone in 0..role.preferred.len() {
                let mut fewer = role.clone();
                fewer.preferred.remove(gone);
                changed(fewer);
            }
            for (at, preferred) in role.preferred.iter().enumerate() {
                for preferred in preferred.smaller() {
                    let mut other = role.clone();
                    other.preferred.splice(at..=at, [preferred]);
                    changed(other);
                }
            }
            for eligible in role.eligible.smaller() {
                changed(Role {
                    eligible,
                    ..role.clone()
                });
            }
        }
        for (place, (header, requirement)) in self.rules.iter().enumerate() {
            for requirement in requirement.smaller() {
                let mut other = self.clone();
                other
                    .rules
                    .splice(place..=place, [(header.clone(), requirement)]);
                smaller.push(other);
            }
        }
        smaller
    }
}
