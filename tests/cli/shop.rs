use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use ndarray::{Array1, Array2};
use ndarray_npy::{WritableElement, WriteNpyExt};
use serde_json::json;

use crate::workplace::Workplace;

/// Files by path.
pub type Files = BTreeMap<String, Vec<u8>>;

pub const USERS: usize = 24;
pub const PRODUCTS: usize = 16;
/// The product without a picture.
pub const WITHOUT_IMAGE: usize = 4;

/// What makes a run on the shop short, and lists as long as a user has products of their kind left.
pub const BRIEFLY: &str = "--set epochs=60 --set batch-size=32 --set factors=8 --set learning-rate=0.02 \
                           --set cutoffs=4 --set selection=recall@4";

/// A product's number in the files: neither dense nor from 0.
pub fn number(product: usize) -> usize {
    10 * product + 3
}

/// A shop in Elliot's layout. Products are of two kinds, and so are users, who take six of the eight products of their
/// kind: four in train, one in validation, one in test. Pictures and texts tell the kind. Pictures lie in a folder of
/// vectors, texts in one stacked file.
pub fn elliot() -> Files {
    let [mut train, mut validation, mut test] = [const { String::new() }; 3];
    for user in 0..USERS {
        let turn = user / 2;
        let taken = (0..8).filter(|nth| ![turn % 8, (turn + 3) % 8].contains(nth));
        for (place, nth) in taken.enumerate() {
            let part = match place {
                _ if place == turn % 6 => &mut test,
                _ if place == (turn + 1) % 6 => &mut validation,
                _ => &mut train,
            };
            *part += &format!("u{user:02}\t{}\t{}\n", number(2 * nth + user % 2), 1 + (user + nth) % 5);
        }
    }
    let mut files = Files::from([
        ("train.txt".into(), train.into_bytes()),
        ("val.txt".into(), validation.into_bytes()),
        ("test.txt".into(), test.into_bytes()),
        ("text_feat.npy".into(), npy(texts())),
    ]);
    for product in (0..PRODUCTS).filter(|&product| product != WITHOUT_IMAGE) {
        let kind = (product % 2) as f32;
        let picture = Array1::from(vec![kind, 1.0 - kind, (product % 4) as f32 / 4.0, 0.5]);
        files.insert(format!("image_feat/{}.npy", number(product)), npy(picture));
    }
    files
}

/// `[numbers, 3]`; numbers that no product has are zero.
fn texts() -> Array2<f32> {
    let mut texts = Array2::zeros((number(PRODUCTS - 1) + 1, 3));
    for product in 0..PRODUCTS {
        let words = [(product % 2) as f32, 1.0 - (product % 2) as f32, product as f32 / PRODUCTS as f32];
        texts.row_mut(number(product)).assign(&Array1::from(words.to_vec()));
    }
    texts
}

/// The same shop in MMRec's layout, without pictures: numbers in the files, names in the mappings.
pub fn mmrec() -> Files {
    let mut interactions = "itemID\tuserID\tx_label\trating\n".to_string();
    for (label, part) in ["train.txt", "val.txt", "test.txt"].iter().enumerate() {
        let text = String::from_utf8(elliot()[*part].clone()).unwrap();
        for line in text.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            let user: usize = cells[0][1..].parse().unwrap();
            interactions += &format!("{}\t{user}\t{label}\t{}\n", cells[1], cells[2]);
        }
    }
    let mut users = "user_id\tuserID\n".to_string();
    for user in 0..USERS {
        users += &format!("u{user:02}\t{user}\n");
    }
    let mut products = "asin\titemID\n".to_string();
    for product in 0..PRODUCTS {
        products += &format!("B{product:03}\t{}\n", number(product));
    }
    Files::from([
        ("shop.inter".into(), interactions.into_bytes()),
        ("text_feat.npy".into(), npy(texts())),
        ("u_id_mapping.csv".into(), users.into_bytes()),
        ("i_id_mapping.csv".into(), products.into_bytes()),
    ])
}

/// The same shop in Ducho's layout: products have names, and each vector lies in a file of its own.
pub fn ducho() -> Files {
    let shop = elliot();
    let mut files = Files::new();
    for (part, path) in [("train.txt", "train.tsv"), ("val.txt", "val.tsv"), ("test.txt", "test.tsv")] {
        let rows = rows(&shop, part)
            .into_iter()
            .map(|(user, product, rating)| format!("{user}\t{product}\t{rating}.0\n"));
        files.insert(path.into(), rows.collect::<String>().into_bytes());
    }
    for product in 0..PRODUCTS {
        let of_layer = |folder: &str| format!("{folder}/{}.npy", name(product));
        if let Some(picture) = shop.get(&format!("image_feat/{}.npy", number(product))) {
            files.insert(of_layer("visual_embeddings/torch/ResNet50/avgpool"), picture.clone());
        }
        let words = texts().row(number(product)).to_owned();
        files.insert(of_layer("textual_embeddings/sentence_transformers/some/model/1"), npy(words));
    }
    files
}

