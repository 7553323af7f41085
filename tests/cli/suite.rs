use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::shop;
use crate::workplace::Workplace;

const METRICS: [&str; 20] = [
    "recall",
    "ndcg",
    "ndcg-binary",
    "precision",
    "hit-rate",
    "mrr",
    "map",
    "map-elliot",
    "f1",
    "efd",
    "epc",
    "gini",
    "shannon-entropy",
    "item-coverage",
    "item-coverage-ratio",
    "aplt",
    "aclt",
    "arp",
    "pop-reo",
    "pop-rsp",
];

/// A suite on the shop, short and small; entries follow.
const SHOP: &str = "name = \"Shop\"\ndescription = \"Which is best?\"\ndataset = \"shop.fbx\"\nseeds = [1, 2]\n\
                    [training]\nepochs = 2\nbatch-size = 32\nselection = \"recall@4\"\n[protocol]\ncutoffs = [4]\n";

impl Workplace {
    /// When each receipt of a suite was last written.
    fn receipts(&self, suite: &str) -> BTreeMap<String, SystemTime> {
        let folder = fs::read_dir(self.path(suite).join("receipts"));
        let files = folder.into_iter().flatten().map(|entry| entry.unwrap());
        let names = files.filter_map(|file| {
            let name = file.file_name().into_string().unwrap();
            Some((name.strip_suffix(".json")?.to_owned(), file.metadata().unwrap().modified().unwrap()))
        });
        names.collect()
    }

    fn receipt(&self, suite: &str, attempt: &Value) -> Value {
        self.read_json(&format!("{suite}/receipts/{}.json", attempt["name"].as_str().unwrap()))
    }
}

fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (mean, (squares / (values.len() - 1) as f64).sqrt())
}

fn close(value: &Value, expected: f64) -> bool {
    (value.as_f64().unwrap() - expected).abs() <= 1e-12 * expected.abs().max(1.0)
}

fn smoke() -> Workplace {
    let workplace = Workplace::new();
    workplace.write("smoke.toml", include_str!("../../suites/smoke.toml"));
    workplace
}

