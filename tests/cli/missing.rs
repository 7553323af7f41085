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
        for policy in ["mean", "zeros", "neighbours", "propagation"] {
            for rate in [0.6, 1.0] {
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
