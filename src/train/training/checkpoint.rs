//! A run between two epochs as bytes, to go on from later.
//!
//! What must be kept is a receipt so far, parameters, Adam's moments and the best epoch's parameters. The sampler draws again what it
//! drew, and everything else is made from these.

use std::rc::Rc;

use burn::tensor::Tensor;

use super::{Best, Host, Stage, TrainingRun};
use crate::data::Dataset;
use crate::digest::Digest;
use crate::features::Miniatures;
use crate::train::adam::Moments;
use crate::train::{CurvePoint, Receipt, TrainError};
use crate::transfer::{read, upload};

/// Hexadecimal digits of the digest of everything that follows it.
const DIGEST: usize = 64;

impl TrainingRun {
    /// The run as it stands between two epochs; nothing before the first, within one and after the last, and nothing of a system
    /// that ranks by what is left of its last batch (GRCN as published).
    ///
    /// A digest, the length of a receipt so far, that receipt as JSON, its numbers as they are (JSON's reader may be off in their
    /// last bit), and by parameter the steps of Adam, the values, both moments and, if there is one, the best epoch's values. All
    /// little-endian.
    pub async fn checkpoint(&self) -> Result<Option<Vec<u8>>, TrainError> {
        let Stage::Training { epoch: 1.., step: 0 } = self.stage else { return Ok(None) };
        if self.recommender.represents_last_batch() {
            return Ok(None);
        }
        let mut receipt = self.receipt(self.best.as_ref().map_or(0, |best| best.epoch), 0.0);
        let json = serde_json::to_vec(&receipt).unwrap_or_default();
        let mut content = (json.len() as u32).to_le_bytes().to_vec();
        content.extend(json);
        content.extend(numbers(&mut receipt).flat_map(|number| number.to_le_bytes()));
        let mut best = self.best.iter().flat_map(|best| best.parameters.iter());
        for ((_, values), moments) in self.parameters.iter().zip(&self.moments) {
            content.extend(moments.steps().to_le_bytes());
            let moments = moments.tensors().into_iter().flat_map(|(first, second)| [first, second]);
            let best = best.next().map(|(_, best)| best);
            for tensor in [values].into_iter().chain(moments).chain(best) {
                content.extend(read(tensor.clone()).await?.into_iter().flat_map(f32::to_le_bytes));
            }
        }
        let mut checkpoint = Digest::of(&content).into_bytes();
        checkpoint.extend(content);
        Ok(Some(checkpoint))
    }

    /// Goes on from a checkpoint, to the same end as if the run had never stopped. It must be of this program, on the same target and
    /// data.
    pub fn resume(
        checkpoint: &[u8],
        dataset: Rc<Dataset>,
        pictures: Option<&Miniatures>,
        host: Host,
    ) -> Result<Self, TrainError> {
        let (receipt, rest) = opened(checkpoint).ok_or(TrainError::DamagedCheckpoint)?;
        let mut run = Self::with_pictures(receipt.spec.check()?, dataset, pictures, host)?;
        let here = run.receipt(0, 0.0);
        if (&receipt.program, &receipt.target) != (&here.program, &here.target) {
            return Err(TrainError::ForeignCheckpoint { program: receipt.program, target: receipt.target });
        }
        let has_best = receipt.best_epoch > 0;
        let of_each = if has_best { 4 } else { 3 };
        let words = run.parameters.iter().map(|(_, values)| 1 + of_each * values.shape().num_elements());
        if rest.len() != 4 * words.sum::<usize>() {
            return Err(TrainError::DamagedCheckpoint);
        }
        let mut words = rest.as_chunks().0.iter().map(|&word| u32::from_le_bytes(word));
        let device = run.host.device.clone();
        let (mut moments, mut best) = (Vec::new(), run.parameters.clone());
        let mut bests = Vec::new();
        run.parameters.update(|_, tensor| {
            let steps = words.next().unwrap_or_default() as i32;
            let mut table = || -> Tensor<2> {
                let values = words.by_ref().take(tensor.shape().num_elements());
                upload(values.map(f32::from_bits).collect(), tensor.dims(), &device)
            };
            let values = table();
            moments.push(Moments::after(steps, table(), table()));
            bests.extend(has_best.then(&mut table));
            values
        });
        run.moments = moments;
        let mut bests = bests.into_iter();
        best.update(|_, tensor| bests.next().unwrap_or(tensor));
        let of_best = receipt.curve.iter().find(|point| point.epoch == receipt.best_epoch);
        run.best = of_best.and_then(|point| point.validation.as_ref()).map(|metrics| Best {
            epoch: receipt.best_epoch,
            value: run.selected(metrics),
            parameters: best,
            representation: None,
        });
        let worse = |point: &&CurvePoint| point.epoch > receipt.best_epoch && point.validation.is_some();
        run.epochs_without_better = receipt.curve.iter().filter(worse).count() as u32;
        run.training_seconds = receipt.timing.seconds_per_epoch * receipt.curve.len() as f64;
        if let Some(sampler) = &mut run.sampler {
            let learned = run.recommender.learned(&run.problem);
            for _ in &receipt.curve {
                (0..sampler.steps_per_epoch()).for_each(|step| drop(sampler.batch(learned, step)));
            }
        }
        run.fingerprints = receipt.fingerprints;
        run.curve = receipt.curve;
        Ok(run)
    }
}

/// The receipt of a checkpoint and what follows it; nothing when a byte is not what it was.
fn opened(checkpoint: &[u8]) -> Option<(Receipt, &[u8])> {
    let (digest, content) = checkpoint.split_at_checked(DIGEST)?;
    if Digest::of(content).as_bytes() != digest {
        return None;
    }
    let (length, rest) = content.split_first_chunk()?;
    let (json, mut rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let mut receipt: Receipt = serde_json::from_str(str::from_utf8(json).ok()?).ok()?;
    for number in numbers(&mut receipt) {
        let (bytes, following) = rest.split_first_chunk()?;
        (*number, rest) = (f64::from_le_bytes(*bytes), following);
    }
    Some((receipt, rest))
}

/// The measured numbers of a receipt so far, in one order.
fn numbers(receipt: &mut Receipt) -> impl Iterator<Item = &mut f64> {
    fn of_epoch(point: &mut CurvePoint) -> impl Iterator<Item = &mut f64> {
        let tables = point.validation.iter_mut().flat_map(|table| table.values_mut());
        let metrics = tables.flat_map(|values| values.values_mut().flatten());
        point.loss.values_mut().chain(metrics)
    }
    let curve = receipt.curve.iter_mut().flat_map(of_epoch);
    receipt.fingerprints.losses.iter_mut().chain(curve).chain([&mut receipt.timing.seconds_per_epoch])
}
