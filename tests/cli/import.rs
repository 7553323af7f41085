use serde_json::json;

use crate::shop::{self, BRIEFLY, Files, PRODUCTS, USERS, WITHOUT_IMAGE, number};
use crate::workplace::Workplace;

#[test]
fn a_shop_is_imported_with_what_its_items_lack() {
    let workplace = Workplace::new();
    workplace.lay_out("shop", &shop::elliot());
    let imported = workplace.run("import elliot shop -o shop.fbx --json").succeeds();
    let note = imported.stderr.lines().find(|line| line.contains("visual")).unwrap_or_default();
    assert!(note.contains("1 of 16 items"), "{}", imported.stderr);
    let summary = workplace.run("inspect shop.fbx --json").json();
    assert_eq!(summary, imported.json());
    assert_eq!((&summary["users"], &summary["items"]), (&json!(USERS), &json!(PRODUCTS)));
    assert_eq!(
        [&summary["interactions"], &summary["train"], &summary["validation"], &summary["test"]],
        [&json!(144), &json!(96), &json!(24), &json!(24)]
    );
    assert_eq!(summary["density"], json!(144.0 / (USERS * PRODUCTS) as f64));
    assert_eq!(summary["name"], "shop");
    assert_eq!(summary["provenance"]["synthetic"], false);
    let modalities = &summary["modalities"];
    assert_eq!(
        modalities["visual"],
        json!({ "dim": 4, "present": PRODUCTS - 1, "origin": "from image_feat" })
    );
    assert_eq!(
        modalities["textual"],
        json!({ "dim": 3, "present": PRODUCTS, "origin": "from text_feat.npy" })
    );
    assert_eq!(summary["digest"].as_str().unwrap().len(), 64);
    let words = workplace.run("inspect shop.fbx").succeeds().stdout;
    assert!(words.contains("4 dimensions, missing on 1 items"), "{words}");
}

#[test]
fn the_content_of_the_shop_is_learned() {
    let workplace = Workplace::with_shop();
    let recall = |modalities: &str| {
        let receipt =
            workplace.run(&format!("train vbpr --dataset shop.fbx {BRIEFLY} {modalities} --json")).json();
        receipt["metrics"]["test"]["recall"]["4"].as_f64().unwrap()
    };
    // Four places, and four products of a user's kind left: whoever knows the kinds finds every product in test.
    for modalities in ["", "--set modalities=visual", "--set modalities=textual"] {
        assert!(recall(modalities) > 0.9, "{modalities}: {}", recall(modalities));
    }
}

#[test]
fn an_item_without_a_picture_can_be_recommended() {
    let workplace = Workplace::with_shop();
    let line = format!("train vbpr --dataset shop.fbx {BRIEFLY} --set modalities=visual --recs lists.tsv");
    workplace.run(&line).succeeds();
    let lists = String::from_utf8(workplace.read("lists.tsv")).unwrap();
    let plain = format!("\t{}\t", number(WITHOUT_IMAGE));
    assert!(lists.lines().any(|line| line.contains(&plain)));
    for line in lists.lines() {
        let score: f64 = line.rsplit('\t').next().unwrap().parse().unwrap();
        assert!(score.is_finite(), "{line}");
    }
}

#[test]
fn an_item_that_only_test_knows_is_allowed() {
    let workplace = Workplace::new();
    let mut files = shop::elliot();
    files.remove("text_feat.npy");
    files.get_mut("test.txt").unwrap().extend(b"u00\t9999\t5\n");
    workplace.lay_out("shop", &files);
    let summary = workplace.run("import elliot shop -o shop.fbx --json").json();
    assert_eq!(summary["items"], PRODUCTS + 1);
    assert_eq!(summary["modalities"]["visual"]["present"], PRODUCTS - 1);
    let line = format!("train vbpr --dataset shop.fbx {BRIEFLY} --recs lists.tsv");
    workplace.run(&line).succeeds();
    let listed = |name: &str| String::from_utf8(workplace.read(name)).unwrap().contains("\t9999\t");
    assert!(!listed("lists.tsv"), "candidates are the train items");
    workplace.run(&format!("{line} --set candidates=all --set cutoffs=20")).succeeds();
    assert!(listed("lists.tsv"), "candidates are all items");
}

