//! What each modality does for a list.

use super::TrainingRun;
use crate::models::Representation;
use crate::train::TrainError;

/// The most that a modality may count.
const MOST: f32 = 100.0;

impl TrainingRun {
    /// The best items for one user when each modality, in the specification's order, counts so many times what it does. Nothing
    /// is learned anew.
    pub async fn reweighted(
        &self,
        user: u32,
        length: u32,
        emphasis: &[f32],
    ) -> Result<Vec<(u32, f32)>, TrainError> {
        let modalities = self.weighable()?;
        if emphasis.len() != modalities || !emphasis.iter().all(|times| (0.0..=MOST).contains(times)) {
            return Err(TrainError::Emphasis { given: emphasis.len(), modalities });
        }
        let emphasis: Vec<f64> = emphasis.iter().map(|&times| f64::from(times)).collect();
        self.ranked(user, length, &self.represent_weighed(&emphasis)?).await
    }

    /// A user's scores of some items, `[items, 2 + modalities]` row by row: the score, the score when no modality counts, and
    /// the score without the first modality, the second and so on. Where scores add up, each modality's part is what the score
    /// loses without it.
    pub async fn why(&self, user: u32, items: &[u32]) -> Result<Vec<f32>, TrainError> {
        let modalities = self.weighable()?;
        let known = self.problem.items;
        if let Some(&item) = items.iter().find(|&&item| item as usize >= known) {
            return Err(TrainError::NoItem { item, items: known });
        }
        let without = |left_out: usize| (0..modalities).map(|nth| f64::from(nth != left_out)).collect();
        let mut cases: Vec<Vec<f64>> = vec![vec![1.0; modalities], vec![0.0; modalities]];
        cases.extend((0..modalities).map(without));
        let mut parts = vec![0.0; items.len() * cases.len()];
        for (nth, emphasis) in cases.iter().enumerate() {
            let scores = self.scores_of(user, &self.represent_weighed(emphasis)?).await?;
            for (row, &item) in parts.chunks_exact_mut(cases.len()).zip(items) {
                row[nth] = scores[item as usize];
            }
        }
        Ok(parts)
    }

    /// How many modalities there are that may count more or less.
    fn weighable(&self) -> Result<usize, TrainError> {
        match self.spec.modalities.as_ref().map_or(0, Vec::len) {
            0 => Err(TrainError::NoContent(self.spec.system.description().title)),
            modalities => Ok(modalities),
        }
    }

    fn represent_weighed(&self, emphasis: &[f64]) -> Result<Representation, TrainError> {
        let weighed = self.recommender.represent_weighed(&self.parameters, emphasis);
        weighed.ok_or(TrainError::Indivisible(self.spec.system.description().title))
    }
}
