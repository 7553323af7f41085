//! Metrics against an independent reference, against values known by hand, and against their own laws.

mod real_data;

use std::collections::BTreeMap;

use fusebox::data::UserItems;
use fusebox::eval::{Evaluator, Group, Lists, Metric, MetricTable, Popularity, Scope, read_lists};
use proptest::prelude::*;
use serde::Deserialize;

/// Rows of user, item and rating, in any order.
fn user_items(users: usize, rows: &[(u32, u32, f32)]) -> UserItems {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|&(user, item, _)| (user, item));
    let start = (0..=users as u32).map(|user| rows.partition_point(|&(of, ..)| of < user) as u32).collect();
    UserItems {
        start,
        item: rows.iter().map(|&(_, item, _)| item).collect(),
        rating: rows.iter().map(|&(.., rating)| rating).collect(),
    }
}

fn lists(of_users: &[&[u32]]) -> Lists {
    let mut lists = Lists::default();
    for list in of_users {
        lists.push(list.iter().map(|&item| (item, 0.0)));
    }
    lists
}

#[derive(Deserialize)]
struct Case {
    users: Vec<String>,
    items: Vec<String>,
    train: Vec<(String, String, f32)>,
    target: Vec<(String, String, f32)>,
    lists: String,
    expected: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    threshold: f32,
    metrics: MetricTable,
}

impl Case {
    fn read() -> Self {
        serde_json::from_str(include_str!("golden/metrics.json")).unwrap()
    }

    fn part(&self, rows: &[(String, String, f32)]) -> UserItems {
        let index = |ids: &[String], id: &String| ids.iter().position(|other| other == id).unwrap() as u32;
        let rows: Vec<_> = rows
            .iter()
            .map(|(user, item, rating)| (index(&self.users, user), index(&self.items, item), *rating))
            .collect();
        user_items(self.users.len(), &rows)
    }
}

#[test]
fn agrees_with_the_independent_reference() {
    let case = Case::read();
    let (train, target) = (case.part(&case.train), case.part(&case.target));
    let foreign = read_lists(case.lists.as_bytes(), &case.users, &case.items).unwrap();
    assert_eq!(foreign.unknown_items.len(), 2);
    let stranger_lines = case.lists.lines().filter(|line| !line.starts_with('u')).count();
    assert_eq!(foreign.unknown_user_lines, stranger_lines);
    for expected in &case.expected {
        let evaluator = Evaluator::new(&train, case.items.len(), &target, expected.threshold);
        let cutoffs: Vec<u32> = expected.metrics["recall"].keys().copied().collect();
        let found = evaluator.evaluate(&foreign.lists, &cutoffs);
        assert_eq!(found.keys().collect::<Vec<_>>(), expected.metrics.keys().collect::<Vec<_>>());
        for (name, by_cutoff) in &expected.metrics {
            for (cutoff, &value) in by_cutoff {
                let (found, place) =
                    (found[name][cutoff], format!("{name}@{cutoff} at {}", expected.threshold));
                match (found, value) {
                    (Some(found), Some(value)) => {
                        assert!((found - value).abs() < 1e-9, "{place}: {found} {value}")
                    }
                    _ => assert_eq!(found, value, "{place}"),
                }
            }
        }
    }
}

#[test]
fn means_are_means_of_the_users_values() {
    let case = Case::read();
    let evaluator = Evaluator::new(&case.part(&case.train), case.items.len(), &case.part(&case.target), 3.5);
    let lists = read_lists(case.lists.as_bytes(), &case.users, &case.items).unwrap().lists;
    let table = evaluator.evaluate(&lists, &[5]);
    for metric in Metric::ALL {
        let Some(values) = evaluator.per_user(&lists, metric, 5) else {
            assert_eq!(metric.description().scope, Scope::System, "{}", metric.name());
            continue;
        };
        assert!(values.is_sorted_by_key(|&(user, _)| user));
        let mean = values.iter().map(|(_, value)| value).sum::<f64>() / values.len() as f64;
        assert_eq!(table[metric.name()][&5], Some(mean), "{}", metric.name());
        if metric.description().scope == Scope::AllUsers {
            assert!(evaluator.judged_users(&lists).eq(values.iter().map(|&(user, _)| user)));
        }
    }
}

