//! Amazon Reviews 2023 (Hou et al.), one category.
//!
//! - `<category>.jsonl.gz`: a JSON object a line; `user_id`, `parent_asin`, `rating` and `timestamp` (milliseconds, made
//!   seconds) are kept.
//! - Optionally `meta_<category>.jsonl.gz`: a JSON object a line; `parent_asin`, `title`, and `description` followed by
//!   `features`, the shop's bullet points, are kept. The textual modality is made of them by our own extractor.
//!
//! Each may be packed (`.gz`) or not. Fields that are `null` count as absent.

use std::borrow::Cow;

use serde::Deserialize;

use super::amazon::{Dump, Product, Review, only};
use super::lines::Line;
use super::stream::Report;
use super::{Folder, ImportError, Imported, Raw, amazon};
use crate::data::ItemText;

const LAYOUT: &str = "amazon-2023";

/// Imports a folder under a name.
pub fn import(folder: &dyn Folder, name: &str, raw: &Raw, report: Report) -> Result<Imported, ImportError> {
    let named = |what, products: bool| {
        only(folder, what, |path| {
            let is_lines = path.strip_suffix(".gz").unwrap_or(path).ends_with(".jsonl");
            is_lines && path.starts_with("meta") == products
        })
    };
    let reviews = named("file of reviews", false)?;
    let expected = "file <category>.jsonl.gz";
    let dump = Dump {
        layout: LAYOUT,
        reviews: reviews.ok_or(ImportError::MissingFile { layout: LAYOUT, expected })?,
        products: named("file of products", true)?,
        review,
        product,
    };
    let imported = amazon::import(&dump, folder, name, raw, report)?;
    imported.dataset.check()?;
    Ok(imported)
}

#[derive(Deserialize)]
struct ReviewLine<'a> {
    #[serde(rename = "user_id", borrow)]
    user: Cow<'a, str>,
    #[serde(rename = "parent_asin", borrow)]
    item: Cow<'a, str>,
    rating: f32,
    #[serde(rename = "timestamp")]
    milliseconds: Option<i64>,
}

fn review(line: Line) -> Result<Review, ImportError> {
    let ReviewLine { user, item, rating, milliseconds } = line.json()?;
    Ok(Review { user, item, rating, timestamp: milliseconds.unwrap_or(0).div_euclid(1000) })
}

#[derive(Deserialize)]
struct ProductLine {
    #[serde(rename = "parent_asin")]
    item: String,
    title: Option<String>,
    description: Option<Vec<String>>,
    features: Option<Vec<String>>,
    /// From the widest to the narrowest.
    categories: Option<Vec<String>>,
    main_category: Option<String>,
}

