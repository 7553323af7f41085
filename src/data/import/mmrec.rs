//! MMRec's layout.
//!
//! - One `<name>.inter`: tab-separated with a header; `userID`, `itemID` and `x_label` (0 train, 1 validation, 2 test),
//!   if known `rating` and `timestamp`, in any order.
//! - Stacked features, `image_feat.npy`, `text_feat.npy` or `audio_feat.npy`: a row an item, at the item's number.
//! - Optionally `u_id_mapping.csv` and `i_id_mapping.csv`, tab-separated in spite of their names: the source's
//!   identifiers, and the numbers that stand for them under `userID` and `itemID`. With them, users and items keep
//!   the order of their numbers and get the source's identifiers.

use std::collections::BTreeMap;

use super::identifiers::Identifiers;
use super::interactions::{Record, index};
use super::table::Table;
use super::{Folder, ImportError, Imported, content, of_layout};
use crate::data::{Dataset, Part};

const LAYOUT: &str = "MMRec";

/// Imports a folder under a name.
pub fn import(folder: &dyn Folder, name: &str) -> Result<Imported, ImportError> {
    let path = interactions_path(folder)?;
    let bytes = folder.read(path)?;
    let indexed = index(&records(path, &bytes)?)?;

    let mut notes = Vec::new();
    let mut modalities = BTreeMap::new();
    for (modality, source) in content::sources(folder, &mut notes)? {
        let features = content::features(folder, modality, &source, &indexed.items, &mut notes)?;
        modalities.insert(modality.to_owned(), features);
    }
    let dataset = Dataset {
        name: name.into(),
        provenance: of_layout(name, "MMRec's", "mmrec"),
        users: public_identifiers(folder, "u_id_mapping.csv", "userID", &indexed.users)?,
        items: public_identifiers(folder, "i_id_mapping.csv", "itemID", &indexed.items)?,
        interactions: indexed.interactions,
        modalities,
        texts: Vec::new(),
        thumbnails: None,
        sounds: None,
    };
    dataset.check()?;
    Ok(Imported { dataset, notes })
}

fn interactions_path(folder: &dyn Folder) -> Result<&str, ImportError> {
    let mut found = folder.paths().iter().filter(|path| path.ends_with(".inter") && !path.contains('/'));
    match (found.next(), found.next()) {
        (None, _) => Err(ImportError::MissingFile { layout: LAYOUT, expected: "file <name>.inter" }),
        (Some(path), None) => Ok(path),
        (Some(first), Some(second)) => {
            let what = "file of interactions".into();
            Err(ImportError::Ambiguous { what, first: first.clone(), second: second.clone() })
        }
    }
}

fn records<'a>(file: &'a str, bytes: &'a [u8]) -> Result<Vec<Record<'a>>, ImportError> {
    let (header, table) = Table::with_header(file, bytes)?;
    let (user, item, label) = (header.need("userID")?, header.need("itemID")?, header.need("x_label")?);
    let (rating, timestamp) = (header.find("rating"), header.find("timestamp"));
    let records = table.rows().map(|row| {
        let row = row?;
        Ok(Record {
            user: row.integer(user, "userID")?,
            item: row.integer(item, "itemID")?,
            rating: rating.map_or(Ok(1.0), |column| row.rating(column))?,
            timestamp: timestamp.map_or(Ok(0), |column| row.timestamp(column))?,
            part: match row.text(label).trim() {
                "0" => Part::Train,
                "1" => Part::Validation,
                "2" => Part::Test,
                _ => return Err(row.wrong(label, "x_label", "0 (train), 1 (validation) or 2 (test)")),
            },
            file,
            line: row.line,
        })
    });
    let records = records.collect::<Result<Vec<_>, _>>()?;
    for part in [Part::Train, Part::Validation, Part::Test] {
        if !records.iter().any(|record| record.part == part) {
            return Err(ImportError::EmptyPart { file: file.into(), part });
        }
    }
    Ok(records)
}

/// What the source calls each user or item; its number where there is no mapping.
fn public_identifiers(
    folder: &dyn Folder,
    file: &'static str,
    number: &'static str,
    identifiers: &Identifiers,
) -> Result<Vec<String>, ImportError> {
    if !folder.paths().iter().any(|path| path == file) {
        return Ok(identifiers.names().to_vec());
    }
    let bytes = folder.read(file)?;
    let (header, table) = Table::with_header(file, &bytes)?;
    let number_column = header.need(number)?;
    if table.columns() != 2 {
        let expected = format!("2, the identifier and {number}");
        return Err(ImportError::Columns { file: file.into(), line: 1, found: table.columns(), expected });
    }
    let mut of_number = BTreeMap::new();
    let mut names = BTreeMap::new();
    for row in table.rows() {
        let row = row?;
        let value = row.integer(number_column, number)?;
        let name = row.text(1 - number_column).trim().to_owned();
        let duplicate = |field, value: &str, first_line| {
            let (file, line, value) = (file.into(), row.line, value.to_owned());
            ImportError::DuplicateRow { file, line, field, value, first_line }
        };
        if let Some(first_line) = names.insert(name.clone(), row.line) {
            return Err(duplicate("identifier", &name, first_line));
        }
        if let Some((_, first_line)) = of_number.insert(value.clone(), (name, row.line)) {
            return Err(duplicate(number, &value, first_line));
        }
    }
    let public = identifiers.names().iter().map(|value| {
        let missing = || ImportError::NoRow { file: file.into(), field: number, value: value.clone() };
        of_number.get(value).map(|(name, _)| name.clone()).ok_or_else(missing)
    });
    public.collect()
}

