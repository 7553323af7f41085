use std::collections::BTreeSet;

use fusebox::data::{Dataset, Part, read_bundle};
use safetensors::SafeTensors;
use serde_json::{Value, json};

use crate::workplace::Workplace;

/// A short run on the embedded office twin.
const SHORT: &str = "train vbpr --set epochs=2 --set evaluate-every=1";

/// A receipt without what may differ between two runs of the same numbers.
fn numbers(mut receipt: Value) -> Value {
    for field in ["timing", "backend"] {
        receipt.as_object_mut().unwrap().remove(field).unwrap();
    }
    receipt
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The file that is embedded in the program.
static OFFICE_TWIN: &[u8] = include_bytes!("../../datasets-small/office-twin.fbx");

fn dataset() -> Dataset {
    read_bundle(OFFICE_TWIN).unwrap()
}

#[test]
fn weights_are_every_parameter_by_name() {
    let workplace = Workplace::new();
    let outcome = workplace.run(&format!("{SHORT} --set factors=8 --weights weights.safetensors --json"));
    let receipt = outcome.json();
    let bytes = workplace.read("weights.safetensors");
    let (_, header) = SafeTensors::read_metadata(&bytes).unwrap();
    let spec: Value = serde_json::from_str(&header.metadata().as_ref().unwrap()["spec"]).unwrap();
    assert_eq!(spec, receipt["spec"]);
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let matrix = |name: &str| -> Vec<f32> {
        let number = |bytes: &[u8]| f32::from_le_bytes(bytes.try_into().unwrap());
        file.tensor(name).unwrap().data().chunks_exact(4).map(number).collect()
    };
    let data = dataset();
    let (users, items) = (data.users.len(), data.items.len());
    assert_eq!(file.tensor("user").unwrap().shape(), [users, 8]);
    assert_eq!(file.tensor("item").unwrap().shape(), [items, 8]);
    assert!(matrix("projection").iter().all(|value| value.is_finite()));
    assert_eq!(file.len(), 5, "{:?}", file.names());

    // BPR-MF's score is a dot product, so its lists follow from the file.
    workplace.run("train bpr-mf --set epochs=2 --weights plain.safetensors --recs lists.tsv").succeeds();
    let bytes = workplace.read("plain.safetensors");
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let row = |name: &str, at: usize| -> Vec<f64> {
        let tensor = file.tensor(name).unwrap();
        let width = tensor.shape()[1];
        let number = |bytes: &[u8]| f64::from(f32::from_le_bytes(bytes.try_into().unwrap()));
        tensor.data().chunks_exact(4).map(number).skip(at * width).take(width).collect()
    };
    let lists = String::from_utf8(workplace.read("lists.tsv")).unwrap();
    for line in lists.lines().step_by(997) {
        let fields: Vec<&str> = line.split('\t').collect();
        let place = |ids: &[String], id: &str| ids.iter().position(|known| known == id).unwrap();
        let (user, item) = (place(&data.users, fields[0]), place(&data.items, fields[1]));
        let score: f64 = row("user", user).iter().zip(row("item", item)).map(|(a, b)| a * b).sum();
        let written: f64 = fields[2].parse().unwrap();
        assert!((score - written).abs() < 1e-5, "{line}: {score}");
    }
    workplace.refuses("train most-pop --weights none.safetensors", &["MostPop", "no parameters"]);
    assert!(!workplace.path("none.safetensors").exists());
}

#[test]
fn a_receipt_has_every_field_of_its_format() {
    let workplace = Workplace::new();
    let outcome = workplace.run(&format!("{SHORT} --json -o receipt.json"));
    let receipt = outcome.json();
    assert_eq!(workplace.read_json("receipt.json"), receipt);
    assert_eq!(
        keys(&receipt),
        [
            "backend",
            "best-epoch",
            "coverage",
            "curve",
            "dataset",
            "fingerprints",
            "lists-digest",
            "metrics",
            "program",
            "spec",
            "stopped-early",
            "target",
            "timing",
            "version",
        ]
    );
    assert_eq!(receipt["version"], 1);
    assert_eq!(receipt["target"], format!("{}-cpu", std::env::consts::ARCH));
    assert_eq!(keys(&receipt["metrics"]), ["test", "validation"]);
    assert_eq!(keys(&receipt["fingerprints"]), ["initial-parameters", "losses", "samples", "split"]);
    assert_eq!(keys(&receipt["timing"]), ["evaluation-seconds", "peak-memory-mb", "seconds-per-epoch"]);
    for digest in [
        &receipt["program"],
        &receipt["lists-digest"],
        &receipt["dataset"]["digest"],
        &receipt["fingerprints"]["split"],
        &receipt["fingerprints"]["initial-parameters"],
        &receipt["fingerprints"]["samples"],
    ] {
        assert_eq!(digest.as_str().unwrap().len(), 64, "{digest}");
    }
    let inspected = workplace.run("inspect --json").json();
    assert_eq!(receipt["dataset"], json!({ "name": inspected["name"], "digest": inspected["digest"] }));
    assert_eq!(receipt["spec"]["dataset"], receipt["dataset"]);

    let curve = receipt["curve"].as_array().unwrap();
    assert_eq!(curve.len(), 2);
    let best = receipt["best-epoch"].as_u64().unwrap() as usize;
    assert_eq!(
        curve[best - 1]["validation"],
        receipt["metrics"]["validation"],
        "the best epoch is what is judged"
    );
    let recall = |epoch: usize| curve[epoch]["validation"]["recall"]["20"].as_f64().unwrap();
    assert_eq!(best, if recall(1) > recall(0) { 2 } else { 1 });
    // One epoch has as many triples as train interactions; the loss of an untrained system is ln 2 and falls.
    let losses: Vec<f64> = serde_json::from_value(receipt["fingerprints"]["losses"].clone()).unwrap();
    let steps = inspected["train"].as_u64().unwrap().div_ceil(1024);
    assert_eq!(losses.len() as u64, (2 * steps).min(20));
    assert!((losses[0] - 2f64.ln()).abs() < 0.05 && losses[losses.len() - 1] < losses[0], "{losses:?}");
}

#[test]
fn the_same_run_gives_the_same_numbers_whatever_the_threads() {
    let workplace = Workplace::new();
    let arguments: Vec<&str> = SHORT.split_whitespace().chain(["--json"]).collect();
    let receipt = |threads| numbers(workplace.call(&arguments, threads).json());
    let first = receipt(1);
    assert_eq!(first, receipt(1));
    assert_eq!(first, receipt(2));
    let other = numbers(workplace.run(&format!("{SHORT} --set seed=2 --json")).json());
    for stage in ["initial-parameters", "samples", "losses"] {
        assert_ne!(first["fingerprints"][stage], other["fingerprints"][stage], "{stage}");
    }
    assert_eq!(
        first["fingerprints"]["split"], other["fingerprints"]["split"],
        "the bundle's split has no seed"
    );
    assert_ne!(first["lists-digest"], other["lists-digest"]);
}

#[test]
fn a_specification_is_the_same_however_it_is_written() {
    let workplace = Workplace::new();
    workplace.write(
        "run.toml",
        r#"
            system = "vbpr"
            seed = 7
            modalities = ["textual"]

            [hyper-parameters]
            factors = 16
            learning-rate = 0.01

            [training]
            epochs = 2
            evaluate-every = 1

            [protocol]
            cutoffs = [5, 20]
        "#,
    );
    let specification = json!({
        "system": "vbpr",
        "seed": 7,
        "modalities": ["textual"],
        "hyper-parameters": { "factors": 16, "learning-rate": 0.01 },
        "training": { "epochs": 2, "evaluate-every": 1 },
        "protocol": { "cutoffs": [20, 5, 5] },
    });
    workplace.write("run.json", specification.to_string());
    let set = "--set seed=7 --set modalities=textual --set factors=16 --set learning-rate=0.01 --set epochs=2 \
               --set evaluate-every=1 --set cutoffs=5,20";
    let receipt = |line: &str| numbers(workplace.run(&format!("train {line} --json")).json());
    let expected = receipt(&format!("vbpr {set}"));
    assert_eq!(receipt("run.toml"), expected);
    assert_eq!(receipt("run.json"), expected);
    assert_eq!(expected["spec"]["hyper-parameters"]["factors"], 16.0);
    assert_eq!(keys(&expected["metrics"]["test"]["recall"]), ["20", "5"]);

    let said = workplace.run(&format!("train vbpr {set} -o receipt.json")).succeeds().stdout;
    assert_eq!(receipt("receipt.json"), expected, "the specification in a receipt");
    let link = said.lines().find_map(|line| line.strip_prefix("Link: ")).unwrap();
    assert_eq!(receipt(link), expected, "the specification in a link");
    assert_ne!(receipt("run.toml --set seed=8")["lists-digest"], expected["lists-digest"]);
}

#[test]
fn the_embedded_data_are_those_of_the_file() {
    let workplace = Workplace::new();
    workplace.write("twin.fbx", OFFICE_TWIN);
    assert_eq!(workplace.run("inspect --json").json(), workplace.run("inspect twin.fbx --json").json());
    let receipt = |line: &str| numbers(workplace.run(&format!("{SHORT} --json {line}")).json());
    assert_eq!(receipt(""), receipt("--dataset twin.fbx"));
}

#[test]
fn lists_in_a_file_are_judged_as_the_run_was() {
    let workplace = Workplace::new();
    // MostPop is full of ties, which must be kept in their order.
    for (system, options) in [("vbpr", ""), ("most-pop", ""), ("most-pop", "--set mask-validation=true")] {
        let line = format!("train {system} --set epochs=2 {options} --recs lists.tsv --json");
        let receipt = workplace.run(&line).json();
        let judged = workplace.run("evaluate --recs lists.tsv --json").json();
        assert_eq!((&judged["unknown-items"], &judged["unknown-user-lines"]), (&json!(0), &json!(0)));
        for (metric, values) in receipt["metrics"]["test"].as_object().unwrap() {
            for (cutoff, value) in values.as_object().unwrap() {
                let (value, again) = (value.as_f64(), judged["metrics"][metric][cutoff].as_f64());
                let same = match (value, again) {
                    (Some(value), Some(again)) => (value - again).abs() <= 1e-12,
                    (value, again) => value == again,
                };
                assert!(
                    same,
                    "{system} {options}: {metric}@{cutoff} is {value:?} in the receipt, {again:?} for the lists"
                );
            }
        }
        if options.is_empty() {
            let validated = workplace.run("evaluate --recs lists.tsv --split validation --json").json();
            assert_eq!(
                validated["metrics"]["recall"], receipt["metrics"]["validation"]["recall"],
                "{system}"
            );
            let shorter = workplace.run("evaluate --recs lists.tsv --cutoffs 3 --json").json();
            assert_eq!(keys(&shorter["metrics"]["recall"]), ["3"]);
        }
    }
}

#[test]
fn a_list_holds_nothing_the_user_had_and_what_the_lists_file_says() {
    let workplace = Workplace::new();
    workplace.run(&format!("{SHORT} -o receipt.json --recs lists.tsv")).succeeds();
    let lists = String::from_utf8(workplace.read("lists.tsv")).unwrap();
    let dataset = dataset();
    for user in [0, dataset.users.len() / 2, dataset.users.len() - 1] {
        let id = &dataset.users[user];
        let taken = |parts: &[Part]| -> BTreeSet<&str> {
            let own = dataset.interactions.iter().filter(|interaction| interaction.user as usize == user);
            let chosen = own.filter(|interaction| parts.contains(&interaction.part));
            chosen.map(|interaction| dataset.items[interaction.item as usize].as_str()).collect()
        };
        let line = format!("recommend --receipt receipt.json --user {id} --cutoff 20 --json");
        let list = workplace.run(&line).json();
        let places: Vec<(&str, f64)> = list
            .as_array()
            .unwrap()
            .iter()
            .map(|place| (place["card"]["id"].as_str().unwrap(), place["score"].as_f64().unwrap()))
            .collect();
        assert_eq!(places.len(), 20);
        let train = taken(&[Part::Train]);
        assert!(!train.is_empty() && places.iter().all(|(item, _)| !train.contains(item)), "{id}");
        assert!(places.is_sorted_by(|a, b| a.1 >= b.1), "{id}");
        let rows = lists.lines().filter_map(|line| line.strip_prefix(&format!("{id}\t")));
        let listed: Vec<&str> = rows.map(|row| row.split('\t').next().unwrap()).collect();
        assert_eq!(places.iter().map(|(item, _)| *item).collect::<Vec<_>>(), listed, "{id}");
        let held_out = taken(&[Part::Validation, Part::Test]);
        for (place, (item, _)) in list.as_array().unwrap().iter().zip(&places) {
            assert_eq!(!place["hit"].is_null(), held_out.contains(item), "{id}: {item}");
        }
    }
}

#[test]
fn patience_ends_a_run_early_and_keeps_its_best_epoch() {
    let workplace = Workplace::new();
    // At this rate the first epochs are the best that it gets.
    let line = "train bpr-mf --set epochs=200 --set evaluate-every=1 --set patience=2 --set learning-rate=0.3 --json";
    let receipt = workplace.run(line).json();
    let curve = receipt["curve"].as_array().unwrap();
    let best = receipt["best-epoch"].as_u64().unwrap() as usize;
    assert_eq!(receipt["stopped-early"], true);
    assert_eq!(curve.len(), best + 2);
    let recall = |point: &Value| point["validation"]["recall"]["20"].as_f64().unwrap();
    assert!(curve[best..].iter().all(|point| recall(point) <= recall(&curve[best - 1])));
}

#[test]
fn masked_validation_items_are_in_no_list_however_it_is_asked_for() {
    let workplace = Workplace::new();
    workplace.run("train most-pop --set mask-validation=true -o receipt.json --recs lists.tsv").succeeds();
    let user = "U00001";
    let list =
        workplace.run(&format!("recommend --receipt receipt.json --user {user} --cutoff 20 --json")).json();
    let recommended = list.as_array().unwrap();
    assert!(recommended.iter().all(|place| place["hit"] != "validation"), "{list}");
    let lists = String::from_utf8(workplace.read("lists.tsv")).unwrap();
    let written: Vec<&str> =
        lists.lines().filter_map(|line| line.strip_prefix(user)?.trim_start().split('\t').next()).collect();
    let asked: Vec<&str> = recommended.iter().map(|place| place["card"]["id"].as_str().unwrap()).collect();
    assert_eq!(asked, written);
}