/// Reference, section 11 (a): three items, each in somebody's train.
#[test]
fn gini_is_one_for_even_and_zero_for_single_exposure() {
    let train = user_items(3, &[(0, 0, 1.0), (1, 1, 1.0), (2, 2, 1.0)]);
    let target = user_items(3, &[(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0)]);
    let evaluator = Evaluator::new(&train, 3, &target, 0.0);
    let gini = |of_users: &[&[u32]]| evaluator.evaluate(&lists(of_users), &[1])["gini"][&1];
    assert_eq!(gini(&[&[1], &[2], &[0]]), Some(1.0));
    assert_eq!(gini(&[&[1], &[1], &[1]]), Some(0.0));
    assert_eq!(gini(&[&[], &[], &[]]), None);
}

/// Reference, section 11 (c): with hits on the least popular item alone, EFD is its surprise, the upper
/// bound; an item nobody has counts as much.
#[test]
fn efd_is_at_most_the_surprise_of_the_least_popular_item() {
    let train = user_items(3, &[(0, 0, 1.0), (1, 0, 1.0), (2, 0, 1.0), (2, 1, 1.0)]);
    let target = user_items(3, &[(0, 1, 1.0), (1, 2, 1.0)]);
    let evaluator = Evaluator::new(&train, 3, &target, 0.0);
    let table = evaluator.evaluate(&lists(&[&[1, 2], &[2], &[]]), &[1]);
    assert_eq!(table["efd"][&1], Some(2.0));
    // One of three train users has item 1, nobody has item 2.
    assert!((table["epc"][&1].unwrap() - (2.0 / 3.0 + 1.0) / 2.0).abs() < 1e-12);
}

/// Reference, section 11 (h): of ten interactions, items 3 and 1 together reach eight, so item 1 is in;
/// of equally popular items the smaller index comes first.
#[test]
fn short_head_includes_the_item_that_crosses() {
    let mut rows: Vec<_> = (0..6).map(|user| (user, 3, 1.0)).collect();
    rows.extend([(6, 1, 1.0), (7, 1, 1.0), (6, 2, 1.0), (7, 2, 1.0)]);
    let popularity = Popularity::new(&user_items(8, &rows), 5);
    let groups: Vec<_> = (0..6).map(|item| popularity.group(item)).collect();
    let (head, tail) = (Some(Group::ShortHead), Some(Group::LongTail));
    assert_eq!(groups, [None, head, tail, head, None, None]);
    assert_eq!(popularity.catalogue(), 3);
    // One interaction more, and eight no longer suffice.
    rows.push((0, 4, 1.0));
    assert_eq!(Popularity::new(&user_items(8, &rows), 5).group(2), head);
}

/// One user with stars 1 and 5, whose list has the worse one first and a miss between.
#[test]
fn values_by_hand() {
    let train = user_items(2, &[(0, 0, 1.0), (1, 1, 1.0), (1, 2, 1.0), (1, 3, 1.0)]);
    let target = user_items(2, &[(0, 1, 1.0), (0, 3, 5.0)]);
    let evaluator = Evaluator::new(&train, 4, &target, 0.0);
    let table = evaluator.evaluate(&lists(&[&[1, 2, 3], &[0]]), &[4]);
    let (third, log3) = (0.5, 3.0_f64.log2());
    let expected = [
        ("recall", 1.0),
        ("precision", 0.5),
        ("hit-rate", 1.0),
        ("mrr", 1.0),
        ("map", (1.0 + 2.0 / 3.0) / 2.0),
        ("map-elliot", (1.0 + 0.5 + 2.0 / 3.0 + 0.5) / 4.0),
        ("f1", 2.0 / 3.0),
        // Gains 2^2 − 1 = 3 and 2^6 − 1 = 63.
        ("ndcg", (3.0 + 63.0 * third) / (63.0 + 3.0 / log3)),
        ("ndcg-binary", (1.0 + third) / (1.0 + 1.0 / log3)),
        ("efd", 2.0 * (1.0 + third) / (1.0 + 1.0 / log3 + third)),
        ("shannon-entropy", log3),
        ("item-coverage", 3.0),
        ("item-coverage-ratio", 0.75),
        ("arp", 1.0),
    ];
    for (name, value) in expected {
        let found = table[name][&4].unwrap();
        assert!((found - value).abs() < 1e-12, "{name}: {found}, not {value}");
    }
}

