//! Networks of the largest usual size, with what is expected worked out by hand; what small ones come to the oracle knows.

use super::network::Network;
use crate::order::Placed;

const RECORDS: u32 = 400;
const LEAVES: u32 = 60;

/// Requirements that each ask for so many, `serves` saying which records may serve which.
fn network(asked: u64, serves: impl Fn(u32, u32) -> Option<i64>) -> Network {
    let mut network = Network::new(RECORDS as usize);
    for leaf in 0..LEAVES {
        let of = |record| Some((serves(leaf, record)?, record));
        let mut serving: Vec<Placed> = (0..RECORDS).filter_map(of).collect();
        serving.sort_unstable();
        network.add(asked, &serving);
    }
    network
}

fn given(network: &Network) -> usize {
    network.leaves.iter().map(|leaf| leaf.given).sum()
}

#[test]
fn everything_may_serve_everything_and_is_one_step_short() {
    let mut network = network(7, |_, record| Some(record.into()));
    network.serve();
    assert_eq!(given(&network), 400);
    let block = network.blocking().unwrap();
    // 57 of them ask for 399, 58 for 406: of 60, the last two are left out.
    assert_eq!(block.leaves, (0..58).collect::<Vec<_>>());
    assert_eq!(block.records.len(), 400);
    network.settle();
    assert_eq!(network.given(0), (0..7).collect::<Vec<_>>());
    assert_eq!(network.given(57), [399]);
    assert_eq!(network.given(59), [0; 0]);
}

#[test]
fn everything_may_serve_everything_and_is_enough() {
    let mut network = network(6, |_, record| Some(record.into()));
    network.serve();
    assert!(network.is_served());
    assert_eq!(network.blocking(), None);
    network.settle();
    assert_eq!(network.given(59), (354..360).collect::<Vec<_>>());
}

#[test]
fn each_has_to_move_on_from_what_the_next_one_needs() {
    // A requirement may have the records of its own place and of the one after; the last one only its own.
    let serves = |leaf, record: u32| {
        let at = record % LEAVES;
        (record < LEAVES && (at == leaf || at == leaf + 1)).then_some(i64::from(record))
    };
    let mut network = network(1, |leaf, record| serves(LEAVES - 1 - leaf, record));
    network.serve();
    assert!(network.is_served());
    network.settle();
    let all: Vec<usize> = (0..LEAVES as usize)
        .flat_map(|leaf| network.given(leaf))
        .collect();
    assert_eq!(all, (0..60).rev().collect::<Vec<_>>());
}

#[test]
fn values_that_many_share_are_contested_to_the_last() {
    // Ten values among all: of each a requirement may have one, and each asks for eight.
    let mut network = network(8, |_, record| Some(i64::from(record % 10)));
    network.serve();
    assert_eq!(given(&network), 400);
    assert!(!network.is_served());
    let block = network.blocking().unwrap();
    assert_eq!(block.leaves.len(), 51);
    assert_eq!(block.records.len() + block.groups.len(), 400);
    network.settle();
    assert_eq!(given(&network), 400);
    assert_eq!(network.given(0), (0..8).collect::<Vec<_>>());
}
