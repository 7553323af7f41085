use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Float32Array, Uint32Array};

use wasm_bindgen::prelude::*;

use super::backend;
use super::bench::{JsEvents, JsHistory, JsLists, JsRecommendations, JsRunSpec};
use super::dataset::{self, DatasetHandle};
use super::failure::Failure;
use super::value::{from_js, to_js};
use crate::data::Cards;
use crate::schema::RunSpec;
use crate::train::TrainingRun;

/// A run in progress, or finished.
#[wasm_bindgen(js_name = Run)]
pub struct RunHandle {
    run: Rc<RefCell<TrainingRun>>,
}

#[wasm_bindgen(js_class = Run)]
impl RunHandle {
    /// Prepares a run on the device that `initialise` opened.
    pub fn start(dataset: &DatasetHandle, spec: JsRunSpec) -> Result<RunHandle, JsValue> {
        let spec = from_js::<RunSpec>(&spec)?.check().map_err(Failure::from)?;
        let (data, pictures) = (dataset.dataset.clone(), dataset.pictures.as_ref());
        let run =
            TrainingRun::with_pictures(spec, data, pictures, backend::host()?).map_err(Failure::from)?;
        Ok(Self { run: Rc::new(RefCell::new(run)) })
    }

    /// Goes on from a checkpoint, on the device that `initialise` opened.
    pub fn resume(dataset: &DatasetHandle, checkpoint: &[u8]) -> Result<RunHandle, JsValue> {
        let (data, pictures) = (dataset.dataset.clone(), dataset.pictures.as_ref());
        let run = TrainingRun::resume(checkpoint, data, pictures, backend::host()?).map_err(Failure::from)?;
        Ok(Self { run: Rc::new(RefCell::new(run)) })
    }

    /// Runs at most `steps` training steps and tells what happened; nothing more once the run is done.
    ///
    /// The borrow is held across the wait on purpose: a second call before the first has settled is refused.
    #[allow(clippy::await_holding_refcell_ref)]
    pub async fn advance(&self, steps: u32) -> Result<JsEvents, JsValue> {
        let mut run = self.run.try_borrow_mut().map_err(|_| busy())?;
        let events = run.advance(steps as usize).await.map_err(Failure::from)?;
        backend::healthy()?;
        to_js(&events)
    }

    /// A user's list from the parameters as they are now, hits marked.
    #[allow(clippy::await_holding_refcell_ref)]
    pub async fn recommend(&self, user: u32, cutoff: u32) -> Result<JsRecommendations, JsValue> {
        let run = self.run.try_borrow().map_err(|_| busy())?;
        let list = run.recommend(user, cutoff).await.map_err(Failure::from)?;
        backend::healthy()?;
        to_js(&Cards::new(run.dataset(), run.problem()).recommendations(user, &list))
    }

    /// What a user took, by the run's own split; throws a `Failure` when there is no such user.
    pub fn user(&self, user: u32) -> Result<JsHistory, JsValue> {
        let run = self.run.try_borrow().map_err(|_| busy())?;
        dataset::history(run.dataset(), run.problem(), user)
    }

    /// Another learning rate from the next epoch on; gives the specification as it is then.
    pub fn set_learning_rate(&self, rate: f64) -> Result<JsRunSpec, JsValue> {
        let mut run = self.run.try_borrow_mut().map_err(|_| busy())?;
        run.set_learning_rate(rate).map_err(Failure::from)?;
        to_js(&**run.spec())
    }

    /// The run between two epochs, to go on from later; nothing in the middle of one.
    #[allow(clippy::await_holding_refcell_ref)]
    pub async fn checkpoint(&self) -> Result<Option<Vec<u8>>, JsValue> {
        let run = self.run.try_borrow().map_err(|_| busy())?;
        let checkpoint = run.checkpoint().await.map_err(Failure::from)?;
        backend::healthy()?;
        Ok(checkpoint)
    }

    /// A user's list when each modality counts so many times what it does, hits marked.
    #[allow(clippy::await_holding_refcell_ref)]
    pub async fn reweighted(
        &self,
        user: u32,
        cutoff: u32,
        weights: Vec<f32>,
    ) -> Result<JsRecommendations, JsValue> {
        let run = self.run.try_borrow().map_err(|_| busy())?;
        let list = run.reweighted(user, cutoff, &weights).await.map_err(Failure::from)?;
        backend::healthy()?;
        to_js(&Cards::new(run.dataset(), run.problem()).recommendations(user, &list))
    }

    /// A user's scores of some items, `[items, 2 + modalities]`: the score, without any modality, without each.
    #[allow(clippy::await_holding_refcell_ref)]
    pub async fn why(&self, user: u32, items: Vec<u32>) -> Result<Vec<f32>, JsValue> {
        let run = self.run.try_borrow().map_err(|_| busy())?;
        let parts = run.why(user, &items).await.map_err(Failure::from)?;
        backend::healthy()?;
        Ok(parts)
    }

    /// Items as they meet users in the score, `[items, dim]` row by row.
    #[allow(clippy::await_holding_refcell_ref)]
    pub async fn items(&self) -> Result<Vec<f32>, JsValue> {
        let run = self.run.try_borrow().map_err(|_| busy())?;
        let items = run.items().await.map_err(Failure::from)?;
        backend::healthy()?;
        Ok(items)
    }

    /// Everybody's list as judged on test: where each user's begins, `[users + 1]`, the items and their scores.
    #[allow(clippy::await_holding_refcell_ref)]
    pub async fn lists(&self) -> Result<JsLists, JsValue> {
        let run = self.run.try_borrow().map_err(|_| busy())?;
        let lists = run.lists().await.map_err(Failure::from)?;
        backend::healthy()?;
        let parts = Array::of3(
            &Uint32Array::from(&lists.start[..]),
            &Uint32Array::from(&lists.item[..]),
            &Float32Array::from(&lists.score[..]),
        );
        Ok(parts.unchecked_into())
    }

    /// The parameters as they are now, as a file in safetensors' layout.
    #[allow(clippy::await_holding_refcell_ref)]
    pub async fn weights(&self) -> Result<Vec<u8>, JsValue> {
        let run = self.run.try_borrow().map_err(|_| busy())?;
        let weights = run.weights().await.map_err(Failure::from)?;
        backend::healthy()?;
        Ok(weights)
    }
}

fn busy() -> Failure {
    Failure::new("training", "the run is busy; wait for the call before this one")
}
