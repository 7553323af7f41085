//! A data set as named tensors, and back.

use std::borrow::Cow;
use std::collections::BTreeMap;

use half::f16;
use ndarray::Array2;
use safetensors::tensor::{Dtype, SafeTensors, View};

use super::{BundleError, Description, ModalityDescription, ThumbnailsDescription};
use crate::data::{Dataset, Features, Interaction, ItemText, Part, Precision, Sounds, Thumbnails};

/// A tensor on its way into the file.
pub struct Tensor {
    dtype: Dtype,
    shape: Vec<usize>,
    /// Little-endian, row by row.
    pub bytes: Vec<u8>,
}

impl View for Tensor {
    fn dtype(&self) -> Dtype {
        self.dtype
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.bytes)
    }

    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}

impl Tensor {
    fn bytes(bytes: Vec<u8>) -> Self {
        Self { dtype: Dtype::U8, shape: vec![bytes.len()], bytes }
    }

    fn words(words: impl Iterator<Item = u32>) -> Self {
        let bytes: Vec<u8> = words.flat_map(u32::to_le_bytes).collect();
        Self { dtype: Dtype::U32, shape: vec![bytes.len() / 4], bytes }
    }

    /// A mask.
    fn flags(flags: &[bool]) -> Self {
        Self::bytes(flags.iter().map(|&flag| u8::from(flag)).collect())
    }

    fn matrix(values: &Array2<f32>, precision: Precision) -> Self {
        let (dtype, bytes) = match precision {
            Precision::F16 => {
                (Dtype::F16, values.iter().flat_map(|&value| f16::from_f32(value).to_le_bytes()).collect())
            }
            Precision::F32 => (Dtype::F32, values.iter().flat_map(|value| value.to_le_bytes()).collect()),
        };
        Self { dtype, shape: values.shape().to_vec(), bytes }
    }
}

/// Where the kinds of items are, if any has one.
pub const KINDS: &str = "kinds";

/// All tensors of a data set, by name.
pub fn tensors_of(dataset: &Dataset) -> BTreeMap<String, Tensor> {
    let mut tensors = BTreeMap::new();
    let mut add = |name: &str, tensor: Tensor| {
        tensors.insert(name.to_owned(), tensor);
    };
    let mut add_strings = |name: &str, strings: &mut dyn Iterator<Item = &str>| {
        let (mut text, mut lengths) = (Vec::new(), Vec::new());
        for string in strings {
            text.extend(string.as_bytes());
            lengths.push(string.len() as u32);
        }
        add(&format!("{name}/text"), Tensor::bytes(text));
        add(&length_of(name), Tensor::words(lengths.into_iter()));
    };
    add_strings("users", &mut dataset.users.iter().map(String::as_str));
    add_strings("items", &mut dataset.items.iter().map(String::as_str));
    if !dataset.texts.is_empty() {
        add_strings("titles", &mut dataset.texts.iter().map(|text| text.title.as_str()));
        add_strings("descriptions", &mut dataset.texts.iter().map(|text| text.description.as_str()));
    }
    if dataset.texts.iter().any(|text| !text.kind.is_empty()) {
        add_strings(KINDS, &mut dataset.texts.iter().map(|text| text.kind.as_str()));
    }
    let interactions = || dataset.interactions.iter();
    add("interactions/user", Tensor::words(interactions().map(|interaction| interaction.user)));
    add("interactions/item", Tensor::words(interactions().map(|interaction| interaction.item)));
    add("interactions/rating", {
        let bytes: Vec<u8> =
            interactions().flat_map(|interaction| interaction.rating.to_le_bytes()).collect();
        Tensor { dtype: Dtype::F32, shape: vec![bytes.len() / 4], bytes }
    });
    add("interactions/timestamp", {
        let bytes: Vec<u8> =
            interactions().flat_map(|interaction| interaction.timestamp.to_le_bytes()).collect();
        Tensor { dtype: Dtype::I64, shape: vec![bytes.len() / 8], bytes }
    });
    add(
        "interactions/part",
        Tensor::bytes(interactions().map(|interaction| interaction.part as u8).collect()),
    );
    for (name, features) in &dataset.modalities {
        add(&format!("modalities/{name}/values"), Tensor::matrix(&features.values, features.precision));
        add(&format!("modalities/{name}/present"), Tensor::flags(&features.present));
    }
    if let Some(thumbnails) = &dataset.thumbnails {
        add("thumbnails/sheet", Tensor::bytes(thumbnails.sheet.clone()));
        // 0 for none, else one more than the position.
        let position = thumbnails.position.iter().map(|position| position.map_or(0, |position| position + 1));
        add("thumbnails/position", Tensor::words(position));
    }
    if let Some(Sounds { length, samples, present, .. }) = &dataset.sounds {
        add("sounds/samples", {
            let bytes = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
            Tensor { dtype: Dtype::I16, shape: vec![present.len(), *length], bytes }
        });
        add("sounds/present", Tensor::flags(present));
    }
    tensors
}

