//! Slices and rows of runs on lists that are judged by hand.

use std::collections::BTreeMap;
use std::rc::Rc;

use burn::tensor::Device;
use ndarray::Array2;

use super::*;
use crate::data::{Dataset, Features, Interaction, Part, Precision, Problem, Provenance, read_bundle};
use crate::eval::{Evaluator, Lists, Metric};
use crate::schema::{Candidates, Protocol, RunSpec, Split};
use crate::train::{Backend, BackendKind, Event, Host, TrainingRun};

const TRAIN: [&[u32]; 4] = [&[0, 1, 2], &[0, 3], &[0, 4], &[0, 1]];
const TEST: [&[u32]; 4] = [&[3, 4], &[1, 5], &[3], &[4, 5]];

/// Four users and six items. Item 0 is in train four times, 1 twice, 2, 3 and 4 once: the first four are the short head, having
/// eight of nine. Item 5 is cold. Items 0, 1 and 3 have pictures.
fn dataset() -> Dataset {
    let mut interactions = Vec::new();
    for user in 0..4 {
        let of_part = |part, items: &'static [u32]| {
            items.iter().map(move |&item| Interaction {
                user: user as u32,
                item,
                rating: 1.0,
                timestamp: i64::from(item) + 1,
                part,
            })
        };
        let validation: &[u32] = if user == 0 { &[5] } else { &[] };
        let mut taken: Vec<Interaction> = of_part(Part::Train, TRAIN[user])
            .chain(of_part(Part::Validation, validation))
            .chain(of_part(Part::Test, TEST[user]))
            .collect();
        taken.sort_by_key(|each| each.item);
        interactions.extend(taken);
    }
    let visual = Features {
        values: Array2::zeros((6, 1)),
        present: vec![true, true, false, true, false, false],
        precision: Precision::F32,
        origin: "made up".into(),
    };
    Dataset {
        name: "by-hand".into(),
        provenance: Provenance::default(),
        users: (0..4).map(|user| user.to_string()).collect(),
        items: (0..6).map(|item| item.to_string()).collect(),
        interactions,
        modalities: BTreeMap::from([("visual".into(), visual)]),
        texts: Vec::new(),
        thumbnails: None,
        sounds: None,
    }
}

fn lists(of_users: [[u32; 2]; 4]) -> Lists {
    let mut lists = Lists::default();
    for list in of_users {
        lists.push(list.map(|item| (item, 0.0)));
    }
    lists
}

/// Three hits: the popular item 3, the cold 5, the rare 4.
fn some() -> Lists {
    lists([[3, 5], [5, 2], [1, 2], [4, 2]])
}

fn conditions(seed: u32, split: Split) -> Conditions {
    let mut spec = RunSpec::of("bpr-mf");
    spec.seed = seed;
    spec.protocol = Protocol { split, cutoffs: vec![1, 2], ..Protocol::default() };
    (&spec).into()
}

fn row(label: &str, runs: &[usize]) -> RowOfRuns {
    RowOfRuns { label: label.into(), runs: runs.into() }
}

fn one_run() -> Runs {
    let mut runs = Runs::on(dataset());
    assert_eq!(runs.add(conditions(1, Split::Bundle), some()), Ok(0));
    runs
}

/// The one run's value at 2.
fn value(runs: &Runs, slice: &str, metric: Metric) -> Option<f64> {
    let values = runs.values(&[row("a", &[0])], slice, &[1, 2]).unwrap();
    values[0].test.get(metric.name())?[&2].map(|summary| summary.mean)
}

#[test]
fn slices_are_those_counted_by_hand() {
    let slices = one_run().slices(0).unwrap();
    let counted: Vec<_> = slices
        .iter()
        .map(|slice| (slice.name.as_str(), slice.users, slice.interactions, slice.train_interactions))
        .collect();
    assert_eq!(
        counted,
        [
            ("everything", 4, 7, [2, 3]),
            ("light-users", 3, 5, [2, 2]),
            ("heavy-users", 1, 2, [3, 3]),
            ("popular-items", 3, 3, [2, 3]),
            ("long-tail-items", 2, 2, [2, 3]),
            ("cold-items", 2, 2, [2, 2]),
            ("with-visual", 3, 3, [2, 3]),
            ("without-visual", 3, 4, [2, 3]),
        ]
    );
}

