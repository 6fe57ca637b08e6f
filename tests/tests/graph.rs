//! The diagrams of the programmes. In: every programme of `pathways/`, one whose texts are hostile, and one that is as large as
//! can be. Out: a picture that leaves something out, or in which one thing lies on another.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "that is how a test fails"
)]

use std::collections::{BTreeMap, BTreeSet};

use milepost::Pathway;
use milepost_tests::examples;
use quick_xml::Reader;
use quick_xml::events::Event;

/// A figure of a picture: x, y, width and height.
type Frame = [usize; 4];

/// What a picture shows.
#[derive(Default)]
struct Picture {
    size: [usize; 2],
    boxes: Vec<Frame>,
    /// The words of each text, where it begins, and the size of its letters.
    texts: Vec<(String, usize, usize, usize)>,
    /// The points that the lines touch.
    lines: Vec<Vec<[usize; 2]>>,
    points: usize,
    words: String,
}

fn read(name: &str, svg: &str) -> Picture {
    let mut reader = Reader::from_str(svg);
    let mut picture = Picture::default();
    let mut text = None;
    loop {
        let event = reader
            .read_event()
            .unwrap_or_else(|why| panic!("{name}: {why}"));
        match event {
            Event::Start(element) | Event::Empty(element) => {
                let attributes: BTreeMap<String, String> = element
                    .attributes()
                    .map(|it| it.expect("an attribute"))
                    .map(|it| (it.key.as_ref().to_owned(), it.value.clone().into_owned()))
                    .collect();
                let number = |key: &str| attributes[key].parse::<usize>().expect("a whole number");
                let class = attributes.get("class").map_or("", String::as_str);
                match (element.name().as_ref(), class) {
                    ("svg", _) => picture.size = [number("width"), number("height")],
                    ("rect", "paper") | ("title" | "desc" | "style", _) => {}
                    ("rect", _) => picture
                        .boxes
                        .push(["x", "y", "width", "height"].map(number)),
                    ("text", class) => {
                        let size = if class == "title" { 15 } else { 12 };
                        text = Some((String::new(), number("x"), number("y"), size));
                    }
                    ("path", "point") => picture.points += 1,
                    ("path", _) => picture.lines.push(corners(&attributes["d"])),
                    other => panic!("{name}: {other:?}"),
                }
            }
            Event::Text(words) => match &mut text {
                Some((text, ..)) => text.push_str(&words),
                None => picture.words.push_str(&words),
            },
            Event::GeneralRef(named) => {
                let character = match &*named {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    other => panic!("{name}: {other}"),
                };
                match &mut text {
                    Some((text, ..)) => text.push(character),
                    None => picture.words.push(character),
                }
            }
            Event::End(_) => picture.texts.extend(text.take()),
            Event::Eof => return picture,
            other => panic!("{name}: {other:?}"),
        }
    }
}

/// The corners of a line: `M1 2H3V4`.
fn corners(line: &str) -> Vec<[usize; 2]> {
    let rest = line.strip_prefix('M').expect("a beginning");
    let begin = rest.find(['H', 'V']).unwrap_or(rest.len());
    let (first, mut rest) = rest.split_at(begin);
    let (x, y) = first.split_once(' ').expect("two figures");
    let mut at = [x, y].map(|it| it.parse::<usize>().expect("a whole number"));
    let mut corners = vec![at];
    while let Some(direction) = rest.chars().next() {
        let end = rest[1..].find(['H', 'V']).map_or(rest.len(), |end| end + 1);
        at[usize::from(direction == 'V')] = rest[1..end].parse().expect("a whole number");
        corners.push(at);
        rest = &rest[end..];
    }
    corners
}

fn overlap(one: &Frame, other: &Frame) -> bool {
    let apart = |axis: usize| {
        one[axis] + one[axis + 2] <= other[axis] || other[axis] + other[axis + 2] <= one[axis]
    };
    !apart(0) && !apart(1)
}

/// The stretches that the lines go down, each with the line it belongs to.
fn rails(picture: &Picture) -> Vec<(usize, usize, usize)> {
    let down = |pair: &[[usize; 2]]| match pair {
        [[x, from], [to_x, to]] if x == to_x => Some((*x, *from.min(to), *from.max(to))),
        _ => None,
    };
    picture
        .lines
        .iter()
        .flat_map(|line| line.windows(2).filter_map(down))
        .collect()
}

