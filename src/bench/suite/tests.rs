use std::collections::BTreeMap;
use std::path::Path;

use super::*;
use crate::bench::Summary;
use crate::schema::{RunSpec, System};
use crate::train::{DatasetName, Metrics};

fn suite(text: &str) -> Suite {
    toml::from_str(&format!("name = \"t\"\ndescription = \"d\"\nseeds = [1, 2]\ntuning-seed = 9\n{text}"))
        .unwrap()
}

fn try_plan(suite: &Suite) -> Result<Plan, SuiteError> {
    let dataset = DatasetName { name: "shop".into(), digest: "0123456789abcdef".repeat(4) };
    suite.plan(dataset, &["textual", "visual"].map(String::from))
}

fn plan(text: &str) -> Plan {
    try_plan(&suite(text)).unwrap()
}

/// A run that came to these metrics, after 4 epochs of 2 seconds.
fn finished(run: &Run, validation: f64, test: f64) -> Finished {
    let table = |value| BTreeMap::from([("recall".into(), BTreeMap::from([(20, Some(value))]))]);
    Finished {
        system: run.spec.system,
        program: "p".into(),
        metrics: Metrics { validation: table(validation), test: table(test) },
        coverage: run
            .spec
            .modalities
            .as_ref()
            .map(|used| used.iter().map(|name| (name.clone(), 0.75)).collect()),
        epochs: 4,
        best_epoch: 3,
        seconds_per_epoch: 2.0,
        seconds: 10.0,
    }
}

/// Finishes what is ready, over and over, with what `outcome` says.
fn run_all(plan: &Plan, outcome: impl Fn(&Run) -> Result<(f64, f64), &'static str>) -> Results {
    let mut results = Results::new();
    while let Some(run) = plan.ready(&results).first().copied() {
        let result = outcome(run).map(|(validation, test)| finished(run, validation, test));
        results.insert(run.name.clone(), result.map_err(Into::into));
    }
    results
}

fn titles(runs: &[&Run]) -> Vec<String> {
    runs.iter().map(|run| run.title.clone()).collect()
}

const TUNED: &str =
    "[[entry]]\nsystem = \"bpr-mf\"\ngrid = { regularisation = [0.1, 0.2], learning-rate = [0.01, 0.02] }\n";

#[test]
fn a_grid_is_all_combinations_in_its_order() {
    let plan = plan(TUNED);
    let chosen = |configuration: &super::plan::Configuration| {
        ["learning-rate", "regularisation"].map(|name| configuration.chosen[name])
    };
    let chosen: Vec<[f64; 2]> = plan.entries[0].configurations.iter().map(chosen).collect();
    assert_eq!(chosen, [[0.01, 0.1], [0.01, 0.2], [0.02, 0.1], [0.02, 0.2]]);
}

#[test]
fn a_budget_draws_different_configurations_and_keeps_their_order() {
    for seed in 0..20 {
        let drawn = grid::draw(50, Some(10), seed);
        assert_eq!(drawn.len(), 10);
        assert!(drawn.is_sorted_by(|a, b| a < b) && drawn[9] < 50, "{drawn:?}");
        assert_eq!(drawn, grid::draw(50, Some(10), seed));
    }
    assert_ne!(grid::draw(50, Some(10), 1), grid::draw(50, Some(10), 2));
    assert_eq!(grid::draw(4, Some(10), 1), [0, 1, 2, 3]);
    assert_eq!(grid::draw(4, None, 1), [0, 1, 2, 3]);
    // Every configuration has the same chance.
    let mut count = [0; 5];
    for seed in 0..2000 {
        for number in grid::draw(5, Some(2), seed) {
            count[number] += 1;
        }
    }
    assert!(count.iter().all(|&n| (720..880).contains(&n)), "{count:?}");
}

#[test]
fn the_entrys_budget_comes_before_the_suites() {
    let tried = |text: &str| plan(text).entries[0].configurations.len();
    assert_eq!(tried(TUNED), 4);
    assert_eq!(tried(&format!("budget = 3\n{TUNED}")), 3);
    assert_eq!(tried(&format!("budget = 3\n{TUNED}budget = 2\n")), 2);
}

