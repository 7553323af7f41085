use std::io::Cursor;

use png::Transformations;
use thiserror::Error;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::Pixels;

/// Bytes of a pixel in memory, at most: four of a PNG with transparency.
const BYTES: usize = 4;

/// Width and height that a JPEG may have, which its format allows.
const MOST_SIDE: usize = u16::MAX as usize;

/// Why a file is no picture.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PictureFileError {
    #[error("it is neither a PNG nor a JPEG picture")]
    Format,
    #[error("it cannot be decoded: {0}")]
    Damaged(String),
}

/// The picture of a PNG or JPEG file of at most so many pixels, for a small file can ask for any amount of memory. What is
/// transparent is on white; a picture that is cut off is none.
pub fn decode(bytes: &[u8], most_pixels: usize) -> Result<Pixels, PictureFileError> {
    if bytes.starts_with(b"\x89PNG") {
        decode_png(bytes, most_pixels).map_err(|error| PictureFileError::Damaged(error.to_string()))
    } else if bytes.starts_with(b"\xff\xd8") {
        decode_jpeg(bytes, most_pixels).map_err(PictureFileError::Damaged)
    } else {
        Err(PictureFileError::Format)
    }
}

fn decode_png(bytes: &[u8], most_pixels: usize) -> Result<Pixels, png::DecodingError> {
    let most = most_pixels.saturating_mul(BYTES);
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: most });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let size = reader.output_buffer_size().filter(|size| *size <= most);
    let mut values = vec![0; size.ok_or(png::DecodingError::LimitsExceeded)?];
    let frame = reader.next_frame(&mut values)?;
    let on_white = |value: u8, opacity: u8| {
        let (value, opacity) = (u32::from(value), u32::from(opacity));
        ((value * opacity + 255 * (255 - opacity) + 127) / 255) as u8
    };
    let pixels = match frame.color_type.samples() {
        1 => values.iter().map(|&grey| [grey; 3]).collect(),
        2 => values.as_chunks().0.iter().map(|&[grey, opacity]| [on_white(grey, opacity); 3]).collect(),
        3 => values.as_chunks().0.to_vec(),
        _ => values
            .as_chunks()
            .0
            .iter()
            .map(|&[red, green, blue, opacity]| [red, green, blue].map(|value| on_white(value, opacity)))
            .collect(),
    };
    Pixels::new(frame.width as usize, frame.height as usize, pixels)
        .map_err(|_| png::DecodingError::LimitsExceeded)
}

fn decode_jpeg(bytes: &[u8], most_pixels: usize) -> Result<Pixels, String> {
    // Strict, or a file that is cut short would give a picture that is grey from there.
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(MOST_SIDE)
        .set_max_height(MOST_SIDE)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let in_one_line = |error: DecodeErrors| error.to_string().trim().replace('\n', " ");
    decoder.decode_headers().map_err(in_one_line)?;
    let (width, height) = decoder.dimensions().ok_or("it has no size")?;
    if width.saturating_mul(height) > most_pixels {
        return Err(format!("{width} x {height} pixels are too many"));
    }
    let values = decoder.decode().map_err(in_one_line)?;
    Pixels::new(width, height, values.as_chunks().0.to_vec()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn png(colour: png::ColorType, depth: png::BitDepth, width: u32, height: u32, values: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(colour);
        encoder.set_depth(depth);
        if colour == png::ColorType::Indexed {
            encoder.set_palette(vec![255, 0, 0, 0, 0, 255]);
        }
        encoder.write_header().unwrap().write_image_data(values).unwrap();
        bytes
    }

    /// Left half red, right half blue, 16 x 8 pixels; made for this test.
    const JPEG: &[u8] = include_bytes!("../../tests/golden/halves.jpg");

    #[test]
    fn pngs_of_every_kind_are_decoded() {
        use png::BitDepth::{Eight, One, Sixteen};
        use png::ColorType::{Grayscale, GrayscaleAlpha, Indexed, Rgb, Rgba};
        let (red, blue) = ([255, 0, 0], [0, 0, 255]);
        for (bytes, expected) in [
            (png(Rgb, Eight, 2, 1, &[255, 0, 0, 0, 0, 255]), [red, blue]),
            (png(Rgba, Eight, 2, 1, &[255, 0, 0, 255, 9, 9, 9, 0]), [red, [255; 3]]),
            (png(Indexed, One, 2, 1, &[0b0100_0000]), [red, blue]),
            (png(Grayscale, Sixteen, 2, 1, &[7, 200, 255, 0]), [[7; 3], [255; 3]]),
            (png(GrayscaleAlpha, Eight, 2, 1, &[0, 128, 100, 255]), [[127; 3], [100; 3]]),
        ] {
            assert_eq!(decode(&bytes, 2).unwrap(), Pixels::new(2, 1, expected.to_vec()).unwrap());
        }
    }

    #[test]
    fn a_jpeg_is_decoded() {
        let picture = decode(JPEG, 128).unwrap();
        assert_eq!((picture.width(), picture.height()), (16, 8));
        for (at, &[red, green, blue]) in picture.values().iter().enumerate() {
            let (strong, weak) = if at % 16 < 8 { (red, blue) } else { (blue, red) };
            assert!(strong > 235 && weak < 20 && green < 20, "{at}: {:?}", picture.values()[at]);
        }
    }

    #[test]
    fn damage_is_told() {
        let whole = png(png::ColorType::Rgb, png::BitDepth::Eight, 2, 1, &[9; 6]);
        for bytes in [&whole[..whole.len() - 20], &JPEG[..JPEG.len() - 40], &JPEG[..20]] {
            let error = decode(bytes, 128).unwrap_err().to_string();
            assert!(error.starts_with("it cannot be decoded: "), "{error}");
            assert_eq!(error.lines().count(), 1, "{error}");
        }
        assert_eq!(decode(b"GIF89a", 1).unwrap_err(), PictureFileError::Format);
        assert_eq!(decode(b"", 1).unwrap_err(), PictureFileError::Format);
    }

    #[test]
    fn more_pixels_than_allowed_are_refused() {
        assert!(decode(JPEG, 127).unwrap_err().to_string().contains("16 x 8 pixels are too many"));
        let wide = png(png::ColorType::Rgba, png::BitDepth::Eight, 200, 1, &[9; 800]);
        assert!(decode(&wide, 200).is_ok());
        assert!(decode(&wide, 199).is_err());
    }

    #[test]
    fn a_grey_jpeg_is_grey() {
        let mut bytes = Vec::new();
        let encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
        encoder.encode(&[77; 64], 8, 8, jpeg_encoder::ColorType::Luma).unwrap();
        let picture = decode(&bytes, 64).unwrap();
        assert!(picture.values().iter().all(|pixel| pixel.iter().all(|value| value.abs_diff(77) <= 2)));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(
            jpeg in any::<bool>(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        ) {
            let mut bytes = match jpeg {
                true => JPEG.to_vec(),
                false => png(png::ColorType::Rgb, png::BitDepth::Eight, 2, 1, &[9; 6]),
            };
            for (at, value) in changes {
                let at = at.index(bytes.len());
                bytes[at] = value;
            }
            let _ = decode(&bytes, 1 << 20);
        }
    }
}
