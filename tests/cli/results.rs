//! What is committed under `suites/results` and shown by the page is what its receipts say.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::real_data;
use crate::workplace::Workplace;

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Makes the tables again from the committed receipts. Nothing may have to be run for that.
fn hold(result: &str, suite: &str, dataset: &str) {
    let workplace = Workplace::new();
    let folder = project(&format!("suites/results/{result}"));
    let loose = fs::read_dir(folder.join("receipts")).into_iter().flatten().map(|file| file.unwrap());
    for file in loose {
        let name = file.file_name().into_string().unwrap();
        workplace.write(&format!("{result}/receipts/{name}"), fs::read(file.path()).unwrap());
    }
    if let Ok(packed) = fs::read(folder.join("receipts.jsonl.gz")) {
        workplace.write(&format!("{result}/receipts.jsonl.gz"), packed);
    }
    let loose = || fs::read_dir(workplace.path(result).join("receipts")).into_iter().flatten().count();
    let before = loose();
    let suite = project(suite);
    let run = workplace.run(&format!("suite {} --dataset {dataset} -o {result} --keep", suite.display()));
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(!run.stderr.contains("seed "), "{result}: a run was made:\n{}", run.stderr);
    assert_eq!(loose(), before, "{result}: a run was made");
    for table in ["table.json", "table.csv", "table.md"] {
        let committed = fs::read(project(&format!("suites/results/{result}/{table}"))).unwrap();
        assert!(
            workplace.read(&format!("{result}/{table}")) == committed,
            "{result}/{table} is not what its receipts say"
        );
    }
}

/// Lists are not kept, so comparisons cannot be made again from what is; but they must be about the table's means.
fn hold_comparisons(result: &str) {
    let read = |file: &str| -> Value {
        serde_json::from_slice(&fs::read(project(&format!("suites/results/{result}/{file}"))).unwrap())
            .unwrap()
    };
    let (table, comparisons) = (read("table.json"), read("comparisons.json"));
    assert_eq!(table["dataset"], comparisons["dataset"], "{result}");
    let cutoff = comparisons["cutoff"].to_string();
    let rows = table["rows"].as_array().unwrap();
    let questions = comparisons["questions"].as_array().unwrap();
    let pairs = questions.iter().flat_map(|answer| answer["pairs"].as_array().unwrap());
    for pair in pairs {
        for (metric, difference) in pair["differences"].as_object().unwrap() {
            let mean = |label: &Value| {
                let row = rows.iter().find(|row| row["label"] == *label).unwrap();
                row["test"].get(metric)?[&cutoff]["mean"].as_f64()
            };
            let (Some(one), Some(other)) = (mean(&pair["label"]), mean(&pair["compared-with"])) else {
                continue;
            };
            let difference = difference["difference"].as_f64().unwrap();
            assert!((difference - (one - other)).abs() < 1e-9, "{result}: {metric}: {pair}");
        }
    }
}

#[test]
fn the_twins_tables_are_what_their_receipts_say() {
    let twin = project("datasets-small/office-twin.fbx");
    hold("twin-paper", "suites/paper/office.toml", &twin.display().to_string());
}

#[test]
fn the_experiments_tables_are_what_their_receipts_say() {
    let twin = project("datasets-small/office-twin.fbx");
    let twin = twin.display().to_string();
    hold("joint", "suites/joint.toml", &twin);
    hold("fusion", "suites/fusion.toml", &twin);
    hold("beyond", "suites/beyond.toml", &twin);
    hold("missing", "suites/missing.toml", &twin);
    let workplace = Workplace::new();
    let recipe = project("suites/twins/office-conjunction.toml");
    workplace.run(&format!("twin {} -o conjunction.fbx", recipe.display())).succeeds();
    let conjunction = workplace.path("conjunction.fbx").display().to_string();
    hold("fusion-conjunction", "suites/fusion.toml", &conjunction);
    ["joint", "fusion", "fusion-conjunction", "missing", "beyond"].into_iter().for_each(hold_comparisons);
}

#[test]
fn the_designs_tables_on_other_twins_are_what_their_receipts_say() {
    let workplace = Workplace::new();
    for twin in ["toys", "beauty", "sports", "clothing", "music"] {
        for (result, recipe) in [
            (format!("fusion-{twin}"), format!("datasets-small/{twin}-twin.toml")),
            (format!("fusion-{twin}-conjunction"), format!("suites/twins/{twin}-conjunction.toml")),
        ] {
            workplace.run(&format!("twin {} -o {result}.fbx", project(&recipe).display())).succeeds();
            let dataset = workplace.path(&format!("{result}.fbx"));
            hold(&result, "suites/fusion-twins.toml", &dataset.display().to_string());
            hold_comparisons(&result);
        }
    }
}

#[test]
fn offices_tables_are_what_their_receipts_say() {
    let Some(office) = real_data::folder("amazon-office") else { return };
    let workplace = Workplace::new();
    let bundle = workplace.path("office.fbx");
    workplace.run(&format!("import elliot {} -o office.fbx", office.display()));
    let bundle = bundle.display().to_string();
    hold("office-paper", "suites/paper/office.toml", &bundle);
    hold("office-tuned", "suites/office-tuned.toml", &bundle);
    hold("office-why", "suites/office-why.toml", &bundle);
    workplace.run("features office.fbx --extractor tf-idf,office-words -o features.fbx").succeeds();
    hold("features", "suites/features.toml", &workplace.path("features.fbx").display().to_string());
    hold_comparisons("features");
}

#[test]
fn the_films_tables_are_what_their_receipts_say() {
    let Some(films) = real_data::folder("movielens-100k-posters") else { return };
    let workplace = Workplace::new();
    workplace.run(&format!("import movielens {} -o films.fbx", films.display())).succeeds();
    let bundle = workplace.path("films.fbx").display().to_string();
    for suite in ["movielens", "movielens-fusion", "movielens-missing"] {
        hold(suite, &format!("suites/{suite}.toml"), &bundle);
        hold_comparisons(suite);
    }
    let extractors = "colours-and-gradients,local-binary-patterns";
    workplace.run(&format!("features films.fbx --extractor {extractors} -o features.fbx")).succeeds();
    let features = workplace.path("features.fbx").display().to_string();
    hold("movielens-features", "suites/movielens-features.toml", &features);
    hold_comparisons("movielens-features");
}
