use std::fmt::Display;
use std::io::{self, BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

use crate::children::Running;

/// Where the words of a step go: straight to the terminal, or line by line behind a name when the step runs
/// in the background.
#[derive(Clone, Copy)]
pub struct Console {
    name: Option<&'static str>,
}

impl Console {
    pub const TERMINAL: Self = Self { name: None };

    pub fn behind(name: &'static str) -> Self {
        Self { name: Some(name) }
    }

    /// Tells what is going on. Results go to the standard output, everything else to the standard error.
    pub fn say(&self, line: impl Display) {
        match self.name {
            Some(name) => eprintln!("[{name}] {line}"),
            None => eprintln!("{line}"),
        }
    }

    /// Runs a program to its end; one that fails is an error.
    pub fn run(&self, command: &mut Command) -> Result<()> {
        if self.name.is_some() {
            return self.run_reading(command, |line| self.say(line));
        }
        let status = start(command)?.wait()?;
        succeeded(command, status)
    }

    /// Runs a program to its end and hands over its standard output line by line.
    pub fn run_reading(&self, command: &mut Command, mut read: impl FnMut(&str)) -> Result<()> {
        command.stdout(Stdio::piped());
        if self.name.is_some() {
            command.stderr(Stdio::piped());
        }
        let mut running = start(command)?;
        let output = running.stdout.take().context("a piped output is missing")?;
        let errors = running.stderr.take();
        thread::scope(|scope| -> io::Result<()> {
            let errors = errors.map(|errors| scope.spawn(|| each_line(errors, |line| self.say(line))));
            each_line(output, &mut read)?;
            errors.map_or(Ok(()), |errors| errors.join().unwrap_or(Ok(())))
        })?;
        let status = running.wait()?;
        succeeded(command, status)
    }
}

fn start(command: &mut Command) -> Result<Running> {
    Running::start(command).with_context(|| format!("cannot start `{}`", command.get_program().display()))
}

fn succeeded(command: &Command, status: std::process::ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("`{}` failed ({status})", spelled_out(command));
    }
    Ok(())
}

/// The program's name and its arguments, as one would type them.
fn spelled_out(command: &Command) -> String {
    let program = command.get_program();
    let program = std::path::Path::new(program).file_stem().unwrap_or(program);
    let words: Vec<_> =
        std::iter::once(program).chain(command.get_args()).map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

/// Reads lines that need not be UTF-8.
fn each_line(from: impl Read, mut read: impl FnMut(&str)) -> io::Result<()> {
    let mut from = BufReader::new(from);
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line)? > 0 {
        read(String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']));
        line.clear();
    }
    Ok(())
}
