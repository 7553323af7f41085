use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::console::Console;

/// Installs Debian packages, if this is such a system and we may.
pub fn install(packages: &[&str], console: Console) -> Result<()> {
    let Some(rights) = rights() else {
        bail!(
            "{} not installed, and we may not do it: on Debian, run `sudo apt-get install {}`",
            packages.join(" and "),
            packages.join(" ")
        );
    };
    console.say(format!("installing the Debian packages {}", packages.join(" and ")));
    // Lists that are out of date can still be good enough: what counts is the installation.
    let _ = console.run(&mut rights.apt_get(&["update", "--quiet"]));
    let mut arguments = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    arguments.extend(packages);
    console.run(&mut rights.apt_get(&arguments))
}

enum Rights {
    Root,
    Sudo,
}

impl Rights {
    fn apt_get(&self, arguments: &[&str]) -> Command {
        let unattended = "DEBIAN_FRONTEND=noninteractive";
        let mut command = match self {
            Self::Root => Command::new("env"),
            Self::Sudo => {
                let mut sudo = Command::new("sudo");
                sudo.args(["-n", "env"]);
                sudo
            }
        };
        command.args([unattended, "apt-get"]).args(arguments);
        command
    }
}

/// How apt-get can be run without a question, if at all.
fn rights() -> Option<Rights> {
    which::which("apt-get").ok()?;
    if is_root() {
        return Some(Rights::Root);
    }
    let sudo = Command::new("sudo").args(["-n", "true"]).stdin(Stdio::null()).output();
    sudo.is_ok_and(|output| output.status.success()).then_some(Rights::Sudo)
}

#[cfg(unix)]
fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(windows)]
fn is_root() -> bool {
    false
}
