//! Wrong input of every kind: one sentence that says what and where, and nothing left behind.

use ndarray::{Array1, Array2, Array3};

use crate::shop::{self, Files, npy};
use crate::workplace::Workplace;

/// Imports the shop with files changed, which must be refused.
fn refuses_import(layout: &str, files: Files, words: &[&str]) {
    let workplace = Workplace::new();
    workplace.lay_out("shop", &files);
    workplace.refuses(&format!("import {layout} shop -o shop.fbx"), words);
}

/// The shop in Elliot's layout after one file was put in place, or taken away.
fn elliot(path: &str, content: Option<Vec<u8>>) -> Files {
    changed(shop::elliot(), path, content)
}

fn changed(mut files: Files, path: &str, content: Option<Vec<u8>>) -> Files {
    match content {
        Some(content) => files.insert(path.into(), content),
        None => files.remove(path),
    };
    files
}

/// A file's text with its second line replaced.
fn with_second_line(files: &Files, path: &str, line: &str) -> Vec<u8> {
    let text = String::from_utf8(files[path].clone()).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1] = line;
    (lines.join("\n") + "\n").into_bytes()
}

#[test]
fn missing_files() {
    let workplace = Workplace::new();
    workplace.refuses("import elliot nowhere -o shop.fbx", &["nowhere", "cannot be read"]);
    workplace.refuses("inspect nowhere.fbx", &["nowhere.fbx", "cannot be read"]);
    workplace.refuses("train vbpr --dataset nowhere.fbx -o receipt.json", &["nowhere.fbx", "cannot be read"]);
    workplace.refuses("evaluate --recs nowhere.tsv", &["nowhere.tsv", "cannot be read"]);
    workplace.refuses("reproduce nowhere.json", &["nowhere.json", "cannot be read"]);
    workplace.refuses("recommend --receipt nowhere.json --user 1", &["`nowhere.json`", "file that exists"]);
    workplace.refuses("train nowhere.toml", &["`nowhere.toml`", "system", "link", "file that exists"]);
    workplace.refuses("twin nowhere.toml -o twin.fbx", &["nowhere.toml", "cannot be read"]);
    for (file, expected) in [("train.txt", "train.tsv"), ("val.txt", "val.tsv"), ("test.txt", "test.tsv")] {
        refuses_import("elliot", elliot(file, None), &[file, expected, "Elliot"]);
    }
    refuses_import("mmrec", changed(shop::mmrec(), "shop.inter", None), &["<name>.inter", "MMRec"]);
    refuses_import("ducho", changed(shop::ducho(), "val.tsv", None), &["val.txt or val.tsv", "Ducho"]);
    let files = changed(shop::amazon_2014(), "reviews_Shop_5.json.gz", None);
    refuses_import("amazon-2014", files, &["reviews_<category>.json.gz", "amazon-2014"]);
    let files = changed(shop::amazon_2023(), "Shop.jsonl.gz", None);
    refuses_import("amazon-2023", files, &["<category>.jsonl.gz", "amazon-2023"]);
    refuses_import(
        "movielens",
        changed(shop::movielens(), "ratings.tsv", None),
        &["ratings.tsv", "movielens"],
    );
}

#[test]
fn torn_files() {
    let files = shop::elliot();
    let mut torn = files["train.txt"].clone();
    torn.truncate(torn.len() - 3);
    assert!(torn.ends_with(b"3"), "the last line has lost its rating");
    refuses_import("elliot", elliot("train.txt", Some(torn)), &["train.txt, line 96", "2", "expected 3"]);
    let mut garbled = files["val.txt"].clone();
    garbled.extend(b"u0\xff\t3\t1\n");
    refuses_import("elliot", elliot("val.txt", Some(garbled)), &["val.txt", "line 25", "UTF-8"]);
    let vector = &files["image_feat/13.npy"];
    for length in [0, 5, 40, vector.len() - 1] {
        let torn = elliot("image_feat/13.npy", Some(vector[..length].to_vec()));
        refuses_import("elliot", torn, &["image_feat/13.npy"]);
    }
    let stacked = &files["text_feat.npy"];
    let torn = elliot("text_feat.npy", Some(stacked[..stacked.len() / 2].to_vec()));
    refuses_import("elliot", torn, &["text_feat.npy", "bytes"]);
}

