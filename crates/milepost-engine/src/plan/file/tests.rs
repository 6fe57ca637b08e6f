//! Plans as files, one byte at a time: what is written is read again, and nothing else is read.

use super::*;
use crate::plan::{Form, NodeId, Programme, Test};

fn small() -> Plan {
    let condition = Node {
        address: "lead".to_owned(),
        title: Some("Titel mit ä".to_owned()),
        cites: vec!["Agreement, art. 1".to_owned()],
        advice: None,
        owner: None,
        stage: None,
        form: Form::Condition(Test::Literal(true)),
        waivable: Vec::new(),
        formerly: Vec::new(),
    };
    Plan::new(Parts {
        programme: Programme {
            name: "small".to_owned(),
            title: None,
            doc: None,
            publisher: None,
            version: Some("2026.1".to_owned()),
            effective: None,
            candidate: None,
            school_year: None,
            definition: [7; 32],
            transitions: Vec::new(),
        },
        scales: Vec::new(),
        rubrics: Vec::new(),
        facts: Vec::new(),
        kinds: Vec::new(),
        competencies: Vec::new(),
        roles: vec![crate::plan::Role {
            entry: crate::plan::Entry {
                name: "lead".to_owned(),
                title: None,
            },
            doc: None,
            about: None,
            incentives: Vec::new(),
            eligible: NodeId(0),
            preferred: Vec::new(),
            stays: false,
            formerly: Vec::new(),
        }],
        nodes: vec![condition],
        measures: Vec::new(),
        stages: Vec::new(),
    })
    .unwrap()
}

/// A whole plan around a content.
fn around(content: &[u8]) -> Vec<u8> {
    let mut out = Writer::default();
    out.raw(b"milepost plan 2\n");
    out.count(content.len());
    out.raw(content);
    let mut bytes = out.bytes();
    let hash = Sha256::digest(&bytes);
    bytes.extend_from_slice(&hash);
    bytes
}

/// What stands between the first line and the hash.
fn inside(bytes: &[u8]) -> Vec<u8> {
    let from = content(bytes).unwrap();
    bytes[from.at()..bytes.len() - HASH].to_vec()
}

#[test]
fn a_plan_is_read_as_it_was_written() {
    let plan = small();
    let bytes = plan.to_bytes();
    assert!(bytes.starts_with(b"milepost plan 2\n"));
    assert_eq!(Plan::from_bytes(&bytes), Ok(plan));
    assert_eq!(
        PlanHeader::read(&bytes),
        Ok(PlanHeader {
            format: FORMAT,
            name: "small".to_owned(),
            version: Some("2026.1".to_owned()),
            definition: [7; 32],
        })
    );
}

#[test]
fn every_bit_that_flips_and_every_end_that_is_missing_is_seen() {
    let bytes = small().to_bytes();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut other = bytes.clone();
            other[at] ^= 1 << bit;
            assert!(Plan::from_bytes(&other).is_err(), "bit {bit} of byte {at}");
            assert!(PlanHeader::read(&other).is_err(), "bit {bit} of byte {at}");
        }
        let cut = Plan::from_bytes(&bytes[..at]);
        let expected = if at == 0 {
            PlanFileError::NotAPlan
        } else {
            PlanFileError::Truncated
        };
        assert_eq!(cut, Err(expected), "{at} bytes");
    }
    let longer = [bytes.as_slice(), b"\n"].concat();
    assert_eq!(Plan::from_bytes(&longer), Err(PlanFileError::TooLong));
}

#[test]
fn what_is_something_else_is_told_apart() {
    for text in [
        "pathway p {}",
        "// a comment",
        "\u{feff}\n  use \"x\"",
        "evidence e",
    ] {
        assert_eq!(
            Plan::from_bytes(text.as_bytes()),
            Err(PlanFileError::Text),
            "{text}"
        );
    }
    for other in [
        &b"{\"id\":1}"[..],
        b"\x7fELF",
        b"milepost plans",
        b"milepost plan x\n",
        b"milepost plan 01\n",
        b"milepost plan 0\n",
        b"milepost plan 1 \n",
        b"milepost plan 1234567\n",
    ] {
        assert_eq!(
            Plan::from_bytes(other),
            Err(PlanFileError::NotAPlan),
            "{other:?}"
        );
    }
    assert_eq!(
        Plan::from_bytes(b"milepost plan 3\nanything"),
        Err(PlanFileError::Later(3))
    );
    let large = [MAGIC, b"2\n", &vec![0; LARGEST]].concat();
    assert_eq!(
        Plan::from_bytes(&large),
        Err(PlanFileError::TooLarge(large.len()))
    );
}

