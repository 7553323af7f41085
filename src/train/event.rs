use serde::Serialize;

use super::{Losses, Receipt};
use crate::eval::MetricTable;

/// What happened in a run, in order: the page, the command line and the tests read the same stream.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "event", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Event {
    /// The run can start.
    Prepared {
        users: u32,
        items: u32,
        /// Items that lists may contain.
        candidates: u32,
        train: u32,
        validation: u32,
        test: u32,
        /// Numbers to learn.
        parameters: u32,
        steps_per_epoch: u32,
        epochs: u32,
    },
    /// One optimiser step; `epoch` and `step` count from 1.
    Step {
        epoch: u32,
        step: u32,
        #[cfg_attr(test, ts(type = "Record<string, number>"))]
        loss: Losses,
    },
    /// One epoch is complete.
    Epoch {
        epoch: u32,
        #[cfg_attr(test, ts(type = "Record<string, number>"))]
        loss: Losses,
        #[cfg_attr(test, ts(type = "MetricTable | null"))]
        validation: Option<MetricTable>,
        best: bool,
    },
    /// Something the reader should know.
    Warning { message: String },
    /// The best epoch's parameters are back in place and judged.
    Done { receipt: Box<Receipt> },
}