#[test]
fn values_on_slices_are_those_counted_by_hand() {
    let runs = one_run();
    let close = |slice, metric, expected: f64| {
        let found = value(&runs, slice, metric).unwrap();
        assert!((found - expected).abs() < 1e-12, "{slice}, {}: {found}", metric.name());
    };
    // Halves of what three of four users took.
    close("everything", Metric::Recall, 1.5 / 4.0);
    close("light-users", Metric::Recall, 1.0 / 3.0);
    close("heavy-users", Metric::Recall, 0.5);
    // Users 0, 1 and 2 took a popular item, the first of whom is shown it.
    close("popular-items", Metric::Recall, 1.0 / 3.0);
    close("long-tail-items", Metric::Recall, 0.5);
    close("cold-items", Metric::Recall, 0.5);
    close("with-visual", Metric::Recall, 1.0 / 3.0);
    // User 0 misses item 4, user 1 finds item 5, user 3 one of two.
    close("without-visual", Metric::Recall, 0.5);
    // Of light users' lists alone; what items are held out changes nothing in what is shown.
    close("light-users", Metric::ItemCoverage, 4.0);
    assert_eq!(value(&runs, "popular-items", Metric::ItemCoverage), None);
    assert_eq!(value(&runs, "popular-items", Metric::Aplt), None);
}

/// What is additive adds up again: users' means by how many they are, and hits by the items that they are of.
#[test]
fn slices_make_up_the_whole() {
    let runs = one_run();
    let slices = runs.slices(0).unwrap();
    let sum = |names: &[&str], metric| -> f64 {
        let named = slices.iter().filter(|slice| names.contains(&slice.name.as_str()));
        named.map(|slice| slice.users as f64 * value(&runs, &slice.name, metric).unwrap()).sum()
    };
    let by_users = ["light-users", "heavy-users"];
    let by_popularity = ["popular-items", "long-tail-items", "cold-items"];
    let by_content = ["with-visual", "without-visual"];
    for metric in [Metric::Recall, Metric::NdcgBinary, Metric::Mrr, Metric::Efd, Metric::Aplt] {
        assert!((sum(&by_users, metric) - sum(&["everything"], metric)).abs() < 1e-12, "{}", metric.name());
    }
    for metric in [Metric::Precision, Metric::Efd, Metric::Epc] {
        for parts in [&by_popularity[..], &by_content] {
            assert!((sum(parts, metric) - sum(&["everything"], metric)).abs() < 1e-12, "{}", metric.name());
        }
    }
}

#[test]
fn values_of_everything_are_the_evaluators() {
    let problem = Problem::of_bundle(&dataset());
    let table = Evaluator::new(&problem.train, problem.items, &problem.test, 0.0).evaluate(&some(), &[1, 2]);
    let values = one_run().values(&[row("a", &[0])], "everything", &[1, 2]).unwrap();
    for (metric, by_cutoff) in table {
        for (cutoff, value) in by_cutoff {
            assert_eq!(
                values[0].test[metric.as_str()][&cutoff].map(|summary| summary.mean),
                value,
                "{metric}"
            );
        }
    }
}

/// From the lists of a run that was trained come the numbers that its receipt has, to the bit.
#[test]
fn values_of_everything_are_the_receipts() {
    let dataset = read_bundle(include_bytes!("../../../datasets-small/office-twin.fbx")).unwrap();
    let mut spec = RunSpec::of("bpr-mf");
    spec.training.epochs = 1;
    spec.protocol = Protocol {
        split: Split::Random,
        candidates: Candidates::All,
        mask_validation: true,
        cutoffs: vec![5, 20, 50],
    };
    let backend = Backend { kind: BackendKind::Cpu, name: String::new(), reason: String::new() };
    let host = Host { device: Device::flex(), backend, clock: || 0.0, peak_memory: || None };
    let data = Rc::new(dataset.clone());
    let mut run = TrainingRun::new(spec.clone().check().unwrap(), data, host).unwrap();
    let mut receipt = None;
    while receipt.is_none() {
        for event in pollster::block_on(run.advance(1000)).unwrap() {
            if let Event::Done { receipt: made } = event {
                receipt = Some(made);
            }
        }
    }
    let mut runs = Runs::on(dataset);
    runs.add((&spec).into(), pollster::block_on(run.lists()).unwrap()).unwrap();
    let values = runs.values(&[row("a", &[0])], "everything", &[5, 20, 50]).unwrap();
    for (metric, by_cutoff) in receipt.unwrap().metrics.test {
        for (cutoff, value) in by_cutoff {
            assert_eq!(
                values[0].test[metric.as_str()][&cutoff].map(|summary| summary.mean),
                value,
                "{metric}"
            );
        }
    }
}

