//! Ducho's layout.
//!
//! - `train`, `val` and `test` as Elliot's, but items have identifiers of any text, such as ASINs.
//! - Vectors as Ducho writes them: `<modality>_embeddings/<backend>/<model>/<layer>/<item>.npy`, one file an item, under
//!   `visual`, `textual` and `audio`. A modality has the vectors of one model's one layer; models and layers may have
//!   folders in their names.

use std::collections::{BTreeMap, BTreeSet};

use super::content::{self, File, Source, modality_of};
use super::interactions::index;
use super::{Folder, ImportError, Imported, of_layout, parts};
use crate::data::Dataset;

const LAYOUT: &str = "Ducho";

/// Imports a folder under a name.
pub fn import(folder: &dyn Folder, name: &str) -> Result<Imported, ImportError> {
    let records = parts::read(folder, LAYOUT, |row| row.identifier(1, "item"))?;
    let indexed = index(&records)?;

    let mut notes = Vec::new();
    let mut modalities = BTreeMap::new();
    for (modality, source) in sources(folder, &mut notes)? {
        let features = content::features(folder, modality, &source, &indexed.items, &mut notes)?;
        modalities.insert(modality.to_owned(), features);
    }
    let dataset = Dataset {
        name: name.into(),
        provenance: of_layout(name, "Ducho's", "ducho"),
        users: indexed.users.names().to_vec(),
        items: indexed.items.names().to_vec(),
        interactions: indexed.interactions,
        modalities,
        texts: Vec::new(),
        thumbnails: None,
        sounds: None,
    };
    dataset.check()?;
    Ok(Imported { dataset, notes })
}

