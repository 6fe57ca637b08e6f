//! Decisions on record. In: a programme, a record, a day. Out: a receipt; and of a receipt, what replaying it shows.

mod compare;
mod number;

use milepost_engine::Date;
use milepost_engine::record::Record;
use sha2::{Digest, Sha256};

use crate::canonical;
use crate::decode::{self, Place, Receipt, Tree, tree};
use crate::programme::Pathway;
use crate::report::text::{day, hash, text};
use crate::wire::{Compared, ComparedOutcome, ReceiptRefusal, Refusal, Verification};

/// The version of Milepost.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The receipt of an evaluation.
pub(crate) fn receipt(pathway: &Pathway, record: &Record, as_of: Date) -> String {
    let evaluated = pathway.evaluate(record, as_of);
    let outcome = evaluated.to_json();
    let mut out = String::with_capacity(outcome.len() + 256);
    out.push_str("{\"receipt\":1,\"milepost\":");
    text(&mut out, VERSION);
    out.push_str(",\"definition\":");
    text(&mut out, &hash(&evaluated.definition()));
    out.push_str(",\"record\":");
    text(&mut out, &hash_of(record));
    out.push_str(",\"as_of\":");
    day(&mut out, as_of);
    out.push_str(",\"outcome\":");
    out.push_str(&outcome);
    out.push('}');
    out
}

/// The hash of the canonical record.
fn hash_of(record: &Record) -> String {
    hash(&Sha256::digest(canonical::record(record)).into())
}

/// Replays a receipt, and compares.
pub(crate) fn verify(
    pathway: &Pathway,
    json: &[u8],
    record: &Record,
) -> Result<Verification, ReceiptRefusal> {
    let receipt = decode::receipt(json).map_err(ReceiptRefusal)?;
    let evaluated = pathway.evaluate(record, receipt.as_of);
    let outcome = outcome(&receipt, &evaluated.to_json()).map_err(ReceiptRefusal)?;
    let definition = hash(&evaluated.definition());
    let definition = compared(&receipt.definition, definition);
    let record = compared(&receipt.record, hash_of(record));
    Ok(Verification {
        same: definition.same && record.same && outcome.same,
        as_of: receipt.as_of.to_string(),
        milepost: compared(&receipt.milepost, VERSION.to_owned()),
        definition,
        record,
        outcome,
    })
}

fn compared(receipt: &str, replayed: String) -> Compared {
    Compared {
        same: receipt == replayed,
        receipt: receipt.to_owned(),
        replayed,
    }
}

/// How the outcome of a receipt compares with the one replayed, as documents.
fn outcome(receipt: &Receipt<'_>, replayed: &str) -> Result<ComparedOutcome, Refusal> {
    if receipt.outcome == replayed {
        return Ok(ComparedOutcome {
            same: true,
            verdicts_same: true,
            differences: Vec::new(),
            more: 0,
        });
    }
    let place = Place::ROOT.key("outcome");
    let own = tree(receipt.outcome, &place)?;
    let mut replayed = tree(replayed, &place)?;
    // An outcome names the version that made it, as its receipt does; that another makes the same of it is no difference.
    let version = own.get("milepost").and_then(Tree::text);
    if let (true, Tree::Object(entries)) = (version == Some(&receipt.milepost), &mut replayed) {
        let version = entries.iter_mut().find(|(key, _)| key == "milepost");
        if let Some((_, version)) = version {
            *version = Tree::Text(receipt.milepost.clone());
        }
    }
    Ok(compare::compare(&own, &replayed, &place))
}
