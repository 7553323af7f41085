//! What the importers' tests make their folders of.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use ndarray_npy::WriteNpyExt;

use super::{ImportError, Imported, MemoryFolder};

/// Files by path.
pub type Files = BTreeMap<String, Vec<u8>>;

pub fn files(files: &[(&str, &[u8])]) -> Files {
    files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect()
}

pub fn folder(files: &Files) -> MemoryFolder {
    MemoryFolder::new(files.clone())
}

/// The mistake after one file is put in place, or taken away.
pub fn error(
    mut files: Files,
    path: &str,
    bytes: Option<&[u8]>,
    import: impl Fn(&Files) -> Result<Imported, ImportError>,
) -> String {
    match bytes {
        Some(bytes) => files.insert(path.into(), bytes.into()),
        None => files.remove(path),
    };
    import(&files).unwrap_err().to_string()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The `.npy` file of a vector.
pub fn vector(values: &[f32]) -> Vec<u8> {
    let mut bytes = Vec::new();
    ndarray::aview1(values).write_npy(&mut bytes).unwrap();
    bytes
}

/// The `.npy` file of a table with so many values a row.
pub fn table(dim: usize, values: &[f32]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let table = ndarray::ArrayView2::from_shape((values.len() / dim, dim), values).unwrap();
    table.write_npy(&mut bytes).unwrap();
    bytes
}

/// A JPEG picture of one colour.
pub fn jpeg(width: u16, height: u16, colour: [u8; 3]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels = colour.repeat(usize::from(width) * usize::from(height));
    jpeg_encoder::Encoder::new(&mut bytes, 95)
        .encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    bytes
}
