//! The types of the npm package. In: the wire types. Out: `pkg/src/wire.ts` says the same; with `MILEPOST_BLESS` set, it is
//! written anew.

use std::path::Path;
use std::{env, fs};

#[test]
fn the_package_has_the_types_of_the_documents() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../pkg/src/wire.ts");
    let types = milepost::typescript::documents().expect("every document has a type");
    if env::var_os("MILEPOST_BLESS").is_some() {
        fs::write(&path, &types).expect("the file is written");
    }
    let written = fs::read_to_string(&path).expect("the file can be read");
    assert!(
        written == types,
        "{} is not what the wire types say; `cargo xtask bless` writes it anew:\n{types}",
        path.display()
    );
}

#[test]
fn every_example_programme_has_types() {
    for programme in milepost_tests::examples::programmes() {
        let pathway = milepost_tests::examples::compiled(programme);
        let types = milepost::typescript::programme(&pathway);
        let types = types.unwrap_or_else(|problem| panic!("{programme}: {problem}"));
        assert!(types.contains("export interface"), "{programme}");
    }
}
