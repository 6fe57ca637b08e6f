//! Damaged programmes. In: every file of `pathways/`, damaged at many places. Out: how near to the damage a problem is told, and how
//! many in all; the distribution is printed.
//!
//! Nine in ten of all damages are told well: a problem within five lines, and three problems at most. A damage may leave a programme in
//! which nothing is wrong, such as one without a title; for a single file those are counted apart.

#![expect(
    clippy::print_stdout,
    reason = "the distribution is for people to read"
)]

use std::collections::BTreeMap;

use milepost_tests::damage::{Damage, Told, told};
use milepost_tests::examples;
use milepost_tests::generator::Random;

/// The damages of each file.
const DAMAGES: u64 = 1000;

/// What came of some damages.
#[derive(Clone, Debug, Default)]
struct Sum {
    /// Nothing is wrong with what is left.
    silent: usize,
    told: Vec<Told>,
}

impl Sum {
    fn add(&mut self, it: Told) {
        if it.problems == 0 {
            self.silent += 1;
        } else {
            self.told.push(it);
        }
    }

    fn join(&mut self, other: &Self) {
        self.silent += other.silent;
        self.told.extend(&other.told);
    }

    /// How many in a thousand are told well, those in which nothing is wrong among the others.
    fn strictly(&self) -> usize {
        let fine = self.told.iter().filter(|it| it.well()).count();
        (fine * 1000)
            .checked_div(self.told.len() + self.silent)
            .unwrap_or(1000)
    }

    /// How many in a thousand of those that are told are as one wishes.
    fn share(&self, wish: impl Fn(&Told) -> bool) -> usize {
        let fine = self.told.iter().filter(|it| wish(it)).count();
        (fine * 1000).checked_div(self.told.len()).unwrap_or(1000)
    }

    fn line(&self, name: &str) -> String {
        let tenths = |share: usize| format!("{}.{}", share / 10, share % 10);
        let many = |n: usize| self.told.iter().filter(|it| it.problems == n).count();
        let more = self.told.iter().filter(|it| it.problems > 5).count();
        format!(
            "{name:40} {:6} told, {:5} silent; near {:>5} %, few {:>5} %, both {:>5} %; 1..5 and more problems: {} {} {} {} {} {more}",
            self.told.len(),
            self.silent,
            tenths(self.share(|it| it.near)),
            tenths(self.share(|it| it.problems <= 3)),
            tenths(self.share(|it| it.well())),
            many(1),
            many(2),
            many(3),
            many(4),
            many(5),
        )
    }
}

fn damaged(name: &str, text: &str) -> BTreeMap<Damage, Sum> {
    let mut sums: BTreeMap<Damage, Sum> = BTreeMap::new();
    for seed in 0..DAMAGES {
        let mut random = Random::new(seed * 7919 + text.len() as u64);
        let damage = *random.pick(&Damage::ALL.each_ref());
        if let Some((text, line)) = damage.done(text, &mut random) {
            let it = told(name, &text, line);
            sums.entry(damage).or_default().add(it);
        }
    }
    sums
}

#[test]
fn damage_is_told_near_and_in_few_words() {
    let files: Vec<_> = examples::files()
        .iter()
        .filter(|(name, _)| name.ends_with(".pathway"))
        .filter_map(|(name, text)| Some((name, std::str::from_utf8(text).ok()?)))
        .collect();
    let (even, odd): (Vec<_>, Vec<_>) = files.iter().enumerate().partition(|(at, _)| at % 2 == 0);
    let sums = std::thread::scope(|scope| {
        let halves = [even, odd].map(|half| {
            scope.spawn(move || {
                let each = half
                    .into_iter()
                    .map(|(_, (name, text))| (*name, damaged(name, text)));
                each.collect::<Vec<_>>()
            })
        });
        let halves = halves.into_iter().filter_map(|half| half.join().ok());
        halves.flatten().collect::<BTreeMap<_, _>>()
    });
    assert_eq!(sums.len(), files.len());
    let mut by_damage: BTreeMap<Damage, Sum> = BTreeMap::new();
    let mut all = Sum::default();
    let mut shares = Vec::new();
    for (name, sums) in &sums {
        let mut file = Sum::default();
        for (damage, sum) in sums {
            by_damage.entry(*damage).or_default().join(sum);
            file.join(sum);
        }
        println!("{}", file.line(name));
        shares.push((name, file.share(|it| it.well())));
        all.join(&file);
    }
    for (damage, sum) in &by_damage {
        println!("{}", sum.line(&format!("{damage:?}")));
    }
    println!("{}", all.line("all"));
    assert!(all.strictly() >= 900, "{} of 1000", all.strictly());
    for (name, share) in shares {
        assert!(share >= 900, "{name}: {share} of 1000");
    }
}
