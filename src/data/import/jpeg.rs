use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::features::Pixels;

/// Pixels along a side, so that a small file cannot fill the memory.
const LARGEST: usize = 4096;

/// The picture of a JPEG file, or why there is none. A picture that is cut off is none.
pub fn decode(bytes: &[u8]) -> Result<Pixels, String> {
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(LARGEST)
        .set_max_height(LARGEST)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let values = decoder.decode().map_err(|error| error.to_string().trim().replace('\n', " "))?;
    let (width, height) = decoder.info().map_or((0, 0), |info| (info.width.into(), info.height.into()));
    Pixels::new(width, height, values.as_chunks().0.to_vec()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::jpeg;
    use super::*;

    #[test]
    fn a_picture_has_its_size_and_its_colour() {
        for (width, height) in [(1, 1), (8, 8), (30, 17)] {
            let picture = decode(&jpeg(width, height, [200, 40, 90])).unwrap();
            assert_eq!((picture.width(), picture.height()), (width.into(), height.into()));
            for pixel in picture.values() {
                let far = pixel.iter().zip([200u8, 40, 90]).map(|(a, b)| a.abs_diff(b)).max().unwrap();
                assert!(far <= 4, "{pixel:?}");
            }
        }
    }

    #[test]
    fn grey_pictures_are_grey() {
        let mut bytes = Vec::new();
        let encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
        encoder.encode(&[77; 64], 8, 8, jpeg_encoder::ColorType::Luma).unwrap();
        let picture = decode(&bytes).unwrap();
        assert!(picture.values().iter().all(|pixel| pixel.iter().all(|value| value.abs_diff(77) <= 2)));
    }

    #[test]
    fn what_is_no_picture_says_why() {
        assert!(decode(b"").is_err());
        assert!(decode(b"\x89PNG\r\n\x1a\n").unwrap_err().contains("start bytes"));
        let whole = jpeg(64, 64, [10, 200, 60]);
        for length in [2, 100, whole.len() / 2, whole.len() * 9 / 10] {
            assert!(decode(&whole[..length]).is_err(), "{length} of {}", whole.len());
        }
        let huge = jpeg(4097, 1, [0; 3]);
        assert!(decode(&huge).is_err());
    }

    proptest! {
        #[test]
        fn changed_bytes_do_no_harm(changes in prop::collection::vec((0usize..2000, any::<u8>()), 1..20)) {
            let mut bytes = jpeg(40, 24, [1, 2, 3]);
            let length = bytes.len();
            for (position, value) in changes {
                bytes[position % length] = value;
            }
            if let Ok(picture) = decode(&bytes) {
                prop_assert!(picture.values().len() <= LARGEST * LARGEST);
            }
        }
    }
}
