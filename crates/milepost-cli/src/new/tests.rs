//! Drafts of ordinary and of hostile answers: each checks without a warning and sees every requirement met and unmet, or the
//! answer is refused.

use std::collections::BTreeMap;

use milepost::Levels;

use super::answers::{Answers, KINDS, title_of};
use super::draft::{Draft, SCENARIOS};
use super::questions::Questions;
use crate::Trouble;
use crate::args::New;

fn new(title: &str, candidate: &str, evidence: &[&str], role: &str) -> New {
    New {
        title: Some(title.to_owned()),
        candidate: Some(candidate.to_owned()),
        evidence: evidence.iter().map(|it| (*it).to_owned()).collect(),
        role: Some(role.to_owned()),
        output: None,
    }
}

/// The draft of answers, seen to hold.
fn holding(answers: &Answers) -> String {
    let text = Draft::new(answers).text("draft.pathway");
    let sources = BTreeMap::from([("draft.pathway", text.as_str())]);
    let compiled = milepost::compile(&sources, "draft.pathway");
    let found = compiled.findings(&Levels::default());
    assert!(found.is_empty(), "{answers:?}\n{text}\n{found:?}");
    let results = compiled.run_scenarios();
    assert_eq!(results.len(), SCENARIOS);
    for result in &results {
        assert_eq!(result.failures, [], "{}\n{text}", result.title);
    }
    let covered = compiled.coverage();
    assert_eq!(covered.len(), 3 + answers.evidence.len());
    assert!(
        covered.iter().all(|it| it.seen.met && it.seen.unmet),
        "{text}"
    );
    let plan = compiled.plan().expect("a programme");
    let programme = &plan.plan().parts().programme;
    assert_eq!(programme.title.as_deref(), Some(answers.title.as_str()));
    text
}

/// A generator of its own: the same answers every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }

    fn answer(&mut self) -> String {
        const PIECES: [&str; 48] = [
            "Lead",
            "Teacher",
            "Performance task",
            "total",
            "all of",
            "role",
            "evidence",
            "credential",
            "met",
            "needs",
            "quality",
            "good",
            "years of service",
            "experience",
            "recommended",
            "Überprüfung",
            "œuvre",
            "教師",
            "Учитель",
            "2024",
            "7",
            "_",
            "__x",
            "\"",
            "\"\"",
            "\\",
            "\\u{41}",
            "\\\"",
            "'s",
            "//",
            "///",
            "/* */",
            "{",
            "}",
            "{remaining}",
            ":",
            "milepost: allow all",
            "\u{202e}",
            "\u{200b}",
            "\u{feff}",
            "\u{a0}",
            "e\u{301}",
            "👩‍🏫",
            "🙂",
            "\n",
            "\t",
            " ",
            "a very long word of more than forty characters, as committees like them",
        ];
        let pieces = self.below(4);
        let glue = if self.below(2) == 0 { " " } else { "" };
        (0..=pieces)
            .map(|_| PIECES[self.below(PIECES.len())])
            .collect::<Vec<_>>()
            .join(glue)
    }
}

#[test]
fn every_answer_makes_a_draft_that_holds_or_is_refused_with_a_reason() {
    let mut dice = Dice(7);
    let (mut drafts, mut refusals) = (0, 0);
    for _ in 0..3_000 {
        let evidence: Vec<String> = (0..=dice.below(3)).map(|_| dice.answer()).collect();
        let (title, candidate, role) = (dice.answer(), dice.answer(), dice.answer());
        let evidence: Vec<&str> = evidence.iter().map(String::as_str).collect();
        match Answers::given(&new(&title, &candidate, &evidence, &role)) {
            Ok(answers) => {
                holding(&answers);
                drafts += 1;
            }
            Err(trouble) => {
                assert!(
                    trouble.message.contains("cannot be used: "),
                    "{}",
                    trouble.message
                );
                refusals += 1;
            }
        }
    }
    assert!(
        drafts > 200 && refusals > 200,
        "{drafts} drafts, {refusals} refusals"
    );
}

#[test]
fn each_word_of_the_language_can_be_a_title() {
    let words = "all any at exactly none no every in competency role rule not and or is contains for this within since \
        before after from to during among where whose by with including skipping counting total average highest lowest of yes \
        today cites advice waivable formerly without candidate pathway use scale rubric evidence scenario credential waiver \
        post met unmet pending needs waived enrolled as given expect on quality good not_yet date id status issued stage held";
    for word in words.split_whitespace() {
        holding(&Answers::given(&new(word, word, &[word], word)).expect("a word"));
    }
}

