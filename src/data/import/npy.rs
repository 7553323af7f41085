//! NumPy's `.npy` files of one vector or one table of floating-point numbers.

use half::f16;
use ndarray::{Array2, ShapeBuilder};
use serde_json::Value;
use thiserror::Error;

use super::python;
use crate::data::Precision;

/// A header of a plain table is a tenth of this.
const LONGEST_HEADER: usize = 1024;

/// Why bytes are not a table of numbers.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NpyError {
    #[error("this is not a .npy file: {reason}")]
    Header { reason: String },
    #[error("the numbers are of type {found}; 16, 32 or 64 bit floating point (f2, f4, f8) is expected")]
    Type { found: String },
    #[error("the shape is {found:?}; (D,), (1, D) or (N, D) with D of 1 or more is expected")]
    Shape { found: Vec<usize> },
    #[error("the shape {shape:?} takes {expected} bytes, but {found} follow the header")]
    Size { shape: Vec<usize>, expected: String, found: usize },
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// `[rows, dim]`; one row for a file of shape (D,).
    pub values: Array2<f32>,
    /// `F16` when the file's numbers are; 64 bits are rounded to 32.
    pub precision: Precision,
}

/// Reads a file of shape (D,) or (N, D), in C or Fortran order, of either byte order.
pub fn read(bytes: &[u8]) -> Result<Table, NpyError> {
    let (header, data) = header(bytes)?;
    let found = || NpyError::Type { found: header.descriptor.to_string().replace('"', "'") };
    let (width, numbers) = match header.descriptor.as_str().ok_or_else(found)? {
        "<f2" => (2, decode(data, |bytes| f16::from_le_bytes(bytes).to_f32())),
        ">f2" => (2, decode(data, |bytes| f16::from_be_bytes(bytes).to_f32())),
        "<f4" => (4, decode(data, f32::from_le_bytes)),
        ">f4" => (4, decode(data, f32::from_be_bytes)),
        "<f8" => (8, decode(data, |bytes| f64::from_le_bytes(bytes) as f32)),
        ">f8" => (8, decode(data, |bytes| f64::from_be_bytes(bytes) as f32)),
        _ => return Err(found()),
    };
    let (rows, dim) = match header.shape[..] {
        [dim] if dim > 0 => (1, dim),
        [rows, dim] if dim > 0 => (rows, dim),
        _ => return Err(NpyError::Shape { found: header.shape }),
    };
    let expected = rows.checked_mul(dim).and_then(|count| count.checked_mul(width));
    if expected != Some(data.len()) {
        let expected = expected.map_or("more than can be addressed".into(), |bytes| bytes.to_string());
        return Err(NpyError::Size { shape: header.shape, expected, found: data.len() });
    }
    let shape = (rows, dim).set_f(header.fortran);
    let values =
        Array2::from_shape_vec(shape, numbers).map_err(|_| NpyError::Shape { found: header.shape })?;
    let values = if values.is_standard_layout() { values } else { values.as_standard_layout().into_owned() };
    Ok(Table { values, precision: if width == 2 { Precision::F16 } else { Precision::F32 } })
}

/// The numbers of N bytes each; a rest is left to the check of the size.
fn decode<const N: usize>(data: &[u8], number: fn([u8; N]) -> f32) -> Vec<f32> {
    data.as_chunks().0.iter().map(|bytes| number(*bytes)).collect()
}

/// What a header says of the bytes after it.
struct Header {
    /// As in `'<f4'`.
    descriptor: Value,
    /// Whether the first index runs fastest.
    fortran: bool,
    shape: Vec<usize>,
}

