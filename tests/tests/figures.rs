//! The figures that programmes have published, from invented cohorts of their sizes. In: seeds. Out: whatever the chance, the
//! measures come to the figures.

#![expect(
    clippy::expect_used,
    reason = "a suite fails by panicking, also outside the test functions themselves"
)]

use milepost::cohort::Report;
use milepost_tests::{cohorts, examples};

/// The measures of a programme over its cohort, by name.
fn figures(programme: &str, as_of: &str, seed: u64) -> Vec<(String, String)> {
    let pathway = examples::compiled(&format!("{programme}.pathway"));
    let mut report = Report::new(&pathway, as_of.parse().expect("a day"));
    let name = programme.rsplit('/').next().expect("a name");
    for record in cohorts::records(name, seed, 0).expect("a cohort") {
        let record = pathway.decode_record(record.to_string().as_bytes());
        report.add(&record.expect("an invented record is right"));
    }
    let measures = report.finish(None).measures.into_iter();
    let figure =
        |value: Option<milepost::wire::Number>| value.map_or_else(String::new, |it| it.to_string());
    measures.map(|it| (it.name, figure(it.value))).collect()
}

fn come_to(programme: &str, as_of: &str, expected: &[(&str, &str)]) {
    for seed in [cohorts::SEED, 2, 77] {
        let found = figures(programme, as_of, seed);
        for (name, value) in expected {
            let figure = found.iter().find(|(known, _)| known == name);
            let figure = figure.map(|(_, figure)| figure.as_str());
            assert_eq!(figure, Some(*value), "{programme}, seed {seed}: {name}");
        }
    }
}

#[test]
fn the_bronx_in_2018() {
    let figures = [
        ("teachers", "238"),
        ("earned", "642"),
        ("schools", "160"),
        ("districts", "7"),
        ("led", "122"),
    ];
    come_to("teaching_matters/bronx_2018", "2018-07-31", &figures);
}

#[test]
fn emerging_teacher_leaders_in_2016() {
    let figures = [("invited", "62.9"), ("earned", "254")];
    come_to(
        "teaching_matters/emerging_teacher_leaders",
        "2016-06-30",
        &figures,
    );
}

#[test]
fn the_conditions_of_schools_in_2017_18() {
    let figures = [
        ("autumn", "20"),
        ("spring", "48"),
        ("gain", "89"),
        ("beliefs", "82"),
    ];
    come_to(
        "leading_educators/school_conditions",
        "2018-06-30",
        &figures,
    );
}

#[test]
fn what_teacher_leaders_knew_in_2017_18() {
    come_to(
        "leading_educators/knowledge",
        "2018-06-30",
        &[("gain", "92")],
    );
}

#[test]
fn an_invented_teacher_of_data_driver_has_a_record_of_forty_entries() {
    let pathway = examples::compiled("teaching_matters/data_driver.pathway");
    for record in cohorts::records("data_driver", 5, 30).expect("a cohort") {
        let decoded = pathway.decode_record(record.to_string().as_bytes());
        assert_eq!(
            decoded
                .expect("an invented record is right")
                .evidence_count(),
            40
        );
    }
}
