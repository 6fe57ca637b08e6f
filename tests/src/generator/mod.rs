//! Programmes and records made up by chance, the same for the same seed: programmes as text, so that the whole way
//! from text to outcome is tested; records around the days on which their windows begin and end.

mod days;
mod expression;
mod programme;
mod random;
pub mod record;
mod requirement;
pub mod shared;
pub mod versions;
mod vocabulary;

pub use self::days::Days;
use self::expression::Writer;
pub use self::programme::Programme;
use self::programme::{Competency, Role};
pub use self::random::Random;
use self::requirement::{Callable, Writing};
use self::vocabulary::Of;

/// How large a programme may be.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Competencies at most.
    pub competencies: usize,
    /// Roles at most.
    pub roles: usize,
    /// Rules at most.
    pub rules: usize,
    /// How deep groups are nested.
    pub depth: usize,
}

impl Size {
    /// As comparisons use it.
    pub const WHOLE: Self = Self {
        competencies: 3,
        roles: 2,
        rules: 3,
        depth: 2,
    };
    /// One or two requirements.
    pub const SMALL: Self = Self {
        competencies: 1,
        roles: 1,
        rules: 0,
        depth: 1,
    };
}

/// A programme, and the days it is about.
pub fn programme(random: &mut Random, size: Size) -> (Programme, Days) {
    let days = Days::new(random);
    let head = vocabulary::head(&days, random);
    let mut labels = 0;
    let filed: Vec<String> = (0..=random.below(size.competencies))
        .map(|place| format!("comp{place}"))
        .collect();

    // The first rule may call the later ones.
    let mut callables: Vec<Callable> = Vec::new();
    let mut rules = Vec::new();
    for place in 0..random.below(size.rules + 1) {
        let name = format!("rule{place}");
        let parameters = parameters(random);
        let mut writing = Writing {
            writer: Writer {
                random,
                days: &days,
            },
            parameters: parameters.clone(),
            competencies: Vec::new(),
            roles: Vec::new(),
            filed: filed.clone(),
            rules: callables.clone(),
            this: place % 2 == 0,
            said_this: false,
            shareable: Vec::new(),
            sharing: false,
            labels: &mut labels,
            // It may be called under `none of`.
            waivable: false,
        };
        let requirement = writing.requirement(1);
        let says_this = writing.said_this;
        rules.push((header(&name, &parameters), requirement));
        callables.push(Callable {
            name,
            parameters,
            says_this,
        });
    }

    let mut competencies = Vec::new();
    let mut shareable = Vec::new();
    for (place, name) in filed.iter().enumerate() {
        let mut writing = Writing {
            writer: Writer {
                random,
                days: &days,
            },
            parameters: Vec::new(),
            competencies: filed.iter().take(place).cloned().collect(),
            roles: Vec::new(),
            filed: filed.clone(),
            rules: callables.clone(),
            this: true,
            said_this: false,
            shareable: shareable.clone(),
            sharing: false,
            labels: &mut labels,
            waivable: true,
        };
        writing.sharing = writing.writer.random.chance(30);
        if writing.sharing {
            shareable.push(name.clone());
        }
        let requires = if writing.writer.random.chance(92) {
            Some(writing.requirement(size.depth))
        } else {
            None
        };
        let awards = match random.below(4) {
            0 => String::new(),
            1 => "awards \"A\"".to_owned(),
            2 => format!("awards \"A\" valid {} school years", 1 + random.below(3)),
            _ => format!("awards \"A\" valid {}", days.length(random)),
        };
        competencies.push(Competency {
            name: name.clone(),
            awards,
            requires,
        });
    }

    let mut roles: Vec<Role> = Vec::new();
    let callables: Vec<Callable> = callables
        .into_iter()
        .filter(|rule| !rule.says_this)
        .collect();
    for place in 0..=random.below(size.roles) {
        let named = |role: &Role| {
            let stages = (0..role.stages.len()).map(|stage| format!("{} s{stage}", role.name));
            std::iter::once(role.name.clone())
                .chain(stages)
                .collect::<Vec<_>>()
        };
        let earlier = roles.iter().flat_map(named).collect();
        let mut writing = Writing {
            writer: Writer {
                random,
                days: &days,
            },
            parameters: Vec::new(),
            competencies: filed.clone(),
            roles: earlier,
            filed: filed.clone(),
            rules: callables.clone(),
            this: false,
            said_this: false,
            shareable: shareable.clone(),
            sharing: false,
            labels: &mut labels,
            waivable: true,
        };
        let eligible = writing.requirement(size.depth);
        let preferred = (0..writing.writer.random.below(3))
            .map(|_| writing.requirement(1))
            .collect();
        let stages = (0..writing.writer.random.below(3)).map(|_| {
            let valid =
                writing
                    .writer
                    .random
                    .choose(&["", "", "valid 1 year", "valid 2 school years"]);
            let when = writing
                .writer
                .random
                .chance(80)
                .then(|| writing.requirement(1));
            (valid.to_owned(), when)
        });
        let stages = stages.collect();
        let stays = writing.writer.random.chance(30);
        roles.push(Role {
            name: format!("role{place}"),
            eligible,
            preferred,
            stages,
            stays,
        });
    }
    (
        Programme {
            head,
            rules,
            competencies,
            roles,
        },
        days,
    )
}

/// Parameters of a rule: `n` and `w` are whole numbers, `w` is given written numbers only.
fn parameters(random: &mut Random) -> Vec<(String, Of, bool)> {
    let all = [
        ("n", Of::Whole, false),
        ("w", Of::Whole, true),
        ("much", Of::Number, false),
        ("least", Of::Mastery, false),
        ("from_when", Of::Date, false),
        ("strict", Of::YesNo, false),
        ("who", Of::Text, false),
    ];
    random
        .some(&all, 50)
        .into_iter()
        .map(|(name, of, written)| (name.to_owned(), of, written))
        .collect()
}

fn header(name: &str, parameters: &[(String, Of, bool)]) -> String {
    if parameters.is_empty() {
        return name.to_owned();
    }
    let each: Vec<String> = parameters
        .iter()
        .map(|(name, of, _)| {
            let ty = match of {
                Of::Whole => "whole",
                Of::Number => "number",
                Of::Mastery => "mastery",
                Of::Date => "date",
                Of::YesNo => "yes/no",
                _ => "text",
            };
            format!("{name}: {ty}")
        })
        .collect();
    format!("{name}({})", each.join(", "))
}
