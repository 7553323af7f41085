//! Comparisons of made-up lists whose differences are known.

use std::collections::BTreeMap;

use super::*;
use crate::bench::comparison::{COMPARED, Finding, RowOfRuns, Runs, RunsQuestion};
use crate::data::{Dataset, Interaction, Part, Provenance};
use crate::eval::Lists;
use crate::schema::{RunSpec, System};
use crate::train::DatasetName;

const USERS: u32 = 60;
const ITEMS: u32 = 40;

/// Every user took item 2u in train, 2u + 20 in validation and 2u + 1 in test, and 20 of them the next odd one too.
fn dataset() -> Dataset {
    let interaction = |user: u32, item: u32, part| Interaction {
        user,
        item: item % ITEMS,
        rating: 1.0,
        timestamp: 0,
        part,
    };
    let of_user = |user: u32| {
        let mut taken = vec![
            interaction(user, 2 * user, Part::Train),
            interaction(user, 2 * user + 20, Part::Validation),
            interaction(user, 2 * user + 1, Part::Test),
        ];
        taken.extend((user < 20).then(|| interaction(user, 2 * user + 3, Part::Test)));
        taken.sort_by_key(|each| each.item);
        taken
    };
    Dataset {
        name: "made-up".into(),
        provenance: Provenance::default(),
        users: (0..USERS).map(|user| user.to_string()).collect(),
        items: (0..ITEMS).map(|item| item.to_string()).collect(),
        interactions: (0..USERS).flat_map(of_user).collect(),
        modalities: BTreeMap::new(),
        texts: Vec::new(),
        thumbnails: None,
        sounds: None,
    }
}

/// Lists of four: the user's test item first for those of whom `finds` is true, and items that nobody looks for.
fn lists(finds: impl Fn(u32) -> bool) -> Lists {
    let mut lists = Lists::default();
    for user in 0..USERS {
        let found = if finds(user) { (2 * user + 1) % ITEMS } else { (2 * user + 2) % ITEMS };
        let others = [4, 6, 8].map(|next| (2 * user + next) % ITEMS);
        let items = [found].into_iter().chain(others);
        lists.push(items.zip([4.0, 3.0, 2.0, 1.0]));
    }
    lists
}

fn plan(questions: &str) -> Plan {
    let entries =
        "[[entry]]\nsystem = \"bpr-mf\"\n[[entry]]\nsystem = \"lightgcn\"\n[[entry]]\nsystem = \"ngcf\"\n";
    let suite: Suite = toml::from_str(&format!(
        "name = \"t\"\ndescription = \"d\"\nseeds = [1, 2]\n{entries}{questions}\n[training]\nselection = \"recall@4\"\n\
         [protocol]\ncutoffs = [4]\n"
    ))
    .unwrap();
    let dataset = DatasetName { name: "made-up".into(), digest: "0123456789abcdef".repeat(4) };
    suite.plan(dataset, &[]).unwrap()
}

/// BPR-MF finds nearly everything, LightGCN the same for all but one user, NGCF a third of it less.
fn answers(questions: &str) -> Comparisons {
    let plan = plan(questions);
    let lists = |run: &Run| {
        let seed = run.spec.seed;
        Some(match run.spec.system.description().name {
            "bpr-mf" => lists(|user| user != seed),
            "lightgcn" => lists(|user| user != seed + 1),
            _ => lists(|user| user % 3 > 0 && user != seed),
        })
    };
    Comparisons::of(&plan, &Results::new(), &dataset(), lists).unwrap()
}

const QUESTION: &str = "[[comparison]]\nquestion = \"Which?\"\nwith-entry = \"BPR-MF\"\n";

#[test]
fn differences_are_those_of_the_lists() {
    let comparisons = answers(QUESTION);
    assert_eq!((comparisons.users, comparisons.cutoff, comparisons.tests), (60, 4, 14));
    let [same, worse] = [0, 1].map(|pair| &comparisons.questions[0].pairs[pair]);
    assert_eq!([&same.label, &same.compared_with], ["LightGCN", "BPR-MF"]);
    // A user with two test items finds one of them, a user with one finds it; user 1 or 2 is missed in each seed.
    let all = (20.0 * 0.5 + 40.0) / 60.0;
    let recall = &same.differences["recall"];
    assert!((recall.difference).abs() < 1e-12, "{recall:?}");
    assert_eq!(recall.finding, Finding::Same);
    // A third of the users finds nothing: 0, 3, … 18 of those with two, 21, … 57 of the others.
    let recall = &worse.differences["recall"];
    assert!((recall.difference + (7.0 * 0.5 + 13.0) / 60.0).abs() < 1e-12, "{recall:?}");
    assert!((recall.relative.unwrap() * (all - 0.5 / 60.0) - recall.difference).abs() < 1e-12);
    assert_eq!(recall.finding, Finding::Lower);
    assert!(recall.interval[0] < recall.difference && recall.interval[1] < 0.0);
    assert_eq!(recall.seeds.unwrap().deviation, Some(0.0), "both seeds lose as much");
    assert!(recall.p.difference < recall.corrected.difference && recall.corrected.difference < 0.05);
}

