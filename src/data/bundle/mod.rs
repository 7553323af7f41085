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
//! same data have the same digest, and receipts and links refer to it. What kinds of things items are is not part of
//! that content: nothing learns from it, and data that are told to have kinds are still the same data.

mod tensors;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use safetensors::tensor::SafeTensors;
use serde::{Deserialize, Serialize};
use tensors::{KINDS, Tensor, Tensors, tensors_of};
use thiserror::Error;

use super::{Dataset, DatasetError, Features, Precision, Provenance};
use crate::digest::Digest;
use crate::ordered::ordered;

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
    /// Samples a second; left out without sounds, so that data from before there were any keep their digest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sounds_rate: Option<u32>,
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

/// The data set of a bundle. Whatever the bytes are, this does not panic, and memory grows with them, not with what
/// they claim.
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
    let unreadable = |error: &dyn std::fmt::Display| BundleError::Header { reason: error.to_string() };
    // As text, like all other JSON: a second kind of reader would double its code in the wasm.
    let header = std::str::from_utf8(header).map_err(|error| unreadable(&error))?;
    let header: Header = serde_json::from_str(header).map_err(|error| unreadable(&error))?;
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
    for (name, tensor) in tensors.iter().filter(|(name, _)| !name.starts_with(KINDS)) {
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
        modalities: ordered(
            dataset.modalities.iter().map(|(name, features)| (name.clone(), modality(features))),
        ),
        texts: !dataset.texts.is_empty(),
        thumbnails: dataset
            .thumbnails
            .as_ref()
            .map(|thumbnails| ThumbnailsDescription { tile: thumbnails.tile, columns: thumbnails.columns }),
        sounds_rate: dataset.sounds.as_ref().map(|sounds| sounds.rate),
    }
}
