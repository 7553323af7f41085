use std::collections::{BTreeMap, BTreeSet};

use ndarray::{Array2, ArrayView2};

use super::extractor::{ExtractorDescription, Reads};
use super::tokens;
use crate::data::{Features, ItemText, Precision};
use crate::linear::{LinearOperator, truncated_svd};

/// Length of the extractor's vectors, unless items or words are fewer.
const TEXT_DIMENSIONS: usize = 64;

pub static DESCRIPTION: ExtractorDescription = ExtractorDescription {
    name: "tf-idf",
    title: "TF-IDF and SVD",
    summary: "Which words title and description have, rare ones more, summed up as themes of words that go together.",
    reads: Reads::Texts,
    domain: None,
    width: TEXT_DIMENSIONS,
    source: "Deerwester et al., Indexing by Latent Semantic Analysis, JASIS 1990; decomposition by Halko, Martinsson \
             and Tropp, SIAM Review 2011",
};

/// `[items, TEXT_DIMENSIONS]`: the [`textual`] modality with a fixed seed, so that it has the same bits each time.
pub fn features(texts: &[ItemText]) -> Features {
    textual(texts, TEXT_DIMENSIONS, 1)
}

/// The textual modality: `[items, dimensions]`, titles and descriptions as TF-IDF rows, projected on the
/// leading right singular vectors of all rows; `seed` decides the randomised decomposition.
///
/// Fewer columns come back when items or vocabulary allow no more. An item is absent when none of its words
/// is in the vocabulary: the words of at least two items.
pub fn textual(texts: &[ItemText], dimensions: usize, seed: u64) -> Features {
    let documents: Vec<Vec<String>> =
        texts.iter().map(|text| tokens(&format!("{} {}", text.title, text.description))).collect();
    let frequencies = TermFrequencies::fit(&documents, 2);
    let weights = frequencies.weights(&documents);
    let decomposition = truncated_svd(&weights, dimensions, seed);
    let values = (decomposition.left * decomposition.singular_values).mapv(|value| value as f32);
    let origin = format!(
        "TF-IDF of {} word stems, truncated singular value decomposition to {}",
        frequencies.vocabulary().len(),
        values.ncols()
    );
    let present = weights.rows().iter().map(|row| !row.is_empty()).collect();
    Features { values, present, precision: Precision::F16, origin }
}

/// A vocabulary and how rare each of its words is.
#[derive(Clone, Debug, PartialEq)]
pub struct TermFrequencies {
    vocabulary: Vec<String>,
    /// `[vocabulary]`.
    rarity: Vec<f32>,
}

impl TermFrequencies {
    /// Learns the words that occur in at least `least` documents, in alphabetical order, and their inverse
    /// document frequencies ln((1 + n) / (1 + df)) + 1, as scikit-learn smooths them: as if one more document
    /// had every word.
    pub fn fit(documents: &[Vec<String>], least: usize) -> Self {
        let mut frequencies = BTreeMap::<&str, usize>::new();
        for document in documents {
            let distinct: BTreeSet<&str> = document.iter().map(String::as_str).collect();
            for word in distinct {
                *frequencies.entry(word).or_default() += 1;
            }
        }
        frequencies.retain(|_, frequency| *frequency >= least);
        let count = (1 + documents.len()) as f64;
        Self {
            vocabulary: frequencies.keys().map(|&word| word.to_owned()).collect(),
            rarity: frequencies
                .values()
                .map(|&df| (libm::log(count / (1 + df) as f64) + 1.0) as f32)
                .collect(),
        }
    }

    /// The known words, sorted.
    pub fn vocabulary(&self) -> &[String] {
        &self.vocabulary
    }

    /// TF-IDF rows of length one: `[documents, vocabulary]`. A document without known words is an empty row.
    pub fn weights(&self, documents: &[Vec<String>]) -> TermWeights {
        let rows = documents
            .iter()
            .map(|document| {
                let mut row = BTreeMap::<usize, f32>::new();
                for term in document.iter().filter_map(|word| self.vocabulary.binary_search(word).ok()) {
                    *row.entry(term).or_default() += self.rarity[term];
                }
                let length = row.values().map(|weight| weight * weight).sum::<f32>().sqrt();
                row.into_iter().map(|(term, weight)| (term, weight / length)).collect()
            })
            .collect();
        TermWeights { terms: self.vocabulary.len(), rows }
    }
}

/// Documents as weighted terms: a sparse matrix `[documents, terms]`.
#[derive(Clone, Debug, PartialEq)]
pub struct TermWeights {
    terms: usize,
    /// Terms ascending, each once.
    rows: Vec<Vec<(usize, f32)>>,
}

impl TermWeights {
    /// The terms of each document, ascending, with their weights.
    pub fn rows(&self) -> &[Vec<(usize, f32)>] {
        &self.rows
    }
}

impl LinearOperator for TermWeights {
    fn size(&self) -> (usize, usize) {
        (self.rows.len(), self.terms)
    }

