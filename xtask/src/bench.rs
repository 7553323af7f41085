use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};
use serde::Deserialize;
use serde_json::Value;

use crate::browser::CHROME;
use crate::build::{everything, flavours};
use crate::cargo::cargo;
use crate::console::Console;
use crate::workspace::Workspace;
use crate::{npm, torch};

#[derive(clap::Args)]
pub struct Arguments {
    /// Measure in a browser too: how soon and how smoothly the page answers, and, with data, the CPU file
    #[arg(long)]
    page: bool,
    /// Count what a step gives the GPU too: the GPU file in a browser
    #[arg(long)]
    gpu: bool,
    /// A folder in Elliot's layout, whose interactions all of them train on; without it only the page is measured
    #[arg(long, value_name = "DIR", required_unless_present = "page", required_if_eq("gpu", "true"))]
    data: Option<PathBuf>,
}

/// Milliseconds of one training step, by system.
type Times = BTreeMap<String, f64>;

/// What a training step gives the GPU.
#[derive(Debug, PartialEq)]
struct Traffic {
    system: String,
    dispatches: u64,
    uploads: u64,
    bytes: u64,
}

/// Something about the page, and what it should be.
#[derive(Debug, Deserialize, PartialEq)]
struct PageTiming {
    measure: String,
    value: f64,
    unit: String,
    goal: String,
}

pub fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    if let Some(data) = &arguments.data {
        measure_steps(workspace, arguments, data)?;
    }
    if arguments.page {
        everything(workspace, flavours(!arguments.gpu))?;
        print!("\n{}", page_table(&measure_page(workspace)?));
    }
    Ok(())
}

/// Times a training step here and in plain PyTorch: same machine, same sizes, one thread, one after the other.
fn measure_steps(workspace: &Workspace, arguments: &Arguments, data: &Path) -> Result<()> {
    // Compiled and installed before anything is timed.
    let python = torch::python(Console::TERMINAL)?;
    Console::TERMINAL.run(cargo(workspace, "build").args(["--release", "--package", "fusebox"]))?;
    if arguments.page || arguments.gpu {
        everything(workspace, flavours(!arguments.gpu))?;
    }
    let bundle = bundle(workspace, data)?;

    let mut yardstick = Command::new(python);
    yardstick.arg(workspace.root.join("xtask/bench/torch_steps.py")).arg("--data").arg(data);
    let torch = measure("PyTorch", &mut yardstick)?;

    let mut native = Command::new(workspace.program());
    let native = measure("native", native.args(["bench", "--dataset"]).arg(&bundle))?;

    let wasm = match arguments.page {
        true => Some(measure("wasm", &mut in_browser(workspace, &bundle, "times")?)?),
        false => None,
    };
    let traffic = if arguments.gpu { measure_traffic(workspace, &bundle)? } else { Vec::new() };
    print!("{}", table(&torch, &native, wasm.as_ref()));
    if arguments.gpu {
        print!("\n{}", traffic_table(&traffic));
    }
    Ok(())
}

/// The data as a bundle, which is what the program and the page read.
fn bundle(workspace: &Workspace, data: &Path) -> Result<PathBuf> {
    fs::create_dir_all(workspace.state())?;
    let bundle = workspace.state().join("bench.fbx");
    let mut import = Command::new(workspace.program());
    Console::TERMINAL.run(import.args(["import", "elliot"]).arg(data).arg("-o").arg(&bundle))?;
    Ok(bundle)
}

/// A program that measures this in a browser.
fn in_browser(workspace: &Workspace, bundle: &Path, what: &str) -> Result<Command> {
    // The page cannot make random features itself: it has no reason to.
    let trained_on = bundle.with_file_name("bench-page.fbx");
    let mut write = Command::new(workspace.program());
    Console::TERMINAL.run(write.args(["bench", "--dataset"]).arg(bundle).arg("--write").arg(&trained_on))?;
    let mut command = browser_bench(workspace, what)?;
    command.arg(trained_on);
    Ok(command)
}

fn browser_bench(workspace: &Workspace, what: &str) -> Result<Command> {
    let folder = workspace.browser_tests();
    npm::install(&folder, Console::TERMINAL)?;
    let mut command = Command::new("node");
    command.current_dir(folder).env(CHROME.variable, CHROME.require()?).args(["bench.mjs", what]);
    Ok(command)
}

fn measure_page(workspace: &Workspace) -> Result<Vec<PageTiming>> {
    Console::TERMINAL.say("measuring the page");
    let mut all = Vec::new();
    let mut command = browser_bench(workspace, "page")?;
    Console::TERMINAL
        .run_reading(&mut command, |line| all.extend(serde_json::from_str::<PageTiming>(line)))?;
    if all.is_empty() {
        bail!("the browser measured nothing");
    }
    Ok(all)
}

/// Counts, not times: they are the same on every machine.
fn measure_traffic(workspace: &Workspace, bundle: &Path) -> Result<Vec<Traffic>> {
    Console::TERMINAL.say("counting what a step gives the GPU");
    let mut all = Vec::new();
    let mut command = in_browser(workspace, bundle, "traffic")?;
    Console::TERMINAL.run_reading(&mut command, |line| all.extend(traffic(line)))?;
    if all.is_empty() {
        bail!("the browser counted nothing");
    }
    Ok(all)
}

/// Runs a program that prints one JSON object a line and collects `median_ms_per_step` by `model`.
fn measure(name: &str, command: &mut Command) -> Result<Times> {
    Console::TERMINAL.say(format!("measuring {name}"));
    for threads in ["OMP_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"] {
        command.env(threads, "1");
    }
    let mut times = Times::new();
    Console::TERMINAL.run_reading(command, |line| times.extend(time(line)))?;
    if times.is_empty() {
        bail!("{name} printed no time of a training step");
    }
    Ok(times)
}