#[test]
fn seeds_are_averaged_before_rows_are_compared() {
    let mut runs = one_run();
    runs.add(conditions(2, Split::Bundle), lists([[4, 3], [5, 1], [3, 1], [4, 5]])).unwrap();
    runs.add(conditions(2, Split::Bundle), some()).unwrap();
    let question = RunsQuestion {
        rows: vec![row("two seeds", &[0, 1]), row("one", &[2])],
        pairs: vec![[0, 1], [1, 0]],
        slices: vec!["everything".into(), "cold-items".into()],
        metrics: vec![Metric::Recall, Metric::Gini, Metric::PopReo],
        cutoff: 2,
    };
    let compared = runs.compare(&question).unwrap();
    let [whole, cold] = [0, 1].map(|slice| &compared.answers[slice]);
    assert_eq!((whole.users, cold.users), (4, 2));
    // Recall and Gini of everything, and recall of cold items, for two pairs; what has no value for one user and is not about
    // exposure alone is not tested.
    assert_eq!(compared.tests, 6);
    assert_eq!(whole.pairs[0].differences.keys().copied().collect::<Vec<_>>(), ["gini", "recall"]);
    assert_eq!(cold.pairs[0].differences.keys().copied().collect::<Vec<_>>(), ["recall"]);
    // One seed finds everything, the other 1.5 of 4; the mean of both less the latter.
    let recall = &whole.pairs[0].differences["recall"];
    assert!((recall.difference - (1.0 - 0.375) / 2.0).abs() < 1e-12, "{recall:?}");
    assert!((recall.difference + whole.pairs[1].differences["recall"].difference).abs() < 1e-12);
    // Seed 2 is in both rows.
    assert!((recall.seeds.unwrap().mean - 0.625).abs() < 1e-12 && recall.seeds.unwrap().deviation.is_none());
    let values = runs.values(&question.rows, "everything", &[2]).unwrap();
    let recall = values[0].test["recall"][&2].unwrap();
    assert!((recall.mean - (1.0 + 0.375) / 2.0).abs() < 1e-12 && recall.deviation.is_some());
    assert_eq!(values[1].test["recall"][&2].unwrap().deviation, None);
}

#[test]
fn what_cannot_be_compared_says_why() {
    let mut runs = one_run();
    let mut bad = |lists| runs.add(conditions(1, Split::Bundle), lists).unwrap_err().to_string();
    assert!(bad(Lists::default()).contains("0 users, and the data have 4"));
    assert!(bad(lists([[3, 5], [5, 2], [1, 2], [4, 6]])).contains("item 6, and the data have 6"));
    let broken = |start: [u32; 5]| Lists { start: start.into(), ..some() };
    assert!(bad(broken([0, 2, 4, 6, 7])).contains("at 7 of 8 items"));
    assert!(bad(broken([0, 9, 4, 6, 8])).contains("at 8 of 8 items"));

    runs.add(conditions(2, Split::Bundle), some()).unwrap();
    runs.add(conditions(1, Split::Temporal), some()).unwrap();
    let everywhere = Protocol { candidates: Candidates::All, cutoffs: vec![2], ..Protocol::default() };
    runs.add(Conditions { seed: 1, protocol: everywhere }, some()).unwrap();
    let error =
        |rows: &[RowOfRuns], slice, cutoff| runs.values(rows, slice, &[cutoff]).unwrap_err().to_string();
    let alone = [row("a", &[0])];
    assert!(error(&alone, "tail", 1).contains("\"tail\"") && error(&alone, "tail", 1).contains("cold-items"));
    assert!(
        error(&alone, "everything", 5).contains("lists of 5") && error(&alone, "", 0).contains("lists of 0")
    );
    assert!(error(&[], "everything", 1).contains("nothing"));
    assert!(error(&[row("a", &[9])], "everything", 1).contains("no run 9; 4 were given"));
    assert!(error(&[row("a", &[])], "everything", 1).contains("\"a\" has no run"));
    assert!(error(&[row("a", &[0, 0])], "everything", 1).contains("two runs with seed 1"));
    let two = |run| error(&[row("a", &[0]), row("b", &[run])], "everything", 1);
    assert!(two(2).contains("split \"temporal\" and \"bundle\""), "{}", two(2));
    assert!(two(3).contains("candidates \"all\" and \"train-items\""), "{}", two(3));

    let question = RunsQuestion {
        rows: alone.into(),
        pairs: vec![[0, 1]],
        slices: vec!["everything".into()],
        metrics: vec![],
        cutoff: 1,
    };
    assert!(runs.compare(&question).unwrap_err().to_string().contains("no row 1"));
}

#[test]
fn a_split_that_the_seed_draws_needs_equal_seeds() {
    let mut runs = Runs::on(dataset());
    for seed in [1, 2, 1] {
        runs.add(conditions(seed, Split::Random), some()).unwrap();
    }
    let values = |other| runs.values(&[row("a", &[0]), row("b", &[other])], "everything", &[1]);
    assert!(values(1).unwrap_err().to_string().contains("\"b\" has other seeds than \"a\""));
    assert_eq!(values(2).unwrap().len(), 2);
}