/// The tensor with the lengths of strings, which stand one after the other in another.
fn length_of(name: &str) -> String {
    format!("{name}/length")
}

/// The tensors of a file, whose shapes and types are still to be believed.
pub struct Tensors<'a>(pub SafeTensors<'a>);

impl Tensors<'_> {
    /// The data set, not yet checked.
    pub fn dataset(&self, description: Description) -> Result<Dataset, BundleError> {
        let (items, interactions) = (description.items, description.interactions);
        let texts = match description.texts {
            true => {
                let (titles, descriptions) =
                    (self.strings("titles", items)?, self.strings("descriptions", items)?);
                // Bundles from before there were kinds have none.
                let kinds = match self.0.tensor(&length_of(KINDS)) {
                    Ok(_) => self.strings(KINDS, items)?,
                    Err(_) => vec![String::new(); items],
                };
                let texts = titles.into_iter().zip(descriptions).zip(kinds);
                texts.map(|((title, description), kind)| ItemText { title, description, kind }).collect()
            }
            false => Vec::new(),
        };
        let mut modalities = BTreeMap::new();
        for (name, modality) in description.modalities {
            let features = self.features(&name, modality, items)?;
            modalities.insert(name, features);
        }
        let thumbnails = description
            .thumbnails
            .map(|ThumbnailsDescription { tile, columns }| {
                let position = self.words("thumbnails/position", items)?;
                let position = position.into_iter().map(|position| position.checked_sub(1)).collect();
                let sheet = self.bytes("thumbnails/sheet", None)?.to_vec();
                Ok::<_, BundleError>(Thumbnails { sheet, tile, columns, position })
            })
            .transpose()?;
        let sounds = description.sounds_rate.map(|rate| self.sounds(rate, items)).transpose()?;
        Ok(Dataset {
            users: self.strings("users", description.users)?,
            items: self.strings("items", items)?,
            interactions: self.interactions(interactions)?,
            name: description.name,
            provenance: description.provenance,
            modalities,
            texts,
            thumbnails,
            sounds,
        })
    }

    fn interactions(&self, count: usize) -> Result<Vec<Interaction>, BundleError> {
        let users = self.words("interactions/user", count)?;
        let items = self.words("interactions/item", count)?;
        let ratings = floats(self.tensor("interactions/rating", Dtype::F32, Some(&[count]))?);
        let timestamps = self.tensor("interactions/timestamp", Dtype::I64, Some(&[count]))?;
        let timestamps = timestamps.as_chunks().0.iter().map(|bytes| i64::from_le_bytes(*bytes));
        let parts = self.bytes("interactions/part", Some(count))?;
        let rows = users.into_iter().zip(items).zip(ratings).zip(timestamps).zip(parts).enumerate();
        rows.map(|(position, ((((user, item), rating), timestamp), &part))| {
            let part = [Part::Train, Part::Validation, Part::Test]
                .get(usize::from(part))
                .copied()
                .ok_or_else(|| {
                    let name = "interactions/part".into();
                    BundleError::Value { name, position, value: u32::from(part), allowed: "0, 1 or 2" }
                })?;
            Ok(Interaction { user, item, rating, timestamp, part })
        })
        .collect()
    }

    fn features(
        &self,
        name: &str,
        modality: ModalityDescription,
        items: usize,
    ) -> Result<Features, BundleError> {
        let ModalityDescription { dim, precision, origin } = modality;
        let values_name = format!("modalities/{name}/values");
        let values: Vec<f32> = match precision {
            Precision::F16 => {
                let bytes = self.tensor(&values_name, Dtype::F16, Some(&[items, dim]))?;
                bytes.as_chunks().0.iter().map(|bytes| f16::from_le_bytes(*bytes).to_f32()).collect()
            }
            Precision::F32 => floats(self.tensor(&values_name, Dtype::F32, Some(&[items, dim]))?).collect(),
        };
        let values = Array2::from_shape_vec((items, dim), values)
            .map_err(|error| BundleError::Tensors { reason: format!("{values_name}: {error}") })?;
        let present = self.flags(&format!("modalities/{name}/present"), items)?;
        Ok(Features { values, present, precision, origin })
    }

    fn sounds(&self, rate: u32, items: usize) -> Result<Sounds, BundleError> {
        let name = "sounds/samples";
        // The length is the tensor's; everything else about it has to be as expected.
        let length =
            self.0.tensor(name).ok().and_then(|samples| samples.shape().get(1).copied()).unwrap_or(0);
        let samples = self.tensor(name, Dtype::I16, Some(&[items, length]))?;
        let samples = samples.as_chunks().0.iter().map(|bytes| i16::from_le_bytes(*bytes)).collect();
        Ok(Sounds { rate, length, samples, present: self.flags("sounds/present", items)? })
    }

    fn flags(&self, name: &str, count: usize) -> Result<Vec<bool>, BundleError> {
        let bytes = self.bytes(name, Some(count))?.iter().enumerate();
        let flags = bytes.map(|(position, &byte)| match byte {
            0 | 1 => Ok(byte == 1),
            _ => {
                let name = name.into();
                Err(BundleError::Value { name, position, value: u32::from(byte), allowed: "0 or 1" })
            }
        });
        flags.collect()
    }

    fn strings(&self, name: &str, count: usize) -> Result<Vec<String>, BundleError> {
        let text_name = format!("{name}/text");
        let not_text = || BundleError::NotText { name: name.into() };
        let mut rest = std::str::from_utf8(self.bytes(&text_name, None)?).map_err(|_| not_text())?;
        let mut strings = Vec::new();
        for length in self.words(&length_of(name), count)? {
            let (string, after) = rest.split_at_checked(length as usize).ok_or_else(not_text)?;
            strings.push(string.to_owned());
            rest = after;
        }
        if rest.is_empty() { Ok(strings) } else { Err(not_text()) }
    }

    fn words(&self, name: &str, count: usize) -> Result<Vec<u32>, BundleError> {
        let bytes = self.tensor(name, Dtype::U32, Some(&[count]))?;
        Ok(bytes.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
    }

    fn bytes(&self, name: &str, count: Option<usize>) -> Result<&[u8], BundleError> {
        match count {
            Some(count) => self.tensor(name, Dtype::U8, Some(&[count])),
            None => self.tensor(name, Dtype::U8, None),
        }
    }

    /// The bytes of a tensor of this type and shape; of any length along one axis without a shape.
    fn tensor(&self, name: &str, dtype: Dtype, shape: Option<&[usize]>) -> Result<&[u8], BundleError> {
        let tensor =
            self.0.tensor(name).map_err(|error| BundleError::Tensors { reason: error.to_string() })?;
        let fits = shape.map_or(tensor.shape().len() == 1, |shape| tensor.shape() == shape);
        if tensor.dtype() != dtype || !fits {
            let found = format!("{:?} {:?}", tensor.dtype(), tensor.shape());
            let expected = match shape {
                Some(shape) => format!("{dtype:?} {shape:?}"),
                None => format!("{dtype:?} along one axis"),
            };
            return Err(BundleError::Tensor { name: name.into(), found, expected });
        }
        Ok(tensor.data())
    }
}

fn floats(bytes: &[u8]) -> impl Iterator<Item = f32> {
    bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes))
}