#[test]
fn torn_dumps() {
    for (layout, files, reviews, products) in [
        ("amazon-2014", shop::amazon_2014(), "reviews_Shop_5.json.gz", "meta_Shop.json.gz"),
        ("amazon-2023", shop::amazon_2023(), "Shop.jsonl.gz", "meta_Shop.jsonl.gz"),
    ] {
        for file in [reviews, products] {
            let whole = &files[file];
            let with = |content: &[u8]| changed(files.clone(), file, Some(content.to_vec()));
            refuses_import(layout, with(&whole[..whole.len() / 2]), &[file, "cut off after line"]);
            refuses_import(layout, with(&whole[..whole.len() - 1]), &[file, "cut off after line"]);
            refuses_import(layout, with(b"{}\n"), &[file, "not packed by gzip"]);
            refuses_import(layout, with(b""), &[file, "not packed by gzip"]);
            let mut flipped = whole.clone();
            let last = flipped.len() - 8;
            flipped[last] ^= 1;
            refuses_import(layout, with(&flipped), &[file, "damaged after line"]);
            let junk = shop::gzip("<html>\n".repeat(30).as_bytes());
            refuses_import(
                layout,
                with(&junk),
                &[file, "11 of the first 11 lines", "line 1", "line 5", "one in a hundred"],
            );
            refuses_import(
                layout,
                with(&shop::gzip(b"<html>\n")),
                &[file, "not one of its 1 lines", "line 1"],
            );
        }
    }
    let file = "image_features_Shop.b.gz";
    let with = |content: Vec<u8>| changed(shop::amazon_2014(), file, Some(content));
    let whole = &shop::amazon_2014()[file];
    refuses_import("amazon-2014", with(whole[..whole.len() / 2].to_vec()), &[file, "cut off in record"]);
    refuses_import("amazon-2014", with(shop::gzip(b"B000000003")), &[file, "cut off in record 0"]);
    refuses_import("amazon-2014", with(shop::gzip(&[7; 16_394])), &[file, "record 0", "ten letters"]);
}

#[test]
fn options_of_data_without_parts() {
    let workplace = Workplace::new();
    workplace.lay_out("shop", &shop::ducho());
    for option in ["--core 3", "--split temporal", "--seed 2"] {
        let name = option.split(' ').next().unwrap();
        workplace.refuses(
            &format!("import ducho shop -o shop.fbx {option}"),
            &[name, "train, validation and test"],
        );
    }
    workplace.lay_out("shop", &shop::amazon_2014());
    workplace.refuses("import amazon-2014 shop -o shop.fbx --core 99", &["99-core", "empty"]);
    for option in ["--core 0", "--core x", "--split bundle", "--seed -1"] {
        let outcome = workplace.run(&format!("import amazon-2014 shop -o shop.fbx {option}"));
        assert_eq!(outcome.status, Some(2), "{option}: {outcome:?}");
    }
}

#[test]
fn vectors_of_the_wrong_kind() {
    let of_13 = |content: Vec<u8>, words: &[&str]| {
        let words: Vec<&str> = words.iter().copied().chain(["image_feat/13.npy"]).collect();
        refuses_import("elliot", elliot("image_feat/13.npy", Some(content)), &words);
    };
    of_13(npy(Array1::<i64>::zeros(4)), &["'<i8'", "floating point"]);
    of_13(npy(Array1::<bool>::from(vec![true; 4])), &["'|b1'", "floating point"]);
    of_13(npy(Array1::<f32>::zeros(5)), &["length 5", "has 4"]);
    of_13(npy(Array2::<f32>::zeros((2, 4))), &["[2, 4]", "(1, D)"]);
    of_13(npy(Array3::<f32>::zeros((1, 1, 4))), &["[1, 1, 4]", "(N, D)"]);
    of_13(npy(Array1::<f32>::zeros(0)), &["[0]"]);
    of_13(npy(Array1::from(vec![1.0, f32::NAN, 0.0, 0.0])), &["value 1 is NaN", "finite"]);
    of_13(npy(Array1::from(vec![1.0, 0.0, 0.0, f32::NEG_INFINITY])), &["value 3 is -inf", "finite"]);
    of_13(b"PK\x03\x04".to_vec(), &[".npy"]);
    let few = elliot("text_feat.npy", Some(npy(Array2::<f32>::zeros((9, 3)))));
    refuses_import("elliot", few, &["text_feat.npy", "9 rows", "item 13"]);
    let named = elliot("image_feat/B0001.npy", Some(npy(Array1::<f32>::zeros(4))));
    refuses_import("elliot", named, &["image_feat/B0001.npy", "17.npy"]);
}