#[test]
fn what_cannot_be_a_title_is_said() {
    let why = |answer: &str| title_of(answer).expect_err("refused");
    assert_eq!(why("  "), "it is empty");
    assert_eq!(why("?!"), "it has neither a letter nor a digit");
    assert!(why("a\nb").starts_with("it goes over several lines"));
    assert_eq!(why(&"x".repeat(81)), "it is longer than 80 characters");
    assert_eq!(title_of(&"é".repeat(80)), Ok("é".repeat(80)));
    assert!(
        why("Lead\u{202e}er").contains("U+202E"),
        "{}",
        why("Lead\u{202e}er")
    );
    assert_eq!(title_of("  Lead \"x\" "), Ok("Lead \"x\"".to_owned()));
}

#[test]
fn names_are_made_of_titles() {
    let name = |title: &str| {
        let answers = Answers::given(&new(title, "T", &["E"], "R")).expect("answers");
        Draft::new(&answers).name().to_owned()
    };
    assert_eq!(name("Coaching Lead"), "coaching_lead");
    assert_eq!(
        name("Führungskräfte & Principal's Œuvre"),
        "fuhrungskrafte_principals_oeuvre"
    );
    assert_eq!(name("2026 Plan"), "programme_2026_plan");
    assert_eq!(name("教師"), "programme");
    assert_eq!(name("Total"), "total_programme");
    assert!(name(&"committee ".repeat(8)).len() <= 40);
}

#[test]
fn without_a_title_nothing_is_made_and_of_the_rest_there_are_defaults() {
    let refused = Answers::given(&New::default()).expect_err("no title");
    assert_eq!(refused.message, "the programme needs a title");
    let title = Some("Coaching".to_owned());
    let answers = Answers::given(&New {
        title,
        ..New::default()
    })
    .expect("answers");
    assert_eq!(answers.evidence, ["Performance task"]);
    assert_eq!(
        (answers.candidate.as_str(), answers.role.as_str()),
        ("Teacher", "Lead Teacher")
    );
    holding(&answers);
}

/// What comes of lines that somebody types, and what they were asked.
fn typed(lines: &str, given: &New) -> (Result<Answers, Trouble>, String) {
    let mut asked = String::new();
    let answers = Questions::new(lines.as_bytes(), |text: &str| {
        asked.push_str(text);
        asked.push('\n');
    })
    .all(given);
    (answers, asked)
}

#[test]
fn what_cannot_be_used_is_asked_again() {
    let lines = "\n?!\n Coaching \n\nObservation\nobservation\nPortfolio\n\nCoach\n";
    let (answers, asked) = typed(lines, &New::default());
    let answers = answers.expect("answers");
    assert_eq!(answers.title, "Coaching");
    assert_eq!(answers.candidate, "Teacher");
    assert_eq!(answers.evidence, ["Observation", "Portfolio"]);
    assert_eq!(answers.role, "Coach");
    for why in [
        "it is empty",
        "neither a letter",
        "is there already",
        "[Lead Teacher]",
    ] {
        assert!(asked.contains(why), "{why}: {asked}");
    }
    holding(&answers);
}

#[test]
fn what_was_given_is_not_asked_and_answers_may_not_end_early() {
    let (answers, asked) = typed("", &new("T", "C", &["E"], "R"));
    assert_eq!(
        (answers.expect("answers").title.as_str(), asked.as_str()),
        ("T", "")
    );
    let (answers, _) = typed("Coaching\n", &New::default());
    assert!(answers.expect_err("too few").message.contains("ended"));
    let (answers, _) = typed("", &new("?", "C", &["E"], "R"));
    assert!(
        answers
            .expect_err("a bad option")
            .message
            .contains("--title")
    );
}

#[test]
fn a_list_of_evidence_ends_by_itself() {
    let kinds: String = (0..30).map(|kind| format!("Kind {kind}\n")).collect();
    let (answers, _) = typed(&format!("T\n\n{kinds}"), &New::default());
    let answers = answers.expect("answers");
    assert_eq!(answers.evidence.len(), KINDS);
    holding(&answers);
}