#[cfg(test)]
mod tests {
    use ndarray::array;
    use ndarray_npy::WriteNpyExt;
    use proptest::prelude::*;

    use super::super::MemoryFolder;
    use super::*;

    fn files() -> BTreeMap<String, Vec<u8>> {
        let mut features = Vec::new();
        array![[1f32], [2.0], [3.0]].write_npy(&mut features).unwrap();
        [
            (
                "small.inter",
                "itemID\tuserID\tx_label\ttimestamp\n2\t1\t0\t50\n0\t1\t1\t60\n0\t0\t2\t70\n".into(),
            ),
            ("text_feat.npy", features),
            ("i_id_mapping.csv", b"asin\titemID\nZZ\t0\nMM\t1\nAA\t2\n".to_vec()),
            ("u_id_mapping.csv", b"user_id\tuserID\nbea\t1\nada\t0\n".to_vec()),
        ]
        .map(|(path, bytes)| (path.to_owned(), bytes))
        .into()
    }

    fn imported(files: BTreeMap<String, Vec<u8>>) -> Result<Imported, ImportError> {
        import(&MemoryFolder::new(files), "small")
    }

    fn error(path: &str, bytes: Option<&[u8]>) -> String {
        let mut files = files();
        match bytes {
            Some(bytes) => files.insert(path.into(), bytes.into()),
            None => files.remove(path),
        };
        imported(files).unwrap_err().to_string()
    }

    #[test]
    fn items_keep_the_order_of_their_numbers_and_get_their_names() {
        let Imported { dataset, notes } = imported(files()).unwrap();
        assert_eq!(dataset.users, ["ada", "bea"]);
        assert_eq!(dataset.items, ["ZZ", "AA"]);
        let rows: Vec<_> =
            dataset.interactions.iter().map(|i| (i.user, i.item, i.rating, i.timestamp, i.part)).collect();
        use Part::{Test, Train, Validation};
        assert_eq!(rows, [(0, 0, 1.0, 70, Test), (1, 0, 1.0, 60, Validation), (1, 1, 1.0, 50, Train)]);
        assert_eq!(dataset.modalities["textual"].values, array![[1.0], [3.0]]);
        assert_eq!(
            notes,
            ["text_feat.npy: vectors of items that are not in the data were left out, 1 in all"]
        );
    }

    #[test]
    fn without_mappings_the_numbers_are_the_names() {
        let mut files = files();
        files.retain(|path, _| !path.contains("mapping"));
        let dataset = imported(files).unwrap().dataset;
        assert_eq!(
            (dataset.users, dataset.items),
            (vec!["0".into(), "1".into()], vec!["0".into(), "2".into()])
        );
    }

    #[test]
    fn each_mistake_has_its_sentence() {
        assert_eq!(error("small.inter", None), "there is no file <name>.inter; the MMRec layout needs it");
        assert!(error("other.inter", Some(b"")).contains("only one can be the file of interactions"));
        assert!(error("small.inter", Some(b"")).contains("is empty; a line that names the columns"));
        assert_eq!(
            error("small.inter", Some(b"userID\titemID\n")),
            "small.inter, line 1: there is no column x_label; the header has userID, itemID"
        );
        assert_eq!(
            error("small.inter", Some(b"userID\titemID\tx_label\n1\t1\t3\n")),
            "small.inter, line 2: the x_label is \"3\", expected 0 (train), 1 (validation) or 2 (test)"
        );
        assert_eq!(
            error("small.inter", Some(b"userID\titemID\tx_label\n1\tB0\t0\n")),
            "small.inter, line 2: the itemID is \"B0\", expected a whole number of 0 or more"
        );
        assert!(
            error("small.inter", Some(b"userID\titemID\tx_label\n1\t1\t0\n1\t0\t1\n"))
                .starts_with("small.inter: not a single interaction for test")
        );
        assert!(
            error("small.inter", Some(b"userID\titemID\tx_label\n1\t1\t0\n1\t2\t1\n1\t1\t2\n")).starts_with(
                "small.inter, line 4: user 1 and item 1 occur a second time (first in small.inter, line 2)"
            )
        );
        assert_eq!(
            error("i_id_mapping.csv", Some(b"asin\titemID\nZZ\t0\n")),
            "i_id_mapping.csv has no row for itemID 2, which the interactions name"
        );
        assert!(
            error("i_id_mapping.csv", Some(b"asin,itemID\nZZ,0\n")).contains("there is no column itemID")
        );
        assert!(
            error("i_id_mapping.csv", Some(b"a\titemID\tb\n"))
                .contains("expected 2, the identifier and itemID")
        );
        assert_eq!(
            error("i_id_mapping.csv", Some(b"asin\titemID\nZZ\t0\nZZ\t2\n")),
            "i_id_mapping.csv, line 3: identifier ZZ occurs a second time (first in line 2)"
        );
        assert_eq!(
            error("i_id_mapping.csv", Some(b"asin\titemID\nZZ\t0\nA\t0\n")),
            "i_id_mapping.csv, line 3: itemID 0 occurs a second time (first in line 2)"
        );
    }

    proptest! {
        #[test]
        fn arbitrary_text_does_no_harm(
            text in "(userID\titemID\tx_label\n)?[0-3a-z.\\t\\n -]{0,60}", path in 0usize..4,
        ) {
            let mut files = files();
            let path = files.keys().nth(path).unwrap().clone();
            files.insert(path, text.into_bytes());
            if let Ok(imported) = imported(files) {
                prop_assert_eq!(imported.dataset.check(), Ok(()));
            }
        }
    }
}