#[test]
fn seeds_follow_once_the_tuning_is_done() {
    let plan = plan(TUNED);
    let mut results = Results::new();
    assert_eq!(plan.left(&results).len(), 4 + 2);
    let ready = plan.ready(&results);
    assert_eq!(ready.len(), 4);
    assert!(ready.iter().all(|run| run.spec.seed == 9));
    for run in ready {
        let value = run.spec.hyper_parameter("regularisation");
        results.insert(run.name.clone(), Ok(finished(run, value, 0.0)));
    }
    // Of the two best, the first.
    let expected = [1, 2].map(|seed| format!("BPR-MF, learning-rate=0.01, regularisation=0.2, seed {seed}"));
    assert_eq!(titles(&plan.ready(&results)), expected);
    assert_eq!(plan.left(&results), [System::BprMf; 2]);
}

#[test]
fn the_winner_is_best_on_validation_and_test_is_not_looked_at() {
    let plan = plan(TUNED);
    let results = run_all(&plan, |run| {
        let rate = run.spec.hyper_parameter("learning-rate");
        Ok((rate, if rate < 0.015 { 0.9 } else { 0.1 }))
    });
    let table = Table::of(&plan, &results);
    assert_eq!(table.rows[0].hyper_parameters["learning-rate"], 0.02);
    assert_eq!(table.rows[0].test["recall"][&20], Some(Summary { mean: 0.1, deviation: Some(0.0) }));
    assert_eq!(table.rows[0].tuning.len(), 4);
    assert_eq!(results.len(), 4 + 2);
    assert!(
        table.markdown().contains("|     4 | learning-rate=0.02 regularisation=0.1 |"),
        "{}",
        table.markdown()
    );
}

#[test]
fn a_configuration_that_fails_loses() {
    let plan = plan(TUNED);
    let results = run_all(&plan, |run| match run.spec.hyper_parameter("learning-rate") {
        rate if rate > 0.015 => Err("it diverged"),
        rate => Ok((rate, 0.5)),
    });
    let table = Table::of(&plan, &results);
    assert_eq!(table.rows[0].hyper_parameters["learning-rate"], 0.01);
    assert_eq!(table.failures().count(), 2);
    assert!(table.markdown().contains("learning-rate=0.02 regularisation=0.1, seed 9: it diverged"));
    assert!(table.csv().contains(",it diverged; it diverged\n"));
}

#[test]
fn an_entry_of_which_everything_fails_leaves_an_empty_row() {
    let plan = plan(&format!("{TUNED}[[entry]]\nsystem = \"vbpr\"\n"));
    let results = run_all(&plan, |run| match run.spec.system {
        System::BprMf => Err("no luck"),
        _ => Ok((0.3, 0.2)),
    });
    assert_eq!(plan.left(&results), []);
    let table = Table::of(&plan, &results);
    let [failed, other] = &table.rows[..] else { panic!("{table:?}") };
    assert_eq!((failed.seeds, other.seeds), (0, 2));
    assert_eq!(failed.test["recall"][&20], None);
    assert_eq!(failed.hyper_parameters, BTreeMap::new());
    assert_eq!(failed.failures().count(), 4);
    assert_eq!(other.failures().count(), 0);
}

#[test]
fn seeds_that_fail_are_left_out_of_the_mean() {
    let plan = plan("[[entry]]\nsystem = \"vbpr\"\n");
    let results = run_all(&plan, |run| if run.spec.seed == 1 { Ok((0.3, 0.2)) } else { Err("lost") });
    let row = &Table::of(&plan, &results).rows[0];
    assert_eq!(row.seeds, 1);
    assert_eq!(row.test["recall"][&20], Some(Summary { mean: 0.2, deviation: None }));
    assert_eq!(row.runs[1].failure.as_deref(), Some("lost"));
}

