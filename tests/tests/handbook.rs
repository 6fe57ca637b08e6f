//! The handbooks of the programmes. In: every programme of `pathways/`, and one whose texts are hostile. Out: a page that says
//! less than the rules do, leads nowhere, or takes a text for markup.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "that is how a test fails"
)]

use std::collections::{BTreeMap, BTreeSet};

use milepost::wire::Node;
use milepost::{Date, Pathway};
use milepost_tests::examples;
use quick_xml::Reader;
use quick_xml::events::Event;

/// What a browser would read of a page: its ids, where its links lead, its words on one line.
#[derive(Default)]
struct Page {
    ids: BTreeSet<String>,
    links: BTreeSet<String>,
    headings: Vec<u8>,
    words: String,
}

/// Reads the body of a page, in which every element is closed as XML asks it.
fn read(name: &str, html: &str) -> Page {
    let (_, body) = html.split_once("</head>\n").expect("a head");
    let body = body.strip_suffix("</html>\n").expect("an end");
    let mut reader = Reader::from_str(body);
    let mut page = Page::default();
    // Within a picture, which has a test of its own.
    let mut drawn = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                let tag = element.name().as_ref().to_owned();
                drawn |= tag == "svg";
                if let Some(level) = tag.strip_prefix('h').and_then(|it| it.parse().ok()) {
                    page.headings.push(level);
                }
                // Elements of a line do not part words.
                if !matches!(tag.as_str(), "a" | "strong" | "code") {
                    page.words.push(' ');
                }
                for attribute in element.attributes() {
                    let attribute = attribute.unwrap_or_else(|why| panic!("{name}: {why}"));
                    let value = attribute.value.clone().into_owned();
                    match attribute.key.as_ref() {
                        "id" => assert!(page.ids.insert(value.clone()), "{name}: {value} twice"),
                        "href" => {
                            let id = value.strip_prefix('#').expect("a link within the page");
                            page.links.insert(id.to_owned());
                        }
                        "aria-labelledby" if !drawn => {
                            page.links.insert(value);
                        }
                        "class" | "scope" | "aria-label" => {}
                        _ if drawn => {}
                        other => panic!("{name}: {}", other),
                    }
                }
            }
            Ok(Event::Text(text)) => page.words.push_str(&text),
            Ok(Event::GeneralRef(named)) => page.words.push(match &*named {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                other => panic!("{name}: {}", other),
            }),
            Ok(Event::End(element)) => drawn &= element.name().as_ref() != "svg",
            Ok(Event::Eof) => break,
            Ok(other) => panic!("{name}: {other:?}"),
            Err(why) => panic!("{name}: {why} at {}", reader.error_position()),
        }
    }
    page.words = on_one_line(&page.words);
    page
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What an outcome says that is asked, of this and of all below it.
fn asked(node: &Node, out: &mut Vec<String>) {
    let mut letters = node.text.chars();
    let first = letters.next().expect("a text").to_ascii_uppercase();
    let text = format!("{first}{}", letters.as_str());
    // How many points each is worth stands with each.
    let text = text
        .split(" of the following, worth ")
        .next()
        .expect("a text");
    out.push(match &node.title {
        Some(title) => on_one_line(&format!("{title}. {text}")),
        None => on_one_line(text),
    });
    for child in &node.children {
        asked(child, out);
    }
}

