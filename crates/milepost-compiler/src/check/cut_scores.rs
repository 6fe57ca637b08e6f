//! Cut scores: something in each set, scores that rise with the levels, sets that follow one another.

use milepost_diagnostics::{Code, Diagnostic};

use super::Subject;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for scale in &subject.model.scales {
        for set in &scale.cut_scores {
            if set.cuts.is_empty() {
                found.push(
                    Diagnostic::new(Code::EmptyBlock, set.span, "there are no cut scores here")
                        .help("name the levels with the score each begins with, such as `proficient 300`"),
                );
            }
            for pair in set.cuts.windows(2) {
                let [(lower, low, first), (higher, high, second)] = pair else {
                    continue;
                };
                let name = |level: &u16| {
                    let level = scale.levels.get(usize::from(*level));
                    level.map_or("", |(level, _)| &level.name)
                };
                let message = if higher <= lower {
                    format!("`{}` is not above `{}`", name(higher), name(lower))
                } else if high <= low {
                    format!(
                        "`{}` begins with {high}, which is not more than {low}",
                        name(higher)
                    )
                } else {
                    continue;
                };
                let message = Diagnostic::new(Code::CutScoresOutOfOrder, *second, message);
                found.push(
                    message
                        .label(*first, format!("`{}` begins with {low}", name(lower)))
                        .help(
                            "write levels from the lowest to the highest, each with a higher score",
                        ),
                );
            }
        }
        for pair in scale.cut_scores.windows(2) {
            if let [earlier, later] = pair
                && later.from <= earlier.from
            {
                let message = format!("{} is not after {}", later.from, earlier.from);
                found.push(
                    Diagnostic::new(Code::CutScoresOutOfOrder, later.span, message)
                        .label(earlier.span, "the cut scores before are in force from here")
                        .help("write the cut scores that were in force first before those that replaced them"),
                );
            }
        }
    }
}