    fn multiply(&self, right: ArrayView2<f64>) -> Array2<f64> {
        let mut product = Array2::zeros((self.rows.len(), right.ncols()));
        for (row, mut sum) in self.rows.iter().zip(product.rows_mut()) {
            for &(term, weight) in row {
                sum.scaled_add(f64::from(weight), &right.row(term));
            }
        }
        product
    }

    fn multiply_transposed(&self, right: ArrayView2<f64>) -> Array2<f64> {
        let mut product = Array2::zeros((self.terms, right.ncols()));
        for (row, right) in self.rows.iter().zip(right.rows()) {
            for &(term, weight) in row {
                product.row_mut(term).scaled_add(f64::from(weight), &right);
            }
        }
        product
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(texts: &[&str]) -> Vec<Vec<String>> {
        texts.iter().map(|text| text.split(' ').map(str::to_owned).collect()).collect()
    }

    /// By hand, n = 3: `red` is in two documents, ln(4/3) + 1 = 1.28768; `lamp` in one, ln(4/2) + 1 =
    /// 1.69315.
    #[test]
    fn weights_are_those_computed_by_hand() {
        let documents = documents(&["red lamp", "red pen pen", "blue"]);
        let frequencies = TermFrequencies::fit(&documents, 1);
        assert_eq!(frequencies.vocabulary(), ["blue", "lamp", "pen", "red"]);
        let weights = frequencies.weights(&documents);
        let expected: [&[(usize, f32)]; 3] = [
            &[(1, 0.79596), (3, 0.60534)], // 1.69315 and 1.28768 over 2.12717
            &[(2, 0.93472), (3, 0.35543)], // 3.38629 and 1.28768 over 3.62284
            &[(0, 1.0)],
        ];
        for (found, expected) in weights.rows().iter().zip(expected) {
            assert_eq!(found.len(), expected.len());
            for ((term, weight), (expected_term, expected)) in found.iter().zip(expected) {
                assert!(term == expected_term && (weight - expected).abs() < 2e-5, "{weights:?}");
            }
        }
    }

    #[test]
    fn rare_and_unknown_words_do_not_count() {
        let learned = documents(&["red lamp", "red pen"]);
        let frequencies = TermFrequencies::fit(&learned, 2);
        assert_eq!(frequencies.vocabulary(), ["red"]);
        let weights = frequencies.weights(&documents(&["green lamp", "red green"]));
        assert_eq!(weights.rows(), [vec![], vec![(0, 1.0)]]);
    }

    #[test]
    fn products_are_those_of_the_dense_matrix() {
        let documents = documents(&["red lamp", "red pen pen", "blue"]);
        let weights = TermFrequencies::fit(&documents, 1).weights(&documents);
        let mut dense = Array2::<f64>::zeros((3, 4));
        for (document, row) in weights.rows().iter().enumerate() {
            row.iter().for_each(|&(term, weight)| dense[[document, term]] = f64::from(weight));
        }
        let right = Array2::from_shape_fn((4, 2), |(row, column)| row as f64 - 2.5 * column as f64);
        assert_eq!(weights.multiply(right.view()), dense.dot(&right));
        let left = right.slice(ndarray::s![..3, ..]);
        assert_eq!(weights.multiply_transposed(left), dense.t().dot(&left));
    }

    fn texts() -> Vec<ItemText> {
        ["red steel pen", "blue steel stapler", "red felt pen", "felt blue pen", "stapler", "", "unheard"]
            .map(|title| ItemText { title: title.into(), ..ItemText::default() })
            .to_vec()
    }

    /// With all dimensions kept, rows are the TF-IDF rows in another basis: their products are the same.
    #[test]
    fn the_decomposition_keeps_what_texts_have_in_common() {
        let texts = texts();
        let documents: Vec<_> = texts.iter().map(|text| tokens(&text.title)).collect();
        let frequencies = TermFrequencies::fit(&documents, 2);
        let mut dense = Array2::<f32>::zeros((texts.len(), frequencies.vocabulary().len()));
        for (document, row) in frequencies.weights(&documents).rows().iter().enumerate() {
            row.iter().for_each(|&(term, weight)| dense[[document, term]] = weight);
        }
        let features = textual(&texts, 99, 3);
        let difference = features.values.dot(&features.values.t()) - dense.dot(&dense.t());
        assert!(difference.iter().all(|value| value.abs() < 1e-5), "{difference}");
        assert_eq!(features.present, [true, true, true, true, true, false, false]);
        assert!(features.values.ncols() <= 5, "no more columns than texts");
    }

    #[test]
    fn dimensions_are_orthogonal_and_the_first_tell_most() {
        let whole = textual(&texts(), 99, 3).values;
        let products = whole.t().dot(&whole);
        for ((one, other), product) in products.indexed_iter() {
            assert!(one == other || product.abs() < 1e-5, "{products}");
            assert!(
                one != other || one == 0 || *product <= products[[one - 1, one - 1]] + 1e-5,
                "{products}"
            );
        }
        let two = textual(&texts(), 2, 3).values;
        let difference = &two - &whole.slice(ndarray::s![.., ..2]);
        assert!(difference.iter().all(|value| value.abs() < 1e-5), "{difference}");
    }
}
