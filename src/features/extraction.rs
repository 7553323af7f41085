use std::str::FromStr;

use ndarray::Array1;
use thiserror::Error;

use super::material::Reading;
use super::{
    Extractor, Material, Pixels, Sound, clothing_looks, colour_histogram, hashed_n_grams,
    local_binary_patterns, mel_cepstrum, office_words, oriented_gradients, pictures, tfidf,
};
use crate::data::{Dataset, DatasetError, Features, ItemText, Precision};

/// What an extractor makes of a data set's items.
#[derive(Clone, Debug, PartialEq)]
pub struct Extraction {
    pub features: Features,
    /// Items that have nothing to read.
    pub without_input: usize,
    /// Items that have something which could not be used; they are absent from the features.
    pub unusable: usize,
    /// The first of them, by index, and why.
    pub first_unusable: Option<(usize, String)>,
}

/// Why there are no features.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ExtractionError {
    #[error("the data have no {reads}, which {extractor} reads")]
    NoInput { extractor: &'static str, reads: &'static str },
    #[error("{extractor} cannot use the {reads} of any item; of item {item}: {reason}")]
    NothingUsable { extractor: &'static str, reads: &'static str, item: usize, reason: String },
    #[error(transparent)]
    Dataset(#[from] DatasetError),
}

/// Modalities to be made and the extractor of each: `tf-idf,visual=clothing-looks`. A modality without a name of its own
/// is called as its extractor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted(pub Vec<(String, Extractor)>);

/// Why a list of extractors cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WantedError {
    #[error("there is no extractor `{name}`; there are {known}")]
    Unknown { name: String, known: String },
    #[error("a modality cannot be called `{0}`; its name is made of lower-case letters, digits and hyphens")]
    Name(String),
    #[error("the modality `{0}` is named twice")]
    Twice(String),
}

impl FromStr for Wanted {
    type Err = WantedError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut wanted = Vec::<(String, Extractor)>::new();
        for part in text.split(',') {
            let (modality, name) = part.split_once('=').unwrap_or((part, part));
            let (modality, name) = (modality.trim(), name.trim());
            let extractor = Extractor::named(name).ok_or_else(|| WantedError::Unknown {
                name: name.into(),
                known: Extractor::ALL.map(|known| known.description().name).join(", "),
            })?;
            let plain =
                |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
            if modality.is_empty() || !modality.chars().all(plain) {
                return Err(WantedError::Name(modality.into()));
            }
            if wanted.iter().any(|(other, _)| other == modality) {
                return Err(WantedError::Twice(modality.into()));
            }
            wanted.push((modality.into(), extractor));
        }
        Ok(Self(wanted))
    }
}

/// The features of all items. An item that the extractor cannot describe stays, absent and counted.
///
/// The same material gives the same bits.
pub fn extract(extractor: Extractor, material: &Material) -> Result<Extraction, ExtractionError> {
    let no_input = || no_input(extractor);
    let (features, outcomes): (Features, Vec<Reading<()>>) = match method(extractor) {
        Method::Pictures(extract) => {
            let pictures = material.thumbnails.as_ref().ok_or_else(no_input)?;
            (extract(&usable(pictures)), pictures.iter().map(outcome).collect())
        }
        Method::Texts(extract) => {
            let features = extract(material.texts);
            let read = |(text, present): (&ItemText, &bool)| {
                let blank = text.title.trim().is_empty() && text.description.trim().is_empty();
                let outcome =
                    if *present { Ok(()) } else { Err("its text has no word that can be used".into()) };
                (!blank).then_some(outcome)
            };
            let outcomes = material.texts.iter().zip(&features.present).map(read).collect();
            (features, outcomes)
        }
        Method::Sounds(describe, put_together) => {
            let sounds = material.sounds.as_ref().ok_or_else(no_input)?;
            let described = |item| Some(sounds(item)?.map(|sound| describe(&sound)));
            let readings: Vec<Reading<_>> = (0..material.items).map(described).collect();
            (put_together(&usable(&readings)), readings.iter().map(outcome).collect())
        }
    };
    let first_unusable = outcomes.iter().enumerate().find_map(|(item, outcome)| match outcome {
        Some(Err(reason)) => Some((item, reason.clone())),
        _ => None,
    });
    if !features.present.contains(&true) {
        let description = extractor.description();
        let (extractor, reads) = (description.name, description.reads.name());
        return Err(match first_unusable {
            None => no_input(),
            Some((item, reason)) => ExtractionError::NothingUsable { extractor, reads, item, reason },
        });
    }
    Ok(Extraction {
        features: features.at_precision(extractor.description().name, Precision::F16)?,
        without_input: outcomes.iter().filter(|outcome| outcome.is_none()).count(),
        unusable: outcomes.iter().flatten().filter(|outcome| outcome.is_err()).count(),
        first_unusable,
    })
}

/// The data with one modality more, or another in the place of one of the same name. Its origin names the extractor and
/// its settings, and the data's recipe how it was made.
pub fn extend(
    mut dataset: Dataset,
    modality: &str,
    extractor: Extractor,
    mut features: Features,
) -> Result<Dataset, ExtractionError> {
    let name = extractor.description().name;
    features.check(modality, dataset.items.len())?;
    features.origin = format!("{name}: {}", features.origin);
    dataset.modalities.insert(modality.into(), features);
    let added = if modality == name { name.into() } else { format!("{modality}={name}") };
    dataset.provenance.recipe += &format!("; fusebox features --extractor {added}");
    Ok(dataset)
}

/// How an extractor is run.
enum Method {
    Pictures(fn(&[Option<&Pixels>]) -> Features),
    Texts(fn(&[ItemText]) -> Features),
    Sounds(fn(&Sound) -> Array1<f32>, fn(&[Option<&Array1<f32>>]) -> Features),
}

fn method(extractor: Extractor) -> Method {
    match extractor {
        Extractor::ColourHistogram => Method::Pictures(colour_histogram::features),
        Extractor::OrientedGradients => Method::Pictures(oriented_gradients::features),
        Extractor::ColoursAndGradients => Method::Pictures(pictures::features),
        Extractor::LocalBinaryPatterns => Method::Pictures(local_binary_patterns::features),
        Extractor::ClothingLooks => Method::Pictures(clothing_looks::features),
        Extractor::TfIdf => Method::Texts(tfidf::features),
        Extractor::HashedNGrams => Method::Texts(hashed_n_grams::features),
        Extractor::OfficeWords => Method::Texts(office_words::features),
        Extractor::MelCepstrum => Method::Sounds(mel_cepstrum::mel_cepstrum, mel_cepstrum::features),
    }
}

fn usable<T>(readings: &[Reading<T>]) -> Vec<Option<&T>> {
    readings.iter().map(|reading| reading.as_ref()?.as_ref().ok()).collect()
}

fn outcome<T>(reading: &Reading<T>) -> Reading<()> {
    reading.as_ref().map(|read| read.as_ref().map(|_| ()).map_err(Clone::clone))
}

fn no_input(extractor: Extractor) -> ExtractionError {
    let description = extractor.description();
    ExtractionError::NoInput { extractor: description.name, reads: description.reads.name() }
}
