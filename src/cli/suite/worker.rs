//! One run of a suite in a process of its own: what it does, and how it is called.
//!
//! The specification comes through standard input, as TOML, whose numbers are read to the last bit. The pipe stays open
//! behind it for as long as the caller lives, so that a run does not outlive the suite that asked for it.

use std::io::{BufRead, Read, Write, stdin};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio, exit};
use std::thread;

use clap::Args;

use super::super::run::{Choice, to_the_end};
use super::super::{CliError, dataset, files, lists};
use crate::schema::RunSpec;

/// Stands behind the specification; TOML cannot contain it.
const END: u8 = 0;

/// Lets glibc keep what is freed: a step needs again what the last one gave back, and getting it back from the system,
/// page by page, takes up to a third of a step. 32 and 256 MB; other allocators do not read them.
const KEEP_MEMORY: [(&str, &str); 2] =
    [("MALLOC_MMAP_THRESHOLD_", "33554432"), ("MALLOC_TRIM_THRESHOLD_", "268435456")];

#[derive(Args)]
pub struct Arguments {
    /// A bundle file; the embedded office twin when absent.
    #[arg(long, value_name = "FILE")]
    dataset: Option<PathBuf>,
    /// The receipt to write.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The lists to write, packed.
    #[arg(long, value_name = "FILE")]
    lists: Option<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let spec = read_spec()?;
    thread::spawn(leave_with_the_caller);
    let (run, receipt) = to_the_end(spec, dataset::open(arguments.dataset.as_deref())?, Choice::Cpu)?;
    // Before the receipt: a run with a receipt is done.
    if let Some(path) = &arguments.lists {
        files::write(path, &lists::packed(run.dataset(), &pollster::block_on(run.lists())?)?)?;
    }
    let json = serde_json::to_string_pretty(&receipt).map_err(|error| CliError::Output(error.into()))?;
    files::write(&arguments.output, json.as_bytes())
}

fn read_spec() -> Result<RunSpec, CliError> {
    let mut text = Vec::new();
    stdin().lock().read_until(END, &mut text).map_err(|error| CliError::NoRun(error.to_string()))?;
    let text = text.strip_suffix(&[END]).ok_or_else(|| CliError::NoRun("it ended too early".into()))?;
    toml::from_slice(text).map_err(|error| CliError::NoRun(error.to_string()))
}

/// Ends the process once nobody holds the other end of standard input.
fn leave_with_the_caller() {
    while matches!(stdin().lock().read(&mut [0]), Ok(1)) {}
    exit(1)
}

/// Makes one run, on one thread, and waits for it. The error is what the process said of its failure.
pub fn call(
    program: &Path,
    spec: &RunSpec,
    bundle: Option<&Path>,
    receipt: &Path,
    lists: Option<&Path>,
) -> Result<(), String> {
    let mut text = toml::to_string(spec).map_err(|error| error.to_string())?.into_bytes();
    text.push(END);
    let mut command = Command::new(program);
    command.arg("work").arg("--output").arg(receipt);
    if let Some(bundle) = bundle {
        command.arg("--dataset").arg(bundle);
    }
    if let Some(lists) = lists {
        command.arg("--lists").arg(lists);
    }
    command.env("RAYON_NUM_THREADS", "1");
    command.envs(KEEP_MEMORY);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("its process cannot be started: {error}"))?;
    // Taken out, so that waiting does not close it. A process that is gone before it has read says why below.
    let mut pipe = child.stdin.take();
    let _ = pipe.as_mut().map(|pipe| pipe.write_all(&text).and_then(|()| pipe.flush()));
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    drop(pipe);
    match output.status.success() {
        true => Ok(()),
        false => Err(reason(output.status, &String::from_utf8_lossy(&output.stderr))),
    }
}

/// The program's own sentence where it has one; otherwise how the process ended, as when it ran out of memory.
fn reason(status: ExitStatus, said: &str) -> String {
    if let Some(sentence) = said.lines().find_map(|line| line.strip_prefix("fusebox: ")) {
        return sentence.into();
    }
    let said: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    match said.is_empty() {
        true => format!("its process ended with {status}"),
        false => format!("its process ended with {status}: {}", said.join(" ")),
    }
}
