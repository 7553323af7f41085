//! What is committed under `suites/results` and shown by the page is what its receipts say.

use std::fs;
use std::path::{Path, PathBuf};

use crate::real_data;
use crate::workplace::Workplace;

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Makes the tables again from the committed receipts. Nothing may have to be run for that.
fn hold(result: &str, suite: &str, dataset: &str) {
    let workplace = Workplace::new();
    let receipts = project(&format!("suites/results/{result}/receipts"));
    for file in fs::read_dir(&receipts).unwrap().map(|file| file.unwrap()) {
        let name = file.file_name().into_string().unwrap();
        workplace.write(&format!("{result}/receipts/{name}"), fs::read(file.path()).unwrap());
    }
    let before = fs::read_dir(workplace.path(result).join("receipts")).unwrap().count();
    let suite = project(suite);
    let run = workplace.run(&format!("suite {} --dataset {dataset} -o {result} --keep", suite.display()));
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(!run.stderr.contains("seed "), "{result}: a run was made:\n{}", run.stderr);
    assert_eq!(fs::read_dir(workplace.path(result).join("receipts")).unwrap().count(), before);
    for table in ["table.json", "table.csv", "table.md"] {
        let committed = fs::read(project(&format!("suites/results/{result}/{table}"))).unwrap();
        assert!(
            workplace.read(&format!("{result}/{table}")) == committed,
            "{result}/{table} is not what its receipts say"
        );
    }
}

#[test]
fn the_twins_tables_are_what_their_receipts_say() {
    let twin = project("datasets-small/office-twin.fbx");
    hold("twin-paper", "suites/paper/office.toml", &twin.display().to_string());
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
}