/// The same shop as the dump of 2014 has it; products are described by their kind, and all but one have a vector of
/// their picture.
pub fn amazon_2014() -> Files {
    let (mut reviews, mut products, mut pictures) = (String::new(), String::new(), Vec::new());
    for (time, (user, product, rating)) in all_rows().into_iter().enumerate() {
        reviews += &format!(
            "{{\"reviewerID\": \"{user}\", \"asin\": \"{product}\", \"reviewText\": \"So \\\"good\\\"\", \
             \"overall\": {rating}.0, \"unixReviewTime\": {time}}}\n"
        );
    }
    for product in 0..PRODUCTS {
        let (name, kind) = (name(product), kind(product));
        products += &format!(
            "{{'asin': '{name}', 'title': \"The {kind}'s \\u2116 {product}\", 'description': 'A {kind}.'}}\n"
        );
        if product != WITHOUT_IMAGE {
            pictures.extend(name.as_bytes());
            let values = (0..4096).map(|at| if at % 2 == product % 2 { 1.0f32 } else { 0.0 });
            pictures.extend(values.flat_map(f32::to_le_bytes));
        }
    }
    Files::from([
        ("reviews_Shop_5.json.gz".into(), gzip(reviews.as_bytes())),
        ("meta_Shop.json.gz".into(), gzip(products.as_bytes())),
        ("image_features_Shop.b.gz".into(), gzip(&pictures)),
    ])
}

/// The same shop as the dump of 2023 has it, without pictures.
pub fn amazon_2023() -> Files {
    let (mut reviews, mut products) = (String::new(), String::new());
    for (time, (user, product, rating)) in all_rows().into_iter().enumerate() {
        let review = json!({
            "rating": rating, "title": "So \"good\"", "text": null, "images": [], "asin": product,
            "parent_asin": product, "user_id": user, "timestamp": time * 1000, "verified_purchase": true,
        });
        reviews += &format!("{review}\n");
    }
    for product in 0..PRODUCTS {
        let (name, kind) = (name(product), kind(product));
        let product = json!({
            "title": format!("The {kind}"), "description": [], "features": [format!("A {kind}.")],
            "images": [], "price": null, "parent_asin": name,
        });
        products += &format!("{product}\n");
    }
    Files::from([
        ("Shop.jsonl.gz".into(), gzip(reviews.as_bytes())),
        ("meta_Shop.jsonl.gz".into(), gzip(products.as_bytes())),
    ])
}

/// The same shop in MovieLens's layout: pictures in one of two colours, texts without vectors.
pub fn movielens() -> Files {
    let mut ratings = "user\titem\trating\ttimestamp\n".to_string();
    for (time, (user, product, rating)) in all_rows().into_iter().enumerate() {
        ratings += &format!("{}\t{}\t{rating}\t{time}\n", &user[1..], &product[1..]);
    }
    let mut items = "item\ttitle\tgenres\toverview\n".to_string();
    let mut files = Files::new();
    for product in 0..PRODUCTS {
        let kind = kind(product);
        items += &format!("{}\tThe {kind}\tShop|{kind}\tA {kind}.\n", number(product));
        if product != WITHOUT_IMAGE {
            let colour = [[200, 30, product as u8], [30, 30, 200]][product % 2];
            files.insert(format!("posters/{}.jpg", number(product)), jpeg(colour));
        }
    }
    files.insert("ratings.tsv".into(), ratings.into_bytes());
    files.insert("items.tsv".into(), items.into_bytes());
    files
}

/// The same shop as two tables of anybody's, without pictures: quotes, other separators, dates for times.
pub fn tables() -> Files {
    let mut orders = "when;who;what;\"stars; of five\"\n".to_string();
    for (time, (user, product, rating)) in all_rows().into_iter().enumerate() {
        orders += &format!("2024-01-{:02} {:02}:00;{user};{product};{rating}\n", 1 + time / 24, time % 24);
    }
    let mut products = "id,name,about\n".to_string();
    for product in 0..PRODUCTS {
        let (name, kind) = (name(product), kind(product));
        products += &format!("{name},\"The {kind}, \"\"good\"\"\",\"A\n{kind}.\"\n");
    }
    Files::from([
        ("orders.csv".into(), orders.into_bytes()),
        ("products.csv.gz".into(), gzip(products.as_bytes())),
    ])
}

/// A product's name in layouts that have names: ten characters, its number at the end.
fn name(product: usize) -> String {
    format!("B{:09}", number(product))
}

fn kind(product: usize) -> &'static str {
    ["pencil", "notebook"][product % 2]
}

/// User, product's name and rating of a part.
fn rows(shop: &Files, part: &str) -> Vec<(String, String, u8)> {
    let text = String::from_utf8(shop[part].clone()).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        (cells[0].to_owned(), format!("B{:0>9}", cells[1]), cells[2].parse().unwrap())
    };
    text.lines().map(row).collect()
}

fn all_rows() -> Vec<(String, String, u8)> {
    let shop = elliot();
    ["train.txt", "val.txt", "test.txt"].iter().flat_map(|part| rows(&shop, part)).collect()
}

/// The bytes of a file packed by gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The bytes of a picture of one colour.
fn jpeg(colour: [u8; 3]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.encode(&colour.repeat(92 * 138), 92, 138, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// The bytes of an `.npy` file.
pub fn npy<T: WritableElement, D: ndarray::Dimension>(values: ndarray::Array<T, D>) -> Vec<u8> {
    let mut bytes = Vec::new();
    values.write_npy(&mut bytes).unwrap();
    bytes
}

impl Workplace {
    /// Puts files into a folder, which holds nothing else then.
    pub fn lay_out(&self, folder: &str, files: &Files) {
        let _ = std::fs::remove_dir_all(self.path(folder));
        for (path, content) in files {
            self.write(&format!("{folder}/{path}"), content);
        }
    }

    /// A workplace with the shop as `shop.fbx`.
    pub fn with_shop() -> Self {
        let workplace = Self::new();
        workplace.lay_out("shop", &elliot());
        workplace.run("import elliot shop -o shop.fbx").succeeds();
        workplace
    }
}
