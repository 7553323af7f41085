//! What a run comes to: lists, metrics and the receipt.

use super::{Stage, TrainingRun};
use crate::data::UserItems;
use crate::digest::Digest;
use crate::eval::{Evaluator, Lists, Ranker};
use crate::models::{Occasion, Representation, Scores, coverage};
use crate::train::ranking::{candidates, rank_all};
use crate::train::weights::weights;
use crate::train::{DatasetName, Event, Metrics, Receipt, Timing, TrainError};
use crate::transfer::read;

/// The list length that the lists' digest covers.
const DIGEST_LENGTH: usize = 20;

impl TrainingRun {
    /// Judges the best epoch on test.
    pub(super) async fn finish(&mut self, stopped_early: bool) -> Result<Event, TrainError> {
        let best_epoch = self.best.as_ref().map_or(0, |best| best.epoch);
        self.restore_best();
        let started = (self.host.clock)();
        let representation = self.represent_anew().await?;
        let problem = &self.problem;
        let lists = rank_all(&representation, &self.ranker, &[&problem.train]).await?;
        let cutoffs = self.cutoffs();
        let validation = self.validation.evaluate(&lists, &cutoffs);
        let test_lists = match self.spec.protocol.mask_validation {
            false => lists,
            true => rank_all(&representation, &self.ranker, &self.test_masks()).await?,
        };
        let test =
            Evaluator::new(&problem.train, problem.items, &problem.test, 0.0).evaluate(&test_lists, &cutoffs);
        let evaluation_seconds = (self.host.clock)() - started;
        self.stage = Stage::Done;
        let receipt = Receipt {
            metrics: Metrics { validation, test },
            stopped_early,
            lists_digest: lists_digest(&test_lists),
            ..self.receipt(best_epoch, evaluation_seconds)
        };
        Ok(Event::Done { receipt: Box::new(receipt) })
    }

    /// What can be said before lists are judged.
    pub(super) fn receipt(&self, best_epoch: u32, evaluation_seconds: f64) -> Receipt {
        let epochs = self.curve.len().max(1) as f64;
        Receipt {
            version: 1,
            spec: (*self.spec).clone(),
            dataset: DatasetName {
                name: self.spec.dataset.name.clone(),
                digest: self.spec.dataset.digest.clone().unwrap_or_default(),
            },
            program: env!("FUSEBOX_PROGRAM").into(),
            target: format!("{}-{}", std::env::consts::ARCH, self.host.backend.kind),
            backend: self.host.backend.clone(),
            metrics: Metrics::default(),
            coverage: self
                .spec
                .modalities
                .is_some()
                .then(|| coverage(&self.dataset, &self.problem, &self.spec, Occasion::Evaluation)),
            training_coverage: self
                .spec
                .missing
                .differs_by_occasion()
                .then(|| coverage(&self.dataset, &self.problem, &self.spec, Occasion::Epoch(0))),
            best_epoch,
            stopped_early: false,
            lists_digest: String::new(),
            fingerprints: self.fingerprints.clone(),
            curve: self.curve.clone(),
            timing: Timing {
                seconds_per_epoch: self.training_seconds / epochs,
                evaluation_seconds,
                peak_memory_mb: (self.host.peak_memory)(),
            },
        }
    }

    /// The best items for one user as judged on test, from the parameters as they are now, with their scores.
    pub async fn recommend(&self, user: u32, length: u32) -> Result<Vec<(u32, f32)>, TrainError> {
        self.ranked(user, length, &self.represent()).await
    }

    /// The best items for one user, as users and items stand.
    pub(super) async fn ranked(
        &self,
        user: u32,
        length: u32,
        representation: &Representation,
    ) -> Result<Vec<(u32, f32)>, TrainError> {
        let scores = self.scores_of(user, representation).await?;
        let mut ranker = Ranker::new(length, candidates(&self.dataset, &self.problem, &self.spec));
        let mut lists = Lists::default();
        let masked: Vec<&[u32]> = self.test_masks().iter().map(|part| part.items(user as usize)).collect();
        ranker.rank(user, &scores, &masked, &mut lists)?;
        Ok(lists.items(0).iter().copied().zip(lists.scores(0).iter().copied()).collect())
    }

    /// A user's score of every item, `[items]`.
    pub(super) async fn scores_of(
        &self,
        user: u32,
        representation: &Representation,
    ) -> Result<Scores, TrainError> {
        let users = self.problem.users;
        if user as usize >= users {
            return Err(TrainError::NoUser { user, users });
        }
        Ok(representation.scores(user as usize..user as usize + 1).await?)
    }

    /// Items as they meet users in the score, `[items, dim]` row by row, from the parameters as they are now. Fails where nothing
    /// is learned, or scores are not made of dense vectors.
    pub async fn items(&self) -> Result<Vec<f32>, TrainError> {
        let system = self.spec.system.description();
        let items = if system.trained { self.represent().items() } else { None };
        Ok(read(items.ok_or(TrainError::NoVectors(system.title))?).await?)
    }

    /// Ranked lists of all users from the parameters as they are now, as judged on test.
    pub async fn lists(&self) -> Result<Lists, TrainError> {
        rank_all(&self.represent(), &self.ranker, &self.test_masks()).await
    }

    /// The parameters as they are now, as a file in safetensors' layout; after the last event those of the best epoch.
    pub async fn weights(&self) -> Result<Vec<u8>, TrainError> {
        weights(&self.spec, &self.parameters).await
    }

    /// What a list that is judged on test leaves out.
    fn test_masks(&self) -> Vec<&UserItems> {
        let problem = &self.problem;
        match self.spec.protocol.mask_validation {
            false => vec![&problem.train],
            true => vec![&problem.train, &problem.validation],
        }
    }

    /// Of the parameters as they are now, made anew where content differs by occasion.
    pub(super) async fn represent_anew(&mut self) -> Result<Representation, TrainError> {
        let anew = self.recommender.represent_anew(&self.parameters).await?;
        Ok(self.restored.clone().unwrap_or(anew))
    }

    /// Of the parameters as they are now.
    fn represent(&self) -> Representation {
        self.restored.clone().unwrap_or_else(|| self.recommender.represent(&self.parameters))
    }
}

/// Digest of all users' first 20 items.
fn lists_digest(lists: &Lists) -> String {
    let mut digest = Digest::new();
    for user in 0..lists.users() {
        let items = lists.items(user);
        let items = &items[..items.len().min(DIGEST_LENGTH)];
        digest.words(&[items.len() as u32]);
        digest.words(items);
    }
    digest.finish()
}
