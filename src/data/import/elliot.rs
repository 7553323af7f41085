//! Elliot's layout, which is the paper's own.
//!
//! - `train`, `val` and `test`, each `.txt` or `.tsv`: tab-separated without a header, the user, the item's number and,
//!   if known, the rating and the timestamp. Ratings count only if train has them.
//! - One folder a modality, `image_feat`, `text_feat`, `audio_feat` or of a like name, with one `<item>.npy` an item;
//!   or one stacked `image_feat.npy` with the items' vectors in the order of their numbers.
//! - Optionally `items.tsv` with a header: `item_int` and any of `title` and `description`. Texts are taken as they
//!   stand; HTML entities are not decoded.

use std::collections::BTreeMap;

use super::identifiers::Identifiers;
use super::interactions::index;
use super::table::Table;
use super::{Folder, ImportError, Imported, content, of_layout, parts};
use crate::data::{Dataset, ItemText};

const LAYOUT: &str = "Elliot";
const TEXTS: &str = "items.tsv";

/// Imports a folder under a name.
pub fn import(folder: &dyn Folder, name: &str) -> Result<Imported, ImportError> {
    let records = parts::read(folder, LAYOUT, |row| row.integer(1, "item"))?;
    let indexed = index(&records)?;

    let mut notes = Vec::new();
    let mut modalities = BTreeMap::new();
    for (modality, source) in content::sources(folder, &mut notes)? {
        let features = content::features(folder, modality, &source, &indexed.items, &mut notes)?;
        modalities.insert(modality.to_owned(), features);
    }
    let dataset = Dataset {
        name: name.into(),
        provenance: of_layout(name, "Elliot's", "elliot"),
        users: indexed.users.names().to_vec(),
        items: indexed.items.names().to_vec(),
        interactions: indexed.interactions,
        modalities,
        texts: texts(folder, &indexed.items, &mut notes)?,
        thumbnails: None,
        sounds: None,
    };
    dataset.check()?;
    Ok(Imported { dataset, notes })
}

