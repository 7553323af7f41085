use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::backend;
use super::bench::{JsEvents, JsRecommendations, JsRunSpec};
use super::dataset::DatasetHandle;
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
