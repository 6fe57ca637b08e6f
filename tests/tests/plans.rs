//! Plans as files. In: programmes of every kind, and bytes that nobody wrote. Out: what is written is read again and
//! evaluates the same, in this release and for as long as the format is read; nothing else is read.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot set itself up has failed"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use milepost::{Pathway, PlanFileError, PlanHeader, compile};
use milepost_engine::plan::file::FORMAT;
use milepost_tests::generator::{self, Random, Size};
use milepost_tests::{examples, hostile, plans};

const AS_OF: &str = "2026-11-22";

/// The plans kept of a format.
fn kept(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("plans/format-{format}"))
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn compiled(path: &Path) -> Pathway {
    let main = path.to_str().unwrap();
    let compiled = compile(
        &|path: &str| std::fs::read(path).map_err(|error| error.to_string()),
        main,
    );
    let pathway = compiled.plan();
    pathway
        .unwrap_or_else(|error| panic!("{main}: {error}"))
        .clone()
}

fn every_form() -> Pathway {
    compiled(&kept(FORMAT).join("every_form.pathway"))
}

/// Outcomes name the version that made them, which is not what is kept.
fn outcome(pathway: &Pathway, record: &[u8]) -> String {
    let record = pathway.decode_record(record);
    let record = record.unwrap_or_else(|refusal| panic!("{refusal}"));
    let json = pathway.evaluate(&record, AS_OF.parse().unwrap()).to_json();
    let (_, rest) = json.split_once("\"programme\":").unwrap();
    format!("{{\"programme\":{rest}\n")
}

#[test]
fn example_programmes_are_read_as_they_were_written_and_evaluate_the_same() {
    let mut records = 0;
    for name in examples::programmes() {
        let pathway = examples::compiled(name);
        let bytes = pathway.to_plan_bytes();
        let loaded = Pathway::load(&bytes).unwrap();
        assert_eq!(loaded.plan(), pathway.plan());
        assert_eq!(loaded.to_plan_bytes(), bytes);
        assert_eq!(loaded.record_schema(), pathway.record_schema());
        let programme = &pathway.plan().parts().programme;
        let header = PlanHeader::read(&bytes).unwrap();
        assert_eq!(header.name, programme.name);
        assert_eq!(header.version, programme.version);
        assert_eq!(header.definition, programme.definition);
        for (_, record) in examples::records(name) {
            assert_eq!(outcome(&loaded, record), outcome(&pathway, record));
            records += 1;
        }
    }
    assert!(records >= 10, "{records} records");
}

