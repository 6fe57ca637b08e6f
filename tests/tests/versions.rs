//! Versions of programmes made up by chance. In: `MILEPOST_ORACLE_CASES`, and `MILEPOST_ORACLE_SEED` to begin elsewhere. Out:
//! the first case in which several versions together say something else than the one that governs says alone.

use milepost_tests::versions::{Counted, agree};

/// Programmes in the default run.
const CASES: u64 = 60;

fn number(variable: &str, otherwise: u64) -> u64 {
    let said = std::env::var(variable).ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn several_versions_say_what_the_one_that_governs_says_alone() {
    let first = number("MILEPOST_ORACLE_SEED", 1);
    let cases = number("MILEPOST_ORACLE_CASES", CASES);
    let mut all = Counted::default();
    for seed in first..first + cases {
        match agree(seed) {
            Ok(counted) => {
                all.cases += counted.cases;
                all.older += counted.older;
                all.open += counted.open;
                all.switched += counted.switched;
            }
            Err(report) => panic!("{report}"),
        }
    }
    println!("{all:?}");
    // What is tried is worth trying.
    if cases >= CASES {
        assert!(all.cases >= 20 && all.older >= 5, "{all:?}");
        assert!(all.open >= 2 && all.switched >= 5, "{all:?}");
    }
}