#[test]
fn both_layouts_hold_the_same_shop() {
    let workplace = Workplace::new();
    workplace.lay_out("elliot", &shop::elliot());
    workplace.lay_out("mmrec", &shop::mmrec());
    let receipt = |layout: &str| {
        workplace.run(&format!("import {layout} {layout} -o {layout}.fbx --name shop")).succeeds();
        let options = format!("{BRIEFLY} --set modalities=textual");
        workplace.run(&format!("train vbpr --dataset {layout}.fbx {options} --json")).json()
    };
    let (elliot, mmrec) = (receipt("elliot"), receipt("mmrec"));
    for field in ["fingerprints", "metrics", "lists-digest"] {
        assert_eq!(elliot[field], mmrec[field], "{field}");
    }
    // Elliot's files have numbers for items, MMRec's mappings the source's own names.
    assert_ne!(elliot["dataset"]["digest"], mmrec["dataset"]["digest"]);
}

#[test]
fn a_stacked_file_and_a_folder_of_files_are_the_same() {
    let workplace = Workplace::new();
    let mut files = shop::elliot();
    workplace.lay_out("stacked", &files);
    let stacked = files.remove("text_feat.npy").unwrap();
    let header = stacked.len() - 3 * 4 * (number(PRODUCTS - 1) + 1);
    for product in 0..PRODUCTS {
        let row = &stacked[header + 12 * number(product)..][..12];
        let row: Vec<f32> =
            row.chunks(4).map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap())).collect();
        files.insert(format!("text_feat/{}.npy", number(product)), shop::npy(ndarray::Array1::from(row)));
    }
    workplace.lay_out("apart", &files);
    let losses = |folder: &str| {
        workplace.run(&format!("import elliot {folder} -o {folder}.fbx")).succeeds();
        workplace.run(&format!("train vbpr --dataset {folder}.fbx {BRIEFLY} --json")).json()["fingerprints"]
            .clone()
    };
    assert_eq!(losses("stacked"), losses("apart"));
}

#[test]
fn an_import_gives_the_same_bytes_each_time() {
    let workplace = Workplace::new();
    workplace.lay_out("shop", &shop::elliot());
    let bundle = |options: &str| {
        workplace.run(&format!("import elliot shop -o shop.fbx {options}")).succeeds();
        workplace.read("shop.fbx")
    };
    for options in ["", "--subsample users=12,core=2,seed=1", "--reduce visual=2", "--precision f16"] {
        assert!(bundle(options) == bundle(options), "{options}");
        assert!(options.is_empty() || bundle(options) != bundle(""), "{options}");
    }
    assert!(bundle("--subsample users=12,core=2,seed=1") != bundle("--subsample users=12,core=2,seed=2"));
    bundle("--subsample users=12,core=2,seed=1 --reduce visual=2,text=1");
    let summary = workplace.run("inspect shop.fbx --json").json();
    assert!((1..=12).contains(&summary["users"].as_u64().unwrap()));
    assert_eq!(summary["modalities"]["visual"]["dim"], 2);
    assert_eq!(summary["modalities"]["textual"]["dim"], 1);
}

