//! What replaying a receipt showed, for a person. In: the verification. Out: what was checked, what is the same, what
//! differs, and what that may mean.

use anstyle::Style;
use milepost::Verification;
use milepost::wire::Difference;

use crate::page::{Page, Text};
use crate::screen::Screen;

const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// What was replayed: the programme's name with its version, and the candidate's id.
#[derive(Debug)]
pub struct Replayed<'a> {
    /// The name of the programme.
    pub programme: &'a str,
    /// Its version.
    pub version: Option<&'a str>,
    /// The id of the candidate.
    pub candidate: &'a str,
}

/// The whole report.
pub fn report(screen: &Screen, verification: &Verification, replayed: &Replayed<'_>) -> String {
    let mut page = Page::new(screen.width, screen.colour);
    page.line(0, &Text::styled(STRONG, &verdict(verification)));
    page.gap();
    checked(&mut page, verification, replayed);
    let outcome = &verification.outcome;
    if !outcome.same {
        page.gap();
        page.line(0, &Text::styled(STRONG, "Where the outcome differs"));
        let mut before = None;
        for difference in &outcome.differences {
            let about = Some((&difference.address, &difference.title));
            if before != about {
                heading(&mut page, difference);
                before = about;
            }
            show(&mut page, difference);
        }
        if outcome.more > 0 {
            let places = places(outcome.more);
            page.line(2, &Text::plain(&format!("and in {places} more")));
        }
    }
    let meanings = meanings(verification);
    if !meanings.is_empty() {
        page.gap();
        page.line(0, &Text::styled(STRONG, "What this may mean"));
        for meaning in meanings {
            page.item(2, &Text::plain("-"), &Text::plain(&meaning));
        }
    }
    page.finish()
}

fn verdict(verification: &Verification) -> String {
    if verification.same {
        return "The receipt holds: replayed, it comes out the same".to_owned();
    }
    let parts = [
        (verification.definition.same, "the programme"),
        (verification.record.same, "the record"),
        (verification.outcome.same, "the outcome"),
    ];
    let differ: Vec<&str> = parts
        .into_iter()
        .filter_map(|(same, what)| (!same).then_some(what))
        .collect();
    let which = match differ.as_slice() {
        [one] => format!("{one} differs"),
        [one, other] => format!("{one} and {other} differ"),
        _ => "the programme, the record and the outcome differ".to_owned(),
    };
    format!("The receipt does not hold: {which}")
}

/// What was checked, a line each.
fn checked(page: &mut Page, verification: &Verification, replayed: &Replayed<'_>) {
    let mut line = |name: &str, said: &str| {
        page.item(2, &Text::plain(&format!("{name:<10}")), &Text::plain(said));
    };
    let programme = match replayed.version {
        Some(version) => format!("{}, version {version}", replayed.programme),
        None => replayed.programme.to_owned(),
    };
    let definition = &verification.definition;
    line(
        "programme",
        &if definition.same {
            format!("{programme}: the same definition")
        } else {
            format!(
                "{programme}: another definition, {} in the receipt, {} here",
                short(&definition.receipt),
                short(&definition.replayed)
            )
        },
    );
    let record = &verification.record;
    line(
        "record",
        &if record.same {
            format!("of {}: the same", replayed.candidate)
        } else {
            format!(
                "of {}: another one, {} in the receipt, {} here",
                replayed.candidate,
                short(&record.receipt),
                short(&record.replayed)
            )
        },
    );
    line("day", &verification.as_of);
    let outcome = &verification.outcome;
    line(
        "outcome",
        &if outcome.same {
            "the same, in every detail".to_owned()
        } else {
            let places = places(outcome.differences.len() as u64 + outcome.more);
            let verdicts = if outcome.verdicts_same {
                "every role and competency stands as the receipt says"
            } else {
                "not every role and competency stands as the receipt says"
            };
            format!("differs in {places}; {verdicts}")
        },
    );
    let milepost = &verification.milepost;
    line(
        "Milepost",
        &if milepost.same {
            milepost.replayed.clone()
        } else {
            format!(
                "{} wrote the receipt, {} replayed it",
                milepost.receipt, milepost.replayed
            )
        },
    );
}

/// As much of a hash as tells two apart; the JSON has all of it.
fn short(hash: &str) -> String {
    match hash.get(..23) {
        Some(start) => format!("{start}…"),
        None => hash.to_owned(),
    }
}

fn places(number: u64) -> String {
    if number == 1 {
        "one place".to_owned()
    } else {
        format!("{number} places")
    }
}

/// What differences are about.
fn heading(page: &mut Page, difference: &Difference) {
    let what = match (&difference.title, &difference.address) {
        (Some(title), Some(address)) => Text::plain(title).and(FAINT, &format!(" ({address})")),
        (None, Some(address)) => Text::plain(address),
        (_, None) => Text::plain("The outcome"),
    };
    page.line(2, &what);
}

/// One difference: where it stands, and both sides.
fn show(page: &mut Page, difference: &Difference) {
    page.line(4, &Text::styled(FAINT, &difference.pointer));
    for (side, value) in [
        ("receipt: ", &difference.receipt),
        ("replayed:", &difference.replayed),
    ] {
        let value = match value.as_deref() {
            Some(value) if value.starts_with('{') => "this part",
            Some(value) => value,
            None => "nothing",
        };
        page.item(6, &Text::plain(side), &Text::plain(value));
    }
}

/// What may have happened.
fn meanings(verification: &Verification) -> Vec<String> {
    let mut meanings = Vec::new();
    if !verification.definition.same {
        meanings.push(
            "the texts of the programme are not those of the receipt: it is another programme or version, or its \
             files were changed since. Replay the receipt with the version it was written for"
                .to_owned(),
        );
    }
    if !verification.record.same {
        meanings.push(
            "the record is not that of the receipt: something in it was added, changed or taken out since, or it is \
             another candidate's. Replay the receipt with the record as it was on the day of the decision"
                .to_owned(),
        );
    }
    let alone = verification.definition.same && verification.record.same;
    if alone && !verification.outcome.same {
        meanings.push(if verification.milepost.same {
            "programme, record and Milepost are those of the receipt, so its outcome or its day was changed after it \
             was written"
                .to_owned()
        } else {
            let version = &verification.milepost.receipt;
            format!(
                "programme and record are those of the receipt, so either its outcome or its day was changed after it \
                 was written, or this version of Milepost says the same in other words. Replay it with Milepost \
                 {version} to know"
            )
        });
    }
    if !verification.same && verification.outcome.same {
        meanings
            .push("the outcome comes out the same: what differs decided nothing in it".to_owned());
    }
    meanings
}
