//! Which items have a modality.

use std::collections::BTreeMap;

use super::super::{Occasion, placebo};
use crate::data::{Dataset, Problem};
use crate::order::order_by;
use crate::random::{Draw, Stream, generator_of_step};
use crate::schema::{CheckedSpec, Design, Extraction, MissingPolicy, Placebo, Side, TakenFrom};

/// The share of items that have each of the chosen modalities on an occasion, after what was taken away.
pub fn coverage(
    dataset: &Dataset,
    problem: &Problem,
    spec: &CheckedSpec,
    occasion: Occasion,
) -> BTreeMap<String, f64> {
    let chosen = spec.modalities.iter().flatten();
    let share = |name: &String| {
        let present = shown(dataset, spec, name)?;
        let present = left_of(present, dataset, problem, spec, name, Some(occasion));
        let count = present.iter().filter(|present| **present).count();
        Some((name.clone(), count as f64 / present.len().max(1) as f64))
    };
    chosen.filter_map(share).collect()
}

/// The items that are left, `[items]`, where those are dropped that lack one of the chosen modalities on an occasion; nothing
/// where none is dropped.
pub fn without_dropped(
    dataset: &Dataset,
    problem: &Problem,
    spec: &CheckedSpec,
    occasion: Occasion,
) -> Option<Vec<bool>> {
    if spec.missing.policy != MissingPolicy::Drop {
        return None;
    }
    let mut left = vec![true; problem.items];
    for name in spec.modalities.iter().flatten() {
        let Some(present) = shown(dataset, spec, name) else { continue };
        let present = left_of(present, dataset, problem, spec, name, Some(occasion));
        left.iter_mut().zip(present).for_each(|(left, present)| *left &= present);
    }
    Some(left)
}

/// Which items have what a modality is extracted from, `[items]`, once the placebo has come: features, or raw input where that is
/// what is learned from. Nothing where the data have none.
pub fn shown(dataset: &Dataset, spec: &CheckedSpec, name: &str) -> Option<Vec<bool>> {
    let end_to_end = |design: &Design| design.extraction_of(name) == Extraction::EndToEnd;
    let present = match spec.design().is_some_and(end_to_end) {
        true => has_raw(dataset, name)?,
        false => dataset.modalities.get(name)?.present.clone(),
    };
    if spec.placebo != Placebo::Shuffled {
        return Some(present);
    }
    let order = placebo::order(present.len(), &mut placebo::lots(spec.seed, number_of(dataset, name)));
    Some(order.into_iter().map(|whose| present[whose]).collect())
}

/// Which items have what a modality of this name can be extracted from, `[items]`; nothing where the data have none of it.
pub fn has_raw(dataset: &Dataset, name: &str) -> Option<Vec<bool>> {
    match name {
        "visual" => Some(dataset.thumbnails.as_ref()?.position.iter().map(Option::is_some).collect()),
        "textual" if !dataset.texts.is_empty() => Some(
            dataset
                .texts
                .iter()
                .map(|text| !(text.title.is_empty() && text.description.is_empty()))
                .collect(),
        ),
        "audio" => Some(dataset.sounds.as_ref()?.present.clone()),
        _ => None,
    }
}

/// The modalities that a specification may use: those that have features, and those that its design learns from raw input that
/// the data have.
pub fn usable(dataset: &Dataset, spec: &CheckedSpec) -> Vec<String> {
    let learned = |name: &&str| {
        let end_to_end =
            spec.design().is_some_and(|design| design.extraction_of(name) == Extraction::EndToEnd);
        end_to_end && !dataset.modalities.contains_key(*name) && has_raw(dataset, name).is_some()
    };
    let learned = ["audio", "textual", "visual"].into_iter().filter(learned).map(Into::into);
    dataset.modalities.keys().cloned().chain(learned).collect()
}

/// Which number a modality of the data has, whichever of them are used.
pub fn number_of(dataset: &Dataset, name: &str) -> u32 {
    dataset.modalities.keys().take_while(|other| *other != name).count() as u32
}

/// Which items have a modality on an occasion, `[items]`, once the specification's share of those that are `present` has lost
/// it, and in training some more are hidden. Without an occasion, what is lacking on one alone is there.
pub fn left_of(
    mut present: Vec<bool>,
    dataset: &Dataset,
    problem: &Problem,
    spec: &CheckedSpec,
    name: &str,
    occasion: Option<Occasion>,
) -> Vec<bool> {
    let missing = &spec.missing;
    // Each modality of the data has lots of its own.
    let nth = number_of(dataset, name);
    let lots = |epoch, purpose| generator_of_step(spec.seed, Stream::Missing, epoch, nth, purpose);
    let exempt = missing.modalities.as_ref().is_some_and(|taken| taken.iter().all(|taken| taken != name));
    let lacking_now = match missing.side {
        Side::Both => true,
        Side::Train => matches!(occasion, Some(Occasion::Epoch(_))),
        Side::Test => occasion == Some(Occasion::Evaluation),
    };
    if missing.rate > 0.0 && !exempt && lacking_now {
        let popularity = problem.popularity();
        let key = |&count: &u32| match missing.taken_from {
            TakenFrom::Random => 0,
            TakenFrom::Popular => u64::from(!count),
            TakenFrom::Unpopular => u64::from(count),
        };
        let mut order: Vec<u32> =
            order_by(popularity.iter().map(key)).filter(|&item| present[item as usize]).collect();
        if missing.taken_from == TakenFrom::Random {
            lots(0, 0).shuffle(&mut order);
        }
        let taken = (missing.rate * order.len() as f64).round() as usize;
        order.iter().take(taken).for_each(|&item| present[item as usize] = false);
    }
    if let (Some(Occasion::Epoch(epoch)), true) = (occasion, missing.dropout > 0.0) {
        let mut lots = lots(epoch, 1);
        present.iter_mut().for_each(|present| *present &= lots.unit() >= missing.dropout);
    }
    present
}