/// Titles and descriptions `[items]`, or none when there is no table of them.
fn texts(
    folder: &dyn Folder,
    items: &Identifiers,
    notes: &mut Vec<String>,
) -> Result<Vec<ItemText>, ImportError> {
    if !folder.paths().iter().any(|path| path == TEXTS) {
        return Ok(Vec::new());
    }
    let bytes = folder.read(TEXTS)?;
    let (header, table) = Table::with_header(TEXTS, &bytes)?;
    let item_column = header.need("item_int")?;
    let (title, description) = (header.find("title"), header.find("description"));
    if title.is_none() && description.is_none() {
        notes.push(format!("{TEXTS} has no column title or description, so the items have no texts"));
        return Ok(Vec::new());
    }
    let mut texts = vec![ItemText::default(); items.names().len()];
    let mut line_of_item = BTreeMap::new();
    for row in table.rows() {
        let row = row?;
        let item = row.integer(item_column, "item_int")?;
        if let Some(first_line) = line_of_item.insert(item.clone(), row.line) {
            let (file, line) = (TEXTS.into(), row.line);
            return Err(ImportError::DuplicateRow { file, line, field: "item_int", value: item, first_line });
        }
        if let Some(index) = items.index(&item) {
            let text = |column: Option<usize>| column.map_or("", |column| row.text(column)).to_owned();
            texts[index] =
                ItemText { title: text(title), description: text(description), kind: String::new() };
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use ndarray::array;
    use ndarray_npy::WriteNpyExt;
    use proptest::prelude::*;

    use super::super::MemoryFolder;
    use super::*;
    use crate::data::{Part, Precision};

    fn vector(values: &[f32]) -> Vec<u8> {
        let mut bytes = Vec::new();
        ndarray::aview1(values).write_npy(&mut bytes).unwrap();
        bytes
    }

    /// Items 3, 20 and 100; 20 in train only, 100 without a vector.
    fn files() -> BTreeMap<String, Vec<u8>> {
        [
            ("train.txt", b"7\t20\t5.0\n7\t3\t4\n12\t3\t1\n".to_vec()),
            ("val.txt", b"12\t100\t2\n".to_vec()),
            ("test.txt", b"7\t100\t3\n".to_vec()),
            ("image_feat/3.npy", vector(&[1.0, 2.0])),
            ("image_feat/20.npy", vector(&[3.0, 4.0])),
            ("image_feat/55.npy", vector(&[9.0, 9.0])),
            (
                "items.tsv",
                "item_int\ttitle\tprice\n20\tPen &amp; ink\t1\n100\tTea\t\n55\tNobody's\t2\n".into(),
            ),
        ]
        .map(|(path, bytes)| (path.to_owned(), bytes))
        .into()
    }

    fn imported(files: BTreeMap<String, Vec<u8>>) -> Result<Imported, ImportError> {
        import(&MemoryFolder::new(files), "small")
    }

    /// The error after one file is put in place, or taken away.
    fn error(path: &str, bytes: Option<&[u8]>) -> String {
        let mut files = files();
        match bytes {
            Some(bytes) => files.insert(path.into(), bytes.into()),
            None => files.remove(path),
        };
        imported(files).unwrap_err().to_string()
    }

    #[test]
    fn everything_is_matched_by_identifier() {
        let Imported { dataset, notes } = imported(files()).unwrap();
        assert_eq!(dataset.users, ["7", "12"]);
        assert_eq!(dataset.items, ["3", "20", "100"]);
        let rows: Vec<_> = dataset.interactions.iter().map(|i| (i.user, i.item, i.rating, i.part)).collect();
        use Part::{Test, Train, Validation};
        let expected = [(0, 0, 4.0, Train), (0, 1, 5.0, Train), (0, 2, 3.0, Test), (1, 0, 1.0, Train)];
        assert_eq!(rows[..4], expected);
        assert_eq!(rows[4], (1, 2, 2.0, Validation));
        let visual = &dataset.modalities["visual"];
        assert_eq!(visual.values, array![[1.0, 2.0], [3.0, 4.0], [0.0, 0.0]]);
        assert_eq!((&visual.present[..], visual.precision), (&[true, true, false][..], Precision::F32));
        assert_eq!(dataset.texts[0], ItemText::default());
        assert_eq!(dataset.texts[1].title, "Pen &amp; ink");
        assert_eq!(
            notes,
            [
                "visual: no vector for 1 of 3 items",
                "image_feat: vectors of items that are not in the data were left out, 1 in all"
            ]
        );
    }

    #[test]
    fn without_ratings_in_train_all_are_one() {
        let mut files = files();
        files.insert("train.txt".into(), b"7\t20\n7\t3\n12\t3\n".to_vec());
        let dataset = imported(files).unwrap().dataset;
        assert!(dataset.interactions.iter().all(|interaction| interaction.rating == 1.0));
    }

    #[test]
    fn a_stacked_file_does_as_well_as_a_folder() {
        let mut files = files();
        files.retain(|path, _| !path.starts_with("image_feat"));
        let mut bytes = Vec::new();
        ndarray::Array2::from_shape_fn((101, 2), |(i, j)| (i * 2 + j) as f64).write_npy(&mut bytes).unwrap();
        files.insert("visual.npy".into(), bytes);
        let dataset = imported(files.clone()).unwrap().dataset;
        assert_eq!(dataset.modalities["visual"].values, array![[6.0, 7.0], [40.0, 41.0], [200.0, 201.0]]);

        files.insert("visual/3.npy".into(), vector(&[1.0]));
        let notes = imported(files.clone()).unwrap().notes;
        assert_eq!(notes[0], "visual.npy was left out in favour of the folder visual");
        files.insert("image_feat.npy".into(), vector(&[1.0]));
        let error = imported(files).unwrap_err().to_string();
        assert!(error.contains("can be the source of the visual features"), "{error}");
    }

    #[test]
    fn each_mistake_has_its_sentence() {
        assert_eq!(error("val.txt", None), "there is no val.txt or val.tsv; the Elliot layout needs it");
        assert_eq!(
            error("train.tsv", Some(b"1\t2\n")),
            "train.tsv and train.txt are both there; only one can be the train part"
        );
        assert_eq!(
            error("test.txt", Some(b"\n")),
            "test.txt: not a single interaction for test; each of train, validation and test needs some"
        );
        assert_eq!(
            error("train.txt", Some(b"user\titem\trating\n")),
            "train.txt, line 1: the item is \"item\", expected a whole number of 0 or more"
        );
        assert_eq!(
            error("train.txt", Some(b"7\t20\t5\n7\t3\n")),
            "train.txt, line 2: 2 tab-separated columns, expected 3 as in the first line"
        );
        assert_eq!(
            error("test.txt", Some(b"7\t100\n")),
            "test.txt, line 1: 2 tab-separated columns, expected user, item and rating"
        );
        assert_eq!(
            error("train.txt", Some(b"7\t20\tnan\n")),
            "train.txt, line 1: the rating is \"nan\", expected a finite number"
        );
        assert_eq!(
            error("test.txt", Some(b"12\t100\t3\n")),
            "test.txt, line 1: user 12 and item 100 occur a second time (first in val.txt, line 1); a pair may \
             occur once in all parts together"
        );
        assert!(error("train.txt", Some(b"7\t20\t5\n\xff")).contains("train.txt is not UTF-8 text: line 2"));
        assert_eq!(
            error("image_feat/A1.npy", Some(b"")),
            "image_feat/A1.npy: the name is not the whole number of an item, as 17.npy would be"
        );
        assert!(
            error("image_feat/003.npy", Some(&vector(&[1.0, 1.0])))
                .contains("only one can be the vector of item 3")
        );
        assert!(
            error("image_feat/3.npy", Some(b"")).starts_with("image_feat/3.npy: this is not a .npy file")
        );
        assert_eq!(
            error("image_feat/3.npy", Some(&vector(&[1.0]))),
            "image_feat/3.npy has a vector of length 1, while image_feat/20.npy has 2; all must have the same length"
        );
        assert_eq!(
            error("image_feat/3.npy", Some(&vector(&[1.0, f32::NAN]))),
            "image_feat/3.npy, row 0: value 1 is NaN; features must be finite (rows and values counted from 0)"
        );
        let mut two = Vec::new();
        array![[1f32, 2.0], [3.0, 4.0]].write_npy(&mut two).unwrap();
        assert_eq!(
            error("image_feat/3.npy", Some(&two)),
            "image_feat/3.npy has the shape [2, 2], expected one vector: (D,) or (1, D)"
        );
        assert_eq!(
            error("text_feat.npy", Some(&two)),
            "text_feat.npy has 2 rows, none for item 3; a stacked file needs one for each item, counted from 0"
        );
        assert!(error("items.tsv", Some(b"asin\ttitle\n")).contains("there is no column item_int"));
        assert_eq!(
            error("items.tsv", Some(b"item_int\ttitle\n3\ta\n3\tb\n")),
            "items.tsv, line 3: item_int 3 occurs a second time (first in line 2)"
        );
    }

    proptest! {
        #[test]
        fn arbitrary_text_does_no_harm(text in "[0-9a-z.\\t\\n\\r\u{e9} -]{0,60}", path in 0usize..7) {
            let mut files = files();
            let path = files.keys().nth(path).unwrap().clone();
            files.insert(path, text.into_bytes());
            if let Ok(imported) = imported(files) {
                prop_assert_eq!(imported.dataset.check(), Ok(()));
            }
        }
    }
}