#[test]
fn lines_that_say_what_they_may_not() {
    let files = shop::elliot();
    for (line, words) in [
        ("u00\tB0001\t5", ["train.txt, line 2", "item", "B0001", "whole number"]),
        ("u00\t-3\t5", ["train.txt, line 2", "item", "-3", "whole number"]),
        ("u00\t3.5\t5", ["train.txt, line 2", "item", "3.5", "whole number"]),
        ("u00\t3\tfive", ["train.txt, line 2", "rating", "five", "finite number"]),
        ("u00\t3\tinf", ["train.txt, line 2", "rating", "inf", "finite number"]),
        ("\t3\t5", ["train.txt, line 2", "user", "\"\"", "identifier"]),
        ("u00 3 5", ["train.txt, line 2", "1 tab-separated", "expected 3", "columns"]),
    ] {
        refuses_import(
            "elliot",
            elliot("train.txt", Some(with_second_line(&files, "train.txt", line))),
            &words,
        );
    }
    let files = shop::mmrec();
    for (line, words) in [
        ("x\t0\t0\t5", ["shop.inter, line 2", "itemID", "\"x\"", "whole number"]),
        ("3\tann\t0\t5", ["shop.inter, line 2", "userID", "\"ann\"", "whole number"]),
        ("3\t0\t7\t5", ["shop.inter, line 2", "x_label", "\"7\"", "2 (test)"]),
        ("999\t0\t0\t5", ["text_feat.npy", "154 rows", "item 999", "each item"]),
        ("3\t99\t0\t5", ["u_id_mapping.csv", "userID", "99", "no row"]),
    ] {
        let content = Some(with_second_line(&files, "shop.inter", line));
        refuses_import("mmrec", changed(files.clone(), "shop.inter", content), &words);
    }
    let header = "itemID\tuserID\tsplit\trating\n3\t0\t0\t5\n";
    let files = changed(files, "shop.inter", Some(header.into()));
    refuses_import("mmrec", files, &["shop.inter, line 1", "x_label", "split"]);
}

#[test]
fn pairs_that_occur_twice() {
    let files = shop::elliot();
    let first =
        |path: &str| String::from_utf8(files[path].clone()).unwrap().lines().next().unwrap().to_owned();
    let again = [files["train.txt"].clone(), first("train.txt").into_bytes()].concat();
    refuses_import(
        "elliot",
        elliot("train.txt", Some(again)),
        &["train.txt, line 97", "train.txt, line 1", "u00"],
    );
    let across = [files["test.txt"].clone(), first("train.txt").into_bytes()].concat();
    refuses_import(
        "elliot",
        elliot("test.txt", Some(across)),
        &["test.txt, line 25", "train.txt, line 1", "u00"],
    );
}

#[test]
fn parts_without_interactions() {
    for (file, part) in [("train.txt", "train"), ("val.txt", "validation"), ("test.txt", "test")] {
        refuses_import("elliot", elliot(file, Some(b"\n\n".to_vec())), &[file, part]);
    }
    let text = String::from_utf8(shop::mmrec()["shop.inter"].clone()).unwrap();
    let kept: String = text
        .lines()
        .filter(|line| line.split('\t').nth(2) != Some("1"))
        .map(|line| format!("{line}\n"))
        .collect();
    let files = changed(shop::mmrec(), "shop.inter", Some(kept.into_bytes()));
    refuses_import("mmrec", files, &["shop.inter", "validation"]);
}

