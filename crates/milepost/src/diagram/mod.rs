//! The diagram of a programme: what leads to what. In: a checked programme. Out: its competencies, roles and stages with an
//! arrow from each to what asks for it, as SVG, for Graphviz or for Mermaid.

mod arrows;
mod dot;
mod layout;
mod mermaid;
mod svg;
mod widths;

use std::fmt;

use milepost_engine::plan::{Parts, RoleId};

use crate::Pathway;
use crate::wording::title;
use arrows::Arrow;

/// So many roles, stages and competencies a diagram holds.
const MOST: usize = 500;

/// What a diagram shows, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagram {
    /// The programme's name and title.
    name: String,
    title: String,
    /// From what is asked for to what asks for it, as far as there is such an order.
    places: Vec<Place>,
    arrows: Vec<Arrow>,
}

/// Something that a candidate can reach.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    sort: Sort,
    /// Its name; of a stage, with that of its role.
    name: String,
    title: String,
    /// What it is, what it earns, whose stage it is.
    note: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Competency,
    Role,
    Stage,
}

impl Sort {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Competency => "competency",
            Self::Role => "role",
            Self::Stage => "stage",
        }
    }
}

/// There is too much for a diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMuch {
    there: usize,
}

impl fmt::Display for TooMuch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { there } = self;
        write!(
            out,
            "a diagram holds at most {MOST} roles, stages and competencies, and there are {there}"
        )
    }
}

impl std::error::Error for TooMuch {}

impl Pathway {
    /// The diagram of the newest version.
    ///
    /// ```
    /// let text = r#"
    ///     pathway coaching "Coaching" { version "2026.1" }
    ///     evidence session "Coaching session"
    ///     competency listening "Listening" { requires at least 4 session }
    ///     role coach "Coach" { eligible when competency listening }
    /// "#;
    /// let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
    /// let compiled = milepost::compile(&sources, "main.pathway");
    /// let diagram = compiled.plan()?.diagram()?;
    /// assert_eq!(diagram.sentences(), ["Listening leads to Coach."]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The programme has more roles, stages and competencies than a diagram holds: 500.
    pub fn diagram(&self) -> Result<Diagram, TooMuch> {
        let parts = self.plan().parts();
        let there = parts.roles.len()
            + parts.stages.len()
            + parts.competencies.iter().filter(|it| !it.elsewhere).count();
        if there > MOST {
            return Err(TooMuch { there });
        }
        let programme = &parts.programme;
        let (order, arrows) = arrows::ordered(parts);
        Ok(Diagram {
            name: programme.name.clone(),
            title: programme
                .title
                .clone()
                .unwrap_or_else(|| programme.name.replace('_', " ")),
            places: order
                .into_iter()
                .filter_map(|it| place(parts, it))
                .collect(),
            arrows,
        })
    }
}

impl Diagram {
    /// A picture that needs nothing else, and says itself what it shows.
    #[must_use]
    pub fn svg(&self) -> String {
        svg::picture(self)
    }

    /// A graph for Graphviz.
    #[must_use]
    pub fn dot(&self) -> String {
        dot::graph(self)
    }

    /// A flowchart for Mermaid.
    #[must_use]
    pub fn mermaid(&self) -> String {
        mermaid::flowchart(self)
    }

    /// What the arrows say, a sentence for each.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let title = |place: usize| self.places.get(place).map_or("", |it| it.title.as_str());
        let said = |arrow: &Arrow| {
            format!(
                "{} {} {}.",
                title(arrow.from),
                arrow.way.says(),
                title(arrow.to)
            )
        };
        self.arrows.iter().map(said).collect()
    }

    /// What a place is called in a graph.
    fn id(&self, place: usize) -> String {
        let sort = self.places.get(place).map_or("", |it| it.sort.as_str());
        format!("{sort}_{}", place + 1)
    }

    /// Whether anything leads to anything.
    pub(crate) fn leads_anywhere(&self) -> bool {
        !self.arrows.is_empty()
    }
}

/// What is reached, by its place in the table of its sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reached {
    Competency(usize),
    Role(usize),
    Stage(usize),
}

fn place(parts: &Parts, reached: Reached) -> Option<Place> {
    Some(match reached {
        Reached::Competency(place) => {
            let competency = parts.competencies.get(place)?;
            Place {
                sort: Sort::Competency,
                name: competency.entry.name.clone(),
                title: title(&competency.entry).into_owned(),
                note: match &competency.award {
                    Some(award) => format!("Competency, earns {}", award.title),
                    None => "Competency".to_owned(),
                },
            }
        }
        Reached::Role(place) => {
            let role = parts.roles.get(place)?;
            Place {
                sort: Sort::Role,
                name: role.entry.name.clone(),
                title: title(&role.entry).into_owned(),
                note: "Role".to_owned(),
            }
        }
        Reached::Stage(place) => {
            let stage = parts.stages.get(place)?;
            let RoleId(role) = stage.role;
            let role = &parts.roles.get(role as usize)?.entry;
            Place {
                sort: Sort::Stage,
                name: format!("{} {}", role.name, stage.entry.name),
                title: title(&stage.entry).into_owned(),
                note: format!("Stage of {}", title(role)),
            }
        }
    })
}