#[test]
fn the_table_is_what_the_receipts_say() {
    let workplace = smoke();
    let table = workplace.run("suite smoke.toml --json").json();
    assert_eq!(table, workplace.read_json("smoke/table.json"));
    assert_eq!(workplace.receipts("smoke").len(), 2 + 2 + 2);
    let rows = table["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    let csv = String::from_utf8(workplace.read("smoke/table.csv")).unwrap();
    let markdown = String::from_utf8(workplace.read("smoke/table.md")).unwrap();
    assert_eq!(csv.lines().count(), 1 + rows.len());
    // Counted from the end: the first columns have commas in them.
    let header: Vec<&str> = csv.lines().next().unwrap().rsplit(',').collect();
    for (row, line) in rows.iter().zip(csv.lines().skip(1)) {
        let cells: Vec<&str> = line.rsplit(',').collect();
        let runs = row["runs"].as_array().unwrap();
        assert_eq!(runs.iter().map(|run| &run["seed"]).collect::<Vec<_>>(), [1, 2]);
        let receipts: Vec<Value> = runs.iter().map(|run| workplace.receipt("smoke", run)).collect();
        for (run, receipt) in runs.iter().zip(&receipts) {
            assert_eq!(receipt["spec"]["seed"], run["seed"]);
            assert_eq!(receipt["spec"]["hyper-parameters"], row["hyper-parameters"]);
            assert_eq!(receipt["metrics"]["validation"]["recall"]["20"], run["validation"]);
        }
        let values = |path: &[&str]| -> Vec<f64> {
            let value = |receipt: &Value| path.iter().fold(receipt.clone(), |value, key| value[key].clone());
            receipts.iter().map(|receipt| value(receipt).as_f64().unwrap()).collect()
        };
        for metric in METRICS {
            for cutoff in ["10", "20"] {
                let (mean, deviation) = mean_and_deviation(&values(&["metrics", "test", metric, cutoff]));
                let summary = &row["test"][metric][cutoff];
                assert!(close(&summary["mean"], mean), "{metric}: {summary}");
                assert!(close(&summary["deviation"], deviation), "{metric}: {summary}");
                let column = header.iter().position(|name| *name == format!("{metric}@{cutoff}")).unwrap();
                assert!(close(&summary["mean"], cells[column].parse().unwrap()), "{metric}: {summary}");
            }
        }
        let (validation, _) = mean_and_deviation(&values(&["metrics", "validation", "recall", "20"]));
        assert!(close(&row["validation"]["mean"], validation));
        assert!(close(&row["best-epoch"], mean_and_deviation(&values(&["best-epoch"])).0));
        let seconds = mean_and_deviation(&values(&["timing", "seconds-per-epoch"])).0;
        assert!(close(&row["seconds-per-epoch"], seconds));
        assert!(markdown.contains(row["label"].as_str().unwrap()));
    }
}

#[test]
fn the_winner_is_the_best_on_validation() {
    let workplace = smoke();
    let table = workplace.run("suite smoke.toml --json").json();
    let [tuned, untuned] = [&table["rows"][0], &table["rows"][1]];
    let tried = tuned["tuning"].as_array().unwrap();
    assert_eq!((&tuned["configurations"], tried.len()), (&json!(2), 2));
    let recall = |attempt: &Value| {
        let receipt = workplace.receipt("smoke", attempt);
        assert_eq!(receipt["spec"]["seed"], 7, "the tuning's own seed");
        receipt["metrics"]["validation"]["recall"]["20"].as_f64().unwrap()
    };
    let winner = tried.iter().max_by(|a, b| recall(a).total_cmp(&recall(b))).unwrap();
    for (name, value) in winner["hyper-parameters"].as_object().unwrap() {
        assert_eq!(&tuned["hyper-parameters"][name], value, "{name}");
    }
    assert_eq!((&untuned["configurations"], &untuned["tuning"]), (&json!(1), &json!([])));
    assert_eq!(untuned["modalities"], json!(["textual"]));
}

#[test]
fn what_is_there_is_not_made_again() {
    let workplace = smoke();
    let table = workplace.run("suite smoke.toml --json --jobs 2").json();
    let before = workplace.receipts("smoke");
    let again = workplace.run("suite smoke.toml --json");
    assert_eq!(again.stderr, "");
    assert_eq!(again.json(), table);
    assert_eq!(workplace.receipts("smoke"), before);

    let lost = table["rows"][1]["runs"][0]["name"].as_str().unwrap();
    let path = format!("smoke/receipts/{lost}.json");
    let receipt = workplace.read_json(&path);
    fs::remove_file(workplace.path(&path)).unwrap();
    workplace.run("suite smoke.toml").succeeds();
    let after = workplace.receipts("smoke");
    assert_eq!(after.len(), before.len());
    for (name, time) in &before {
        assert_eq!(after[name] == *time, name != lost, "{name}");
    }
    assert_eq!(workplace.read_json(&path)["metrics"], receipt["metrics"]);

    // They are receipts like any other.
    let verdict = workplace.run(&format!("reproduce {path} --json")).json();
    assert_eq!(verdict["verdict"], "identical");
}

#[test]
fn receipts_that_cannot_be_relied_on_are_made_again() {
    let workplace = smoke();
    let table = workplace.run("suite smoke.toml --json").json();
    let names: Vec<String> = workplace.receipts("smoke").into_keys().collect();
    let path = |nth: usize| format!("smoke/receipts/{}.json", names[nth]);
    let mut older = workplace.read_json(&path(0));
    older["program"] = "0".repeat(64).into();
    let older = serde_json::to_string(&older).unwrap();
    workplace.write(&path(0), &older);

    let kept = workplace.run("suite smoke.toml --keep --json").json();
    assert_eq!(kept["programs"].as_array().unwrap().len(), 2);
    assert_eq!(kept["rows"], table["rows"]);
    assert_eq!(workplace.read(&path(0)), older.as_bytes());

    let torn = workplace.read(&path(1));
    workplace.write(&path(1), &torn[..torn.len() / 2]);
    fs::copy(workplace.path(&path(2)), workplace.path(&path(3))).unwrap();
    let again = workplace.run("suite smoke.toml --json").succeeds();
    assert!(again.stderr.contains("1 receipt is of another version of the program"), "{}", again.stderr);
    assert!(again.stderr.contains("2 receipts are damaged"), "{}", again.stderr);
    assert_eq!(again.stderr.lines().filter(|line| line.contains("seed")).count(), 3, "{}", again.stderr);
    let again = again.json();
    assert_eq!(again["programs"], table["programs"]);
    for (again, first) in again["rows"].as_array().unwrap().iter().zip(table["rows"].as_array().unwrap()) {
        assert_eq!(again["test"], first["test"]);
    }
}

#[test]
fn a_run_that_fails_does_not_stop_the_others() {
    let workplace = Workplace::new();
    let mut files = shop::elliot();
    // Numbers that are finite, but whose projection is not.
    let huge = ndarray::Array2::from_elem((shop::number(shop::PRODUCTS - 1) + 1, 3), 3e38_f32);
    files.insert("text_feat.npy".into(), shop::npy(huge));
    workplace.lay_out("shop", &files);
    workplace.run("import elliot shop -o shop.fbx").succeeds();
    let entries =
        "[[entry]]\nsystem = \"vbpr\"\nmodalities = [\"textual\"]\n[[entry]]\nsystem = \"bpr-mf\"\n";
    workplace.write("shop.toml", format!("{SHOP}{entries}"));

    let outcome = workplace.run("suite shop.toml -o out");
    assert_eq!(outcome.status, Some(4), "{outcome:?}");
    let table = workplace.read_json("out/table.json");
    let [failed, other] = [&table["rows"][0], &table["rows"][1]];
    assert_eq!((&failed["seeds"], &other["seeds"]), (&json!(0), &json!(2)));
    assert_eq!(failed["test"]["recall"]["4"], Value::Null);
    for run in failed["runs"].as_array().unwrap() {
        assert!(run["failure"].as_str().unwrap().contains("epoch 1, step 1"), "{run}");
    }
    for place in
        [&outcome.stdout, &outcome.stderr, &String::from_utf8(workplace.read("out/table.csv")).unwrap()]
    {
        assert!(place.contains("became NaN in epoch 1, step 1"), "{place}");
    }
    let before = workplace.receipts("out");
    assert_eq!(before.len(), 2);
    assert_eq!(workplace.run("suite shop.toml -o out").status, Some(4));
    assert_eq!(workplace.receipts("out"), before);
}

#[test]
fn an_interruption_loses_only_the_runs_in_progress() {
    let workplace = Workplace::with_shop();
    // The second entry takes hours.
    let entries = "[[entry]]\nsystem = \"bpr-mf\"\n[[entry]]\nsystem = \"vbpr\"\ntraining = { epochs = 100000, batch-size = 1, patience = 0 }\n";
    workplace.write("shop.toml", format!("{SHOP}{entries}"));
    let mut suite = Command::new(env!("CARGO_BIN_EXE_fusebox"))
        .args(["suite", "shop.toml", "--jobs", "2"])
        .current_dir(workplace.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_until("two runs are done", || workplace.receipts("shop").len() == 2);
    wait_until("two are in progress", || workers(&workplace).is_none_or(|workers| workers >= 2));
    suite.kill().unwrap();
    suite.wait().unwrap();
    wait_until("no process is left behind", || workers(&workplace).is_none_or(|workers| workers == 0));
    assert!(!workplace.path("shop/table.json").exists());
    let before = workplace.receipts("shop");
    assert_eq!(before.len(), 2);

    workplace.write("shop.toml", format!("{SHOP}{}", entries.replace("100000", "3")));
    workplace.run("suite shop.toml").succeeds();
    let after = workplace.receipts("shop");
    assert_eq!(after.len(), 4);
    assert!(before.iter().all(|(name, time)| after[name] == *time));
}

fn wait_until(what: &str, happened: impl Fn() -> bool) {
    for _ in 0..600 {
        if happened() {
            return;
        }
        sleep(Duration::from_millis(100));
    }
    panic!("waited a minute until {what}");
}

/// How many processes make runs in this workplace; only Linux tells.
fn workers(workplace: &Workplace) -> Option<usize> {
    let folder = workplace.path("").canonicalize().unwrap();
    let at_work = fs::read_dir("/proc").ok()?.flatten().filter(|process| {
        let command = fs::read(process.path().join("cmdline")).unwrap_or_default();
        let works = command.split(|&byte| byte == 0).any(|argument| argument == b"work");
        works && fs::read_link(process.path().join("cwd")).is_ok_and(|place| place == folder)
    });
    Some(at_work.count())
}

#[test]
fn suites_with_a_mistake() {
    let workplace = Workplace::with_shop();
    let entry = "[[entry]]\nsystem = \"bpr-mf\"\n";
    let tuned = format!("{entry}grid = {{ learning-rate = [0.1, 0.2] }}\n");
    let with = |from: &str, to: &str| SHOP.replacen(from, to, 1);
    let tuning = with("seeds", "tuning-seed = 2\nseeds");
    for (text, words) in [
        (with("name", "nam"), vec!["line 1", "`nam`", "`name`"]),
        (with("epochs", "epoch") + entry, vec!["line 6", "`epoch`", "`epochs`"]),
        (format!("{SHOP}{entry}sead = 1\n"), vec!["`sead`", "`grid`"]),
        (format!("{SHOP}{entry}training = {{ selection = \"f1@4\" }}\n"), vec!["`selection`", "`epochs`"]),
        (SHOP.into(), vec!["`entry`", "at least one"]),
        (format!("{SHOP}[[entry]]\nsystem = \"vpbr\"\n"), vec!["`system`", "`vpbr`", "`vbpr`"]),
        (with("[1, 2]", "[]") + entry, vec!["`seeds`", "empty"]),
        (with("[1, 2]", "[1, 1]") + entry, vec!["`seeds`", "1 twice"]),
        (format!("{SHOP}{tuned}"), vec!["`tuning-seed`", "`BPR-MF`"]),
        (format!("{tuning}{tuned}"), vec!["`tuning-seed` is 2", "`seeds`"]),
        (format!("{SHOP}{entry}grid = {{ layers = [1, 2] }}\n"), vec!["`tuning-seed`"]),
        (
            tuning.replace("= 2\nseeds", "= 3\nseeds") + entry + "grid = { layers = [1, 2] }\n",
            vec!["`grid.layers`", "BPR-MF", "`layers`", "`factors`"],
        ),
        (
            format!("{SHOP}{entry}hyper-parameters = {{ factors = 0 }}\n"),
            vec!["`BPR-MF`", "hyper-parameters.factors", "0", "from 1 to 512"],
        ),
        (with("epochs = 2", "epochs = 0") + entry, vec!["training.epochs", "0", "from 1"]),
        (with("shop.fbx", "nowhere.fbx") + entry, vec!["nowhere.fbx", "cannot be read"]),
    ] {
        workplace.write("suite.toml", text);
        workplace.refuses("suite suite.toml", &words);
    }
    workplace.refuses("suite nowhere.toml", &["nowhere.toml", "cannot be read"]);
    workplace.write("suite.toml", format!("{SHOP}{entry}"));
    workplace.refuses("suite suite.toml -o shop.fbx", &["shop.fbx", "cannot be written"]);
    assert_eq!(workplace.run("suite suite.toml --jobs 0").status, Some(2));
}

#[test]
fn a_suites_paths_are_seen_from_its_file() {
    let workplace = Workplace::with_shop();
    let entry = "[[entry]]\nsystem = \"most-pop\"\n";
    workplace.write("suites/shop.toml", SHOP.replace("shop.fbx", "../shop.fbx") + entry);
    let table = workplace.run("suite suites/shop.toml --json").json();
    assert_eq!(table["dataset"]["name"], "shop");
    assert_eq!(workplace.receipts("suites/shop").len(), 2);
    let row = &table["rows"][0];
    assert_eq!((&row["best-epoch"], &row["seconds-per-epoch"]), (&Value::Null, &Value::Null));
    assert_eq!(row["test"]["recall"]["4"]["deviation"], 0.0);
    // Another bundle in place of the suite's.
    workplace.write("suites/lost.toml", SHOP.replace("shop.fbx", "lost.fbx") + entry);
    let other = workplace.run("suite suites/lost.toml --dataset shop.fbx -o out --json").json();
    assert_eq!(other["rows"][0]["test"], row["test"]);
}

const COMPARED: &str = "[[entry]]\nsystem = \"bpr-mf\"\nhyper-parameters = { factors = 8 }\n[[entry]]\nsystem = \"vbpr\"\n\
                        hyper-parameters = { factors = 8 }\n[[variation]]\n[[variation]]\nlabel = \"placebo\"\n\
                        placebo = \"shuffled\"\n[[comparison]]\nquestion = \"Is content worth anything?\"\n\
                        with-variation = \"placebo\"\n[[comparison]]\nquestion = \"Is it better than none?\"\n\
                        with-entry = \"BPR-MF\"\n";

/// What comparisons say of means is what receipts say, which are made on another way.
#[test]
fn comparisons_agree_with_the_table() {
    let workplace = Workplace::new();
    workplace.lay_out("shop", &shop::elliot());
    workplace.run("import elliot shop -o shop.fbx").succeeds();
    workplace.write("compared.toml", format!("{SHOP}{COMPARED}"));
    let table = workplace.run("suite compared.toml --json").json();
    let comparisons = workplace.read_json("compared/comparisons.json");
    let value = |label: &Value, metric: &str| {
        let rows = table["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["label"] == *label).unwrap();
        row["test"][metric]["4"]["mean"].as_f64().unwrap()
    };
    let pairs: Vec<&Value> = comparisons["questions"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|answer| answer["pairs"].as_array().unwrap())
        .collect();
    assert_eq!(pairs.len(), 2);
    for pair in pairs {
        for metric in ["recall", "ndcg", "efd", "aplt", "gini", "item-coverage-ratio"] {
            let (one, other) = (value(&pair["label"], metric), value(&pair["compared-with"], metric));
            let difference = &pair["differences"][metric];
            assert!(close(&difference["difference"], one - other), "{metric}: {one} - {other}: {difference}");
        }
    }
    let markdown = String::from_utf8(workplace.read("compared/comparisons.md")).unwrap();
    assert!(markdown.contains("VBPR, placebo"), "{markdown}");

    // Lists that got lost are made again, as their runs are; those of runs that nobody compares are not there at all.
    let lists = || fs::read_dir(workplace.path("compared/lists")).unwrap().count();
    assert_eq!(lists(), 3 * 2);
    fs::remove_dir_all(workplace.path("compared/lists")).unwrap();
    let kept = workplace.run("suite compared.toml --keep");
    assert!(
        kept.stderr.contains("no comparisons: no two rows") && kept.stderr.contains("`BPR-MF`"),
        "{}",
        kept.stderr
    );
    let again = workplace.run("suite compared.toml --json");
    assert!(again.stderr.contains("6 receipts are without lists"), "{}", again.stderr);
    assert_eq!(lists(), 3 * 2);
    assert_eq!(workplace.read_json("compared/comparisons.json"), comparisons);
}

#[test]
fn packed_receipts_are_as_good_as_loose_ones() {
    let workplace = smoke();
    let table = workplace.run("suite smoke.toml --json").json();
    let names: Vec<String> = workplace.receipts("smoke").into_keys().collect();
    workplace.write("smoke/receipts/stranger-0123456789abcdef.json", "not of this suite");
    let packed = workplace.run("suite smoke.toml --pack --json");
    assert_eq!(packed.stderr, "");
    assert_eq!(packed.json(), table);
    assert_eq!(workplace.receipts("smoke").into_keys().collect::<Vec<_>>(), ["stranger-0123456789abcdef"]);
    let bytes = workplace.read("smoke/receipts.jsonl.gz");
    let again = workplace.run("suite smoke.toml --json");
    assert_eq!(again.stderr, "");
    assert_eq!(again.json(), table);
    workplace.run("suite smoke.toml --pack").succeeds();
    assert_eq!(workplace.read("smoke/receipts.jsonl.gz"), bytes, "the same receipts give the same bytes");

    let name = names.iter().find(|name| name.starts_with("vbpr")).unwrap();
    let verdict = workplace.run(&format!("reproduce smoke/receipts.jsonl.gz --run {name} --json")).json();
    assert_eq!(verdict["verdict"], "identical");
    workplace.refuses(
        "reproduce smoke/receipts.jsonl.gz --run vbpr-0",
        &["no receipt `vbpr-0`", &format!("among {}", names.len()), &names[0]],
    );
    workplace.write("smoke/receipts.jsonl.gz", &bytes[..bytes.len() / 2]);
    workplace.refuses("suite smoke.toml", &["receipts.jsonl.gz", "no packed receipt"]);
}
