//! The names of every generated programme: scales, rubrics, facts and kinds with fields of every type.

use super::days::Days;
use super::random::Random;

/// What a name stands for, as far as expressions need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// Yes or no.
    YesNo,
    /// A day.
    Date,
    /// A text.
    Text,
    /// A level of the scale with numbers.
    Mastery,
    /// A level of the scale without.
    Rating,
    /// A choice.
    Choice(&'static [&'static str]),
    /// Ratings by the rubric of three criteria.
    Lesson,
    /// Ratings by the rubric of one.
    Talk,
    /// A list of texts.
    Texts,
    /// A list of levels.
    Levels,
    /// A list of days.
    Dates,
    /// A list of whole numbers.
    Wholes,
}

/// A name and what it stands for.
pub type Name = (&'static str, Of);

/// The facts; some written with `candidate.` in front.
pub const FACTS: [Name; 20] = [
    ("years", Of::Whole),
    ("target", Of::Whole),
    ("change", Of::Whole),
    ("candidate.duty", Of::Number),
    ("balance", Of::Number),
    ("flag", Of::YesNo),
    ("candidate.vetted", Of::YesNo),
    ("hired", Of::Date),
    ("licence", Of::Date),
    ("school", Of::Text),
    ("own_level", Of::Mastery),
    ("grade", Of::Rating),
    ("contract", Of::Choice(&["full", "part", "none_yet"])),
    ("areas", Of::Texts),
    ("levels", Of::Levels),
    ("days_off", Of::Dates),
    ("marks", Of::Wholes),
    ("self_rating", Of::Lesson),
    ("self_talk", Of::Talk),
    ("leave", Of::Number),
];

const TASK: [Name; 14] = [
    ("score", Of::Mastery),
    ("assessor", Of::Text),
    ("hours", Of::Number),
    ("points", Of::Number),
    ("size", Of::Whole),
    ("passed", Of::YesNo),
    ("signed", Of::YesNo),
    ("held", Of::Date),
    ("sort", Of::Choice(&["long", "short"])),
    ("tags", Of::Texts),
    ("ratings", Of::Lesson),
    ("view", Of::Talk),
    ("weight", Of::Whole),
    ("ranks", Of::Levels),
];

const VISIT: [Name; 7] = [
    ("hours", Of::Number),
    ("coach", Of::Text),
    ("passed", Of::YesNo),
    ("mood", Of::Rating),
    ("reach", Of::Rating),
    ("until", Of::Date),
    ("size", Of::Whole),
];

/// The kinds and their fields.
pub const KINDS: [(&str, &[Name]); 3] = [("task", &TASK), ("visit", &VISIT), ("finding", &[])];

/// The levels that have numbers.
pub const MASTERY: [&str; 4] = ["not_yet", "approaching", "mastered", "exemplary"];
/// The levels that have none.
pub const RATING: [&str; 3] = ["low", "mid", "high"];
/// The criteria of the larger rubric.
pub const LESSON: [&str; 3] = ["planning", "delivery", "reflection"];
/// The texts.
pub const TEXTS: [&str; 3] = ["a", "b", "mathématiques"];

/// The declarations of all that, with a header.
pub fn head(days: &Days, random: &mut Random) -> String {
    let starts = days.starts;
    let cut_scores = cut_scores(days, random);
    let middle = random.pick(&["2", "2.5", "1.000001"]);
    format!(
        r#"pathway generated "Generated" {{ version "1" school year starts {starts} }}
scale mastery "M" {{ not_yet = 1 approaching = {middle} mastered = 4 exemplary = 5 }}
scale rating {{ low mid high {cut_scores} }}
rubric lesson "L" on mastery {{ planning delivery reflection }}
rubric talk on rating {{ voice }}
candidate "Teacher" {{
  years : whole  target : whole  change : whole from -4 to 5
  duty : number  balance : number from -5 to 5
  flag : yes/no  vetted : yes/no
  hired : date  licence : date
  school : text
  own_level : mastery  grade : rating
  contract : one of {{ full part none_yet }}
  areas : list of text  levels : list of mastery  days_off : list of date  marks : list of whole
  self_rating : lesson  self_talk : talk
  leave : number from 0 to 7.5
}}
evidence task "Task" {{
  score : mastery  assessor : text  hours : number  points : number from -10 to 10  size : whole
  passed : yes/no  signed : yes/no  held : date
  sort : one of {{ long short }}
  tags : list of text  ratings : lesson  view : talk  weight : whole from -2 to 3  ranks : list of mastery
}}
evidence visit {{ hours : number from -2 to 20  coach : text  passed : yes/no  mood : rating  reach : rating from hours  until : date  size : whole }}
evidence finding
evidence unrelated
"#
    )
}

/// One set of cut scores at least, around the hours that records have.
fn cut_scores(days: &Days, random: &mut Random) -> String {
    let mut from = vec![random.choose(&days.hot), random.choose(&days.hot)];
    from.sort();
    from.dedup();
    let sets = [
        "mid 1 high 2.5",
        "mid 2 high 3",
        "high 2.5",
        "low 0.5 mid 1",
        "mid 0 high 4",
    ];
    let sets = from
        .into_iter()
        .map(|from| format!("from {from} {{ {} }}", random.pick(&sets)));
    sets.collect::<Vec<_>>().join(" ")
}