/// The header, and the bytes after it.
fn header(bytes: &[u8]) -> Result<(Header, &[u8]), NpyError> {
    let wrong = |reason: &str| NpyError::Header { reason: reason.into() };
    // Checked before parsing, which would make room for whatever length is stated.
    let (length, start): (u32, usize) = match bytes {
        [0x93, b'N', b'U', b'M', b'P', b'Y', 1, _, low, high, ..] => {
            (u32::from_le_bytes([*low, *high, 0, 0]), 10)
        }
        [0x93, b'N', b'U', b'M', b'P', b'Y', 2..=255, _, a, b, c, d, ..] => {
            (u32::from_le_bytes([*a, *b, *c, *d]), 12)
        }
        [0x93, b'N', b'U', b'M', b'P', b'Y', ..] => return Err(wrong("its header is cut short")),
        _ => return Err(wrong("it does not begin with \\x93NUMPY")),
    };
    let (text, data) = bytes
        .get(start..)
        .and_then(|rest| rest.split_at_checked(length as usize))
        .ok_or_else(|| wrong("its header is cut short"))?;
    if text.len() > LONGEST_HEADER {
        return Err(wrong("its header describes more than a table of numbers"));
    }
    let text = std::str::from_utf8(text).map_err(|_| wrong("its header is no text"))?;
    let mut literal = python::parse(text).map_err(|error| wrong(&format!("its header, {error}")))?;
    let mut field = |name: &str| literal.get_mut(name).map(Value::take);
    let fortran = field("fortran_order").and_then(|order| order.as_bool());
    let shape = field("shape").and_then(|shape| {
        shape.as_array()?.iter().map(|length| usize::try_from(length.as_u64()?).ok()).collect()
    });
    match (field("descr"), fortran, shape) {
        (Some(descriptor), Some(fortran), Some(shape)) => Ok((Header { descriptor, fortran, shape }, data)),
        _ => Err(wrong("its header lacks descr, fortran_order or shape")),
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, array};
    use ndarray_npy::WriteNpyExt;
    use proptest::prelude::*;

    use super::*;

    /// A file as NumPy writes it, with any header.
    fn file(descriptor: &str, order: &str, shape: &str, data: &[u8]) -> Vec<u8> {
        let text = format!("{{'descr': {descriptor}, 'fortran_order': {order}, 'shape': {shape}, }}\n");
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((text.len() as u16).to_le_bytes());
        bytes.extend(text.as_bytes());
        bytes.extend(data);
        bytes
    }

    #[test]
    fn vectors_and_tables_of_any_width_and_order_are_read() {
        let halves: Vec<u8> = [1.5, -2.0].iter().flat_map(|&x| f16::from_f64(x).to_le_bytes()).collect();
        let table = read(&file("'<f2'", "False", "(2,)", &halves)).unwrap();
        assert_eq!(table, Table { values: array![[1.5, -2.0]], precision: Precision::F16 });

        let big: Vec<u8> = [1f32, 2.0, 3.0, 4.0, 5.0, 6.0].iter().flat_map(|x| x.to_be_bytes()).collect();
        let table = read(&file("'>f4'", "False", "(2, 3)", &big)).unwrap();
        assert_eq!(
            table,
            Table { values: array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], precision: Precision::F32 }
        );
        let table = read(&file("'>f4'", "True", "(2, 3)", &big)).unwrap();
        assert_eq!(table.values, array![[1.0, 3.0, 5.0], [2.0, 4.0, 6.0]]);
        assert!(table.values.is_standard_layout());

        let doubles: Vec<u8> = [0.1f64, 0.2].iter().flat_map(|x| x.to_le_bytes()).collect();
        assert_eq!(read(&file("'<f8'", "False", "(1, 2)", &doubles)).unwrap().values, array![[0.1, 0.2]]);
    }

    #[test]
    fn what_another_library_writes_is_read() {
        let mut bytes = Vec::new();
        Array1::from(vec![1.0f32, 2.0, 3.0]).write_npy(&mut bytes).unwrap();
        assert_eq!(read(&bytes).unwrap().values, array![[1.0, 2.0, 3.0]]);
        let mut bytes = Vec::new();
        array![[1.0f64, 2.0], [3.0, 4.0]].reversed_axes().write_npy(&mut bytes).unwrap();
        assert_eq!(read(&bytes).unwrap().values, array![[1.0, 3.0], [2.0, 4.0]]);
    }

    #[test]
    fn each_mistake_has_its_sentence() {
        let error = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
        assert!(error(b"hello").contains("does not begin with"));
        assert!(error(b"\x93NUMPY\x01").contains("cut short"));
        assert!(error(&file("'<f4'", "False", "(2,)", b"")[..30]).contains("cut short"));
        assert!(error(&file("'<i8'", "False", "(1,)", &[0; 8])).contains("type '<i8'; 16, 32 or 64 bit"));
        assert!(
            error(&file("[('a', '<f4')]", "False", "(1,)", &[0; 4])).contains("are of type [['a','<f4']]")
        );
        assert!(error(&file("'<f4'", "False", "()", &[0; 4])).contains("the shape is []"));
        assert!(error(&file("'<f4'", "False", "(1, 1, 1)", &[0; 4])).contains("the shape is [1, 1, 1]"));
        assert!(error(&file("'<f4'", "False", "(0,)", b"")).contains("the shape is [0]"));
        assert_eq!(
            error(&file("'<f4'", "False", "(2,)", &[0; 7])),
            "the shape [2] takes 8 bytes, but 7 follow the header"
        );
        let huge = "(4611686018427387904, 16)";
        assert!(error(&file("'<f4'", "False", huge, &[0; 4])).contains("more than can be addressed"));
    }

    #[test]
    fn a_header_that_leads_deep_or_claims_to_be_long_is_refused() {
        assert!(read(&file(&"(".repeat(60_000), "False", "(1,)", b"")).is_err());
        assert!(read(&file(&"(".repeat(900), "False", "(1,)", b"")).is_err());
        let mut bytes = b"\x93NUMPY\x02\x00".to_vec();
        bytes.extend(u32::MAX.to_le_bytes());
        bytes.extend([b' '; 100]);
        assert!(read(&bytes).unwrap_err().to_string().contains("cut short"));
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(read(&bytes).is_err());
        }

        #[test]
        fn a_changed_header_does_no_harm(position in 0usize..70, value: u8) {
            let mut bytes = file("'<f4'", "False", "(1, 2)", &[0; 8]);
            bytes[position] = value;
            if let Ok(table) = read(&bytes) {
                prop_assert!(table.values.len() <= 4);
            }
        }

        #[test]
        fn arbitrary_headers_do_no_harm(text in "[\\[\\](){}',:a-z0-9<> ]{0,80}") {
            let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
            bytes.extend((text.len() as u16 + 1).to_le_bytes());
            bytes.extend(text.as_bytes());
            bytes.push(b'\n');
            prop_assert!(read(&bytes).is_err());
        }
    }
}