fn check(name: &str, pathway: &Pathway) -> Picture {
    let diagram = pathway.diagram().expect("a diagram");
    let svg = diagram.svg();
    assert_eq!(svg, pathway.diagram().expect("a diagram").svg());
    let picture = read(name, &svg);
    let [width, height] = picture.size;
    for (place, one) in picture.boxes.iter().enumerate() {
        assert!(
            one[0] + one[2] <= width && one[1] + one[3] <= height,
            "{name}"
        );
        for other in &picture.boxes[place + 1..] {
            assert!(!overlap(one, other), "{name}: {one:?} {other:?}");
        }
    }
    // What stands in a box stands within it, by a font in which a letter is 0.64 of its size on the average.
    let mut within = 0;
    for (text, x, y, size) in &picture.texts {
        let inside = picture
            .boxes
            .iter()
            .find(|it| (it[1]..it[1] + it[3]).contains(y));
        if let Some(frame) = inside {
            within += 1;
            assert!(*x > frame[0], "{name}: {text}");
            assert!(
                x + text.chars().count() * size * 36 / 100 <= frame[0] + frame[2],
                "{name}: {text}"
            );
        }
    }
    assert!(within >= 2 * picture.boxes.len(), "{name}");
    // Every line begins at a box, and ends before one or on another line.
    let edge = picture.boxes.iter().map(|it| it[0]).min().unwrap_or(0);
    let legend = picture
        .boxes
        .iter()
        .map(|it| it[1] + it[3])
        .max()
        .unwrap_or(0);
    let rails = rails(&picture);
    let at_box = |y: usize| {
        picture
            .boxes
            .iter()
            .any(|it| (it[1]..it[1] + it[3]).contains(&y))
    };
    for line in picture.lines.iter().filter(|line| line[0][1] < legend) {
        let (first, last) = (line[0], line[line.len() - 1]);
        assert!(first[0] == edge && at_box(first[1]), "{name}: {line:?}");
        let joins = rails
            .iter()
            .any(|(x, from, to)| *x == last[0] && (*from..=*to).contains(&last[1]));
        assert!(
            joins || (last[0] < edge && at_box(last[1])),
            "{name}: {line:?}"
        );
    }
    // No two rails lie on one another.
    for (place, (x, from, to)) in rails.iter().enumerate() {
        for (other, begin, end) in &rails[place + 1..] {
            assert!(
                x != other || to < begin || end < from,
                "{name}: {x} {from} {to} {begin} {end}"
            );
        }
    }
    picture
}

#[test]
fn every_programme_has_its_diagram() {
    let mut arrows = 0;
    for name in examples::programmes() {
        let pathway = examples::compiled(name);
        let picture = check(name, &pathway);
        let diagram = pathway.diagram().expect("a diagram");
        let parts = pathway.plan().parts();
        let roles = parts.roles.iter().map(|it| &it.entry);
        let stages = parts.stages.iter().map(|it| &it.entry);
        let competencies = parts
            .competencies
            .iter()
            .filter(|it| !it.elsewhere)
            .map(|it| &it.entry);
        let entries: Vec<_> = roles.chain(stages).chain(competencies).collect();
        assert_eq!(picture.boxes.len(), entries.len(), "{name}");
        let drawn: Vec<_> = picture.texts.iter().map(|it| it.0.as_str()).collect();
        let drawn = drawn.join(" ");
        let (dot, mermaid) = (diagram.dot(), diagram.mermaid());
        for entry in entries {
            let title = entry
                .title
                .clone()
                .unwrap_or_else(|| entry.name.replace('_', " "));
            for text in [&drawn, &dot] {
                assert!(text.contains(&title), "{name}: {title}");
            }
        }
        let said = diagram.sentences();
        for sentence in &said {
            assert!(
                picture.words.contains(sentence.as_str()),
                "{name}: {sentence}"
            );
        }
        arrows += said.len();
        assert_eq!(dot.matches(" -> ").count(), said.len(), "{name}");
        assert_eq!(
            mermaid
                .lines()
                .filter(|it| it.contains("> ") || it.contains("--x|"))
                .count(),
            said.len(),
            "{name}"
        );
        // A point for each box that something leads to.
        let ends = |line: &Vec<[usize; 2]>| line.len() == 4;
        let led: BTreeSet<_> = picture
            .lines
            .iter()
            .filter(|line| ends(line))
            .map(|line| line[3][1])
            .collect();
        assert!(picture.points >= led.len(), "{name}");
    }
    assert!(arrows > 50, "{arrows}");
}

