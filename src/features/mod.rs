//! Extractors: pictures, words and sounds to vectors.
//!
//! Nothing here is learned from interactions and nothing needs a file, so that the command line, the twins
//! and the page describe the same item by the same numbers.

mod bags;
mod clothing_looks;
mod colour_histogram;
mod extraction;
mod extraction_summary;
mod extractor;
mod foreground;
mod hashed;
mod hashed_n_grams;
mod local_binary_patterns;
mod material;
mod mel_cepstrum;
mod miniatures;
mod office_words;
mod oriented_gradients;
mod picture_file;
mod pictures;
mod pixels;
mod plane;
mod sheet;
mod sound;
mod tfidf;
mod tokens;

pub use bags::{Bags, bags_of_words};
pub use colour_histogram::{COLOUR_BINS, colour_histogram};
pub use extraction::{Extraction, ExtractionError, Wanted, WantedError, extend, extract};
pub use extraction_summary::ExtractionSummary;
pub use extractor::{Extractor, ExtractorDescription, Reads};
pub use local_binary_patterns::{PATTERN_VALUES, local_binary_patterns};
pub use material::{Material, Reading};
pub use mel_cepstrum::{CEPSTRUM_VALUES, audio, mel_cepstrum};
pub use miniatures::{MINIATURE, Miniatures};
pub use oriented_gradients::{GRADIENT_VALUES, oriented_gradients};
pub use picture_file::{PictureFileError, decode};
pub use pictures::{VISUAL_VALUES, visual};
pub use pixels::{Pixels, PixelsError};
pub use sheet::{SheetError, miniatures};
pub use sound::{FULL_RATE, RATES, Sound, SoundError};
pub use tfidf::{TermFrequencies, TermWeights, textual};
pub use tokens::{STOP_WORDS, tokens};
