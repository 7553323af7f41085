use ndarray::Array2;

use super::extractor::{ExtractorDescription, Reads};
use super::pictures::take_off_mean;
use super::{hashed, tokens};
use crate::data::{Features, ItemText, Precision};

/// Columns of brands, and of kinds.
const COLUMNS: usize = 128;

/// Length of the vectors.
const WORDS_VALUES: usize = 2 * COLUMNS;

/// What the last word of a kind weighs, and the one before it: a `label printer` is a printer, of labels.
const KIND_WEIGHTS: [f32; 2] = [1.0, 0.5];

/// What ends the part of a title that says what a thing is.
const ENDS: [&str; 10] = [",", ";", ":", "(", "[", "|", " - ", " – ", " with ", " for "];

pub static DESCRIPTION: ExtractorDescription = ExtractorDescription {
    name: "office-words",
    title: "Office words",
    summary: "Who makes it and what it is: the first word of the title, and the last two before a comma, `for` or `with`.",
    reads: Reads::Texts,
    domain: Some("office supplies, and what else is titled brand first and kind last"),
    width: WORDS_VALUES,
    source: "our own; columns by hash as in Weinberger et al., ICML 2009",
};

/// `[items, WORDS_VALUES]`: the brand and the kind, which weigh the same, less their mean. Absent is an item whose title
/// has no word.
pub fn features(texts: &[ItemText]) -> Features {
    let mut values = Array2::zeros((texts.len(), WORDS_VALUES));
    let mut present = Vec::with_capacity(texts.len());
    for (mut row, text) in values.rows_mut().into_iter().zip(texts) {
        let words = tokens(head(&text.title));
        present.push(!words.is_empty());
        let (Some(row), Some(brand)) = (row.as_slice_mut(), words.first()) else { continue };
        let (brands, kinds) = row.split_at_mut(COLUMNS);
        hashed::add(brands, brand, 1.0);
        for (word, weight) in words.iter().rev().zip(KIND_WEIGHTS) {
            hashed::add(kinds, word, weight);
        }
        let length = kinds.iter().map(|value| value * value).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        kinds.iter_mut().for_each(|value| *value /= length);
    }
    take_off_mean(&mut values, &present);
    let origin = format!(
        "the first word of the title and the last two before a comma, `for` or `with`, stems hashed to {COLUMNS} \
         columns each, less their mean"
    );
    Features { values, present, precision: Precision::F16, origin }
}

/// The part of a title before the first thing that ends it; all of it where that has no word.
fn head(title: &str) -> &str {
    let end = ENDS.iter().filter_map(|end| title.find(end)).min().unwrap_or(title.len());
    let head = &title[..end];
    if head.chars().any(char::is_alphanumeric) { head } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(titles: &[&str]) -> Features {
        let text = |title: &&str| ItemText {
            title: (*title).into(),
            description: "Not read.".into(),
            ..ItemText::default()
        };
        features(&titles.iter().map(text).collect::<Vec<_>>())
    }

    /// Rows without their mean again, as far as what the test needs: their differences.
    fn difference(features: &Features, one: usize, other: usize, columns: std::ops::Range<usize>) -> f32 {
        columns.map(|at| (features.values[[one, at]] - features.values[[other, at]]).abs()).sum()
    }

    #[test]
    fn the_head_ends_where_the_title_turns_to_details() {
        for (title, expected) in [
            ("Quillmoor Steel Gel Pen, for travel (3 pack)", "Quillmoor Steel Gel Pen"),
            ("Tessolo Notebook with Lines", "Tessolo Notebook"),
            ("Oak Desk - Model K120", "Oak Desk"),
            ("Plain Binder", "Plain Binder"),
            ("(New) Stapler", "(New) Stapler"),
            ("", ""),
        ] {
            assert_eq!(head(title), expected);
        }
    }

    #[test]
    fn brand_and_kind_have_columns_of_their_own() {
        let features = rows(&[
            "Quillmoor Red Gel Pen",
            "Quillmoor Blue Gel Pens, 3 pack",
            "Tessolo Red Gel Pen",
            "Quillmoor Red Stapler",
        ]);
        let (brand, kind) = (0..COLUMNS, COLUMNS..WORDS_VALUES);
        assert_eq!(difference(&features, 0, 1, 0..WORDS_VALUES), 0.0, "colours and number are not read");
        assert_eq!(difference(&features, 0, 2, kind.clone()), 0.0);
        assert!(difference(&features, 0, 2, brand.clone()) > 1.0);
        assert_eq!(difference(&features, 0, 3, brand), 0.0);
        assert!(difference(&features, 0, 3, kind) > 1.0);
    }

    #[test]
    fn a_title_without_words_is_absent() {
        let features = rows(&["Pen", "", "- !"]);
        assert_eq!(features.present, [true, false, false]);
        assert!(features.values.row(1).iter().chain(features.values.row(2)).all(|&value| value == 0.0));
    }
}