#[test]
fn undefined_is_not_a_number_is_not_shown() {
    // One train item only: no second place in the catalogue, no long tail.
    let train = user_items(2, &[(0, 0, 1.0)]);
    let target = user_items(2, &[(1, 0, 1.0)]);
    let table = Evaluator::new(&train, 1, &target, 0.0).evaluate(&lists(&[&[], &[0]]), &[1]);
    for name in ["gini", "pop-reo", "pop-rsp"] {
        assert_eq!(table[name][&1], None, "{name}");
    }
    assert_eq!(table["recall"][&1], Some(1.0));
    // Nothing at all.
    let nothing = UserItems::default();
    let table = Evaluator::new(&nothing, 0, &nothing, 0.0).evaluate(&Lists::default(), &[1, 20]);
    assert!(table.values().flat_map(BTreeMap::values).all(Option::is_none));
    // A rating whose gain is beyond all numbers.
    let huge = user_items(2, &[(1, 0, f32::MAX)]);
    let table = Evaluator::new(&train, 1, &huge, 0.0).evaluate(&lists(&[&[], &[0]]), &[1]);
    assert_eq!(table["ndcg"][&1], None);
    assert_eq!(table["ndcg-binary"][&1], Some(1.0));
}

#[test]
fn every_metric_is_explained() {
    let text = include_str!("../docs/metrics.md");
    for metric in Metric::ALL {
        let row = format!("| `{}` |", metric.name());
        assert!(text.contains(&row), "docs/metrics.md has no row for {}", metric.name());
    }
}

/// The paper's Office data: 2,414 items have a train interaction (reference, trap 12).
#[test]
fn office_catalogue() {
    let Some(folder) = real_data::folder("amazon-office") else { return };
    let text = std::fs::read_to_string(folder.join("train.txt")).unwrap();
    let rows: Vec<_> = text
        .lines()
        .map(|line| {
            let columns: Vec<f32> = line.split('\t').map(|column| column.parse().unwrap()).collect();
            (columns[0] as u32, columns[1] as u32, columns[2])
        })
        .collect();
    let popularity = Popularity::new(&user_items(4905, &rows), 2420);
    assert_eq!(popularity.catalogue(), 2414);
    let head: u32 = (0..2420)
        .filter(|&item| popularity.group(item) == Some(Group::ShortHead))
        .map(|item| popularity.count(item))
        .sum();
    let share = f64::from(head) / rows.len() as f64;
    assert!((0.8..0.801).contains(&share), "{share}");
}

const USERS: usize = 8;
const ITEMS: u32 = 12;

/// Train, target and lists of few users over few items; all items may occur anywhere, but lists avoid
/// items without a train interaction, as the default protocol does.
fn problem() -> impl Strategy<Value = (UserItems, UserItems, Lists)> {
    let pairs = || {
        prop::collection::btree_map(
            (0..USERS as u32, 0..ITEMS),
            prop::sample::select(vec![1.0, 2.5, 4.0, 5.0]),
            0..40,
        )
    };
    let orders = prop::collection::vec(
        (Just((0..ITEMS).collect::<Vec<_>>()).prop_shuffle(), 0..=ITEMS as usize),
        USERS,
    );
    (pairs(), pairs(), orders).prop_map(|(train, target, orders)| {
        let rows = |pairs: BTreeMap<(u32, u32), f32>| {
            let rows: Vec<_> = pairs.into_iter().map(|((user, item), rating)| (user, item, rating)).collect();
            user_items(USERS, &rows)
        };
        let (train, target) = (rows(train), rows(target));
        let mut lists = Lists::default();
        for (order, length) in orders {
            let known = order.into_iter().filter(|item| train.item.contains(item));
            lists.push(known.take(length).map(|item| (item, 0.0)));
        }
        (train, target, lists)
    })
}

