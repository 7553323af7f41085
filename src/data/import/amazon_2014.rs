//! The Amazon dump of 2014 (McAuley et al.), one category.
//!
//! - `reviews_<category>.json.gz`: a JSON object a line; `reviewerID`, `asin`, `overall` and `unixReviewTime` are kept.
//! - Optionally `meta_<category>.json.gz`: a Python dict a line, which is not JSON; `asin`, `title` and `description` are
//!   kept. The textual modality is made of them by our own extractor.
//! - Optionally `image_features_<category>.b`: records of ten bytes, the ASIN, and 4,096 little-endian floats; the visual
//!   modality.
//!
//! Each may be packed (`.gz`) or not.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;

use super::amazon::{Dump, Product, Review, only};
use super::content::Rows;
use super::identifiers::Identifiers;
use super::lines::Line;
use super::stream::{Report, Stream};
use super::{Folder, ImportError, Imported, Raw, amazon, described, python};
use crate::data::{ItemText, Precision};

const LAYOUT: &str = "amazon-2014";
/// Bytes of an ASIN.
const NAME: usize = 10;
/// Numbers of a picture's vector.
const DIM: usize = 4096;
const RECORD: usize = NAME + 4 * DIM;

/// Imports a folder under a name.
pub fn import(folder: &dyn Folder, name: &str, raw: &Raw, report: Report) -> Result<Imported, ImportError> {
    let named = |what, start: &str, end: &str| {
        only(folder, what, |path| {
            path.starts_with(start) && path.strip_suffix(".gz").unwrap_or(path).ends_with(end)
        })
    };
    let reviews = named("file of reviews", "reviews", ".json")?;
    let expected = "file reviews_<category>.json.gz";
    let dump = Dump {
        layout: LAYOUT,
        reviews: reviews.ok_or(ImportError::MissingFile { layout: LAYOUT, expected })?,
        products: named("file of products", "meta", ".json")?,
        review,
        product,
    };
    let pictures = named("file of image features", "image_features", ".b")?;
    let Imported { mut dataset, mut notes } = amazon::import(&dump, folder, name, raw, report)?;
    match pictures {
        None => notes.push("there is no file of image features, so there is no visual modality".into()),
        Some(file) => {
            let items = Identifiers::in_order(dataset.items.clone());
            let rows = vectors(folder, file, &items, report, &mut notes)?;
            let features = rows.features("visual", file, &mut notes)?;
            described::compare(&dataset.texts, &features.present, &mut notes);
            dataset.modalities.insert("visual".into(), features);
        }
    }
    dataset.check()?;
    Ok(Imported { dataset, notes })
}

#[derive(Deserialize)]
struct ReviewLine<'a> {
    #[serde(rename = "reviewerID", borrow)]
    user: Cow<'a, str>,
    #[serde(rename = "asin", borrow)]
    item: Cow<'a, str>,
    #[serde(rename = "overall")]
    rating: f32,
    #[serde(rename = "unixReviewTime")]
    seconds: Option<i64>,
}

fn review(line: Line) -> Result<Review, ImportError> {
    let ReviewLine { user, item, rating, seconds } = line.json()?;
    Ok(Review { user, item, rating, timestamp: seconds.unwrap_or(0) })
}

fn product(line: Line) -> Result<Product, ImportError> {
    let mut product = python::parse(line.text()?).map_err(|source| ImportError::Python {
        file: line.file.into(),
        line: line.number,
        source,
    })?;
    let mut text = |field| match product.get_mut(field).map(Value::take) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(line.wrong(field, other, "text")),
    };
    let missing = || ImportError::NoField { file: line.file.into(), line: line.number, field: "asin" };
    let item = text("asin")?.ok_or_else(missing)?;
    let (title, description) = (text("title")?, text("description")?);
    let text = ItemText {
        title: title.unwrap_or_default(),
        description: description.unwrap_or_default(),
        kind: kind(&product),
    };
    Ok(Product { item, text })
}

