//! Sessions over programmes, records and changes made up by chance. In: `MILEPOST_ORACLE_CASES`, and
//! `MILEPOST_ORACLE_SEED` to begin elsewhere. Out: the first case in which a session says something else than evaluating
//! the changed record afresh.

use milepost_tests::session::{Counted, agrees};

/// Programmes in the default run; each record is changed some fifty times.
const CASES: u64 = 300;

fn number(variable: &str, otherwise: u64) -> u64 {
    let said = std::env::var(variable).ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn a_session_says_what_evaluating_afresh_says() {
    let first = number("MILEPOST_ORACLE_SEED", 1);
    let mut all = Counted::default();
    for seed in first..first + number("MILEPOST_ORACLE_CASES", CASES) {
        match agrees(seed) {
            Ok(counted) => {
                all.made += counted.made;
                all.refused += counted.refused;
                all.patched += counted.patched;
            }
            Err(report) => panic!("{report}"),
        }
    }
    println!("{all:?}");
    // What is tried is worth trying.
    assert!(
        all.made > all.refused && all.refused * 10 > all.made,
        "{all:?}"
    );
    assert!(all.patched * 4 > all.made, "{all:?}");
}