#[test]
fn it_is_said_how_many_items_have_content() {
    let plan = plan(
        "[[entry]]\nsystem = \"bpr-mf\"\n[[entry]]\nsystem = \"vbpr\"\n\
         [[entry]]\nsystem = \"vbpr\"\nlabel = \"pictures\"\nmodalities = [\"visual\"]\n",
    );
    let mut results = run_all(&plan, |_| Ok((0.3, 0.2)));
    let table = Table::of(&plan, &results);
    assert_eq!(table.rows[0].coverage, None);
    assert_eq!(table.rows[2].coverage, Some(BTreeMap::from([("visual".into(), 0.75)])));
    let markdown = table.markdown();
    assert!(markdown.contains("Items with content: textual 75.0 %, visual 75.0 %.\n"), "{markdown}");

    let pictures = plan.runs().filter(|run| run.spec.modalities.as_ref().is_some_and(|used| used.len() == 1));
    for (run, share) in pictures.zip([0.25, 0.5]) {
        let Some(Ok(finished)) = results.get_mut(&run.name) else { panic!("{run:?}") };
        finished.coverage = Some(BTreeMap::from([("visual".into(), share)]));
    }
    let markdown = Table::of(&plan, &results).markdown();
    assert!(!markdown.contains("Items with content:"), "{markdown}");
    assert!(markdown.contains("visual 37.5 % |"), "{markdown}");
    assert!(markdown.contains("textual 75.0 %, visual 75.0 % |"), "{markdown}");
}

#[test]
fn a_run_that_two_entries_need_is_made_once() {
    let plan = plan(
        "[[entry]]\nsystem = \"vbpr\"\n[[entry]]\nsystem = \"vbpr\"\nlabel = \"again\"\n\
         [[entry]]\nsystem = \"vbpr\"\nlabel = \"other\"\nmodalities = [\"visual\"]\n",
    );
    assert_eq!(plan.runs().count(), 6);
    assert_eq!(plan.ready(&Results::new()).len(), 4);
}

#[test]
fn the_name_of_a_run_tells_everything_that_decides_it() {
    let base = "[[entry]]\nsystem = \"vbpr\"\n";
    let name = |text: &str| plan(text).runs().next().unwrap().name.clone();
    assert_eq!(name(base), name(&format!("{base}label = \"other\"\n")));
    assert_eq!(name(base), name(&format!("{base}hyper-parameters = {{ factors = 64 }}\n")));
    assert!(name(base).starts_with("vbpr-"));
    let others =
        ["variant = \"as-published\"", "training = { epochs = 3 }", "modalities = [\"visual\", \"textual\"]"];
    for other in others {
        assert_ne!(name(base), name(&format!("{base}{other}\n")), "{other}");
    }
    assert_ne!(name(base), name(&format!("protocol = {{ cutoffs = [5] }}\n{base}")));
    let elsewhere = DatasetName { name: "shop".into(), digest: "f".repeat(64) };
    let elsewhere = suite(base).plan(elsewhere, &["textual", "visual"].map(String::from)).unwrap();
    assert_ne!(name(base), elsewhere.runs().next().unwrap().name);
}

#[test]
fn an_entry_changes_its_training_alone() {
    let plan = plan(
        "training = { epochs = 7, selection = \"ndcg@10\" }\n[[entry]]\nsystem = \"bpr-mf\"\ntraining = { patience = 1 }\n\
         [[entry]]\nsystem = \"vbpr\"\n",
    );
    let training: Vec<_> = plan.entries.iter().map(|entry| &entry.common.training).collect();
    assert_eq!((training[0].epochs, training[0].patience), (7, 1));
    assert_eq!((training[1].epochs, training[1].patience), (7, 5));
    assert_eq!(plan.selection, ("ndcg".into(), 10));
    let selection = "name = \"t\"\ndescription = \"d\"\nseeds = [1]\n[[entry]]\nsystem = \"vbpr\"\ntraining = { selection = \"f1@5\" }\n";
    assert!(toml::from_str::<Suite>(selection).unwrap_err().to_string().contains("`selection`"));
}

