//! Items that lack a modality: every system trains without it, and what is asked for wrongly is refused.

use serde_json::Value;

use crate::workplace::Workplace;

/// The names of the systems that use modalities.
fn users_of_content(workplace: &Workplace) -> Vec<String> {
    let systems = workplace.run("schema --json").json();
    let users = systems.as_array().unwrap().iter().filter(|system| system["uses-content"] == true);
    users.map(|system| system["name"].as_str().unwrap().to_owned()).collect()
}

fn number(value: &Value, path: &[&str]) -> f64 {
    path.iter().fold(value, |value, key| &value[key]).as_f64().unwrap()
}

#[test]
fn every_system_trains_whatever_is_missing_and_whatever_stands_in() {
    let workplace = Workplace::new();
    let systems = users_of_content(&workplace);
    assert_eq!(systems.len(), 9, "{systems:?}");
    // Some of the twin's items have no picture to begin with.
    let whole = workplace.run("train item-knn-content --json").json();
    for system in systems {
        for policy in ["mean", "zeros", "neighbours", "propagation", "drop"] {
            // Where all is dropped nothing is left to learn from.
            for rate in if policy == "drop" { [0.3, 0.6] } else { [0.6, 1.0] } {
                let missing = format!("--set missing-policy={policy} --set missing-rate={rate}");
                let line = format!("train {system} --set epochs=1 {missing} --json");
                let receipt = workplace.run(&line).json();
                let recall = number(&receipt, &["metrics", "test", "recall", "20"]);
                assert!(recall > 0.0 && recall < 1.0, "{line}: {recall}");
                for modality in ["textual", "visual"] {
                    let [whole, left] =
                        [&whole, &receipt].map(|receipt| number(receipt, &["coverage", modality]));
                    assert!(
                        (left - whole * (1.0 - rate)).abs() < 0.001,
                        "{line}: {modality} {left} of {whole}"
                    );
                }
            }
        }
    }
}

#[test]
fn content_that_is_missing_is_missed() {
    let workplace = Workplace::new();
    let recall = |rate: f64| {
        let line = format!("train vbpr --set epochs=40 --set missing-rate={rate} --json");
        number(&workplace.run(&line).json(), &["metrics", "validation", "recall", "20"])
    };
    let [all, none] = [0.0, 1.0].map(recall);
    assert!(none < 0.95 * all, "{none} without features, {all} with them");
}

#[test]
fn dropped_items_are_neither_learned_from_nor_listed() {
    let workplace = Workplace::new();
    let line = "--set missing-rate=0.5 --set missing-modalities=textual --set missing-policy=drop --set epochs=1 --set cutoffs=500";
    let receipt = workplace.run(&format!("train vbpr {line} --recs drop.tsv --json")).json();
    let listed: std::collections::BTreeSet<String> = String::from_utf8(workplace.read("drop.tsv"))
        .unwrap()
        .lines()
        .map(|line| line.split('\t').nth(1).unwrap().to_owned())
        .collect();
    // The twin has 493 items, of which 363 have a picture; half of all texts are taken, whoever has a picture.
    let [pictures, texts] = ["visual", "textual"].map(|name| number(&receipt, &["coverage", name]));
    assert!((texts - 0.5).abs() < 0.01 && listed.len() as f64 <= 493.0 * pictures * 0.65, "{}", listed.len());
    assert!(listed.len() as f64 > 493.0 * pictures * 0.35, "{}", listed.len());
    // What nobody may be recommended is still looked for: the data's test part is the same.
    let whole = workplace.run("train vbpr --set epochs=1 --json").json();
    let recall = |receipt: &Value| number(receipt, &["metrics", "test", "recall", "500"]);
    assert!(recall(&receipt) < 0.7, "{}", recall(&receipt));
    assert_eq!(receipt["fingerprints"]["split"], whole["fingerprints"]["split"]);
    workplace.refuses(
        "train vbpr --set missing-rate=1 --set missing-policy=drop -o nothing.json",
        &["no user has both"],
    );
}

/// In training alone, in ranking alone, and hidden from epoch to epoch: every system trains, and receipts tell both coverages.
#[test]
fn content_may_differ_between_training_and_ranking() {
    let workplace = Workplace::new();
    for system in users_of_content(&workplace) {
        let trained = workplace.run(&format!("schema {system} --json")).json()["trained"] == true;
        for (set, in_training, in_ranking) in [
            ("--set missing-rate=0.6 --set missing-side=train", 0.4, 1.0),
            ("--set missing-rate=0.6 --set missing-side=test", 1.0, 0.4),
            ("--set missing-dropout=0.3", 0.7, 1.0),
        ] {
            let line = format!("train {system} --set epochs=2 --set evaluate-every=1 {set} --json");
            let receipt = workplace.run(&line).json();
            assert!(number(&receipt, &["metrics", "test", "recall", "20"]) > 0.0, "{line}");
            let share = |which: &str| number(&receipt, &[which, "textual"]);
            assert!((share("coverage") - in_ranking).abs() < 0.01, "{line}: {}", share("coverage"));
            let training = share("training-coverage");
            assert!((training - in_training).abs() < 0.08, "{line}: {training}");
        }
        assert!(trained || system == "item-knn-content", "{system}");
    }
    let told = workplace
        .run("train freedom --set epochs=3 --set missing-dropout=0.5 -o hidden.json")
        .succeeds()
        .stdout;
    assert!(told.contains("% of the items had the modality textual"), "{told}");
    let repeated = workplace.run("reproduce hidden.json").succeeds().stdout;
    assert!(repeated.starts_with("identical"), "{repeated}");
}

