use fusebox::eval::Metric;
use serde_json::Value;

use crate::workplace::Workplace;

/// The systems as `schema --json` lists them.
fn systems(workplace: &Workplace) -> Vec<Value> {
    workplace.run("schema --json").json().as_array().unwrap().clone()
}

#[test]
fn every_system_is_described_and_in_the_list() {
    let workplace = Workplace::new();
    let list = workplace.run("schema").succeeds().stdout;
    for system in systems(&workplace) {
        let name = system["name"].as_str().unwrap();
        assert!(list.lines().any(|line| line.starts_with(name)), "{name}");
        assert_eq!(workplace.run(&format!("schema {name} --json")).json(), system);
        let words = workplace.run(&format!("schema {name}")).succeeds().stdout;
        for question in ["which", "how", "when"] {
            assert!(words.contains(system[question].as_str().unwrap()), "{name}: {question}");
        }
        for known in system["hyper-parameters"].as_array().unwrap() {
            let number = |field: &str| known[field].as_f64().unwrap();
            assert!((number("minimum")..=number("maximum")).contains(&number("default")), "{name}: {known}");
            assert!(words.contains(known["meaning"].as_str().unwrap()), "{name}: {known}");
        }
    }
    workplace.refuses("schema vpbr", &["`vpbr`", "`vbpr`", "`lightgcn`"]);
}

#[test]
fn every_system_runs_with_the_hyper_parameters_it_says_it_has() {
    let workplace = Workplace::new();
    for system in systems(&workplace) {
        let name = system["name"].as_str().unwrap();
        let receipt = workplace.run(&format!("train {name} --set epochs=1 --json")).json();
        let known = system["hyper-parameters"].as_array().unwrap();
        let used = receipt["spec"]["hyper-parameters"].as_object().unwrap();
        let designed = !system["axes"].as_array().unwrap().is_empty();
        assert!(used.len() == known.len() || designed && !used.is_empty(), "{name}");
        for known in known {
            let key = known["name"].as_str().unwrap();
            // A design has no place for some of them.
            if designed && used.get(key).is_none() {
                continue;
            }
            assert_eq!(used[key], known["default"], "{name}: {key}");
        }
        for part in ["validation", "test"] {
            for metric in Metric::ALL {
                let values = receipt["metrics"][part][metric.name()].as_object();
                let cutoffs: Vec<&String> =
                    values.unwrap_or_else(|| panic!("{name}: {}", metric.name())).keys().collect();
                assert_eq!(cutoffs, ["10", "20"], "{name}: {}", metric.name());
            }
            let recall = receipt["metrics"][part]["recall"]["20"].as_f64().unwrap();
            assert!(recall > 0.0 && recall < 1.0, "{name}: {recall}");
        }
        let trained = system["trained"].as_bool().unwrap();
        assert_eq!(receipt["curve"].as_array().unwrap().len(), usize::from(trained), "{name}");
        assert_eq!(receipt["fingerprints"]["losses"].as_array().unwrap().is_empty(), !trained, "{name}");
        assert_eq!(receipt["spec"].get("modalities").is_some(), system["uses-content"] == true, "{name}");
    }
}

#[test]
fn every_hyper_parameter_is_refused_beyond_its_range() {
    let workplace = Workplace::new();
    for system in systems(&workplace) {
        let name = system["name"].as_str().unwrap();
        for known in system["hyper-parameters"].as_array().unwrap() {
            let key = known["name"].as_str().unwrap();
            // What a design has no place for is refused whatever its value.
            if name == "composed" && !["factors", "learning-rate", "decay", "regularisation"].contains(&key) {
                continue;
            }
            for value in [known["minimum"].as_f64().unwrap() - 1.0, known["maximum"].as_f64().unwrap() + 1.0]
            {
                let words = [
                    format!("hyper-parameters.{key}"),
                    value.to_string(),
                    known["maximum"].as_f64().unwrap().to_string(),
                ];
                let line = format!("train {name} --set {key}={value} -o receipt.json");
                workplace.refuses(&line, &words.each_ref().map(String::as_str));
            }
        }
    }
}

#[test]
fn a_variant_changes_the_run() {
    let workplace = Workplace::new();
    let fingerprints = |variant: &str| {
        let line = format!("train vbpr --set variant={variant} --set epochs=1 --json");
        workplace.run(&line).json()["fingerprints"]["initial-parameters"].clone()
    };
    assert_ne!(fingerprints("corrected"), fingerprints("as-published"));
}
