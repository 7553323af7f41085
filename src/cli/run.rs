use std::rc::Rc;
use std::sync::OnceLock;
use std::time::Instant;

use burn::tensor::Device;
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};

use super::CliError;
use crate::data::Dataset;
use crate::features::miniatures;
use crate::schema::{Extraction, RunSpec};
use crate::train::{Backend, BackendKind, Event, Host, Receipt, TrainingRun, self_check};

/// Steps between two looks at the losses.
const STEPS: usize = 16;

/// What computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Choice {
    Cpu,
    Gpu,
}

/// Opens what a run computes with. A GPU is only used once one step of the system on it agrees with the CPU.
pub fn host(choice: Choice, spec: &RunSpec) -> Result<Host, CliError> {
    let (device, backend) = match choice {
        Choice::Cpu => {
            let name = match rayon::current_num_threads() {
                1 => "native, one thread".into(),
                threads => format!("native, {threads} threads"),
            };
            (Device::flex(), Backend { kind: BackendKind::Cpu, name, reason: "asked for".into() })
        }
        Choice::Gpu => gpu(spec)?,
    };
    Ok(Host { device, backend, clock, peak_memory })
}

#[cfg(feature = "webgpu")]
fn gpu(spec: &RunSpec) -> Result<(Device, Backend), CliError> {
    let device = crate::gpu::native().map_err(CliError::NoGpu)?;
    let check = pollster::block_on(self_check(spec, &device))?;
    let reason = format!("asked for; agrees with the CPU to {:.0e}", check.relative_difference);
    let backend = Backend { kind: BackendKind::Gpu, name: "wgpu".into(), reason };
    Ok((device, backend))
}

#[cfg(not(feature = "webgpu"))]
fn gpu(_: &RunSpec) -> Result<(Device, Backend), CliError> {
    Err(CliError::NoGpu("this program was built without it".into()))
}

fn clock() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// From Linux's process status; unknown elsewhere.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}

/// Trains to the end, with a bar on standard error.
pub fn to_the_end(
    spec: RunSpec,
    dataset: Dataset,
    choice: Choice,
) -> Result<(TrainingRun, Receipt), CliError> {
    let host = host(choice, &spec)?;
    let spec = spec.check()?;
    let learned = spec.design().is_some_and(|design| design.extraction_of("visual") == Extraction::EndToEnd);
    let pictures = dataset.thumbnails.as_ref().filter(|_| learned).map(miniatures).transpose()?;
    let mut run = TrainingRun::with_pictures(spec, Rc::new(dataset), pictures.as_ref(), host)?;
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len} steps, {eta} left  {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_prefix(run.spec().system.description().title);
    let selection = run.spec().selection.clone();
    loop {
        for event in pollster::block_on(run.advance(STEPS))? {
            match event {
                Event::Prepared { steps_per_epoch, epochs, .. } => {
                    bar.set_length(u64::from(steps_per_epoch) * u64::from(epochs));
                }
                Event::Step { .. } => bar.inc(1),
                Event::Epoch { epoch, loss, validation, .. } => {
                    let (metric, cutoff) = &selection;
                    let value = validation.and_then(|table| *table.get(metric)?.get(cutoff)?);
                    let value =
                        value.map_or(String::new(), |value| format!(", {metric}@{cutoff} {value:.4}"));
                    let total = loss.get("total").copied().unwrap_or(f64::NAN);
                    bar.set_message(format!("epoch {epoch}: loss {total:.4}{value}"));
                }
                Event::Warning { message } => bar.println(message),
                Event::Done { receipt } => {
                    bar.finish_and_clear();
                    return Ok((run, *receipt));
                }
            }
        }
    }
}
