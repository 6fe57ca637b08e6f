//! `--format github|gitlab|junit|sarif|json`: the documents for the programs of others.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Run, file, folder, milepost};

const FAILING: &str = "pathway p \"P\" { version \"1\" }
candidate \"Teacher\" { years : number }
evidence e \"E\"
role lead \"Lead\" { eligible when long \"Long\": years >= 3 }
scenario \"too <short> & \\\"odd\\\"\" {
  as of 2026-11-22
  given years 2
  expect role lead met
}
scenario \"long enough\" {
  as of 2026-11-22
  given years 3
  expect role lead met
}
";

/// Runs in a folder with the file `p.pathway` of this text.
fn in_folder(name: &str, text: &str, words: &str) -> Run {
    let folder = folder(name);
    file(&folder, "p.pathway", text);
    let mut command = milepost(words);
    Run::of(command.current_dir(&folder).output().expect("it starts"))
}

#[test]
fn github_reads_a_command_for_each_finding() {
    let checked = in_folder("github", FAILING, "check --format github");
    assert_eq!(
        checked.out,
        "::warning file=p.pathway,line=3,endLine=3,col=10,endColumn=11,title=MP0110::nothing asks for `e`%0A\
         ask for it in a requirement, or remove it\n"
    );
    assert_eq!(
        (checked.code, checked.err.as_str()),
        (0, "1 file: 1 warning\n")
    );
    let tested = in_folder("github-test", FAILING, "test --format github --quiet");
    assert_eq!(
        tested.out,
        "::error file=p.pathway,line=8,endLine=8,col=3,endColumn=23,title=scenario::the scenario `too <short> & \
         \"odd\"` does not come out as expected: lead: expected met, found unmet%0A\
         years is 2; 3 or more is asked for\n"
    );
    assert_eq!((tested.code, tested.err.as_str()), (1, ""));
}

#[test]
fn what_would_end_a_command_is_escaped() {
    let folder = folder("github-escaped");
    let text = "pathway p \"P\" { version \"1\" }\r\nrole r \"R\" { eligible when at least 50% of x where y }\r\n";
    file(&folder, "a,b%: c.pathway", text);
    let mut command = milepost("check --format github");
    let checked = Run::of(command.current_dir(&folder).output().expect("it starts"));
    for line in checked.out.lines() {
        assert!(
            line.starts_with("::error file=a%2Cb%25%3A c.pathway,line=2,"),
            "{line}"
        );
    }
    assert_eq!(checked.code, 1);
    assert!(!checked.out.is_empty());
}

#[test]
fn a_file_is_the_same_however_it_is_asked_for() {
    let folder = folder("named");
    file(&folder, "p.pathway", FAILING);
    let here = folder.canonicalize().expect("a folder");
    for form in ["github", "gitlab", "junit", "sarif", "json"] {
        let checked = |path: &std::path::Path| {
            let mut command = milepost(&format!("check --format {form}"));
            command.arg(path).current_dir(&folder);
            Run::of(command.output().expect("it starts")).out
        };
        let plain = checked("p.pathway".as_ref());
        assert!(plain.contains("p.pathway"), "{plain}");
        for path in [
            ".".into(),
            "./p.pathway".into(),
            here.clone(),
            here.join("p.pathway"),
        ] {
            assert_eq!(checked(&path), plain, "{}", path.display());
        }
    }
}

#[test]
fn what_is_blessed_is_told_to_people() {
    for form in ["json", "junit"] {
        let blessed = in_folder(
            "bless-form",
            FAILING,
            &format!("test --bless --format {form}"),
        );
        assert_eq!(
            (blessed.out.as_str(), blessed.code),
            ("", 2),
            "{}",
            blessed.err
        );
    }
}

#[test]
fn gitlab_reads_a_report() {
    let checked = in_folder("gitlab", FAILING, "check --format gitlab");
    assert_eq!(
        checked.out,
        "[{\"description\":\"nothing asks for `e`\\nask for it in a requirement, or remove it\",\"check_name\":\"MP0110\",\
         \"fingerprint\":\"47d7fa5c32ba5e77a4bbf4338b9d0693\",\"severity\":\"minor\",\
         \"location\":{\"path\":\"p.pathway\",\"lines\":{\"begin\":3}}}]\n"
    );
    let fine = in_folder(
        "gitlab-fine",
        "pathway p \"P\" { version \"1\" }\n",
        "test --format gitlab",
    );
    assert_eq!((fine.code, fine.out.as_str()), (0, "[]\n"));
}

