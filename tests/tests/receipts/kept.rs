//! Receipts kept in `tests/receipts/`, a folder for each version of Milepost that wrote some: every later version verifies
//! them. Until the present version is released, `MILEPOST_BLESS` writes its receipt anew.

use std::fs;
use std::path::Path;

use super::compiled;

#[test]
fn receipts_of_every_version_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("receipts");
    let mut found = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let kept = entry.unwrap().path();
        if !kept.is_dir() {
            continue;
        }
        let version = kept.file_name().unwrap().to_string_lossy().into_owned();
        let pathway = compiled(&kept.join("programme.pathway"));
        let record = pathway
            .decode_record(&fs::read(kept.join("record.json")).unwrap())
            .unwrap();
        if std::env::var_os("MILEPOST_BLESS").is_some() && version == env!("CARGO_PKG_VERSION") {
            let written = pathway.receipt(&record, "2026-11-22".parse().unwrap());
            fs::write(kept.join("receipt.json"), written + "\n").unwrap();
        }
        let receipt = fs::read(kept.join("receipt.json")).unwrap();
        let shown = pathway.verify(&receipt, &record).unwrap();
        let told = shown.to_json_pretty();
        assert_eq!(shown.milepost.receipt, version, "{told}");
        assert!(shown.definition.same && shown.record.same, "{told}");
        assert!(shown.outcome.verdicts_same, "{told}");
        // Another version may say the same in other words.
        assert!(shown.same || !shown.milepost.same, "{told}");
        found += 1;
    }
    assert!(found > 0, "no receipts are kept");
}
