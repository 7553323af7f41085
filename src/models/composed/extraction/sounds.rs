use ndarray::Axis;

use super::super::super::{ModelError, Setting};
use super::convolution::GROUP;
use super::{no_input, room, standardised};
use crate::data::Features;

/// Samples of a frame, which is a place of the network: 8 ms of 8,000 samples a second.
pub const FRAME: usize = 64;

/// The items' sounds, frame by frame, the last ones followed by zeros: `[items, frames · FRAME]`.
pub fn input(setting: &Setting<'_>) -> Result<Features, ModelError> {
    let dataset = setting.dataset;
    let sounds = dataset.sounds.as_ref().ok_or_else(|| no_input("audio", "the data have no sounds"))?;
    let samples = sounds.length.next_multiple_of(GROUP * FRAME);
    let mut values = room("audio", dataset.items.len(), samples)?;
    for (item, mut row) in values.axis_iter_mut(Axis(0)).enumerate() {
        let Some(samples) = sounds.of(item) else { continue };
        row.iter_mut().zip(samples).for_each(|(value, &sample)| *value = f32::from(sample));
    }
    Ok(standardised(values, sounds.present.clone()))
}
