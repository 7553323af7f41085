use std::fs;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::build::{everything, flavours};
use crate::cargo::cargo;
use crate::console::Console;
use crate::npm::{self, npm};
use crate::stages::{Counts, Stages};
use crate::vulkan::{self, Driver};
use crate::workspace::Workspace;
use crate::{browser, debian, site, test_output};

#[derive(clap::Args, Default)]
pub struct Arguments {
    /// Leave out what needs the GPU backend: no Vulkan, no GPU file, no WebGPU in the browser
    #[arg(long)]
    cpu_only: bool,
    /// Run only the tests whose name contains this
    filter: Option<String>,
}

pub fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode> {
    let mut stages = Stages::default();
    run_stages(workspace, arguments, &mut stages);
    Ok(stages.finish())
}

/// All tests, as stages of a longer command.
pub fn run_stages(workspace: &Workspace, arguments: &Arguments, stages: &mut Stages) {
    let missing = missing_packages(arguments);
    if !missing.is_empty() {
        stages.step("system packages", || debian::install(&missing, Console::TERMINAL));
    }
    stages.tests("native tests", |counts| native(workspace, arguments, counts));
    stages.tests("page tests", |counts| page(workspace, arguments, counts));
    let built = stages.step("wasm and page builds", || everything(workspace, flavours(arguments.cpu_only)));
    stages.tests("browser tests", |counts| {
        if !built {
            bail!("not run: there is no fresh build to test");
        }
        in_browser(workspace, arguments, counts)
    });
}

/// Debian packages for the tests that this machine lacks.
fn missing_packages(arguments: &Arguments) -> Vec<&'static str> {
    let mut missing = Vec::new();
    for browser in [browser::CHROME, browser::FIREFOX] {
        // A wrong $CHROME or $FIREFOX is the browser stage's to report: another browser would not help.
        if matches!(browser.find(), Ok(None)) {
            missing.push(browser.package);
        }
    }
    if !arguments.cpu_only && matches!(vulkan::find(), Driver::Missing) {
        missing.push("mesa-vulkan-drivers");
    }
    missing
}

/// Rust tests. In release mode: they train models.
///
/// Package by package: tested together, `xtask` would change features of crates that burn is built from, and burn would be
/// compiled a second time.
fn native(workspace: &Workspace, arguments: &Arguments, counts: &mut Counts) -> Result<()> {
    let outcomes = ["fusebox", "fusebox-kernels", "xtask"].map(|package| {
        let mut command = cargo(workspace, "test");
        command.args(["--release", "--no-fail-fast", "--package", package]);
        if package == "fusebox" && arguments.cpu_only {
            command.args(["--no-default-features", "--features", "cli"]);
        } else if let Driver::Lavapipe(description) = vulkan::find() {
            command.env("VK_DRIVER_FILES", description);
        }
        command.args(&arguments.filter);
        Console::TERMINAL.run_reading(&mut command, |line| {
            println!("{line}");
            test_output::cargo(line, counts);
        })
    });
    outcomes.into_iter().collect()
}

/// The page's own unit tests.
fn page(workspace: &Workspace, arguments: &Arguments, counts: &mut Counts) -> Result<()> {
    let folder = workspace.page();
    npm::install(&folder, Console::TERMINAL)?;
    fs::create_dir_all(workspace.state())?;
    let report = workspace.state().join("vitest.json");
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let mut command = npm(&folder);
    command
        .args(["test", "--silent", "--", "--reporter=default", "--reporter=json"])
        .arg(format!("--outputFile.json={}", report.display()));
    if let Some(filter) = &arguments.filter {
        command.arg(format!("--testNamePattern={}", literal_pattern(filter)));
    }
    let outcome = Console::TERMINAL.run(&mut command);
    // Without a report vitest did not come far, and its exit code says so.
    if let Ok(report) = fs::read_to_string(&report) {
        *counts = test_output::vitest(&report).context("vitest wrote a report without counts")?;
    }
    outcome
}

/// The built page in real browsers.
fn in_browser(workspace: &Workspace, arguments: &Arguments, counts: &mut Counts) -> Result<()> {
    let folder = workspace.browser_tests();
    npm::install(&folder, Console::TERMINAL)?;
    let site = workspace.tested_site();
    site::assemble(workspace, flavours(arguments.cpu_only), &site)?;
    let mut command = Command::new("node");
    command
        .current_dir(&folder)
        // Built by the native tests, which come before.
        .env("FUSEBOX_PROGRAM", workspace.program())
        .env("FUSEBOX_SITE", site)
        // One file after the other: each starts a browser, and a software GPU takes every core.
        .args(["--test", "--test-concurrency=1", "--test-reporter=spec"]);
    for browser in [browser::CHROME, browser::FIREFOX] {
        command.env(browser.variable, browser.require()?);
    }
    if arguments.cpu_only {
        command.env("FUSEBOX_CPU_ONLY", "1");
    }
    if let Some(filter) = &arguments.filter {
        command.arg(format!("--test-name-pattern={}", literal_pattern(filter)));
    }
    Console::TERMINAL.run_reading(&mut command, |line| {
        println!("{line}");
        test_output::node(line, counts);
    })
}

/// A JavaScript regular expression that matches exactly this text.
fn literal_pattern(text: &str) -> String {
    text.chars().fold(String::new(), |mut pattern, character| {
        if r"\^$.|?*+()[]{}/".contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
        pattern
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_means_what_it_says() {
        assert_eq!(literal_pattern("links: v1.0 (old)"), r"links: v1\.0 \(old\)");
    }
}