/// The elements of a report: their names, with the attributes that tell them apart.
fn elements(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Eof => return found,
            Event::Start(element) | Event::Empty(element) => {
                let mut said = element.name().as_ref().to_owned();
                for name in ["name", "tests", "failures", "line", "message"] {
                    if let Some(value) = element.try_get_attribute(name).expect("an attribute") {
                        let value = value
                            .normalized_value(quick_xml::XmlVersion::Explicit1_0)
                            .expect("a value");
                        said.push_str(&format!(" {name}={value}"));
                    }
                }
                found.push(said);
            }
            _ => {}
        }
    }
}

#[test]
fn junit_has_a_case_for_each_scenario() {
    let tested = in_folder("junit", FAILING, "test --format junit");
    assert_eq!(
        elements(&tested.out),
        [
            "testsuites name=milepost tests=2 failures=1",
            "testsuite name=p.pathway tests=2 failures=1",
            "testcase name=too <short> & \"odd\" line=5",
            "failure message=lead: expected met, found unmet",
            "testcase name=long enough line=10",
        ]
    );
    assert!(
        tested.out.contains("years is 2; 3 or more is asked for"),
        "{}",
        tested.out
    );
    assert_eq!(tested.code, 1);
    let broken = in_folder(
        "junit-broken",
        "role r \"R\u{1}\" { eligible when x }",
        "test --format junit",
    );
    let all = elements(&broken.out);
    assert_eq!(broken.code, 1);
    assert!(
        all.len() > 3 && all.iter().any(|it| it.starts_with("failure ")),
        "{all:?}"
    );
    assert!(!broken.out.contains('\u{1}'), "no XML may hold it");
}

#[test]
fn junit_has_a_case_for_each_file_and_finding() {
    let checked = in_folder("junit-check", FAILING, "check --format junit");
    assert_eq!(
        elements(&checked.out),
        [
            "testsuites name=milepost tests=1 failures=0",
            "testsuite name=p.pathway tests=1 failures=0",
            "testcase name=MP0110 at 3:10 line=3",
            "system-out",
        ]
    );
    let fine = in_folder(
        "junit-fine",
        "pathway p \"P\" { version \"1\" }\nrole r \"R\" { eligible when yes }\n",
        "check --format junit",
    );
    assert_eq!(elements(&fine.out)[2..], ["testcase name=check"]);
}

#[test]
fn sarif_has_the_pages_and_what_mends() {
    let text = "pathway p \"P\" { version \"1\" }\n// milepost: allow MP0110 because we may\nrole r \"R\" { eligible when yes }\n";
    let checked = in_folder("sarif", text, "check --format sarif");
    for part in [
        "\"version\":\"2.1.0\"",
        "\"columnKind\":\"utf16CodeUnits\"",
        "\"id\":\"MP0502\",\"name\":\"unused_allow\"",
        "\"markdown\":\"# MP0502",
        "\"fixes\":[{\"artifactChanges\":[{\"artifactLocation\":{\"uri\":\"p.pathway\"},\"replacements\":[{\"deletedRegion\":\
         {\"startLine\":2,\"startColumn\":1,",
    ] {
        assert!(checked.out.contains(part), "{part}\n{}", checked.out);
    }
    assert_eq!(
        (checked.code, checked.err.as_str()),
        (0, "1 file: 1 warning\n")
    );
}

#[test]
fn json_of_test_is_one_report() {
    let tested = in_folder("test-json", FAILING, "test --format json --coverage");
    assert_eq!(
        tested.out,
        "{\"passed\":1,\"failed\":1,\"scenarios\":[\
         {\"title\":\"too <short> & \\\"odd\\\"\",\"file\":\"p.pathway\",\
         \"start\":{\"byte\":152,\"utf16\":152,\"line\":5,\"column\":10},\"passed\":false,\"failures\":[\
         {\"start\":{\"byte\":215,\"utf16\":215,\"line\":8,\"column\":3},\"address\":\"lead\",\
         \"expected\":\"met\",\"found\":\"unmet\",\"explanation\":[\"years is 2; 3 or more is asked for\"]}]},\
         {\"title\":\"long enough\",\"file\":\"p.pathway\",\
         \"start\":{\"byte\":247,\"utf16\":247,\"line\":10,\"column\":10},\"passed\":true,\"failures\":[]}],\
         \"diagnostics\":[],\"coverage\":{\"percent\":50,\"requirements\":[\
         {\"file\":\"p.pathway\",\"start\":{\"byte\":117,\"utf16\":117,\"line\":4,\"column\":34},\"of\":\"role lead\",\
         \"addresses\":[\"lead.long\"],\"met\":true,\"pending\":false,\"unmet\":false}]}}\n"
    );
}