/// A system that always saw content needs it when it ranks.
#[test]
fn content_that_lists_lack_is_missed() {
    let workplace = Workplace::new();
    let recall = |set: &str| {
        let line = format!("train vbpr --set epochs=60 {set} --json");
        number(&workplace.run(&line).json(), &["metrics", "test", "recall", "20"])
    };
    let (whole, lacking) = (recall(""), recall("--set missing-rate=0.9 --set missing-side=test"));
    assert!(lacking < 0.95 * whole, "{lacking} without most content, {whole} with all of it");
}

#[test]
fn what_is_left_is_told_and_a_receipt_is_repeated() {
    let workplace = Workplace::new();
    let set = "--set missing-rate=0.5 --set missing-from=popular --set missing-modalities=visual";
    let told = workplace.run(&format!("train lattice --set epochs=2 {set} -o half.json")).succeeds().stdout;
    assert!(told.contains("% of the items have the modality visual"), "{told}");
    assert!(!told.contains("modality textual"), "{told}");
    let repeated = workplace.run("reproduce half.json").succeeds().stdout;
    assert!(repeated.starts_with("identical"), "{repeated}");
}

#[test]
fn a_placebo_is_another_run_that_repeats() {
    let workplace = Workplace::new();
    let lists = |set: &str| {
        workplace.run(&format!("train vbpr --set epochs=2 {set} --json")).json()["lists-digest"].clone()
    };
    let [real, shuffled, noise] = ["", "--set placebo=shuffled", "--set placebo=noise"].map(lists);
    assert!(real != shuffled && real != noise && shuffled != noise);
    workplace.run("train vbpr --set epochs=2 --set placebo=noise -o noise.json").succeeds();
    let repeated = workplace.run("reproduce noise.json").succeeds().stdout;
    assert!(repeated.starts_with("identical"), "{repeated}");
}

#[test]
fn a_suite_says_it_for_all_and_an_entry_for_itself() {
    let workplace = Workplace::new();
    let suite = r#"
        name = "Missing"
        description = "What becomes of items without a picture."
        seeds = [1]
        missing = { rate = 0.5 }
        training = { epochs = 1 }
        [[entry]]
        system = "bpr-mf"
        [[entry]]
        system = "vbpr"
        [[entry]]
        system = "vbpr"
        label = "VBPR, neighbours"
        missing = { rate = 0.9, policy = "neighbours", taken-from = "unpopular" }
    "#;
    workplace.write("missing.toml", suite);
    workplace.run("suite missing.toml --jobs 1").succeeds();
    let mut found: Vec<Value> = std::fs::read_dir(workplace.path("missing/receipts"))
        .unwrap()
        .map(|file| serde_json::from_slice::<Value>(&std::fs::read(file.unwrap().path()).unwrap()).unwrap())
        .map(|receipt| receipt["spec"]["missing"].clone())
        .collect();
    found.sort_by_key(Value::to_string);
    assert_eq!(
        found,
        [
            Value::Null,
            serde_json::json!({ "policy": "mean", "rate": 0.5, "taken-from": "random" }),
            serde_json::json!({ "policy": "neighbours", "rate": 0.9, "taken-from": "unpopular" }),
        ]
    );
}

#[test]
fn nothing_is_said_where_nothing_is_asked_for() {
    let receipt = Workplace::new().run("train bpr-mf --set epochs=1 --json").json();
    assert!(receipt.get("coverage").is_none() && receipt["spec"].get("missing").is_none(), "{receipt}");
}

#[test]
fn wrong_wishes_are_refused() {
    let workplace = Workplace::new();
    for (wishes, words) in [
        ("vbpr --set missing-rate=1.5", &["missing.rate", "1.5", "from 0 to 1"][..]),
        ("vbpr --set missing-rate=-0.1", &["missing.rate", "-0.1"]),
        ("vbpr --set missing-rate=NaN", &["missing.rate", "NaN"]),
        ("vbpr --set missing-dropout=1", &["missing.dropout", "1", "from 0 to 0.9"]),
        ("vbpr --set missing-dropout=-0.1", &["missing.dropout", "-0.1"]),
        ("vbpr --set missing-side=left", &["missing-side", "`left`", "`train`"]),
        ("vbpr --set missing-dropout=0.1 --set missing-policy=drop", &["missing.dropout", "`drop`"]),
        ("bpr-mf --set missing-dropout=0.5", &["`missing`", "BPR-MF"]),
        ("vbpr --set missing-policy=guess", &["missing-policy", "`guess`", "`propagation`"]),
        ("vbpr --set missing-from=all", &["missing-from", "`all`", "`unpopular`"]),
        (
            "vbpr --set missing-rate=0.5 --set missing-modalities=audio",
            &["missing.modalities", "`audio`", "`visual`"],
        ),
        ("vbpr --set modalities=textual --set missing-policy=neighbours", &["neighbours", "only `textual`"]),
        ("bpr-mf --set missing-rate=0.5", &["`missing`", "BPR-MF", "no modality"]),
        ("bpr-mf --set placebo=noise", &["`placebo`", "BPR-MF", "no modality"]),
        ("vbpr --set placebo=sugar", &["placebo", "`sugar`", "`shuffled`", "`noise`"]),
    ] {
        workplace.refuses(&format!("train {wishes} -o nothing.json"), words);
    }
}
