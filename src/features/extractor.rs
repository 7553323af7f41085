use serde::Serialize;

use super::{
    clothing_looks, colour_histogram, hashed_n_grams, local_binary_patterns, mel_cepstrum, office_words,
    oriented_gradients, pictures, tfidf,
};

/// A way to turn what items show or say into vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extractor {
    ColourHistogram,
    OrientedGradients,
    ColoursAndGradients,
    LocalBinaryPatterns,
    ClothingLooks,
    TfIdf,
    HashedNGrams,
    OfficeWords,
    MelCepstrum,
}

/// What people are told about an extractor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct ExtractorDescription {
    pub name: &'static str,
    pub title: &'static str,
    /// What it sees, in plain words.
    pub summary: &'static str,
    pub reads: Reads,
    /// The kind of items it is made for; none for any.
    pub domain: Option<&'static str>,
    /// Length of its vectors; of words, at most.
    pub width: usize,
    /// Where the method is published, and what is done otherwise here.
    pub source: &'static str,
}

/// What an extractor reads of each item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Reads {
    Thumbnails,
    Texts,
    Sounds,
}

impl Extractor {
    pub const ALL: [Self; 9] = [
        Self::ColourHistogram,
        Self::OrientedGradients,
        Self::ColoursAndGradients,
        Self::LocalBinaryPatterns,
        Self::ClothingLooks,
        Self::TfIdf,
        Self::HashedNGrams,
        Self::OfficeWords,
        Self::MelCepstrum,
    ];

    /// The extractor of this name, as in `colour-histogram`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|extractor| extractor.description().name == name)
    }

    pub fn description(self) -> &'static ExtractorDescription {
        match self {
            Self::ColourHistogram => &colour_histogram::DESCRIPTION,
            Self::OrientedGradients => &oriented_gradients::DESCRIPTION,
            Self::ColoursAndGradients => &pictures::COLOURS_AND_GRADIENTS,
            Self::LocalBinaryPatterns => &local_binary_patterns::DESCRIPTION,
            Self::ClothingLooks => &clothing_looks::DESCRIPTION,
            Self::TfIdf => &tfidf::DESCRIPTION,
            Self::HashedNGrams => &hashed_n_grams::DESCRIPTION,
            Self::OfficeWords => &office_words::DESCRIPTION,
            Self::MelCepstrum => &mel_cepstrum::DESCRIPTION,
        }
    }
}

impl Reads {
    /// The word, as in `thumbnails`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Thumbnails => "thumbnails",
            Self::Texts => "texts",
            Self::Sounds => "sounds",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct_plain_and_found() {
        let plain = |letter: char| letter.is_ascii_lowercase() || letter == '-';
        for extractor in Extractor::ALL {
            let description = extractor.description();
            assert_eq!(Extractor::named(description.name), Some(extractor));
            assert!(description.name.chars().all(plain), "{}", description.name);
            assert!(
                description.width > 0 && !description.summary.is_empty() && !description.source.is_empty()
            );
        }
        assert_eq!(Extractor::named("smell"), None);
    }
}
