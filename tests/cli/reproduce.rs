use fusebox::bench::{decode, encode};
use serde_json::{Value, json};

use crate::workplace::{Outcome, Workplace};

const DIFFERENT: Option<i32> = Some(3);

/// A short run on the embedded office twin: its receipt, and the link it prints.
fn run(workplace: &Workplace) -> (Value, String) {
    let said =
        workplace.run("train vbpr --set epochs=2 --set evaluate-every=1 -o receipt.json").succeeds().stdout;
    let link = said.lines().find_map(|line| line.strip_prefix("Link: ")).expect("a link").to_string();
    (workplace.read_json("receipt.json"), link)
}

fn verdict(outcome: &Outcome) -> Value {
    serde_json::from_str(&outcome.stdout).unwrap_or_else(|_| panic!("{outcome:?}"))
}

#[test]
fn a_receipt_and_a_link_are_repeated_to_the_last_digit() {
    let workplace = Workplace::new();
    let (_, link) = run(&workplace);
    for source in ["receipt.json", &link, &format!("https://example.org/fusebox/{link}")] {
        for threads in [1, 2] {
            let outcome = workplace.call(&["reproduce", source, "--json"], threads);
            assert_eq!(outcome.status, Some(0), "{outcome:?}");
            let verdict = verdict(&outcome);
            assert_eq!((&verdict["verdict"], &verdict["stage"]), (&json!("identical"), &Value::Null));
        }
    }
    let said = workplace.run("reproduce receipt.json").succeeds().stdout;
    assert!(said.starts_with("identical: "), "{said}");
}

#[test]
fn an_edited_receipt_differs_at_the_stage_that_was_edited() {
    let workplace = Workplace::new();
    let (receipt, _) = run(&workplace);
    let other = json!("0".repeat(64));
    let recall = receipt["metrics"]["test"]["recall"]["10"].as_f64().unwrap();
    let loss = receipt["fingerprints"]["losses"][1].as_f64().unwrap();
    for (field, value, stage) in [
        ("/dataset/digest", other.clone(), "data"),
        ("/fingerprints/split", other.clone(), "split"),
        ("/fingerprints/initial-parameters", other.clone(), "initial-parameters"),
        ("/fingerprints/samples", other.clone(), "samples"),
        ("/metrics/test/recall/10", json!(1.5 * recall), "metrics"),
        ("/metrics/test/recall/10", json!(recall + 1e-9), "lists"),
        ("/lists-digest", other.clone(), "lists"),
    ] {
        let mut edited = receipt.clone();
        *edited.pointer_mut(field).unwrap() = value;
        workplace.write("edited.json", edited.to_string());
        let outcome = workplace.run("reproduce edited.json --json");
        assert_eq!(outcome.status, DIFFERENT, "{field}: {outcome:?}");
        let verdict = verdict(&outcome);
        assert_eq!((&verdict["verdict"], &verdict["stage"]), (&json!("different"), &json!(stage)), "{field}");
    }
    // Losses are only looked at where the results differ.
    let mut edited = receipt.clone();
    edited["fingerprints"]["losses"][1] = json!(1.01 * loss);
    edited["metrics"]["test"]["recall"]["10"] = json!(1.5 * recall);
    workplace.write("edited.json", edited.to_string());
    let outcome = workplace.run("reproduce edited.json");
    assert_eq!(outcome.status, DIFFERENT);
    assert!(outcome.stdout.starts_with("different (losses): The loss of step 2 was "), "{}", outcome.stdout);
}

#[test]
fn another_program_with_the_same_results_agrees() {
    let workplace = Workplace::new();
    let (mut receipt, _) = run(&workplace);
    receipt["program"] = json!("0".repeat(64));
    workplace.write("edited.json", receipt.to_string());
    let outcome = workplace.run("reproduce edited.json --json").succeeds();
    assert_eq!(verdict(&outcome)["verdict"], "agrees");
    // Its own digits, within what another program may do.
    let recall = receipt["metrics"]["test"]["recall"]["10"].as_f64().unwrap();
    receipt["metrics"]["test"]["recall"]["10"] = json!(1.001 * recall);
    workplace.write("edited.json", receipt.to_string());
    let outcome = workplace.run("reproduce edited.json --json").succeeds();
    assert_eq!(verdict(&outcome)["verdict"], "agrees");
}

#[test]
fn a_link_with_another_claim_differs() {
    let workplace = Workplace::new();
    let (_, link) = run(&workplace);
    let honest = decode(&link, None).unwrap();
    let claim = honest.claim.clone().unwrap();

    let mut boast = honest.clone();
    for value in boast.claim.as_mut().unwrap().test.get_mut("recall").unwrap().values_mut() {
        *value = value.map(|value| 2.0 * value);
    }
    let outcome = workplace.call(&["reproduce", &encode(&boast).unwrap(), "--json"], 1);
    assert_eq!(outcome.status, DIFFERENT);
    let found = verdict(&outcome);
    assert_eq!(found["stage"], "metrics");
    let value = claim.test["recall"][&10].unwrap();
    let explanation = format!("recall@10 was {:.6} and is {value:.6} now.", 2.0 * value);
    assert_eq!(found["explanation"], explanation);

    let mut lists = honest.clone();
    lists.claim.as_mut().unwrap().lists_digest = "0".repeat(16);
    let outcome = workplace.call(&["reproduce", &encode(&lists).unwrap(), "--json"], 1);
    assert_eq!((outcome.status, &verdict(&outcome)["stage"]), (DIFFERENT, &json!("lists")));

    let mut silent = honest;
    silent.claim = None;
    let outcome = workplace.call(&["reproduce", &encode(&silent).unwrap()], 1).succeeds();
    assert!(
        outcome.stdout.contains("makes no claim") && outcome.stdout.contains("recall"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn a_run_on_other_data_is_refused() {
    let workplace = Workplace::with_shop();
    let (receipt, link) = run(&workplace);
    let digest = receipt["dataset"]["digest"].as_str().unwrap();
    let words = ["`dataset.digest`", &digest[..16], "shop"];
    workplace.refuses("reproduce receipt.json --dataset shop.fbx", &words);
    workplace.refuses("recommend --receipt receipt.json --user u00 --dataset shop.fbx", &words);
    workplace.refuses(&format!("reproduce {link} --dataset shop.fbx"), &words);
    workplace.refuses("train receipt.json --dataset shop.fbx -o second.json", &words);
}