fn permuted(part: &UserItems, order: &[usize]) -> UserItems {
    let rows: Vec<_> = (0..)
        .zip(order)
        .flat_map(|(new, &old)| {
            part.items(old).iter().zip(part.ratings(old)).map(move |(&item, &rating)| (new, item, rating))
        })
        .collect();
    user_items(order.len(), &rows)
}

proptest! {
    #[test]
    fn metrics_are_within_their_bounds((train, target, lists) in problem(), threshold in 0.0_f32..6.0) {
        let evaluator = Evaluator::new(&train, ITEMS as usize, &target, threshold);
        let popularity = evaluator.popularity();
        let catalogue = popularity.catalogue() as f64;
        let most_bits = (0..ITEMS).map(|item| popularity.information(item)).fold(0.0, f64::max);
        for (name, by_cutoff) in evaluator.evaluate(&lists, &[1, 3, 20]) {
            for (cutoff, value) in by_cutoff {
                let most = match Metric::from_name(&name).unwrap() {
                    Metric::Efd => most_bits,
                    Metric::ShannonEntropy => f64::INFINITY,
                    Metric::ItemCoverage => catalogue,
                    Metric::Aclt => f64::from(cutoff),
                    Metric::Arp => USERS as f64,
                    _ => 1.0,
                };
                if let Some(value) = value {
                    prop_assert!((-1e-12..=most + 1e-12).contains(&value), "{name}@{cutoff} = {value}");
                }
            }
        }
    }

    #[test]
    fn recall_grows_with_the_cutoff((train, target, lists) in problem()) {
        let table = Evaluator::new(&train, ITEMS as usize, &target, 0.0).evaluate(&lists, &[1, 2, 3, 5, 8, 13]);
        for name in ["recall", "hit-rate", "mrr", "item-coverage", "item-coverage-ratio"] {
            prop_assert!(table[name].values().is_sorted(), "{name}");
        }
    }

    /// Reference, section 11 (b).
    #[test]
    fn graded_is_binary_for_equal_ratings((train, mut target, lists) in problem(), rating in 0_u8..=10) {
        target.rating.fill(f32::from(rating) / 2.0);
        let table = Evaluator::new(&train, ITEMS as usize, &target, 0.0).evaluate(&lists, &[1, 3, 20]);
        for (graded, binary) in table["ndcg"].values().zip(table["ndcg-binary"].values()) {
            let difference = graded.unwrap_or(-1.0) - binary.unwrap_or(-1.0);
            prop_assert!(difference.abs() < 1e-12);
        }
    }

    #[test]
    fn the_order_of_users_does_not_matter(
        (train, target, lists) in problem(),
        order in Just((0..USERS).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let mut permuted_lists = Lists::default();
        for &user in &order {
            permuted_lists.push(lists.items(user).iter().map(|&item| (item, 0.0)));
        }
        let before = Evaluator::new(&train, ITEMS as usize, &target, 2.0).evaluate(&lists, &[3, 20]);
        let after = Evaluator::new(&permuted(&train, &order), ITEMS as usize, &permuted(&target, &order), 2.0)
            .evaluate(&permuted_lists, &[3, 20]);
        for (name, by_cutoff) in before {
            for (cutoff, value) in by_cutoff {
                let other = after[&name][&cutoff];
                prop_assert_eq!(value.is_some(), other.is_some());
                prop_assert!((value.unwrap_or(0.0) - other.unwrap_or(0.0)).abs() < 1e-12, "{}@{}", name, cutoff);
            }
        }
    }

    #[test]
    fn users_without_target_change_nothing((train, target, lists) in problem()) {
        // The same lists and one more user, who has a list and no target.
        let mut longer = lists.clone();
        longer.push((0..ITEMS).map(|item| (item, 0.0)));
        let mut wider = target.clone();
        wider.start.push(*wider.start.last().unwrap());
        let evaluate = |target: &UserItems, lists: &Lists| {
            Evaluator::new(&train, ITEMS as usize, target, 0.0).evaluate(lists, &[5])
        };
        prop_assert_eq!(evaluate(&target, &lists), evaluate(&wider, &longer));
    }
}