#[test]
fn what_an_import_cannot_make_smaller() {
    let workplace = Workplace::new();
    workplace.lay_out("shop", &shop::elliot());
    for (options, words) in [
        ("--subsample users=25", ["25 users", "24"]),
        ("--subsample core=99", ["99-core", "empty"]),
        ("--reduce audio=2", ["audio", "textual, visual"]),
        ("--reduce visual=5", ["visual", "5"]),
    ] {
        workplace.refuses(&format!("import elliot shop -o shop.fbx {options}"), &words);
    }
    // Arguments that cannot be read are clap's, with its own status.
    for options in [
        "--subsample users",
        "--subsample users=0",
        "--subsample people=3",
        "--reduce visual=0",
        "--precision f8",
    ] {
        let outcome = workplace.run(&format!("import elliot shop -o shop.fbx {options}"));
        assert_eq!(outcome.status, Some(2), "{options}: {outcome:?}");
        let value = options.split(['=', ' ']).next().unwrap();
        assert!(
            outcome.stderr.contains(value) && !workplace.path("shop.fbx").exists(),
            "{options}: {outcome:?}"
        );
    }
}

#[test]
fn bundles_that_are_not_whole() {
    let workplace = Workplace::with_shop();
    let whole = workplace.read("shop.fbx");
    let name = whole.windows(6).position(|bytes| bytes == b"\"shop\"").expect("the header names the data");
    let edit = |at: usize, value: u8| {
        let mut bytes = whole.clone();
        bytes[at] = value;
        bytes
    };
    let longer = [whole.clone(), b"x".to_vec()].concat();
    for (content, word) in [
        (Vec::new(), "not a Fusebox bundle"),
        (b"{\"system\": \"vbpr\"}".to_vec(), "not a Fusebox bundle"),
        (whole[..50].to_vec(), "cut short"),
        (whole[..whole.len() - 1].to_vec(), "cut short"),
        (longer, "goes on after its end"),
        (edit(8, 2), "newer"),
        (edit(name + 3, b'i'), "damaged"),
        (edit(whole.len() - 9, !whole[whole.len() - 9]), "damaged"),
    ] {
        workplace.write("shop.fbx", content);
        workplace.refuses("inspect shop.fbx", &["shop.fbx", word]);
        workplace.refuses(
            "train most-pop --dataset shop.fbx -o receipt.json --recs lists.tsv",
            &["shop.fbx", word],
        );
    }
}

#[test]
fn specifications_with_a_mistake() {
    let workplace = Workplace::new();
    for (file, content, words) in [
        ("run.toml", "system = \"vbpr\"\nsed = 1\n", vec!["line 2", "`sed`", "`seed`"]),
        ("run.toml", "system = \"vbpr\"\n[training]\nepoch = 1\n", vec!["line 3", "`epoch`", "`epochs`"]),
        ("run.toml", "system = \"vbpr\"\nseed = -1\n", vec!["line 2"]),
        ("run.toml", "system = \n", vec!["line 1"]),
        ("run.toml", "seed = 1\n", vec!["`system`"]),
        ("run.json", "{\"system\": \"vbpr\",\n\"sed\": 1}", vec!["line 2", "`sed`", "`seed`"]),
        ("run.json", "{\"system\": \"vbpr\", \"seed\": 1.5}", vec!["line 1"]),
        ("run.json", "{\"system\": \"vbpr\"", vec!["line 1"]),
        ("run.json", "{\"seed\": 1}", vec!["`system`"]),
    ] {
        workplace.write(file, content);
        let words: Vec<&str> = words.into_iter().chain([file]).collect();
        workplace.refuses(&format!("train {file} -o receipt.json"), &words);
    }
    workplace.write("run.toml", "system = \"vpbr\"\n");
    workplace.refuses("train run.toml -o receipt.json", &["`system`", "`vpbr`", "`vbpr`"]);
    workplace.write("run.toml", "system = \"bpr-mf\"\n[hyper-parameters]\nlayers = 3\n");
    workplace.refuses("train run.toml -o receipt.json", &["`hyper-parameters`", "`layers`", "`factors`"]);
}