fn product(line: Line) -> Result<Product, ImportError> {
    let ProductLine { item, title, description, features, categories, main_category } = line.json()?;
    let sentences: Vec<String> = [description, features].into_iter().flatten().flatten().collect();
    let narrowest = categories.and_then(|mut categories| categories.pop());
    let text = ItemText {
        title: title.unwrap_or_default(),
        description: sentences.join(" "),
        kind: narrowest.or(main_category).unwrap_or_default(),
    };
    Ok(Product { item, text })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Files, error, files, folder, gzip};
    use super::*;
    use crate::schema::Split;

    const REVIEWS: &str = "Pens.jsonl.gz";
    const META: &str = "meta_Pens.jsonl.gz";

    /// A line as the real files have it, or as a file of unknown values has it.
    fn review(user: &str, item: usize, known: bool) -> String {
        let others = if known {
            r#""title": "Good", "text": "I \"like\" it \ud83d\ude00", "images": [{"small_image_url": "x", "attachment_type": "IMAGE"}], "helpful_vote": 3, "verified_purchase": true"#
        } else {
            r#""title": null, "text": null, "images": [], "helpful_vote": null, "verified_purchase": null"#
        };
        let time = if known { format!("158863030{item}999") } else { "0".into() };
        format!(
            r#"{{"rating": {item}.0, {others}, "asin": "V{item}", "parent_asin": "P{item}", "user_id": "{user}", "timestamp": {time}}}"#
        )
    }

    fn product(item: usize, known: bool) -> String {
        let others = if known {
            r#""title": "Pen number one", "average_rating": 4.5, "rating_number": 12, "features": ["Blue ink", "Fine"], "description": ["It writes.", "Long."], "price": "from 3.50", "images": [{"thumb": "x", "large": "y", "variant": "MAIN", "hi_res": null}], "videos": [], "store": "Pilot", "details": {"Weight": "3 g"}"#
        } else {
            r#""title": "Pen number two", "average_rating": null, "rating_number": null, "features": [], "description": null, "price": null, "images": [], "videos": [], "store": null, "details": {}"#
        };
        format!(
            r#"{{"main_category": "Office", {others}, "categories": ["Pens"], "parent_asin": "P{item}", "bought_together": null}}"#
        )
    }

    fn small() -> Files {
        let mut reviews = Vec::new();
        for item in 1..=5 {
            reviews.push(review("A", item, true));
            reviews.push(review("B", item, false));
        }
        let meta = [product(1, true), product(2, false), product(9, true)].join("\n");
        files(&[(REVIEWS, &gzip(reviews.join("\n").as_bytes())), (META, &gzip(meta.as_bytes()))])
    }

    fn imported(files: &Files) -> Result<Imported, ImportError> {
        import(&folder(files), "pens", &Raw { core: 1, split: Split::Temporal, seed: 1 }, &|_| {})
    }

    #[test]
    fn known_and_unknown_values_are_read() {
        let Imported { dataset, notes } = imported(&small()).unwrap();
        assert_eq!(
            (&dataset.users[..], &dataset.items[..]),
            (&["A", "B"].map(String::from)[..], &[1, 2, 3, 4, 5].map(|item| format!("P{item}"))[..])
        );
        let rows: Vec<_> =
            dataset.interactions.iter().map(|i| (i.user, i.item, i.rating, i.timestamp)).collect();
        assert_eq!(rows[2], (0, 2, 3.0, 1_588_630_303), "milliseconds are made seconds");
        assert_eq!(rows[7], (1, 2, 3.0, 0));
        let text = |title: &str, description: &str, kind: &str| ItemText {
            title: title.into(),
            description: description.into(),
            kind: kind.into(),
        };
        assert_eq!(dataset.texts[0], text("Pen number one", "It writes. Long. Blue ink Fine", "Pens"));
        assert_eq!(dataset.texts[1], text("Pen number two", "", "Pens"));
        assert_eq!(dataset.texts[2], ItemText::default());
        assert_eq!(dataset.modalities.keys().collect::<Vec<_>>(), ["textual"]);
        assert_eq!(
            notes,
            [
                "meta_Pens.jsonl.gz: items without a line have no text, 3 in all",
                "meta_Pens.jsonl.gz: lines of items that are not in the data were left out, 1 in all",
                "textual: nothing to make a vector of for 3 of 5 items",
            ]
        );
    }

    #[test]
    fn a_time_before_1970_is_rounded_down() {
        let line = review("C", 1, false).replace(r#""timestamp": 0"#, r#""timestamp": -1"#);
        let mut files = small();
        files.get_mut(REVIEWS).unwrap().extend(gzip(format!("\n{line}").as_bytes()));
        let dataset = imported(&files).unwrap().dataset;
        assert_eq!(dataset.interactions.last().unwrap().timestamp, -1);
    }

    #[test]
    fn without_a_word_in_common_there_is_no_textual_modality() {
        let mut files = small();
        files.insert(META.into(), gzip(product(1, true).as_bytes()));
        let Imported { dataset, notes } = imported(&files).unwrap();
        assert!(dataset.modalities.is_empty());
        assert_eq!(
            notes.last().unwrap(),
            "textual: no two items have a word in common, so there is no textual modality"
        );
    }

    #[test]
    fn each_mistake_has_its_sentence() {
        let error = |path: &str, bytes: Option<&[u8]>| error(small(), path, bytes, imported);
        assert_eq!(
            error(REVIEWS, None),
            "there is no file <category>.jsonl.gz; the amazon-2023 layout needs it"
        );
        assert_eq!(
            error("Pencils.jsonl", Some(b"")),
            "Pencils.jsonl and Pens.jsonl.gz are both there; only one can be the file of reviews"
        );
        let no_item = review("A", 1, true).replace(r#""parent_asin": "P1""#, r#""parent_asin": null"#);
        assert_eq!(
            error(REVIEWS, Some(&gzip(no_item.as_bytes()))),
            "Pens.jsonl.gz: not one of its 1 lines can be used: Pens.jsonl.gz, line 1, column 216: invalid type: null, \
             expected a string"
        );
        let packed = small().remove(META).unwrap();
        assert_eq!(
            error(META, Some(&packed[..packed.len() / 2])),
            "meta_Pens.jsonl.gz is cut off after line 0"
        );
    }
}