/// Everything that an outcome of the programme asks for, with the titles of its roles, stages and competencies.
fn all_asked(pathway: &Pathway) -> Vec<String> {
    let record = pathway.decode_record(br#"{ "id": "x", "enrolled": "9999-01-01" }"#);
    let day: Date = "9999-12-31".parse().expect("a day");
    let record = record.expect("a record");
    let outcome = pathway.evaluate(&record, day).report();
    let mut all = Vec::new();
    for role in &outcome.roles {
        all.push(
            role.title
                .clone()
                .unwrap_or_else(|| role.name.replace('_', " ")),
        );
        asked(&role.requirement, &mut all);
        role.preferred.iter().for_each(|node| asked(node, &mut all));
        for stage in &role.stages {
            stage
                .requirement
                .iter()
                .for_each(|node| asked(node, &mut all));
        }
    }
    for competency in &outcome.competencies {
        all.push(
            competency
                .title
                .clone()
                .unwrap_or_else(|| competency.name.replace('_', " ")),
        );
        competency
            .requirement
            .iter()
            .for_each(|node| asked(node, &mut all));
    }
    all
}

#[test]
fn every_programme_has_a_handbook_that_says_all_it_asks() {
    let mut seen = 0;
    for name in examples::programmes() {
        let pathway = examples::compiled(name);
        let handbook = pathway.handbook();
        let html = handbook.html();
        let page = read(name, &html);
        for asked in all_asked(&pathway) {
            assert!(page.words.contains(&asked), "{name}: {asked}");
            seen += 1;
        }
        let nowhere: Vec<_> = page.links.difference(&page.ids).collect();
        assert!(nowhere.is_empty(), "{name}: {nowhere:?}");
        // No level of headings is left out on the way down.
        let skips = page
            .headings
            .windows(2)
            .find(|pair| matches!(pair, [one, other] if *other > one + 1));
        assert_eq!(skips, None, "{name}");
        assert_eq!(page.headings.iter().filter(|level| **level == 1).count(), 1);
        assert_eq!(html, pathway.handbook().html());

        let markdown = handbook.markdown();
        for id in &page.links {
            let anchored = id == "content" || markdown.contains(&format!("<a id=\"{id}\"></a>"));
            assert!(anchored, "{name}: {id}");
        }
    }
    assert!(seen > 500, "{seen}");
}

#[test]
fn a_plan_has_the_handbook_of_its_programme() {
    let pathway = examples::compiled("teaching_matters/data_driver.pathway");
    let plan = Pathway::load(&pathway.to_plan_bytes()).expect("a plan");
    assert_eq!(plan.handbook(), pathway.handbook());
}

#[test]
fn no_text_is_taken_for_markup() {
    let text = r#"
        /// Look: </p><script>alert(1)</script> & `</code>` | *all* [of](it) # it
        pathway p "<b>P</b> & Co | *P*" { publisher "\"><img src=x>" version "1|2" }
        evidence task "</th><i>Task" { score : number "a|b <u>" }
        competency c "[C](https://example.org)" {
          about "_about_ <br>"
          requires sure "<i>Sure" cites "</p>" advice "*do* <it>": at least 2 task
          awards "</dd>`C`"
        }
        role r "R" { incentive "- </li>" eligible when competency c }
    "#;
    let sources = BTreeMap::from([("main.pathway", text)]);
    let compiled = milepost::compile(&sources, "main.pathway");
    let handbook = compiled.plan().expect("a programme").handbook();

    let page = read("hostile", &handbook.html());
    for text in [
        "Look: </p><script>alert(1)</script> & </code> | *all* [of](it) # it",
        "<b>P</b> & Co | *P*",
        "\"><img src=x>",
        "</th><i>Task",
        "a|b <u>",
        "[C](https://example.org)",
        "<i>Sure. At least two records of </th><i>Task",
        "Source: </p>",
        "- </li>",
    ] {
        assert!(page.words.contains(text), "{text}: {}", page.words);
    }

    let markdown = handbook.markdown();
    for text in [
        "# &lt;b\\>P&lt;/b\\> &amp; Co \\| \\*P\\*\n",
        "| a\\|b &lt;u\\> | a number |\n",
        "### \\[C\\](https://example.org)\n",
        "\\_about\\_ &lt;br\\>\n",
        "   *\\*do\\* &lt;it\\>*\n",
        "- \\- &lt;/li\\>\n",
    ] {
        assert!(markdown.contains(text), "{text}: {markdown}");
    }
}