fn compiled(text: &str) -> Pathway {
    let sources = BTreeMap::from([("main.pathway", text)]);
    let compiled = milepost::compile(&sources, "main.pathway");
    compiled.plan().expect("a programme").clone()
}

const WAYS: &str = r#"
    pathway ways "Ways" { version "1" }
    evidence task "Task"
    competency a "A" { requires at least 1 task for this }
    competency b "B" { requires at least 1 task for this }
    competency c "C" { requires at least 1 task for this }
    competency d "D" { requires all of { competency a  competency b } }
    role r "R" {
      eligible when all of {
        competency d
        any of { competency a  role s }
        none of { competency c }
      }
      preferred { competency b }
      stage pool "Pool"
      stage post "Post" when competency c
    }
    role s "S" { eligible when all of { competency a  not_r: none of { held role r for at least 2 school years } } }
"#;

#[test]
fn arrows_say_how_one_leads_to_the_other() {
    let pathway = compiled(&WAYS.replace(
        "not_r: none of { held role r for at least 2 school years }",
        "competency b",
    ));
    let diagram = pathway.diagram().expect("a diagram");
    assert_eq!(
        diagram.sentences(),
        [
            "A leads to D.",
            "B leads to D.",
            "A leads to S.",
            "B leads to S.",
            "D leads to R.",
            "A is one of several ways to R.",
            "S is one of several ways to R.",
            "B is preferred for R.",
            "C excludes R.",
            "R leads to Pool.",
            "C leads to Post.",
            "Pool leads to Post.",
        ]
    );
    check("ways", &pathway);
}

#[test]
fn what_leads_to_itself_is_drawn_all_the_same() {
    let text = WAYS.replace(
        "{ version \"1\" }",
        "{ version \"1\" school year starts 07-01 }",
    );
    let pathway = compiled(&text);
    let diagram = pathway.diagram().expect("a diagram");
    let said = diagram.sentences();
    assert!(said.contains(&"R excludes S.".to_owned()), "{said:?}");
    assert!(
        said.contains(&"S is one of several ways to R.".to_owned()),
        "{said:?}"
    );
    check("circle", &pathway);
}

#[test]
fn no_text_is_taken_for_markup() {
    let text = r#"
        pathway p "</title><script>" { version "1" }
        evidence task "Task"
        competency c "a\"b\\ <b>&amp; `x` #35; | ]" { requires at least 1 task for this  awards "</text>" }
        role r "}; evil [label=x" { eligible when competency c }
    "#;
    let pathway = compiled(text);
    let diagram = pathway.diagram().expect("a diagram");
    let picture = check("hostile", &pathway);
    assert!(
        picture
            .words
            .contains("</title><script>: what leads to what"),
        "{}",
        picture.words
    );
    let drawn: Vec<_> = picture.texts.iter().map(|it| it.0.as_str()).collect();
    assert!(
        drawn.join(" ").contains("a\"b\\ <b>&amp; `x` #35; | ]"),
        "{drawn:?}"
    );
    let dot = diagram.dot();
    assert!(
        dot.contains(
            r##"[label="a\"b\\ <b>&amp; `x` #35; | ]\nCompetency, earns </text>" style=rounded]"##
        ),
        "{dot}"
    );
    let mermaid = diagram.mermaid();
    assert!(
        mermaid.contains("(\"a#34;b#92; #60;b#62;#38;amp#59; #96;x#96; #35;35#59; #124; #93;<br>Competency, earns #60;/text#62;\")"),
        "{mermaid}"
    );
}

#[test]
fn the_largest_diagram_is_drawn_and_a_larger_one_refused() {
    let programme = |count: usize| {
        let mut text = "pathway p \"P\" { version \"1\" }\nevidence task \"Task\"\n".to_owned();
        text.push_str("competency c1 \"C 1\" { requires at least 1 task for this }\n");
        for number in 2..=count {
            let before = number - 1;
            text.push_str(&format!("competency c{number} \"{} {number}\" {{ requires all of {{ competency c{before}  competency c1 }} }}\n", "w".repeat(150)));
        }
        compiled(&text)
    };
    check("largest", &programme(500));
    let refused = programme(501).diagram().expect_err("it is too much");
    assert_eq!(
        refused.to_string(),
        "a diagram holds at most 500 roles, stages and competencies, and there are 501"
    );
    let page = programme(501).handbook().html();
    assert!(!page.contains("<svg"));
}
