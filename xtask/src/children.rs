//! The programs we started. None outlives us, whether we end by Ctrl-C, by a signal or by an error.

use std::collections::BTreeSet;
use std::io;
use std::ops::{Deref, DerefMut};
use std::process::{self, Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

static RUNNING: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

fn running() -> MutexGuard<'static, BTreeSet<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A program that ends when we do.
pub struct Running(Child);

impl Running {
    /// Starts the program as the leader of a process group, so that what it starts in turn (npm starts
    /// node, cargo starts rustc) can be ended with it.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        // A background process group may not read from the terminal.
        command.stdin(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        // Locked before the start: `end_all` must not run between it and the note of the new process.
        let mut running = running();
        let child = command.spawn()?;
        running.insert(child.id());
        Ok(Self(child))
    }

    pub fn wait(mut self) -> io::Result<ExitStatus> {
        self.0.wait()
    }
}

impl Deref for Running {
    type Target = Child;

    fn deref(&self) -> &Child {
        &self.0
    }
}

impl DerefMut for Running {
    fn deref_mut(&mut self) -> &mut Child {
        &mut self.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        running().remove(&self.0.id());
    }
}

/// On Ctrl-C, or when we are asked to end, ends every child and then this process.
pub fn end_with_this_process() -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(|| {
        let running = running();
        end(&running);
        // 130: the exit code of a program that Ctrl-C ended. The lock is still held: no child can be added.
        process::exit(130);
    })
}

pub fn end_all() {
    end(&running());
}

#[cfg(unix)]
fn end(children: &BTreeSet<u32>) {
    use nix::sys::signal::{Signal, killpg};
    use nix::unistd::Pid;

    for &child in children {
        // Refused only when the group has already ended.
        let _ = killpg(Pid::from_raw(child.cast_signed()), Signal::SIGTERM);
    }
}

#[cfg(windows)]
fn end(children: &BTreeSet<u32>) {
    for child in children {
        // Fails only when the process has already ended.
        let _ = Command::new("taskkill").args(["/T", "/F", "/PID", &child.to_string()]).output();
    }
}