#[test]
fn every_mistake_is_named() {
    let entry = "[[entry]]\nsystem = \"bpr-mf\"\n";
    for (text, words) in [
        ("", vec!["`entry`"]),
        ("[[entry]]\nsystem = \"vpbr\"\n", vec!["`vpbr`", "`system`", "`vbpr`"]),
        (&format!("{entry}grid = {{ layers = [1] }}\n"), vec!["`grid.layers`", "`BPR-MF`", "`factors`"]),
        (&format!("{entry}grid = {{ factors = [] }}\n"), vec!["`grid.factors`", "empty"]),
        (&format!("{entry}grid = {{ factors = [4, 8, 4] }}\n"), vec!["`grid.factors`", "4 twice"]),
        (&format!("{entry}grid = {{ factors = [4.5] }}\n"), vec!["`grid.factors`", "4.5", "whole number"]),
        (&format!("{entry}grid = {{ learning-rate = [nan] }}\n"), vec!["`grid.learning-rate`", "NaN"]),
        (
            &format!("budget = 1\n{entry}grid = {{ learning-rate = [0.1, 2] }}\n"),
            vec!["2", "from 0.000001 to 1"],
        ),
        (&format!("budget = 0\n{entry}"), vec!["`budget` of the suite"]),
        (&format!("{entry}budget = 3\n"), vec!["`budget`", "`BPR-MF`", "`grid`"]),
        (&format!("{entry}budget = 0\ngrid = {{ factors = [4] }}\n"), vec!["`budget` of entry `BPR-MF`"]),
        (
            &format!("{entry}hyper-parameters = {{ factors = 8 }}\ngrid = {{ factors = [4] }}\n"),
            vec!["`factors`", "both"],
        ),
        (&format!("{entry}{entry}"), vec!["`label`", "`BPR-MF`", "two"]),
        (&format!("{entry}label = \" \"\n"), vec!["`label`", "empty"]),
        (&format!("{entry}training = {{ epochs = 0 }}\n"), vec!["`BPR-MF`", "training.epochs", "from 1"]),
        ("modalities = [\"smell\"]\n[[entry]]\nsystem = \"vbpr\"\n", vec!["`VBPR`", "`smell`", "`textual`"]),
    ] {
        let error = try_plan(&suite(text)).unwrap_err().to_string();
        for word in words {
            assert!(error.contains(word), "{text}\nlacks {word}: {error}");
        }
    }
    let values = (1..=101).map(|value| value.to_string()).collect::<Vec<_>>().join(", ");
    let rates = (1..=100).map(|value| format!("{}", f64::from(value) / 100.0)).collect::<Vec<_>>().join(", ");
    let large = suite(&format!("{entry}grid = {{ factors = [{values}], learning-rate = [{rates}] }}\n"));
    assert!(try_plan(&large).unwrap_err().to_string().contains("10100 configurations"));
    let change = |change: fn(&mut Suite)| {
        let mut suite = suite(TUNED);
        change(&mut suite);
        try_plan(&suite).unwrap_err()
    };
    assert_eq!(change(|suite| suite.seeds = vec![]), SuiteError::NoSeeds);
    assert_eq!(change(|suite| suite.seeds = vec![3, 4, 3]), SuiteError::RepeatedSeed(3));
    assert_eq!(change(|suite| suite.tuning_seed = Some(2)), SuiteError::TuningSeedAmongSeeds(2));
    assert_eq!(change(|suite| suite.tuning_seed = None), SuiteError::NoTuningSeed("BPR-MF".into()));
    assert_eq!(change(|suite| suite.name = " ".into()), SuiteError::NoName);
}

#[test]
fn deviations_are_of_a_sample() {
    assert_eq!(Summary::of([]), None);
    assert_eq!(Summary::of([3.0]), Some(Summary { mean: 3.0, deviation: None }));
    assert_eq!(Summary::of([1.0, 2.0, 6.0]), Some(Summary { mean: 3.0, deviation: Some(7f64.sqrt()) }));
}