fn time(line: &str) -> Option<(String, f64)> {
    let line: Value = serde_json::from_str(line).ok()?;
    Some((line["model"].as_str()?.to_owned(), line["median_ms_per_step"].as_f64()?))
}

fn traffic(line: &str) -> Option<Traffic> {
    let line: Value = serde_json::from_str(line).ok()?;
    let count = |name: &str| line[name].as_u64();
    Some(Traffic {
        system: line["model"].as_str()?.to_owned(),
        dispatches: count("dispatches")?,
        uploads: count("uploads")?,
        bytes: count("bytes")?,
    })
}

/// As the table in docs/architecture.md.
fn traffic_table(all: &[Traffic]) -> String {
    let mut lines = vec![format!("{:<14}{:>14}{:>14}{:>14}", "system", "dispatches", "uploads", "kB")];
    lines.extend(all.iter().map(|Traffic { system, dispatches, uploads, bytes }| {
        format!("{system:<14}{dispatches:>14}{uploads:>14}{:>14.1}", *bytes as f64 / 1000.0)
    }));
    lines.join("\n") + "\n"
}

fn page_table(all: &[PageTiming]) -> String {
    all.iter()
        .map(|PageTiming { measure, value, unit, goal }| {
            format!("{measure:<58}{value:>8.0} {unit:<4}{goal}").trim_end().to_owned() + "\n"
        })
        .collect()
}

/// The ratios first: they are what another machine can be compared by. Below 1 we are faster than PyTorch.
fn table(torch: &Times, native: &Times, wasm: Option<&Times>) -> String {
    let mut head = vec!["native/torch", "wasm/torch", "native ms", "wasm ms", "torch ms"];
    let number = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
    let ratio = |ours: Option<&f64>, theirs: Option<&f64>| {
        number(ours.zip(theirs).map(|(ours, theirs)| ours / theirs))
    };
    if wasm.is_none() {
        head.retain(|title| !title.starts_with("wasm"));
    }
    let mut lines = vec![
        format!("{:<14}", "system") + &head.iter().map(|title| format!("{title:>14}")).collect::<String>(),
    ];
    let systems: BTreeSet<&String> = torch.keys().chain(native.keys()).collect();
    for system in systems {
        let (ours, theirs) = (native.get(system), torch.get(system));
        let mut cells = vec![ratio(ours, theirs)];
        cells.extend(wasm.map(|wasm| ratio(wasm.get(system), theirs)));
        cells.push(number(ours.copied()));
        cells.extend(wasm.map(|wasm| number(wasm.get(system).copied())));
        cells.push(number(theirs.copied()));
        lines.push(
            format!("{system:<14}") + &cells.iter().map(|cell| format!("{cell:>14}")).collect::<String>(),
        );
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(values: &[(&str, f64)]) -> Times {
        values.iter().map(|(system, value)| ((*system).to_owned(), *value)).collect()
    }

    #[test]
    fn lines_without_a_time_are_passed_over() {
        assert_eq!(
            time(r#"{"model": "vbpr", "median_ms_per_step": 2.5, "threads": 1}"#),
            Some(("vbpr".into(), 2.5))
        );
        assert_eq!(time(r#"{"model": "vbpr"}"#), None);
        assert_eq!(time("warming up"), None);
    }

    #[test]
    fn what_is_measured_of_the_page_stands_beside_its_goal() {
        let line = r#"{"measure": "frames a second", "value": 59.9, "unit": "", "goal": "at least 55"}"#;
        let table = page_table(&[serde_json::from_str(line).unwrap()]);
        assert_eq!(
            table.split_whitespace().collect::<Vec<_>>(),
            ["frames", "a", "second", "60", "at", "least", "55"]
        );
    }

    #[test]
    fn what_a_step_gives_the_gpu_is_counted_and_shown_in_kilobytes() {
        let line = r#"{"model": "vbpr", "dispatches": 40, "uploads": 12, "bytes": 56789}"#;
        let counted = traffic(line).unwrap();
        assert_eq!(counted.system, "vbpr");
        assert_eq!(traffic(r#"{"model": "vbpr", "median_ms_per_step": 2.5}"#), None);
        let table = traffic_table(&[counted]);
        assert_eq!(
            table.lines().nth(1).unwrap().split_whitespace().collect::<Vec<_>>(),
            ["vbpr", "40", "12", "56.8"]
        );
    }

    #[test]
    fn the_table_leads_with_ratios_and_leaves_gaps_where_nothing_was_measured() {
        let torch = times(&[("bpr-mf", 2.0), ("vbpr", 4.0)]);
        let native = times(&[("bpr-mf", 1.0)]);
        let words = |table: &str, line: usize| -> Vec<String> {
            table.lines().nth(line).unwrap().split_whitespace().map(str::to_owned).collect()
        };

        let without_page = table(&torch, &native, None);
        assert_eq!(words(&without_page, 1), ["bpr-mf", "0.50", "1.00", "2.00"]);
        assert_eq!(words(&without_page, 2), ["vbpr", "-", "-", "4.00"]);

        let wasm = times(&[("bpr-mf", 3.0), ("vbpr", 6.0)]);
        let with_page = table(&torch, &native, Some(&wasm));
        assert_eq!(words(&with_page, 1), ["bpr-mf", "0.50", "1.50", "1.00", "3.00", "2.00"]);
        assert_eq!(words(&with_page, 2), ["vbpr", "-", "1.50", "-", "6.00", "4.00"]);
    }
}
