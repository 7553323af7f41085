use std::collections::BTreeMap;

use ndarray::{Array1, Array2};
use ndarray_npy::{WritableElement, WriteNpyExt};

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