/// An item in five lists of all, whose exposure is even: coverage cannot fall by much, and nothing differs in it for the rows that
/// list the same items.
#[test]
fn metrics_of_all_lists_are_compared_by_users_drawn_anew() {
    let comparisons = answers(QUESTION);
    let [same, worse] = [0, 1].map(|pair| &comparisons.questions[0].pairs[pair]);
    for metric in ["gini", "shannon-entropy", "item-coverage-ratio"] {
        assert!(same.differences[metric].p.signed_rank.is_none());
        assert_eq!(same.differences[metric].finding, Finding::Same, "{metric}");
    }
    // Missed items are shown less and others more.
    let gini = &worse.differences["gini"];
    assert!(gini.difference < 0.0 && gini.interval[0] < gini.difference, "{gini:?}");
    let markdown = comparisons.markdown();
    assert!(markdown.contains("## Which?") && markdown.contains("| NGCF "), "{markdown}");
    assert!(markdown.contains("+0.0 % ="), "{markdown}");
}

#[test]
fn the_same_lists_give_the_same_answers() {
    assert_eq!(answers(QUESTION), answers(QUESTION));
}

#[test]
fn a_row_without_lists_is_left_out_and_named() {
    let plan = plan(QUESTION);
    let some = |run: &Run| (run.spec.seed == 1).then(|| lists(|_| true));
    let error = Comparisons::of(&plan, &Results::new(), &dataset(), some).unwrap_err().to_string();
    assert!(error.contains("`BPR-MF`") && error.contains("1 of its 2"), "{error}");
    let all_but_one = |run: &Run| (run.spec.system != System::Ngcf).then(|| lists(|_| true));
    let comparisons = Comparisons::of(&plan, &Results::new(), &dataset(), all_but_one).unwrap();
    let labels: Vec<&str> = comparisons.questions[0].pairs.iter().map(|pair| pair.label.as_str()).collect();
    assert_eq!(labels, ["LightGCN"]);
    let whole = answers(QUESTION);
    assert!(comparisons.tests < whole.tests && whole.left_out.is_empty());
    assert_eq!(comparisons.left_out[0].label, "NGCF");
    let markdown = comparisons.markdown();
    assert!(markdown.contains("Left out: NGCF, because 2 of its 2 runs have no lists."), "{markdown}");
    let silent = self::plan("");
    let error = Comparisons::of(&silent, &Results::new(), &dataset(), |_| None).unwrap_err();
    assert!(matches!(error, ComparisonError::NothingAsked));
}

/// A reader's own runs are compared as those of a suite: the same lists give the same answers.
#[test]
fn runs_of_a_reader_are_compared_alike() {
    let of_suite = answers(QUESTION);
    let mut runs = Runs::on(dataset());
    let mut row = |label: &str, lists: &dyn Fn(u32) -> Lists| {
        let add = |seed: u32| {
            let mut spec = RunSpec::of("bpr-mf");
            spec.seed = seed;
            spec.protocol.cutoffs = vec![4];
            runs.add((&spec).into(), lists(seed)).unwrap()
        };
        RowOfRuns { label: label.into(), runs: [1, 2].map(add).into() }
    };
    let rows = vec![
        row("BPR-MF", &|seed| lists(|user| user != seed)),
        row("LightGCN", &|seed| lists(|user| user != seed + 1)),
        row("NGCF", &|seed| lists(|user| user % 3 > 0 && user != seed)),
    ];
    let question = RunsQuestion {
        rows,
        pairs: vec![[1, 0], [2, 0]],
        slices: vec!["everything".into()],
        metrics: COMPARED.into(),
        cutoff: 4,
    };
    let compared = runs.compare(&question).unwrap();
    assert_eq!((compared.tests, compared.answers[0].users), (of_suite.tests, of_suite.users));
    assert_eq!(compared.answers[0].pairs, of_suite.questions[0].pairs);
}