#[test]
fn text_is_kept_apart_from_its_columns() {
    let plan = plan("[[entry]]\nsystem = \"bpr-mf\"\nlabel = 'a | \"b\", c'\n[[entry]]\nsystem = \"vbpr\"\n");
    let table = Table::of(
        &plan,
        &run_all(&plan, |run| match run.spec.system {
            System::BprMf => Ok((0.0, 0.25 * f64::from(run.spec.seed))),
            _ => Ok((0.0, 0.75)),
        }),
    );
    let csv = table.csv();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[1].starts_with(
        r#""a | ""b"", c",bpr-mf,corrected,,,factors=64 learning-rate=0.005 regularisation=0.01,1,2,"#
    ));
    assert!(lines[2].starts_with("VBPR,vbpr,corrected,textual+visual,textual=0.75 visual=0.75,"));
    assert_eq!(lines[0].split(',').count(), lines[2].split(',').count());
    let markdown = table.markdown();
    assert!(markdown.contains(r#"| a \| "b", c |"#), "{markdown}");
    assert!(!markdown.contains("tried"), "nothing was: {markdown}");
    assert!(markdown.contains(" 0.3750 ± 0.1768 "), "{markdown}");
    assert!(markdown.contains(" **0.7500 ± 0.0000** "), "{markdown}");
}

#[test]
fn the_pace_is_the_systems_own_where_it_is_known() {
    let plan = plan("[[entry]]\nsystem = \"bpr-mf\"\n[[entry]]\nsystem = \"vbpr\"\n");
    assert_eq!(Pace::of(&Results::new()).seconds(System::BprMf), None);
    let mut results = Results::new();
    for (run, seconds) in plan.runs().zip([1.0, 3.0, 8.0]) {
        results.insert(run.name.clone(), Ok(Finished { seconds, ..finished(run, 0.0, 0.0) }));
    }
    let pace = Pace::of(&results);
    assert_eq!(pace.seconds(System::BprMf), Some(2.0));
    assert_eq!(pace.seconds(System::Vbpr), Some(8.0));
    assert_eq!(pace.seconds(System::LightGcn), Some(4.0));
}

/// A file of `suites/`.
fn preset(path: &str) -> Suite {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("suites").join(path);
    let text = std::fs::read_to_string(&path).unwrap();
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_papers_presets_say_everything_and_can_be_run() {
    for (name, seeds) in [("office", 5), ("toys", 3), ("beauty", 3), ("sports", 3), ("clothing", 3)] {
        let suite = preset(&format!("paper/{name}.toml"));
        let plan = try_plan(&suite).unwrap();
        assert_eq!(plan.ready(&Results::new()).len(), seeds * suite.entries.len(), "{name}");
        for entry in &suite.entries {
            let defaults = RunSpec::of(&entry.system).check().unwrap();
            let names = |values: &BTreeMap<String, f64>| values.keys().cloned().collect::<Vec<_>>();
            assert_eq!(names(&entry.hyper_parameters), names(&defaults.hyper_parameters), "{name}");
            // What a system is set to when nothing is said are the paper's values for Office.
            let same = entry.hyper_parameters == defaults.hyper_parameters;
            assert!(same || name != "office", "{}: {:?}", entry.system, entry.hyper_parameters);
        }
    }
}

#[test]
fn every_system_is_tuned_with_the_same_budget() {
    let suite = preset("office-tuned.toml");
    let plan = try_plan(&suite).unwrap();
    // What people design themselves is no system of the paper.
    let systems = System::ALL.into_iter().filter(|system| *system != System::Composed);
    for system in systems.clone() {
        let description = system.description();
        let entry = plan.entries.iter().find(|entry| entry.common.system == system);
        let entry = entry.unwrap_or_else(|| panic!("{} is not in the suite", description.name));
        let expected = if description.hyper_parameters.is_empty() { 1 } else { 10 };
        assert_eq!(entry.configurations.len(), expected, "{}", description.name);
    }
    assert_eq!(plan.entries.len(), systems.count());
}

const VARIED: &str = "grid = { regularisation = [0.1, 0.2], layers = [1, 2] }\n[[entry]]\nsystem = \"bpr-mf\"\n\
                      [[entry]]\nsystem = \"vbpr\"\n[[entry]]\nsystem = \"lightgcn-m\"\nlabel = \"LGM\"\nhyper-parameters = { regularisation = 0.1 }\n\
                      [[variation]]\n[[variation]]\nlabel = \"placebo\"\nplacebo = \"shuffled\"\n\
                      [[variation]]\nlabel = \"words\"\nmodalities = [\"textual\"]\nmissing = { rate = 0.5 }\n";

#[test]
fn entries_that_read_content_are_run_in_every_variation() {
    let plan = plan(VARIED);
    let rows: Vec<(&str, usize)> =
        plan.entries.iter().map(|row| (row.label.as_str(), row.configurations.len())).collect();
    let expected = [
        ("BPR-MF", 2),
        ("VBPR", 2),
        ("VBPR, placebo", 2),
        ("VBPR, words", 2),
        // What the entry fixes is not tried.
        ("LGM", 2),
        ("LGM, placebo", 2),
        ("LGM, words", 2),
    ];
    assert_eq!(rows, expected);
    let spec = |row: usize| &plan.entries[row].common;
    assert_eq!(
        [1, 2, 3].map(|row| spec(row).placebo),
        [Default::default(), crate::schema::Placebo::Shuffled, Default::default()]
    );
    assert_eq!([1, 3].map(|row| spec(row).missing.rate), [0.0, 0.5]);
    assert_eq!(spec(3).modalities, Some(vec!["textual".to_string()]));
}

#[test]
fn questions_find_their_rows() {
    let pairs = |question: &str| {
        let plan = plan(&format!("{VARIED}[[comparison]]\nquestion = \"?\"\n{question}\n"));
        let label = |row: usize| plan.entries[row].label.clone();
        let pairs = plan.comparisons[0]
            .pairs
            .iter()
            .map(|&(row, other)| format!("{} - {}", label(row), label(other)));
        pairs.collect::<Vec<_>>()
    };
    assert_eq!(pairs("with-entry = \"BPR-MF\""), ["VBPR - BPR-MF", "LGM - BPR-MF"]);
    assert_eq!(pairs("with-entry = \"VBPR\""), ["BPR-MF - VBPR", "LGM - VBPR"]);
    assert_eq!(pairs("with-entry = \"VBPR\"\nvariations = [\"words\"]"), ["LGM, words - VBPR, words"]);
    assert_eq!(
        pairs("with-variation = \"placebo\""),
        [
            "VBPR - VBPR, placebo",
            "VBPR, words - VBPR, placebo",
            "LGM - LGM, placebo",
            "LGM, words - LGM, placebo"
        ]
    );
    assert_eq!(
        pairs("with-variation = \"placebo\"\nvariations = [\"\"]\nentries = [\"LGM\"]"),
        ["LGM - LGM, placebo"]
    );
    assert_eq!(pairs("pairs = [[\"VBPR, words\", \"BPR-MF\"]]"), ["VBPR, words - BPR-MF"]);
    for (question, words) in [
        ("", ["`?`", "none or several"]),
        ("with-entry = \"VBPR\"\nwith-variation = \"words\"", ["`?`", "none or several"]),
        ("with-entry = \"VPBR\"", ["`VPBR`", "`BPR-MF`, `VBPR`, `LGM`"]),
        ("with-variation = \"looks\"", ["`looks`", "`placebo`"]),
        ("with-entry = \"VBPR\"\nentries = [\"VPBR\"]", ["`entries`", "`VPBR`"]),
        ("with-entry = \"VBPR\"\nentries = [\"VBPR\"]", ["`?`", "compares nothing"]),
        ("pairs = [[\"VBPR\", \"VBPR, looks\"]]", ["`pairs`", "`VBPR, looks`"]),
    ] {
        let suite = suite(&format!("{VARIED}[[comparison]]\nquestion = \"?\"\n{question}\n"));
        let error = try_plan(&suite).unwrap_err().to_string();
        assert!(words.iter().all(|word| error.contains(word)), "{question}: {error}");
    }
    let unused = suite("grid = { layers = [1] }\n[[entry]]\nsystem = \"bpr-mf\"\n");
    assert_eq!(try_plan(&unused), Err(SuiteError::UnusedGrid("layers".into())));
}

/// What each experiment needs of its data, whatever they are.
#[test]
fn the_experiments_can_be_planned() {
    for (name, modalities) in [
        ("joint", ["visual", "textual"].as_slice()),
        ("fusion", &["visual", "textual"]),
        ("fusion-twins", &["visual", "textual"]),
        ("features", &["textual", "tf-idf", "office-words"]),
        ("movielens-features", &["visual", "colours-and-gradients", "local-binary-patterns"]),
        ("missing", &["visual", "textual"]),
        ("movielens-missing", &["visual", "textual"]),
        ("movielens", &["visual", "textual"]),
        ("beyond", &["visual", "textual"]),
    ] {
        let suite = preset(&format!("{name}.toml"));
        let dataset = DatasetName { name: "shop".into(), digest: "0123456789abcdef".repeat(4) };
        let modalities: Vec<String> = modalities.iter().map(|&name| name.into()).collect();
        let plan = suite.plan(dataset, &modalities).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(suite.seeds.len(), 5, "{name}");
        // Every suite that reads content has both placebos.
        let labels: Vec<&str> = plan.entries.iter().map(|entry| entry.label.as_str()).collect();
        for placebo in ["placebo", "noise"] {
            assert!(labels.iter().any(|label| label.ends_with(placebo)), "{name} has no {placebo}");
        }
        assert!(!plan.comparisons.is_empty(), "{name}");
    }
}
