//! The bundle file, `.fbx`: a data set in one file that says what it holds and notices damage.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | the magic number |
//! | 4 | the version, 1 (this and the following numbers little-endian) |
//! | 4 | length of the header |
//! | 8 | length of the body |
//! | 64 | the seal: SHA-256 in hexadecimal of the other 24 bytes above, the header and the body |
//! | … | the header: JSON with the content's digest, the name, provenance and modalities |
//! | … | the body: tensors in safetensors layout, deflated where that makes them smaller |
//!
//! The seal guards the file as it lies on disk. The digest names the content, whatever deflates it: two bundles of the
//! same data have the same digest, and receipts and links refer to it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use half::f16;
use ndarray::Array2;
use safetensors::tensor::{Dtype, SafeTensors, View};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    Dataset, DatasetError, Features, Interaction, ItemText, Part, Precision, Provenance, Thumbnails,
};
use crate::digest::Digest;

/// The version that this program writes, and the only one it reads.
pub const VERSION: u32 = 1;

/// As in PNG, a byte above 127 and both line ends, so that whatever takes the file for text leaves a trace here.
const MAGIC: [u8; 8] = *b"\x89FBX\r\n\x1a\n";
const SEAL: std::ops::Range<usize> = 24..88;
const PREFIX: usize = SEAL.end;
/// A deflated body may grow by this factor, and by [`FREE_GROWTH`] beyond, so that a small file cannot fill the memory.
const GROWTH: u64 = 32;
const FREE_GROWTH: u64 = 16 << 20;

