use ndarray::Array2;
use unicode_segmentation::UnicodeSegmentation;

use super::extractor::{ExtractorDescription, Reads};
use super::hashed;
use crate::data::{Features, ItemText, Precision};

/// Length of the vectors.
const COLUMNS: usize = 256;

/// Letters in a row, spaces before and after a word included.
const LENGTHS: [usize; 3] = [3, 4, 5];

pub static DESCRIPTION: ExtractorDescription = ExtractorDescription {
    name: "hashed-n-grams",
    title: "Hashed n-grams",
    summary: "Three to five letters in a row, in no order: related spellings and any language, without a vocabulary.",
    reads: Reads::Texts,
    domain: None,
    width: COLUMNS,
    source: "Weinberger et al., Feature Hashing for Large Scale Multitask Learning, ICML 2009; letters in a row as in \
             Bojanowski et al., TACL 2017",
};

/// `[items, COLUMNS]`: the letters in a row of each word of title and description, each added to the column that its
/// hash names; rows of length one. Absent is an item without words.
pub fn features(texts: &[ItemText]) -> Features {
    let mut values = Array2::zeros((texts.len(), COLUMNS));
    let mut present = Vec::with_capacity(texts.len());
    for (mut row, text) in values.rows_mut().into_iter().zip(texts) {
        let Some(row) = row.as_slice_mut() else { continue };
        for word in text.title.unicode_words().chain(text.description.unicode_words()) {
            add_word(row, word);
        }
        present.push(row.iter().any(|&value| value != 0.0));
        let length = row.iter().map(|value| value * value).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        row.iter_mut().for_each(|value| *value /= length);
    }
    let origin = format!("3 to 5 letters in a row of each word, hashed to {COLUMNS} columns");
    Features { values, present, precision: Precision::F16, origin }
}

fn add_word(row: &mut [f32], word: &str) {
    let word = format!(" {} ", word.to_lowercase());
    let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    for length in LENGTHS {
        for letters in ends.windows(length + 1) {
            hashed::add(row, &word[letters[0]..letters[length]], 1.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(titles: &[&str]) -> Features {
        let text = |title: &&str| ItemText { title: (*title).into(), ..ItemText::default() };
        features(&titles.iter().map(text).collect::<Vec<_>>())
    }

    fn likeness(features: &Features, one: usize, other: usize) -> f32 {
        features.values.row(one).iter().zip(features.values.row(other)).map(|(a, b)| a * b).sum()
    }

    /// ` pen ` has ` pe`, `pen`, `en `; ` pen`, `pen `; ` pen `.
    #[test]
    fn a_word_gives_the_letters_done_by_hand() {
        let mut expected = vec![0.0f32; COLUMNS];
        for letters in [" pe", "pen", "en ", " pen", "pen ", " pen "] {
            hashed::add(&mut expected, letters, 1.0);
        }
        let length = expected.iter().map(|value| value * value).sum::<f32>().sqrt();
        for (found, expected) in rows(&["Pen"]).values.row(0).iter().zip(&expected) {
            assert_eq!(*found, expected / length);
        }
    }

    #[test]
    fn related_spellings_are_nearer_than_other_words_and_any_script_has_letters() {
        let features = rows(&["stapler", "staplers", "whiteboard", "ปากกา", "日本語", " .. ", ""]);
        assert!(likeness(&features, 0, 1) > 0.6 && likeness(&features, 0, 2).abs() < 0.3);
        assert_eq!(features.present, [true, true, true, true, true, false, false]);
    }

    proptest! {
        #[test]
        fn order_case_and_repetition_do_not_matter(mut words in prop::collection::vec("[a-zé]{1,9}", 1..6)) {
            let plain = words.join(" ");
            let twice = format!("{plain}, {plain}");
            let loud = plain.to_uppercase();
            words.reverse();
            let features = rows(&[&plain, &words.join("  "), &loud, &twice]);
            for other in 1..4 {
                for (one, other) in features.values.row(0).iter().zip(features.values.row(other)) {
                    prop_assert!((one - other).abs() < 1e-6);
                }
            }
        }
    }
}