/// The shop in every layout but Elliot's and MMRec's, with the parts that its 144 interactions fall into.
fn others() -> [(&'static str, Files, [u64; 3]); 4] {
    let shares = [72, 24, 48];
    [
        ("ducho", shop::ducho(), [96, 24, 24]),
        ("amazon-2014", shop::amazon_2014(), shares),
        ("amazon-2023", shop::amazon_2023(), shares),
        ("movielens", shop::movielens(), shares),
    ]
}

#[test]
fn every_layout_holds_the_same_shop() {
    let workplace = Workplace::new();
    for (layout, files, parts) in others() {
        workplace.lay_out("shop", &files);
        let imported = workplace.run(&format!("import {layout} shop -o shop.fbx --json")).succeeds();
        let notes = imported.stderr.clone();
        let summary = imported.json();
        assert_eq!((&summary["users"], &summary["items"]), (&json!(USERS), &json!(PRODUCTS)), "{layout}");
        let found = [&summary["train"], &summary["validation"], &summary["test"]];
        assert_eq!(found, parts.map(|count| json!(count)).each_ref(), "{layout}");
        assert_eq!(summary["provenance"]["synthetic"], false);
        let modalities = &summary["modalities"];
        assert_eq!(modalities["textual"]["present"], PRODUCTS, "{layout}");
        if layout == "amazon-2023" {
            assert!(modalities["visual"].is_null() && !notes.contains("visual"), "{notes}");
        } else {
            assert_eq!(modalities["visual"]["present"], PRODUCTS - 1, "{layout}");
            assert!(notes.contains("1 of 16 items"), "{notes}");
        }
        if layout != "ducho" {
            let core = "the 5-core has 24 of 24 users, 16 of 16 items and 144 of 144 interactions";
            assert_eq!(notes.lines().next(), Some(core), "{layout}");
        }
        assert_eq!(
            summary["thumbnails"],
            if layout == "movielens" { json!({ "tile": 64, "columns": 4 }) } else { json!(null) }
        );
    }
}

#[test]
fn the_content_of_every_layout_is_learned() {
    let workplace = Workplace::new();
    for (layout, files, _) in others() {
        workplace.lay_out("shop", &files);
        workplace.run(&format!("import {layout} shop -o shop.fbx")).succeeds();
        for modality in ["visual", "textual"] {
            if (layout, modality) == ("amazon-2023", "visual") {
                continue;
            }
            let line = format!("train vbpr --dataset shop.fbx {BRIEFLY} --set modalities={modality} --json");
            let receipt = workplace.run(&line).json();
            let recall = receipt["metrics"]["test"]["recall"]["4"].as_f64().unwrap();
            assert!(recall > 0.7, "{layout}, {modality}: {recall}");
        }
    }
}

#[test]
fn core_split_and_seed_are_chosen() {
    let workplace = Workplace::new();
    let mut files = shop::movielens();
    files.get_mut("ratings.tsv").unwrap().extend(b"999\t13\t5\t0\n");
    workplace.lay_out("shop", &files);
    let summary =
        |options: &str| workplace.run(&format!("import movielens shop -o shop.fbx --json {options}")).json();
    assert_eq!(summary("")["users"], USERS);
    assert_eq!(summary("--core 1")["users"], USERS + 1);
    let digests = ["", "--split temporal", "--split cold-items", "--seed 2"]
        .map(|options| summary(options)["digest"].to_string());
    for (at, digest) in digests.iter().enumerate() {
        assert!(!digests[..at].contains(digest), "{at}");
        assert_eq!(
            *digest,
            summary(["", "--split temporal", "--split cold-items", "--seed 2"][at])["digest"].to_string()
        );
    }
    let recipe = summary("--split temporal --core 2 --seed 3")["provenance"]["recipe"].clone();
    assert_eq!(recipe, "import movielens; subsample core=2,seed=3; split=temporal,seed=3");
}

/// The options that say which of the shop's tables and columns is what.
const COLUMNS: &str = "--interactions orders.csv --user who --item what --timestamp when";
const PRODUCTS_TABLE: &str = "--items products.csv.gz --item-id id --title name --description about";

#[test]
fn tables_are_read_by_the_columns_that_are_named() {
    let workplace = Workplace::new();
    workplace.lay_out("shop", &shop::tables());
    let line = format!("import csv shop -o shop.fbx --split temporal {COLUMNS} {PRODUCTS_TABLE} --json");
    let summary = workplace.run(&line).json();
    assert_eq!((&summary["users"], &summary["items"]), (&json!(USERS), &json!(PRODUCTS)));
    let parts = [&summary["train"], &summary["validation"], &summary["test"]];
    assert_eq!(parts, [72, 24, 48].map(|count| json!(count)).each_ref());
    assert_eq!(summary["modalities"]["textual"]["present"], PRODUCTS);
    let recipe = summary["provenance"]["recipe"].as_str().unwrap();
    assert!(recipe.starts_with("import csv orders.csv: user=who,item=what,timestamp=when"), "{recipe}");
    let line = format!("train vbpr --dataset shop.fbx {BRIEFLY} --json");
    let recall = workplace.run(&line).json()["metrics"]["test"]["recall"]["4"].as_f64().unwrap();
    assert!(recall > 0.7, "{recall}");
}

#[test]
fn tables_have_to_be_named() {
    let workplace = Workplace::new();
    workplace.lay_out("shop", &shop::tables());
    let unnamed = workplace.run("import csv shop -o shop.fbx");
    assert_eq!(unnamed.status, Some(2));
    for option in ["--interactions", "--user", "--item"] {
        assert!(unnamed.stderr.contains(option), "{}", unnamed.stderr);
    }
    let line = format!("import csv shop -o shop.fbx {COLUMNS}");
    workplace.refuses(&line.replace("--user who", "--user whom"), &["no column whom", "when, who, what"]);
    workplace.refuses(&line.replace("orders", "order"), &["order.csv cannot be read"]);
    assert_eq!(
        workplace.run(&format!("{line} --title name")).status,
        Some(2),
        "titles are in a table of items"
    );
    workplace.refuses("import movielens shop -o shop.fbx --user who", &["`csv`"]);
}