#[test]
fn settings_that_do_not_exist_or_are_out_of_range() {
    let workplace = Workplace::new();
    for (settings, words) in [
        ("layers=2", vec!["`layers`", "`factors`", "`seed`"]),
        ("seed", vec!["--set seed", "key=value"]),
        ("seed=one", vec!["`seed`", "`one`", "whole number"]),
        ("seed=4294967296", vec!["`seed`", "`4294967296`", "whole number"]),
        ("system=vpbr", vec!["`system`", "`vpbr`", "`vbpr`"]),
        ("variant=fixed", vec!["`variant`", "`fixed`", "`as-published`"]),
        ("learning-rate=2", vec!["learning-rate", "2", "from 0.000001 to 1"]),
        ("learning-rate=nan", vec!["learning-rate", "NaN"]),
        ("learning-rate=fast", vec!["learning-rate", "`fast`", "a number"]),
        ("factors=2.5", vec!["factors", "2.5", "whole number"]),
        ("epochs=0", vec!["training.epochs", "0", "from 1 to 100000"]),
        ("batch-size=0", vec!["training.batch-size", "from 1"]),
        ("evaluate-every=0", vec!["training.evaluate-every", "from 1"]),
        ("cutoffs=", vec!["protocol.cutoffs", "empty"]),
        ("cutoffs=10,x", vec!["cutoffs", "10,x"]),
        ("cutoffs=1001", vec!["protocol.cutoffs", "1001", "from 1 to 1000"]),
        ("selection=luck@10", vec!["training.selection", "`luck@10`", "`recall`"]),
        ("selection=recall@0", vec!["training.selection", "`recall@0`"]),
        ("split=half", vec!["`split`", "`half`", "`cold-items`"]),
        ("candidates=some", vec!["`candidates`", "`some`", "`train-items`"]),
        ("mask-validation=yes", vec!["`mask-validation`", "`yes`", "`true`"]),
        ("modalities=", vec!["`modalities`", "empty", "VBPR"]),
        ("modalities=smell", vec!["`modalities`", "`smell`", "`textual`"]),
        ("modalities=textual,textual", vec!["`modalities`", "`textual`", "twice"]),
    ] {
        workplace.refuses(&format!("train vbpr --set {settings} -o receipt.json --recs lists.tsv"), &words);
    }
    workplace.refuses("train bpr-mf --set variant=as-published", &["`variant`", "BPR-MF", "`corrected`"]);
    workplace.refuses("train vpbr -o receipt.json", &["`vpbr`", "fusebox schema"]);
}

#[test]
fn splits_that_the_data_do_not_allow() {
    let workplace = Workplace::with_shop();
    let line = "train most-pop --dataset shop.fbx -o receipt.json --set";
    workplace.refuses(&format!("{line} split=temporal"), &["\"temporal\"", "timestamps", "\"random\""]);
}

#[test]
fn links_that_cannot_be_opened() {
    let workplace = Workplace::new();
    let said = workplace.run("train most-pop").succeeds().stdout;
    let link = said.lines().find_map(|line| line.strip_prefix("Link: ")).unwrap();
    let newer = link.replacen("#v2.", "#v7.", 1);
    let middle = link.len() / 2;
    let letter = if link.as_bytes()[middle] == b'A' { "B" } else { "A" };
    let mut changed = link.to_owned();
    changed.replace_range(middle..=middle, letter);
    for (link, words) in [
        (newer.as_str(), ["version `7`", "newer"]),
        (&changed, ["damaged", "copied completely"]),
        (&link[..link.len() - 5], ["damaged", "copied completely"]),
        ("#v1.", ["damaged", "copied completely"]),
        ("#v2.", ["damaged", "copied completely"]),
        ("#vbpr", ["no Fusebox link", "#v2."]),
    ] {
        for command in ["reproduce", "train"] {
            workplace.refuses(&format!("{command} {link}"), &words);
        }
    }
}

