//! What matters in clothes and other things that are chosen by their looks.

mod dominant_colours;
mod print;
mod silhouette;

use super::Pixels;
use super::extractor::{ExtractorDescription, Reads};
use super::foreground::Foreground;
use super::pictures::side_by_side;
use crate::data::Features;

use dominant_colours::{COLOURS, ColourNames};
use print::{PRINT_VALUES, print};
use silhouette::{SILHOUETTE_VALUES, silhouette};

/// Length of the vectors.
const LOOKS_VALUES: usize = COLOURS + PRINT_VALUES + SILHOUETTE_VALUES;

pub static DESCRIPTION: ExtractorDescription = ExtractorDescription {
    name: "clothing-looks",
    title: "Clothing looks",
    summary: "The main colours by name, the pattern inside the thing, and its silhouette, whatever its size and place.",
    reads: Reads::Thumbnails,
    domain: Some("clothing, and what else is chosen by its looks"),
    width: LOOKS_VALUES,
    source: "our own; colour names after Berlin and Kay, Basic Color Terms, 1969, patterns after Ojala, Pietikäinen \
             and Mäenpää, PAMI 2002",
};

/// `[items, LOOKS_VALUES]`: colours, print and silhouette, which weigh the same, less their mean.
pub fn features(pictures: &[Option<&Pixels>]) -> Features {
    let origin = format!(
        "shares of {COLOURS} named colours, local binary patterns inside the thing ({PRINT_VALUES}) and the silhouette \
         ({SILHOUETTE_VALUES}), less their mean"
    );
    let names = ColourNames::new();
    let looks = |picture: &Pixels| {
        let thing = Foreground::of(picture);
        let parts = [names.shares(picture, &thing), print(picture, &thing), silhouette(&thing)];
        parts.into_iter().flatten().collect()
    };
    side_by_side(&[&looks], LOOKS_VALUES, pictures, origin)
}