/// What the files of a format say stays what it is: whoever changes the layout of a released format raises it, and keeps
/// reading these. Until the present one is released, `MILEPOST_BLESS` writes its files anew.
#[test]
fn kept_plans_load_and_evaluate_as_they_did() {
    let bless = std::env::var_os("MILEPOST_BLESS").is_some();
    if bless {
        for name in ["data_driver", "every_form"] {
            let pathway = match name {
                "every_form" => every_form(),
                _ => examples::compiled("teaching_matters/data_driver.pathway"),
            };
            write(&format!("{name}.plan"), &pathway.to_plan_bytes());
        }
    }
    let mut plans = 0;
    for format in 1..=FORMAT {
        for (name, bytes) in hostile::files(&kept(format)) {
            let Some(stem) = name.strip_suffix(".plan") else {
                continue;
            };
            let pathway = Pathway::load(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(PlanHeader::read(&bytes).unwrap().format, format);
            let written = pathway.to_plan_bytes();
            assert_eq!(
                written == bytes,
                format == FORMAT,
                "{name} would be written otherwise: that is another format"
            );
            assert_eq!(Pathway::load(&written).unwrap().plan(), pathway.plan());
            let record = read(&kept(format).join(format!("{stem}.json")));
            let outcome = outcome(&pathway, &record);
            let expected = format!("{stem}.outcome.json");
            if bless {
                let path = kept(format).join(&expected);
                std::fs::write(path, &outcome).unwrap();
            }
            assert_eq!(
                outcome.as_bytes(),
                read(&kept(format).join(expected)),
                "{stem}"
            );
            plans += 1;
        }
    }
    assert_eq!(plans, 4);
}

/// Keeps a file of the present format.
fn write(name: &str, bytes: &[u8]) {
    std::fs::write(kept(FORMAT).join(name), bytes).unwrap();
}

#[test]
fn the_programme_of_every_form_is_still_compiled_to_the_kept_bytes() {
    let bytes = every_form().to_plan_bytes();
    assert!(bytes == read(&kept(FORMAT).join("every_form.plan")));
}

#[test]
fn the_programme_of_every_form_has_them_all() {
    let parts = format!("{:?}", every_form().plan().parts());
    for form in [
        "Number(",
        "Whole(",
        "YesNo",
        "Date",
        "Text",
        "Level(",
        "Choice(",
        "Rubric(",
        "List(",
        "All(",
        "Any(",
        "AtLeast(",
        "Points(",
        "CutScores {",
        "None(",
        "InOrder(",
        "WithoutReuse(",
        "Transition {",
        "Competency(",
        "Role(",
        "Records(",
        "Condition(",
        "AtMost",
        "Exactly",
        "Count(",
        "No,",
        "Every",
        "Share(",
        "Aggregate(",
        "Total",
        "Average",
        "Highest",
        "Lowest",
        "Within(",
        "Since(",
        "From(",
        "Before(",
        "After(",
        "InThe(",
        "SchoolYears(",
        "SchoolYear(",
        "Different(",
        "Same(",
        "DifferentYears",
        "ConsecutiveYears(true)",
        "ConsecutiveYears(false)",
        "Fact(",
        "FactCriterion(",
        "Field(",
        "FieldCriterion(",
        "Expires",
        "Id",
        "Ordinal(",
        "Literal(",
        "Of(",
        "OfLevel(",
        "Add(",
        "Subtract(",
        "Multiply(",
        "Today",
        "Plus(",
        "Minus(",
        "YearStart(",
        "YearEnd(",
        "Next(",
        "Equal",
        "NotEqual",
        "Less,",
        "LessOrEqual",
        "Greater,",
        "GreaterOrEqual",
        "Not(",
        "YesNo(",
        "Numbers(",
        "Dates(",
        "Ordinals(",
        "Texts(",
        "OneOf(",
        "Contains(",
        "Known(",
        "Criteria(",
        "Days",
        "Weeks",
        "Months",
        "Years",
        "SchoolYears",
        "owner: Some(",
        "advice: Some(",
        "valid: Some(",
        "latest: Some(",
        "attempts: Some(",
        "highest: Some(",
        "competency: Some(",
    ] {
        assert!(parts.contains(form), "nothing is {form}");
    }
}

#[test]
fn made_up_programmes_are_read_as_they_were_written() {
    let mut plans = 0;
    for seed in 0..400 {
        let (programme, _) = generator::programme(&mut Random::new(seed), Size::WHOLE);
        let sources = BTreeMap::from([("main.pathway", programme.text())]);
        let compiled = compile(&sources, "main.pathway");
        let Ok(pathway) = compiled.plan() else {
            continue;
        };
        let bytes = pathway.to_plan_bytes();
        let loaded = plans::load(plans::content(&bytes)).expect("what was written is read");
        assert_eq!(loaded.plan(), pathway.plan(), "seed {seed}");
        plans += 1;
    }
    assert!(plans > 100, "{plans} of 400 compile");
}

/// Whoever changes a plan can make its hash fit; then the reader and the checks of a plan are all that stands between.
#[test]
fn changed_plans_are_refused_or_evaluate() {
    let bytes = every_form().to_plan_bytes();
    let content = plans::content(&bytes);
    assert_eq!(plans::sealed(content), bytes);
    let (mut loaded, mut refused) = (0, 0);
    let mut see = |content: &[u8]| {
        if plans::load(content).is_some() {
            loaded += 1;
        } else {
            refused += 1;
        }
    };
    for cut in (0..content.len()).step_by(7) {
        see(&content[..cut]);
    }
    let mut random = Random::new(7);
    for _ in 0..4_000 {
        let mut other = content.to_vec();
        for _ in 0..=random.below(2) {
            let at = random.below(other.len());
            match random.below(5) {
                0 => other[at] ^= 1 << random.below(8),
                1 => other[at] = u8::try_from(random.below(256)).unwrap(),
                2 => other[at] = u8::try_from(random.below(14)).unwrap(),
                3 => drop(other.remove(at)),
                _ => other.insert(at, u8::try_from(random.below(14)).unwrap()),
            }
        }
        see(&other);
    }
    assert!(
        loaded > 200 && refused > 1_000,
        "{loaded} loaded, {refused} refused"
    );
}

#[test]
fn the_hash_sees_what_happens_to_a_file() {
    let bytes = every_form().to_plan_bytes();
    let mut random = Random::new(1);
    for _ in 0..2_000 {
        let mut other = bytes.clone();
        let at = random.below(other.len());
        other[at] ^= 1 << random.below(8);
        assert!(Pathway::load(&other).is_err(), "byte {at}");
        let cut = 1 + random.below(bytes.len() - 1);
        assert_eq!(
            Pathway::load(&bytes[..cut]).err(),
            Some(PlanFileError::Truncated)
        );
    }
}

#[test]
fn errors_say_what_to_do() {
    let said = |bytes: &[u8]| Pathway::load(bytes).unwrap_err().to_string();
    let bytes = every_form().to_plan_bytes();
    assert_eq!(
        said(b"pathway p \"P\" {}"),
        "this is the text of a programme, not a compiled plan: `milepost compile` makes a plan of it"
    );
    assert_eq!(
        said(b"{}"),
        "this is no compiled plan: a plan begins with the words `milepost plan`"
    );
    assert_eq!(
        said(b"milepost plan 9\n?"),
        "a later Milepost made this plan: it has format 9, this Milepost reads up to 2; update Milepost"
    );
    assert_eq!(
        said(&bytes[..100]),
        "this plan is cut short: its end is missing; copy or download it again"
    );
    let mut damaged = bytes;
    damaged[200] ^= 4;
    assert_eq!(
        said(&damaged),
        "this plan is damaged: its bytes are not those that were written; copy or download it again"
    );
    assert_eq!(
        said(&plans::sealed(b"\x02ab\x07")),
        "no Milepost wrote this plan: at byte 21, neither yes nor no"
    );
}

fn one(text: &str) -> Result<Pathway, String> {
    let sources = BTreeMap::from([("main.pathway", text)]);
    let compiled = compile(&sources, "main.pathway");
    compiled.plan().cloned().map_err(|error| error.to_string())
}

#[test]
fn the_largest_programme_is_a_plan() {
    let mut text = String::from(
        "pathway p \"P\" { version \"1\" }\nevidence session \"Session\" { hours : number }\n",
    );
    text.push_str("rule ten { all of {");
    text.push_str(&" at least 2 session within 3 years where hours > 1 and hours < 9".repeat(10));
    text.push_str("} }\n");
    for (above, below) in [
        ("hundred", "ten"),
        ("thousand", "hundred"),
        ("myriad", "thousand"),
    ] {
        let calls = format!(" rule {below}").repeat(10);
        text.push_str(&format!("rule {above} {{ all of {{{calls} }} }}\n"));
    }
    let calls = " rule myriad".repeat(8);
    text.push_str(&format!("role r {{ eligible when all of {{{calls} }} }}\n"));
    let pathway = one(&text).unwrap();
    let requirements = pathway.plan().parts().nodes.len();
    assert!((80_000..100_000).contains(&requirements), "{requirements}");
    let bytes = pathway.to_plan_bytes();
    assert!(
        bytes.len() < milepost::LARGEST_PLAN / 4,
        "{} bytes",
        bytes.len()
    );
    assert_eq!(Pathway::load(&bytes).unwrap().plan(), pathway.plan());
}

#[test]
fn texts_that_rules_multiply_are_refused() {
    let programme = |advice: usize, words: usize| {
        let mut text = format!(
            "pathway p \"P\" {{ version \"1\" }}\ncandidate \"T\" {{ fact : yes/no \"{}\" }}\nrule one {{ all of {{ asked advice \"{}\": fact{} }} }}\n",
            "é".repeat(200),
            "a".repeat(advice),
            " or fact".repeat(words),
        );
        text.push_str("rule ten { all of {");
        for call in 0..10 {
            text.push_str(&format!(" c{call}: rule one"));
        }
        text.push_str("} }\nrole r { eligible when all of {");
        for call in 0..300 {
            text.push_str(&format!(" c{call}: rule ten"));
        }
        text.push_str("} }\n");
        one(&text)
    };
    assert!(programme(1_000, 1).is_ok());
    let long = programme(100_000, 1).unwrap_err();
    assert!(
        long.contains("[MP0314] with its rules written out, this programme takes more than 32 MiB"),
        "{long}"
    );
    let long = programme(1, 63).unwrap_err();
    assert!(
        long.contains(
            "[MP0314] this programme cannot be evaluated: there are too many words in the sentences"
        ),
        "{long}"
    );
}

#[test]
fn comparisons_of_yes_and_no_do_not_double_without_end() {
    let nested = |depth: usize| {
        let condition = (0..depth).fold("a".to_owned(), |inner, _| format!("({inner} = b)"));
        one(&format!(
            "pathway p \"P\" {{ version \"1\" }}\ncandidate \"T\" {{ a : yes/no b : yes/no }}\nrole r {{ eligible when {condition} }}"
        ))
    };
    assert!(nested(3).is_ok());
    let error = nested(60).unwrap_err();
    assert!(error.contains("[MP0009]"), "{error}");
}
