//! The command line on real Amazon Office, and whether training on it is worth anything. The data are not part of the
//! project.
#![cfg(feature = "cli")]

mod real_data;
#[path = "cli/workplace.rs"]
#[expect(dead_code, reason = "only the tests of mistakes use all of it")]
mod workplace;

use serde_json::{Value, json};
use workplace::Workplace;

/// Imports Office to a file; the summary that is printed.
fn import(workplace: &Workplace, layout: &str, output: &str, options: &[&str]) -> Option<Value> {
    let folder = real_data::folder(match layout {
        "mmrec" => "amazon-office-mmrec",
        _ => "amazon-office",
    })?;
    let arguments =
        [&["import", layout, folder.to_str().unwrap(), "-o", output, "--name", "office", "--json"], options]
            .concat();
    Some(workplace.call(&arguments, 1).json())
}

fn assert_is_office(summary: &Value) {
    for (field, expected) in [
        ("users", 4_905),
        ("items", 2_420),
        ("interactions", 53_258),
        ("train", 31_118),
        ("validation", 9_720),
        ("test", 12_420),
    ] {
        assert_eq!(summary[field], expected, "{field}");
    }
    assert_eq!(summary["density"], json!(53_258.0 / (4_905.0 * 2_420.0)));
    let modalities = summary["modalities"].as_object().unwrap();
    assert_eq!(modalities.keys().collect::<Vec<_>>(), ["textual"]);
    assert_eq!(
        (&modalities["textual"]["dim"], &modalities["textual"]["present"]),
        (&json!(384), &json!(2_420))
    );
    assert!(summary["digest"].as_str().is_some_and(|digest| digest.len() == 64));
}

#[test]
fn both_layouts_are_office_with_the_same_split() {
    let workplace = Workplace::new();
    let mut receipts = Vec::new();
    for layout in ["elliot", "mmrec"] {
        let file = format!("{layout}.fbx");
        let Some(imported) = import(&workplace, layout, &file, &[]) else { return };
        assert_is_office(&imported);
        assert_eq!(workplace.run(&format!("inspect {file} --json")).json(), imported);
        receipts.push(workplace.run(&format!("train vbpr --dataset {file} --set epochs=1 --json")).json());
    }
    for field in ["fingerprints", "metrics", "lists-digest"] {
        assert_eq!(receipts[0][field], receipts[1][field], "{field}");
    }
}

#[test]
fn office_is_made_smaller_and_each_time_the_same() {
    let workplace = Workplace::new();
    let smaller = ["--subsample", "users=500,core=5,seed=1", "--reduce", "text=64"];
    let Some(summary) = import(&workplace, "elliot", "first.fbx", &smaller) else { return };
    import(&workplace, "elliot", "second.fbx", &smaller).unwrap();
    assert!(workplace.read("first.fbx") == workplace.read("second.fbx"));
    let users = summary["users"].as_u64().unwrap();
    assert!((50..=500).contains(&users), "{users}");
    assert_eq!(summary["modalities"]["textual"]["dim"], 64);
    let lists = "train bpr-mf --dataset first.fbx --set epochs=1 --json";
    assert!(workplace.run(lists).json()["metrics"]["test"]["recall"]["20"].as_f64().unwrap() > 0.0);

    let other = ["--subsample", "users=500,core=5,seed=2", "--reduce", "text=64"];
    let other = import(&workplace, "elliot", "other.fbx", &other).unwrap();
    assert_ne!(other["digest"], summary["digest"]);
}

/// What the systems are for: whoever learns beats the crowd, the crowd beats the lot, and the text helps.
#[test]
fn learning_beats_popularity_and_content_helps() {
    let workplace = Workplace::new();
    if import(&workplace, "elliot", "office.fbx", &[]).is_none() {
        return;
    }
    let recall = |system: &str| {
        let line =
            format!("train {system} --dataset office.fbx --set epochs=30 --set evaluate-every=10 --json");
        let receipt = workplace.call(&line.split_whitespace().collect::<Vec<_>>(), 2).json();
        let recall = receipt["metrics"]["validation"]["recall"]["20"].as_f64().unwrap();
        println!("{system}: validation recall@20 {recall:.4}");
        recall
    };
    let [random, most_pop, bpr_mf, vbpr] = ["random", "most-pop", "bpr-mf", "vbpr"].map(recall);
    assert!(3.0 * random < most_pop, "{random} {most_pop}");
    assert!(1.1 * most_pop < bpr_mf, "{most_pop} {bpr_mf}");
    assert!(1.3 * most_pop < vbpr, "{most_pop} {vbpr}");
    assert!(1.1 * bpr_mf < vbpr, "{bpr_mf} {vbpr}");
}