/// Why bytes are not a bundle that this program can use.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum BundleError {
    #[error("this is not a Fusebox bundle: it does not begin as one")]
    NotABundle,
    #[error("made by a newer Fusebox (bundle version {found}, this one reads {VERSION})")]
    Newer { found: u32 },
    #[error("the bundle is cut short: {found} bytes of {expected}")]
    Truncated { found: u64, expected: u64 },
    #[error("the bundle goes on after its end: {found} bytes instead of {expected}")]
    TooLong { found: u64, expected: u64 },
    #[error("the bundle is damaged: its seal says {stated}, its bytes have {found}")]
    Damaged { stated: String, found: String },
    #[error("the bundle's header cannot be read: {reason}")]
    Header { reason: String },
    #[error("the bundle would grow to {bytes} bytes in memory; {limit} is the most for a file of its size")]
    TooLarge { bytes: u64, limit: u64 },
    #[error("the bundle's tensors take {found} bytes, its header says {stated}")]
    BodyLength { found: u64, stated: u64 },
    #[error("the bundle's tensors cannot be read: {reason}")]
    Tensors { reason: String },
    #[error("the bundle's tensor {name} is {found}, expected {expected}")]
    Tensor { name: String, found: String, expected: String },
    #[error("the bundle's {name} are not UTF-8 text")]
    NotText { name: String },
    #[error("the bundle's tensor {name} has {value} at {position}; {allowed} is allowed")]
    Value { name: String, position: usize, value: u32, allowed: &'static str },
    #[error("the bundle's data contradict themselves: {0}")]
    Dataset(#[from] DatasetError),
    #[error("the bundle's content has the digest {found}, its header says {stated}")]
    Digest { found: String, stated: String },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Header {
    digest: String,
    description: Description,
    encoding: Encoding,
    /// Bytes of the tensors before deflating.
    tensor_bytes: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Encoding {
    Stored,
    Deflate,
}

/// What is not a tensor.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Description {
    name: String,
    provenance: Provenance,
    users: usize,
    items: usize,
    interactions: usize,
    modalities: BTreeMap<String, ModalityDescription>,
    texts: bool,
    thumbnails: Option<ThumbnailsDescription>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ModalityDescription {
    dim: usize,
    precision: Precision,
    origin: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ThumbnailsDescription {
    tile: u32,
    columns: u32,
}

/// The bundle of a data set that passes [`Dataset::check`]; the same data give the same bytes.
pub fn write(dataset: &Dataset) -> Vec<u8> {
    let (description, tensors) = (describe(dataset), tensors_of(dataset));
    let digest = digest_of(&description, &tensors);
    let tensors = safetensors::serialize(tensors, None).expect("names and lengths fit by construction");
    let tensor_bytes = tensors.len() as u64;
    let deflated = deflate(&tensors);
    let worthwhile = deflated.len() < tensors.len() && tensor_bytes <= most_inflated(deflated.len());
    let (encoding, body) =
        if worthwhile { (Encoding::Deflate, deflated) } else { (Encoding::Stored, tensors) };
    let header = json(&Header { digest, description, encoding, tensor_bytes });

    let mut bytes = Vec::with_capacity(PREFIX + header.len() + body.len());
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend((header.len() as u32).to_le_bytes());
    bytes.extend((body.len() as u64).to_le_bytes());
    bytes.extend([0; SEAL.end - SEAL.start]);
    bytes.extend(header);
    bytes.extend(body);
    let seal = seal(&bytes);
    bytes[SEAL].copy_from_slice(seal.as_bytes());
    bytes
}

/// The data set of a bundle. Whatever the bytes are, this neither panics nor takes much more memory than they do.
pub fn read(bytes: &[u8]) -> Result<Dataset, BundleError> {
    if !bytes.starts_with(&MAGIC[..bytes.len().min(MAGIC.len())]) || bytes.is_empty() {
        return Err(BundleError::NotABundle);
    }
    let found = bytes.len() as u64;
    let number =
        |at: usize| bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes);
    match number(8) {
        Some(0) => return Err(BundleError::NotABundle),
        Some(version) if version > VERSION => return Err(BundleError::Newer { found: version }),
        _ => {}
    }
    let (Some(header_length), Some(low), Some(high)) = (number(12), number(16), number(20)) else {
        return Err(BundleError::Truncated { found, expected: PREFIX as u64 });
    };
    let body_length = u64::from(high) << 32 | u64::from(low);
    let expected = body_length.saturating_add(PREFIX as u64 + u64::from(header_length));
    if found < expected {
        return Err(BundleError::Truncated { found, expected });
    }
    if found > expected {
        return Err(BundleError::TooLong { found, expected });
    }
    let stated = String::from_utf8_lossy(&bytes[SEAL]).into_owned();
    let seal = seal(bytes);
    if seal != stated {
        return Err(BundleError::Damaged { stated, found: seal });
    }

    let (header, body) = bytes[PREFIX..].split_at(header_length as usize);
    let header: Header =
        serde_json::from_slice(header).map_err(|error| BundleError::Header { reason: error.to_string() })?;
    let tensors = match header.encoding {
        Encoding::Stored => Cow::Borrowed(body),
        Encoding::Deflate => Cow::Owned(inflate(body, header.tensor_bytes)?),
    };
    if tensors.len() as u64 != header.tensor_bytes {
        return Err(BundleError::BodyLength { found: tensors.len() as u64, stated: header.tensor_bytes });
    }
    let tensors = SafeTensors::deserialize(&tensors)
        .map_err(|error| BundleError::Tensors { reason: error.to_string() })?;
    let dataset = Tensors(tensors).dataset(header.description)?;
    dataset.check()?;
    let found = digest(&dataset);
    if found != header.digest {
        return Err(BundleError::Digest { found, stated: header.digest });
    }
    Ok(dataset)
}

/// The digest of a data set's content: 64 hexadecimal digits, the same before writing and after reading.
pub fn digest(dataset: &Dataset) -> String {
    digest_of(&describe(dataset), &tensors_of(dataset))
}

fn digest_of(description: &Description, tensors: &BTreeMap<String, Tensor>) -> String {
    let mut digest = Digest::new();
    // Each piece is preceded by its length, so that no two contents run together to the same bytes.
    let mut piece = |bytes: &[u8]| {
        digest.bytes(&(bytes.len() as u64).to_le_bytes());
        digest.bytes(bytes);
    };
    piece(&json(description));
    for (name, tensor) in tensors {
        piece(name.as_bytes());
        piece(&tensor.bytes);
    }
    digest.finish()
}

fn seal(bytes: &[u8]) -> String {
    let mut digest = Digest::new();
    digest.bytes(&bytes[..SEAL.start]);
    digest.bytes(&bytes[SEAL.end..]);
    digest.finish()
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("text keys and finite numbers alone")
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .expect("a vector takes whatever is written to it")
}

fn inflate(bytes: &[u8], stated: u64) -> Result<Vec<u8>, BundleError> {
    let limit = most_inflated(bytes.len());
    if stated > limit {
        return Err(BundleError::TooLarge { bytes: stated, limit });
    }
    let mut inflated = Vec::new();
    // One byte more than stated is enough to notice a lie.
    DeflateDecoder::new(bytes)
        .take(stated + 1)
        .read_to_end(&mut inflated)
        .map_err(|error| BundleError::Tensors { reason: error.to_string() })?;
    Ok(inflated)
}

fn most_inflated(deflated: usize) -> u64 {
    (deflated as u64).saturating_mul(GROWTH).saturating_add(FREE_GROWTH)
}

fn describe(dataset: &Dataset) -> Description {
    let modality = |features: &Features| ModalityDescription {
        dim: features.values.ncols(),
        precision: features.precision,
        origin: features.origin.clone(),
    };
    Description {
        name: dataset.name.clone(),
        provenance: dataset.provenance.clone(),
        users: dataset.users.len(),
        items: dataset.items.len(),
        interactions: dataset.interactions.len(),
        modalities: dataset
            .modalities
            .iter()
            .map(|(name, features)| (name.clone(), modality(features)))
            .collect(),
        texts: !dataset.texts.is_empty(),
        thumbnails: dataset
            .thumbnails
            .as_ref()
            .map(|thumbnails| ThumbnailsDescription { tile: thumbnails.tile, columns: thumbnails.columns }),
    }
}

/// A tensor on its way into the file.
struct Tensor {
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
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

fn tensors_of(dataset: &Dataset) -> BTreeMap<String, Tensor> {
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
        add(&format!("{name}/length"), Tensor::words(lengths.into_iter()));
    };
    add_strings("users", &mut dataset.users.iter().map(String::as_str));
    add_strings("items", &mut dataset.items.iter().map(String::as_str));
    if !dataset.texts.is_empty() {
        add_strings("titles", &mut dataset.texts.iter().map(|text| text.title.as_str()));
        add_strings("descriptions", &mut dataset.texts.iter().map(|text| text.description.as_str()));
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
        let present = features.present.iter().map(|&present| u8::from(present)).collect();
        add(&format!("modalities/{name}/present"), Tensor::bytes(present));
    }
    if let Some(thumbnails) = &dataset.thumbnails {
        add("thumbnails/sheet", Tensor::bytes(thumbnails.sheet.clone()));
        // 0 for none, else one more than the position.
        let position = thumbnails.position.iter().map(|position| position.map_or(0, |position| position + 1));
        add("thumbnails/position", Tensor::words(position));
    }
    tensors
}

/// The tensors of a file, whose shapes and types are still to be believed.
struct Tensors<'a>(SafeTensors<'a>);

impl Tensors<'_> {
    fn dataset(&self, description: Description) -> Result<Dataset, BundleError> {
        let (items, interactions) = (description.items, description.interactions);
        let texts = match description.texts {
            true => {
                let (titles, descriptions) =
                    (self.strings("titles", items)?, self.strings("descriptions", items)?);
                let pairs = titles.into_iter().zip(descriptions);
                pairs.map(|(title, description)| ItemText { title, description }).collect()
            }
            false => Vec::new(),
        };
        let modalities = description
            .modalities
            .into_iter()
            .map(|(name, modality)| Ok((name.clone(), self.features(&name, modality, items)?)))
            .collect::<Result<_, BundleError>>()?;
        let thumbnails = description
            .thumbnails
            .map(|ThumbnailsDescription { tile, columns }| {
                let position = self.words("thumbnails/position", items)?;
                let position = position.into_iter().map(|position| position.checked_sub(1)).collect();
                let sheet = self.bytes("thumbnails/sheet", None)?.to_vec();
                Ok::<_, BundleError>(Thumbnails { sheet, tile, columns, position })
            })
            .transpose()?;
        Ok(Dataset {
            users: self.strings("users", description.users)?,
            items: self.strings("items", items)?,
            interactions: self.interactions(interactions)?,
            name: description.name,
            provenance: description.provenance,
            modalities,
            texts,
            thumbnails,
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
        let present_name = format!("modalities/{name}/present");
        let present = self.bytes(&present_name, Some(items))?.iter().enumerate();
        let present = present.map(|(position, &byte)| match byte {
            0 | 1 => Ok(byte == 1),
            _ => {
                let name = present_name.clone();
                Err(BundleError::Value { name, position, value: u32::from(byte), allowed: "0 or 1" })
            }
        });
        Ok(Features { values, present: present.collect::<Result<_, _>>()?, precision, origin })
    }

    fn strings(&self, name: &str, count: usize) -> Result<Vec<String>, BundleError> {
        let text_name = format!("{name}/text");
        let not_text = || BundleError::NotText { name: name.into() };
        let mut rest = std::str::from_utf8(self.bytes(&text_name, None)?).map_err(|_| not_text())?;
        let mut strings = Vec::new();
        for length in self.words(&format!("{name}/length"), count)? {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::sample;
    use super::*;

    /// The bundle's bytes with another header or body, sealed again.
    fn resealed(header: &[u8], body: &[u8]) -> Vec<u8> {
        let mut bytes = write(&sample())[..PREFIX].to_vec();
        bytes[12..16].copy_from_slice(&(header.len() as u32).to_le_bytes());
        bytes[16..24].copy_from_slice(&(body.len() as u64).to_le_bytes());
        bytes.extend(header);
        bytes.extend(body);
        let seal = seal(&bytes);
        bytes[SEAL].copy_from_slice(seal.as_bytes());
        bytes
    }

    fn header_and_body(bytes: &[u8]) -> (serde_json::Value, Vec<u8>) {
        let length = u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
        let header = serde_json::from_slice(&bytes[PREFIX..PREFIX + length]).unwrap();
        (header, bytes[PREFIX + length..].to_vec())
    }

    #[test]
    fn a_data_set_comes_back_as_it_was() {
        let bytes = write(&sample());
        assert_eq!(read(&bytes), Ok(sample()));
        assert_eq!(write(&read(&bytes).unwrap()), bytes);
        assert_eq!(digest(&read(&bytes).unwrap()), digest(&sample()));
    }

    #[test]
    fn the_digest_is_the_headers_and_every_field_counts() {
        let digest = digest(&sample());
        assert_eq!(header_and_body(&write(&sample())).0["digest"], digest);
        let changes: [fn(&mut Dataset); 9] = [
            |dataset| dataset.name.push('!'),
            |dataset| dataset.provenance.licence.push('!'),
            |dataset| dataset.users[0].push('!'),
            |dataset| dataset.interactions[0].rating = 1.0,
            |dataset| dataset.interactions[0].timestamp += 1,
            |dataset| dataset.interactions[0].part = Part::Test,
            |dataset| dataset.modalities.get_mut("textual").unwrap().values[[0, 0]] = 9.0,
            |dataset| dataset.texts[0].title.push('!'),
            |dataset| dataset.thumbnails.as_mut().unwrap().position[0] = None,
        ];
        for (position, change) in changes.into_iter().enumerate() {
            let mut dataset = sample();
            change(&mut dataset);
            assert_ne!(super::digest(&dataset), digest, "change {position}");
        }
    }

    /// Digests name data in receipts and links: this one may never change.
    #[test]
    fn the_digest_is_frozen() {
        assert_eq!(digest(&sample()), "e66704f68d18219db0d651f27a4100bb9c04289e5e8a97d69c8b98368d62ee76");
    }

    #[test]
    fn every_truncation_is_refused() {
        let bytes = write(&sample());
        for length in 0..bytes.len() {
            let error = read(&bytes[..length]).unwrap_err();
            let expected = if length == 0 { "not a Fusebox bundle" } else { "cut short" };
            assert!(error.to_string().contains(expected), "{length}: {error}");
        }
    }

    #[test]
    fn a_longer_file_and_a_foreign_one_are_refused() {
        let mut bytes = write(&sample());
        bytes.push(0);
        assert!(matches!(read(&bytes), Err(BundleError::TooLong { .. })));
        assert_eq!(read(b"PK\x03\x04 a zip file"), Err(BundleError::NotABundle));
    }

    #[test]
    fn a_newer_version_says_so() {
        let mut bytes = write(&sample());
        bytes[8] = 3;
        let error = read(&bytes).unwrap_err();
        assert_eq!(error.to_string(), "made by a newer Fusebox (bundle version 3, this one reads 1)");
    }

    #[test]
    fn a_small_file_cannot_fill_the_memory() {
        let (mut header, _) = header_and_body(&write(&sample()));
        header["tensor-bytes"] = (1u64 << 40).into();
        let bomb = deflate(&vec![0; 1 << 20]);
        let error = read(&resealed(header.to_string().as_bytes(), &bomb)).unwrap_err();
        assert!(matches!(error, BundleError::TooLarge { .. }), "{error}");
        header["tensor-bytes"] = 1000.into();
        let error = read(&resealed(header.to_string().as_bytes(), &bomb)).unwrap_err();
        assert_eq!(error, BundleError::BodyLength { found: 1001, stated: 1000 });
    }

    #[test]
    fn what_compresses_beyond_the_limit_is_stored_and_read() {
        let mut dataset = sample();
        dataset.texts[0].description = "a".repeat(20 << 20);
        let bytes = write(&dataset);
        assert_eq!(header_and_body(&bytes).0["encoding"], "stored");
        assert_eq!(read(&bytes), Ok(dataset));
    }

    #[test]
    fn a_header_that_contradicts_the_tensors_is_refused() {
        let (original, body) = header_and_body(&write(&sample()));
        let changes = [
            ("/description/users", serde_json::json!(4), "users/length is U32 [3], expected U32 [4]"),
            ("/description/items", serde_json::json!(u64::MAX), "expected U32"),
            ("/description/modalities/visual/dim", serde_json::json!(4), "F16 [4, 3], expected F16 [4, 4]"),
            (
                "/description/modalities/visual/precision",
                serde_json::json!("f32"),
                "F16 [4, 3], expected F32",
            ),
            ("/description/name", serde_json::json!("other"), "its header says"),
            ("/description/texts", serde_json::json!("yes"), "header cannot be read"),
            ("/encoding", serde_json::json!("stored"), "header says"),
            ("/digest", serde_json::json!("0"), "its header says 0"),
        ];
        for (pointer, value, expected) in changes {
            let mut header = original.clone();
            *header.pointer_mut(pointer).unwrap() = value;
            let error = read(&resealed(header.to_string().as_bytes(), &body)).unwrap_err().to_string();
            assert!(error.contains(expected), "{pointer}: {error}");
        }
        assert!(matches!(read(&resealed(b"{", &body)), Err(BundleError::Header { .. })));
    }

    #[test]
    fn data_that_break_their_promises_are_refused() {
        let mut dataset = sample();
        dataset.interactions[2].item = 77;
        let error = read(&write(&dataset)).unwrap_err().to_string();
        assert!(error.contains("interaction 2 names item 77, but there are only 4"), "{error}");
    }

    proptest! {
        #[test]
        fn every_changed_byte_is_refused(position in 0usize..100_000, change in 1u8..=255) {
            let mut bytes = write(&sample());
            let position = position % bytes.len();
            bytes[position] ^= change;
            prop_assert!(read(&bytes).is_err());
        }

        #[test]
        fn arbitrary_tensors_under_a_valid_seal_do_no_harm(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let (mut header, _) = header_and_body(&write(&sample()));
            header["encoding"] = "stored".into();
            header["tensor-bytes"] = body.len().into();
            prop_assert!(read(&resealed(header.to_string().as_bytes(), &body)).is_err());
        }

        #[test]
        fn changed_tensors_under_a_valid_seal_do_no_harm(position in 0usize..100_000, change in 1u8..=255) {
            let tensors = tensors_of(&sample());
            let mut body = safetensors::serialize(tensors, None).unwrap();
            let position = position % body.len();
            body[position] ^= change;
            let (mut header, _) = header_and_body(&write(&sample()));
            header["encoding"] = "stored".into();
            // Padding of the tensors' own header is the only thing that may change and mean the same.
            if let Ok(dataset) = read(&resealed(header.to_string().as_bytes(), &body)) {
                prop_assert_eq!(dataset, sample());
            }
        }

        #[test]
        fn any_data_set_comes_back_as_it_was(
            users in prop::collection::btree_set(".{0,6}", 1..6),
            items in prop::collection::btree_set(".{0,6}", 1..6),
            pairs in prop::collection::btree_map((0usize..6, 0usize..6), (-5f32..5.0, any::<i64>(), 0u8..3), 1..20),
            values in prop::collection::vec(-1e4f32..1e4, 18),
            present in prop::collection::vec(any::<bool>(), 6),
            half in any::<bool>(),
        ) {
            let (users, items): (Vec<_>, Vec<_>) = (users.into_iter().collect(), items.into_iter().collect());
            let fold = |&(user, item): &(usize, usize)| (user % users.len(), item % items.len());
            let pairs: BTreeMap<_, _> = pairs.iter().map(|(pair, value)| (fold(pair), *value)).collect();
            let interactions = pairs.into_iter().map(|((user, item), (rating, timestamp, part))| Interaction {
                user: user as u32, item: item as u32, rating, timestamp,
                part: [Part::Train, Part::Validation, Part::Test][usize::from(part)],
            }).collect();
            let precision = if half { Precision::F16 } else { Precision::F32 };
            let table = Array2::from_shape_fn((items.len(), 3), |(i, j)| values[i * 3 + j]);
            let features = Features::new("x", table, present[..items.len()].to_vec(), precision, "y".into()).unwrap();
            let dataset = Dataset {
                name: "generated".into(), provenance: Provenance::default(), users, items, interactions,
                modalities: BTreeMap::from([("x".into(), features)]), texts: Vec::new(), thumbnails: None,
            };
            prop_assert_eq!(dataset.check(), Ok(()));
            let bytes = write(&dataset);
            let again = read(&bytes).unwrap();
            prop_assert_eq!(write(&again), bytes);
            prop_assert_eq!(again, dataset);
        }
    }
}
