//! Plans and receipts that were damaged or forged. In: programmes with records. Out: cases that give the damaged bytes
//! where the right ones would be: bits flipped, ends cut off, with the old hash and with one that fits.

use milepost::{Pathway, sources_from_json};
use sha2::{Digest, Sha256};

use super::case::Case;
use crate::generator::Random;

/// Bytes of the hash at the end of a plan.
const HASH: usize = 32;
/// How often each plan is damaged, and each receipt.
const PLANS: usize = 24;
const RECEIPTS: usize = 6;

/// The damaged cases of one that is whole.
#[must_use]
pub fn of(case: &Case, seed: u64) -> Vec<Case> {
    let Some((plan, receipt)) = made(case) else {
        return Vec::new();
    };
    let mut random = Random::new(seed);
    let mut cases = Vec::new();
    let mut add = |name: &'static str, place: usize, bytes: Vec<u8>| {
        // A plan stands for the sources; a receipt goes with them.
        let whole = case
            .inputs()
            .filter(|(input, _)| name == "receipt" || !["sources", "main"].contains(input));
        let damaged = Case::new(&format!("{}, damaged {name} {place}", case.name()));
        let damaged = whole
            .skip(1)
            .fold(damaged, |case, (input, bytes)| case.with(input, bytes));
        cases.push(damaged.with(name, bytes));
    };
    for place in 0..PLANS {
        let content = plan.len().saturating_sub(HASH);
        let mut bytes: Vec<u8> = plan.iter().copied().take(content).collect();
        damage(&mut random, &mut bytes);
        // One in four keeps the hash of what it was.
        if place % 4 == 0 {
            bytes.extend(plan.iter().skip(content));
        } else {
            let hash = Sha256::digest(&bytes);
            bytes.extend(hash);
        }
        add("plan", place, bytes);
    }
    for (place, mut bytes) in receipt.iter().cycle().take(RECEIPTS).cloned().enumerate() {
        damage(&mut random, &mut bytes);
        add("receipt", place, bytes);
    }
    cases
}

/// Flips a bit, puts another byte, leaves the end out, or repeats a piece.
pub fn damage(random: &mut Random, bytes: &mut Vec<u8>) {
    let place = random.below(bytes.len());
    let (kind, other) = (random.below(6), random.below(256));
    match kind {
        0 => bytes.truncate(place),
        1 => {
            let piece: Vec<u8> = bytes.iter().skip(place).take(40).copied().collect();
            bytes.splice(place..place, piece);
        }
        _ => {
            if let Some(byte) = bytes.get_mut(place) {
                *byte = match kind {
                    2 => u8::try_from(other).unwrap_or(0),
                    _ => *byte ^ (1 << (other % 8)),
                };
            }
        }
    }
}

/// The plan of a case, and the receipt of its record if that is not refused.
fn made(case: &Case) -> Option<(Vec<u8>, Option<Vec<u8>>)> {
    let sources = sources_from_json(case.bytes("sources")?).ok()?;
    let compiled = milepost::compile(&sources, case.text("main")?);
    let pathway: &Pathway = compiled.plan().ok()?;
    let as_of = case.text("as_of")?.parse().ok()?;
    let record = pathway.decode_record(case.bytes("record")?).ok();
    let receipt = record.map(|record| pathway.receipt(&record, as_of).into_bytes());
    Some((pathway.to_plan_bytes(), receipt))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parity::cases::named;

    #[test]
    fn a_forged_hash_gets_further_than_a_wrong_one() {
        let case = named("generated-1-0").unwrap();
        let said: Vec<Result<Pathway, String>> = of(&case, 1)
            .iter()
            .filter_map(|case| case.bytes("plan"))
            .map(|plan| Pathway::load(plan).map_err(|error| error.to_string()))
            .collect();
        assert_eq!(said.len(), PLANS);
        assert!(said.iter().any(Result::is_ok), "some harmless flip loads");
        let refused = |what: &str| {
            let of = |said: &&Result<_, String>| said.as_ref().is_err_and(|why| why.contains(what));
            said.iter().filter(of).count()
        };
        assert!(
            refused("damaged") > 0 && refused("no Milepost wrote") > 0,
            "{said:?}"
        );
    }
}