/// The folder of each modality's vectors; two of one modality are refused.
fn sources(
    folder: &dyn Folder,
    notes: &mut Vec<String>,
) -> Result<BTreeMap<&'static str, Source>, ImportError> {
    let mut folders = BTreeMap::<&str, Vec<File>>::new();
    for path in folder.paths() {
        let Some((directory, file)) = path.strip_suffix(".npy").and_then(|stem| stem.rsplit_once('/')) else {
            continue;
        };
        folders.entry(directory).or_default().push(File { item: file.into(), path: path.clone() });
    }
    let mut sources = BTreeMap::<&'static str, Source>::new();
    let mut unknown = BTreeSet::new();
    for (directory, files) in folders {
        let top = directory.split('/').next().unwrap_or(directory);
        let Some(modality) = modality_of(top) else {
            unknown.insert(top);
            continue;
        };
        if let Some(first) = sources.insert(modality, Source::Files { folder: directory.into(), files }) {
            let (first, second) = (first.name().into(), directory.into());
            return Err(ImportError::Ambiguous {
                what: format!("source of the {modality} features"),
                first,
                second,
            });
        }
    }
    for top in unknown {
        notes.push(format!("{top}: this is no modality that is known, so its vectors were left out"));
    }
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use ndarray::array;
    use proptest::prelude::*;

    use super::super::sample::{Files, error, files, folder, vector};
    use super::*;
    use crate::data::Part;

    const LAYER: &str = "visual_embeddings/torch/ResNet50/avgpool";
    const MODEL: &str = "textual_embeddings/sentence_transformers/sentence-transformers/mini/1";

    /// Items B1, B2 and A.3; A.3 has no picture.
    fn small() -> Files {
        let mut small = files(&[
            ("train.tsv", b"ann\tB1\t5.0\nbob\tB2\t4.0\nann\tA.3\t1\n"),
            ("val.tsv", b"bob\tB1\t2.0\n"),
            ("test.tsv", b"ann\tB2\t3.0\n"),
        ]);
        for (item, value) in [("B1", 1.0), ("B2", 2.0), ("C", 9.0)] {
            small.insert(format!("{LAYER}/{item}.npy"), vector(&[value, -value]));
        }
        for (item, value) in [("B1", 1.5), ("B2", 2.5), ("A.3", 3.5)] {
            small.insert(format!("{MODEL}/{item}.npy"), vector(&[value]));
        }
        small
    }

    fn imported(files: &Files) -> Result<Imported, ImportError> {
        import(&folder(files), "small")
    }

    #[test]
    fn everything_is_matched_by_identifier() {
        let Imported { dataset, notes } = imported(&small()).unwrap();
        assert_eq!(
            (&dataset.users[..], &dataset.items[..]),
            (&["ann", "bob"].map(String::from)[..], &["A.3", "B1", "B2"].map(String::from)[..])
        );
        let rows: Vec<_> = dataset.interactions.iter().map(|i| (i.user, i.item, i.rating, i.part)).collect();
        use Part::{Test, Train, Validation};
        assert_eq!(
            rows,
            [
                (0, 0, 1.0, Train),
                (0, 1, 5.0, Train),
                (0, 2, 3.0, Test),
                (1, 1, 2.0, Validation),
                (1, 2, 4.0, Train)
            ]
        );
        let (visual, textual) = (&dataset.modalities["visual"], &dataset.modalities["textual"]);
        assert_eq!(visual.values, array![[0.0, 0.0], [1.0, -1.0], [2.0, -2.0]]);
        assert_eq!(visual.present, [false, true, true]);
        assert_eq!(visual.origin, format!("from {LAYER}"));
        assert_eq!(textual.values, array![[3.5], [1.5], [2.5]]);
        assert_eq!(
            notes,
            [
                "visual: no vector for 1 of 3 items".to_owned(),
                format!("{LAYER}: vectors of items that are not in the data were left out, 1 in all"),
            ]
        );
    }

    #[test]
    fn what_is_no_modality_is_said() {
        let mut files = small();
        files.insert("visual_textual_embeddings/torch/CLIP/1/B1.npy".into(), vector(&[1.0]));
        files.insert("stray.npy".into(), vector(&[1.0]));
        let imported = imported(&files).unwrap();
        assert_eq!(imported.dataset.modalities.len(), 2);
        let note =
            "visual_textual_embeddings: this is no modality that is known, so its vectors were left out";
        assert_eq!(imported.notes[0], note);
    }

    #[test]
    fn each_mistake_has_its_sentence() {
        let error = |path: &str, bytes: Option<&[u8]>| error(small(), path, bytes, imported);
        assert_eq!(error("val.tsv", None), "there is no val.txt or val.tsv; the Ducho layout needs it");
        assert_eq!(
            error("test.tsv", Some(b"ann\t \t3.0\n")),
            "test.tsv, line 1: the item is \" \", expected an identifier"
        );
        assert!(
            error("test.tsv", Some(b"ann\tB1\t3.0\n")).contains("user ann and item B1 occur a second time")
        );
        assert_eq!(
            error("visual_embeddings/torch/VGG/fc/B1.npy", Some(&vector(&[1.0]))),
            format!(
                "{LAYER} and visual_embeddings/torch/VGG/fc are both there; only one can be the source of the visual features"
            )
        );
        let path = format!("{LAYER}/B1.npy");
        assert_eq!(
            error(&path, Some(&vector(&[1.0]))),
            format!(
                "{LAYER}/B2.npy has a vector of length 2, while {path} has 1; all must have the same length"
            )
        );
        assert!(error(&path, Some(b"PK")).starts_with(&format!("{path}: this is not a .npy file")));
    }

    proptest! {
        #[test]
        fn arbitrary_text_does_no_harm(text in "[0-9a-zA-Z.\\t\\n\\r\u{e9} -]{0,60}", path in 0usize..9) {
            let mut files = small();
            let path = files.keys().nth(path).unwrap().clone();
            files.insert(path, text.into_bytes());
            if let Ok(imported) = imported(&files) {
                prop_assert_eq!(imported.dataset.check(), Ok(()));
            }
        }
    }
}