#[test]
fn no_byte_of_the_content_has_two_forms() {
    let content = inside(&small().to_bytes());
    let mut loaded = 0;
    let mut see = |content: Vec<u8>| {
        let bytes = around(&content);
        if let Ok(plan) = Plan::from_bytes(&bytes) {
            assert_eq!(plan.to_bytes(), bytes);
            loaded += 1;
        }
    };
    for at in 0..content.len() {
        see(content[..at].to_vec());
        for byte in 0..=u8::MAX {
            let mut other = content.clone();
            other[at] = byte;
            see(other);
            let mut longer = content.clone();
            longer.insert(at, byte);
            see(longer);
        }
    }
    assert!(loaded > 256, "texts may say anything: {loaded}");
}

fn read<T: Layout>(bytes: &[u8]) -> Result<T, PlanFileError> {
    let mut from = Reader::new(bytes);
    let value = T::read(&mut from);
    from.finish()?;
    Ok(value)
}

fn refused<T: Layout + std::fmt::Debug>(bytes: &[u8]) -> (usize, &'static str) {
    match read::<T>(bytes) {
        Err(PlanFileError::Impossible { at, what }) => (at, what),
        other => panic!("{bytes:?} gives {other:?}"),
    }
}

fn written<T: Layout>(value: &T) -> Vec<u8> {
    let mut out = Writer::default();
    value.write(&mut out);
    out.bytes()
}

#[test]
fn numbers_are_as_short_as_can_be() {
    for (number, bytes) in [
        (0, &[0][..]),
        (127, &[127]),
        (128, &[0x80, 1]),
        (u32::MAX, &[255, 255, 255, 255, 15]),
    ] {
        assert_eq!(written(&number), bytes);
        assert_eq!(read::<u32>(bytes), Ok(number));
    }
    for (number, byte) in [(0, 0), (-1, 1), (1, 2), (-2, 3)] {
        assert_eq!(written::<i32>(&number), [byte]);
        assert_eq!(read::<i32>(&[byte]), Ok(number));
    }
    for extreme in [i32::MIN, i32::MAX] {
        assert_eq!(read(&written(&extreme)), Ok(extreme));
    }
    assert_eq!(
        refused::<u32>(&[0x80, 0]).1,
        "a number is written in more bytes than it needs"
    );
    assert_eq!(
        refused::<u32>(&[255, 255, 255, 255, 16]).1,
        "a number is too large"
    );
    assert_eq!(refused::<u32>(&[255; 12]).1, "a number is too large");
    assert_eq!(refused::<u32>(&[0x80]), (1, "more follows than there is"));
    let lowest = [[255; 9].as_slice(), &[1]].concat();
    assert_eq!(
        refused::<crate::Decimal>(&lowest).1,
        "a number is too large"
    );
}

#[test]
fn what_is_claimed_and_is_not_there_takes_no_memory() {
    assert_eq!(
        refused::<Vec<NodeId>>(&[255, 255, 255, 255, 255, 255, 127]).1,
        "more follows than there is"
    );
    assert_eq!(
        refused::<Vec<String>>(&[2, 1, b'x']),
        (3, "more follows than there is")
    );
    assert_eq!(
        refused::<String>(&[5, b'x']).1,
        "more follows than there is"
    );
    assert_eq!(refused::<String>(&[1, 0xff]).1, "a text is not UTF-8");
    assert_eq!(refused::<Option<bool>>(&[2]).1, "neither yes nor no");
    assert_eq!(
        refused::<crate::MonthDay>(&[2, 30]).1,
        "there is no such day"
    );
    assert_eq!(
        refused::<crate::Date>(&[255, 255, 255, 255, 15]).1,
        "there is no such day"
    );
    assert_eq!(
        refused::<Test>(&[200]).1,
        "there is no such alternative: Test"
    );
}

#[test]
fn what_nests_without_end_is_not_followed() {
    // not not not …, and lists of lists
    for nest in [&[3][..], &[1, 1], &[2, 1], &[9, 1]] {
        assert_eq!(
            refused::<Test>(&nest.repeat(1_000_000)).1,
            "something is nested too deeply"
        );
    }
    assert_eq!(
        refused::<crate::plan::Number>(&[3; 1_000_000]).1,
        "something is nested too deeply"
    );
    assert_eq!(
        refused::<crate::plan::Type>(&[8; 1_000_000]).1,
        "something is nested too deeply"
    );
    assert_eq!(
        refused::<crate::plan::Constant>(&[6, 1].repeat(1_000_000)).1,
        "something is nested too deeply"
    );
}
