use burn::tensor::Tensor;

use super::super::super::content::{has_raw, left_of, number_of};
use super::super::super::{Initialiser, ModelError, Parameter, Parameters, Setting, placebo};
use super::no_input;
use crate::features::{Bags, bags_of_words};
use crate::random::Draw;
use crate::schema::{MissingPolicy, Placebo};
use crate::selection::Selection;
use crate::sparse::{Pattern, SparseMatrix};

/// A vector a word, and for an item the sum of its words' vectors, by the words' weights.
pub struct Words {
    /// `[bags, words]`: items' words and what they weigh, `[entries]`.
    bags: (Pattern, Tensor<1>),
    /// Whose bag each item has, where some have none of their own: `[items]`.
    of_items: Option<Selection>,
    /// `[words, width]`.
    vectors: Parameter,
}

impl Words {
    pub fn new(
        name: &str,
        width: usize,
        setting: &Setting<'_>,
        initialise: &mut Initialiser,
    ) -> Result<Self, ModelError> {
        let items = setting.problem.items;
        let present =
            has_raw(setting.dataset, name).ok_or_else(|| no_input(name, "the data have no texts"))?;
        let Bags { words, entries } = bags_of_words(&setting.dataset.texts);
        if words == 0 {
            return Err(no_input(name, "no two of their texts have a word in common"));
        }
        let (mut entries, present) = left(name, entries, present, setting);
        let mut of_items = None;
        if present.contains(&false) {
            match setting.spec.missing.policy {
                MissingPolicy::Zeros => {}
                MissingPolicy::Mean => {
                    let share = 1.0 / present.iter().filter(|present| **present).count().max(1) as f32;
                    let of_mean = |&(_, word, weight): &(u32, u32, f32)| (items as u32, word, weight * share);
                    let mean: Vec<_> = entries.iter().map(of_mean).collect();
                    entries.extend(mean);
                    let whose = (0..).zip(&present).map(|(item, &own)| if own { item } else { items as u32 });
                    of_items = Some(Selection::upload(items + 1, whose.collect(), setting.device));
                }
                policy => return Err(ModelError::NoWordsToStandIn(policy)),
            }
        }
        let bags = items + usize::from(of_items.is_some());
        let bags = SparseMatrix::from_entries(bags, words, entries);
        // So an item's vector is about as long as features are.
        let deviation = 1.0 / (width as f64).sqrt();
        Ok(Self {
            bags: Pattern::upload(&bags, setting.device),
            of_items,
            vectors: initialise.normal(format!("{name}-words"), words, width, deviation),
        })
    }

    /// Of all items, `[items, width]`: a few words an item are sooner added up than their places found anew for every batch.
    pub fn of_all(&self, parameters: &Parameters) -> Tensor<2> {
        let (pattern, weights) = &self.bags;
        let bags = pattern.multiply(weights.clone(), parameters[self.vectors].clone());
        match &self.of_items {
            None => bags,
            Some(of_items) => of_items.of(bags),
        }
    }
}

/// The words of items, as [`Bags`] has them, once the placebo has come and a share of texts was taken away, and which items
/// have a text, `[items]`. Noise has as many words a text, and every word as often, but dealt out by lot.
fn left(
    name: &str,
    mut entries: Vec<(u32, u32, f32)>,
    mut present: Vec<bool>,
    setting: &Setting<'_>,
) -> (Vec<(u32, u32, f32)>, Vec<bool>) {
    let Setting { spec, dataset, whole, occasion, .. } = *setting;
    let mut lots = placebo::lots(spec.seed, number_of(dataset, name));
    match spec.placebo {
        Placebo::None => {}
        Placebo::Shuffled => {
            let order = placebo::order(present.len(), &mut lots);
            let mut receiver = vec![0; order.len()];
            (0..).zip(&order).for_each(|(item, &whose)| receiver[whose] = item);
            entries.iter_mut().for_each(|entry| entry.0 = receiver[entry.0 as usize]);
            present = order.into_iter().map(|whose| present[whose]).collect();
        }
        Placebo::Noise => {
            let mut words: Vec<u32> = entries.iter().map(|entry| entry.1).collect();
            lots.shuffle(&mut words);
            entries.iter_mut().zip(words).for_each(|(entry, word)| entry.1 = word);
        }
    }
    let present = left_of(present, dataset, whole, spec, name, occasion);
    entries.retain(|entry| present[entry.0 as usize]);
    (entries, present)
}