#[test]
fn receipts_that_cannot_be_read() {
    let workplace = Workplace::new();
    workplace.run("train most-pop -o receipt.json").succeeds();
    let receipt = String::from_utf8(workplace.read("receipt.json")).unwrap();
    workplace.write("torn.json", &receipt[..receipt.len() / 2]);
    workplace.write("field.json", receipt.replacen("\"best-epoch\"", "\"best-epoche\"", 1));
    workplace.write("spec.json", "{\"system\": \"vbpr\"}");
    workplace.refuses("reproduce torn.json", &["torn.json", "no receipt", "line"]);
    workplace.refuses("reproduce field.json", &["field.json", "best-epoche", "line"]);
    workplace.refuses("reproduce spec.json", &["spec.json", "no receipt"]);
    workplace.refuses("recommend --receipt receipt.json --user nobody", &["`nobody`", "user"]);
    workplace.refuses("recommend --receipt torn.json --user nobody", &["torn.json", "line"]);
}

#[test]
fn lists_that_cannot_be_read() {
    let workplace = Workplace::with_shop();
    for (content, words) in [
        (&b"u00\t3\t1\nu00\t13\n"[..], ["line 2", "user, item, score"]),
        (b"user\titem\tscore\n", ["line 1", "`score`"]),
        (b"u00\t3\tNaN\n", ["line 1", "`NaN`"]),
        (b"u00\t3\t1\nu01\t3\t1\nu00\t3\t0.5\n", ["line 3", "line 1"]),
        (b"u00\t3\t1\n\xff\t3\t1\n", ["line 2", "UTF-8"]),
    ] {
        workplace.write("lists.tsv", content);
        let words: Vec<&str> = words.into_iter().chain(["lists.tsv"]).collect();
        workplace.refuses("evaluate --dataset shop.fbx --recs lists.tsv", &words);
    }
}

#[test]
fn recipes_with_a_mistake() {
    let workplace = Workplace::new();
    let recipe = include_str!("../../datasets-small/office-twin.toml");
    let line = recipe.lines().position(|line| line == "users = 1000").unwrap() + 1;
    let line = format!("line {line}");
    for (from, to, words) in [
        ("users = 1000", "people = 1000", ["`people`", line.as_str()]),
        ("users = 1000", "users = 0", ["users", "0"]),
        ("users = 1000", "users = \"many\"", [line.as_str(), "many"]),
    ] {
        workplace.write("twin.toml", recipe.replacen(from, to, 1));
        let words: Vec<&str> = words.into_iter().chain(["twin.toml"]).collect();
        workplace.refuses("twin twin.toml -o twin.fbx", &words);
    }
}

#[test]
fn places_where_nothing_can_be_written() {
    let workplace = Workplace::with_shop();
    let train = "train most-pop --dataset shop.fbx";
    workplace.refuses("import elliot shop -o nowhere/shop.fbx", &["nowhere/shop.fbx", "cannot be written"]);
    workplace
        .refuses(&format!("{train} -o nowhere/receipt.json"), &["nowhere/receipt.json", "cannot be written"]);
    workplace.refuses(&format!("{train} --recs shop"), &["shop", "cannot be written"]);
    // Either all that was asked for, or nothing.
    let both = format!("{train} -o receipt.json --recs nowhere/lists.tsv");
    workplace.refuses(&both, &["nowhere/lists.tsv", "cannot be written"]);
}

#[test]
fn a_failure_leaves_the_older_file_as_it_was() {
    let workplace = Workplace::with_shop();
    workplace.lay_out("shop", &elliot("val.txt", None));
    // `refuses` compares all files before and after.
    workplace.refuses("import elliot shop -o shop.fbx", &["val.txt"]);
    workplace.write("receipt.json", "precious");
    workplace.refuses("train vbpr --dataset shop.fbx --set modalities=smell -o receipt.json", &["`smell`"]);
}