/// The narrowest category of the first path of categories; empty where a line has none.
fn kind(product: &Value) -> String {
    let narrowest = product.pointer("/categories/0").and_then(Value::as_array).and_then(|path| path.last());
    narrowest.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The vectors `[items, 4096]` of the items that a file has.
fn vectors(
    folder: &dyn Folder,
    file: &str,
    items: &Identifiers,
    report: Report,
    notes: &mut Vec<String>,
) -> Result<Rows, ImportError> {
    let mut stream = Stream::open(folder, file, report)?;
    let mut rows =
        Rows { of_item: vec![None; items.names().len()], dim: DIM, precision: Precision::F32, left_out: 0 };
    let mut again = 0;
    let mut bytes = vec![0; RECORD];
    for record in 0.. {
        let place = || format!("in record {record} (of {RECORD} bytes, counted from 0)");
        let count = stream.fill(&mut bytes).map_err(|error| stream.wrong(error, &place()))?;
        if count == 0 {
            break;
        }
        if count < RECORD {
            return Err(ImportError::CutOff { file: file.into(), place: place() });
        }
        let (name, numbers) = bytes.split_at(NAME);
        let name = std::str::from_utf8(name)
            .ok()
            .filter(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let name = name.ok_or(ImportError::RecordName { file: file.into(), record })?;
        match items.index(name) {
            None => rows.left_out += 1,
            Some(item) if rows.of_item[item].is_some() => again += 1,
            Some(item) => {
                let values: Vec<f32> =
                    numbers.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
                if let Some(column) = values.iter().position(|value| !value.is_finite()) {
                    let (file, value) = (file.into(), values[column]);
                    return Err(ImportError::NotFinite { file, row: record, column, value });
                }
                rows.of_item[item] = Some(values);
            }
        }
    }
    if again > 0 {
        notes.push(format!("{file}: further records of an item were left out, {again} in all"));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{Files, error, files, folder, gzip};
    use super::*;
    use crate::data::Part;
    use crate::schema::Split;

    const REVIEWS: &str = "reviews_Pens_5.json.gz";
    const META: &str = "meta_Pens.json.gz";
    const PICTURES: &str = "image_features_Pens.b";
    const RAW: Raw = Raw { core: 1, split: Split::Temporal, seed: 1 };

    /// Users A and B; five items, of which the first has everything, the second no description, the third no line, the
    /// fourth no picture, the fifth a picture and no text.
    fn small() -> Files {
        let mut reviews = String::new();
        for user in ["A", "B"] {
            for item in 1..=5 {
                reviews += &format!(
                    r#"{{"reviewerID": "{user}", "asin": "B00000000{item}", "reviewerName": "x\u00e9 \"y\"", "helpful": [0, {item}], "reviewText": "A lone \ud83d in what is not kept", "overall": {item}.0, "summary": null, "unixReviewTime": {item}}}"#
                );
                reviews.push('\n');
            }
        }
        let meta = concat!(
            r#"{'asin': 'B000000001', 'description': "It's a \"blue\" pen.", 'title': 'Pen \u2013 blue', 'price': 3.5, 'related': {'also_bought': ['B9']}}"#,
            "\n",
            r#"{'asin': 'B000000002', 'title': u'Red pen', 'categories': [['Pens', 'Red']]}"#,
            "\n",
            r#"{'asin': 'B00000000X', 'title': "Nobody's"}"#,
            "\n",
            r#"{'asin': 'B000000004', 'title': 'Green pen', 'description': None}"#,
            "\n",
            r#"{'asin': 'B000000005'}"#,
            "\n",
            r#"{'asin': 'B000000001', 'title': 'Pen again'}"#,
            "\n",
        );
        let records = [
            ("B000000001", 1.0),
            ("B00000000X", 8.0),
            ("B000000002", 2.0),
            ("B000000003", 3.0),
            ("B000000005", 5.0),
            ("B000000001", 7.0),
        ];
        let pictures = records.map(|(name, value)| record(name, value)).concat();
        files(&[(REVIEWS, &gzip(reviews.as_bytes())), (META, &gzip(meta.as_bytes())), (PICTURES, &pictures)])
    }

    /// A vector that begins with a value and its half.
    fn record(name: &str, value: f32) -> Vec<u8> {
        let mut bytes = name.as_bytes().to_vec();
        bytes.extend(value.to_le_bytes());
        bytes.extend((value / 2.0).to_le_bytes());
        bytes.resize(RECORD, 0);
        bytes
    }

    fn imported(files: &Files) -> Result<Imported, ImportError> {
        import(&folder(files), "pens", &RAW, &|_| {})
    }

    #[test]
    fn everything_is_matched_by_identifier() {
        let Imported { dataset, notes } = imported(&small()).unwrap();
        assert_eq!(dataset.users, ["A", "B"]);
        assert_eq!(dataset.items, [1, 2, 3, 4, 5].map(|item| format!("B00000000{item}")));
        let rows: Vec<_> =
            dataset.interactions.iter().map(|i| (i.user, i.item, i.rating, i.timestamp, i.part)).collect();
        use Part::{Test, Train, Validation};
        let parts = [Train, Train, Train, Validation, Test];
        let expected: Vec<_> = (0..2)
            .flat_map(|user| {
                (0..5).map(move |item| {
                    (user, item, item as f32 + 1.0, i64::from(item) + 1, parts[item as usize])
                })
            })
            .collect();
        assert_eq!(rows, expected);
        assert_eq!(
            dataset.texts[0],
            ItemText {
                title: "Pen – blue".into(),
                description: "It's a \"blue\" pen.".into(),
                kind: String::new()
            }
        );
        assert_eq!(dataset.texts[1].kind, "Red");
        let titles: Vec<_> = dataset.texts.iter().map(|text| text.title.as_str()).collect();
        assert_eq!(titles, ["Pen – blue", "Red pen", "", "Green pen", ""]);
        let visual = &dataset.modalities["visual"];
        assert_eq!(visual.values.dim(), (5, DIM));
        assert_eq!(visual.present, [true, true, true, false, true]);
        assert_eq!(visual.values.column(0).to_vec(), [1.0, 2.0, 3.0, 0.0, 5.0]);
        assert_eq!(visual.values.column(1).to_vec(), [0.5, 1.0, 1.5, 0.0, 2.5]);
        // "pen" and its stem is what three share; the second word of each is in no other.
        assert_eq!(dataset.modalities["textual"].present, [true, true, false, true, false]);
        assert_eq!(
            notes,
            [
                "meta_Pens.json.gz: items without a line have no text, 1 in all",
                "meta_Pens.json.gz: further lines of an item were left out, 1 in all",
                "meta_Pens.json.gz: lines of items that are not in the data were left out, 1 in all",
                "textual: nothing to make a vector of for 2 of 5 items",
                "image_features_Pens.b: further records of an item were left out, 1 in all",
                "visual: no vector for 1 of 5 items",
                "image_features_Pens.b: vectors of items that are not in the data were left out, 1 in all",
                "items with a text and no picture: 1; with a picture and no text: 2",
            ]
        );
    }

    #[test]
    fn packed_or_not_is_the_same() {
        let packed = small();
        let mut plain = packed.clone();
        for file in [REVIEWS, META] {
            let mut bytes = Vec::new();
            let stream = &mut plain.remove(file).unwrap();
            std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&stream[..]), &mut bytes).unwrap();
            plain.insert(file.strip_suffix(".gz").unwrap().into(), bytes);
        }
        let pictures = plain.remove(PICTURES).unwrap();
        plain.insert(format!("{PICTURES}.gz"), gzip(&pictures));
        let (packed, plain) = (imported(&packed).unwrap().dataset, imported(&plain).unwrap().dataset);
        assert_eq!((&packed.interactions, &packed.texts), (&plain.interactions, &plain.texts));
        assert!(packed.modalities["visual"].values == plain.modalities["visual"].values);
    }

    #[test]
    fn reviews_alone_are_enough() {
        let mut files = small();
        files.retain(|path, _| path == REVIEWS);
        let Imported { dataset, notes } = imported(&files).unwrap();
        assert!(dataset.texts.is_empty() && dataset.modalities.is_empty());
        assert_eq!(
            notes,
            [
                "there is no file of products, so the items have no texts",
                "there is no file of image features, so there is no visual modality",
            ]
        );
    }

    #[test]
    fn lines_that_are_wrong_are_counted_and_shown() {
        let mut files = small();
        let reviews = [
            r#"{"reviewerID": "A", "asin": "B000000001""#,
            r#"{"reviewerID": "A", "asin": "B000000001"}"#,
            r#"{"reviewerID": "A", "asin": 7, "overall": 5}"#,
            r#"{"reviewerID": "C", "asin": "B000000001", "overall": 5.0}"#,
            r#"{"reviewerID": "C", "asin": "B000000002", "overall": 5, "unixReviewTime": null}"#,
        ];
        files.get_mut(REVIEWS).unwrap().extend(gzip(reviews.join("\n").as_bytes()));
        let meta = ["{'asin': 'B000000003', 'title': 3}", "{'title': 'x'}", "['asin']", "{\"asin\": null"];
        files.get_mut(META).unwrap().extend(gzip(meta.join("\n").as_bytes()));
        let Imported { dataset, notes } = imported(&files).unwrap();
        assert_eq!(dataset.users, ["A", "B", "C"]);
        assert_eq!(
            dataset.interactions.iter().filter(|pair| pair.user == 2 && pair.timestamp == 0).count(),
            2
        );
        assert_eq!(
            notes[..9],
            [
                "reviews_Pens_5.json.gz: lines that cannot be used were left out, 3 of 15",
                "reviews_Pens_5.json.gz, line 11, column 40: EOF while parsing an object",
                "reviews_Pens_5.json.gz, line 12, column 41: missing field `overall`",
                "reviews_Pens_5.json.gz, line 13, column 29: invalid type: integer `7`, expected a string",
                "meta_Pens.json.gz: lines that cannot be used were left out, 4 of 10",
                "meta_Pens.json.gz, line 7: the title is \"3\", expected text",
                "meta_Pens.json.gz, line 8: there is no asin",
                "meta_Pens.json.gz, line 9: there is no asin",
                "meta_Pens.json.gz, line 10, column 10: there is `n`, expected a value",
            ]
        );
    }

    #[test]
    fn each_mistake_has_its_sentence() {
        let error = |path: &str, bytes: Option<&[u8]>| error(small(), path, bytes, imported);
        assert_eq!(
            error(REVIEWS, None),
            "there is no file reviews_<category>.json.gz; the amazon-2014 layout needs it"
        );
        assert_eq!(
            error("reviews_Pens.json", Some(b"")),
            "reviews_Pens.json and reviews_Pens_5.json.gz are both there; only one can be the file of reviews"
        );
        assert_eq!(
            error(REVIEWS, Some(b"{}")),
            format!("{REVIEWS} is not packed by gzip, as its name says it is")
        );
        let packed = small().remove(REVIEWS).unwrap();
        assert!(
            error(REVIEWS, Some(&packed[..packed.len() - 5]))
                .starts_with(&format!("{REVIEWS} is cut off after line 10"))
        );
        assert_eq!(error(REVIEWS, Some(&gzip(b""))), "there is not a single interaction");
        assert!(
            error(META, Some(&gzip(b"{}\n")))
                .starts_with("meta_Pens.json.gz: not one of its 1 lines can be used: ")
        );
        let two = [record("B000000001", 1.0), record("B000000002", 2.0)].concat();
        assert_eq!(
            error(PICTURES, Some(&two[..RECORD + 100])),
            "image_features_Pens.b is cut off in record 1 (of 16394 bytes, counted from 0)"
        );
        assert_eq!(
            error(PICTURES, Some(&[&two[..], &[0; RECORD]].concat())),
            "image_features_Pens.b, record 2: it does not begin with the ten letters and digits of an item (records \
             counted from 0)"
        );
        assert_eq!(
            error(PICTURES, Some(&record("B000000004", f32::NAN))),
            "image_features_Pens.b, row 0: value 0 is NaN; features must be finite (rows and values counted from 0)"
        );
    }

    proptest! {
        #[test]
        fn arbitrary_lines_do_no_harm(
            reviews in "([{}\\[\\]:, 0-9]|\"reviewerID\"|\"asin\"|\"overall\"|\n){0,40}",
            meta in "([{}\\[\\]:, 0-9]|'asin'|'title'|\\\\|\n){0,40}",
        ) {
            let mut files = small();
            files.get_mut(REVIEWS).unwrap().extend(gzip(reviews.as_bytes()));
            files.get_mut(META).unwrap().extend(gzip(meta.as_bytes()));
            if let Ok(imported) = imported(&files) {
                prop_assert_eq!(imported.dataset.check(), Ok(()));
            }
        }
    }
}
