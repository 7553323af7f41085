use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::console::Console;

/// An npm command in the folder of a package.
pub fn npm(folder: &Path) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(folder);
    command
}

/// Installs exactly what the lock file of `folder` names, unless that has been done since it last changed.
pub fn install(folder: &Path, console: Console) -> Result<()> {
    if is_installed(folder) {
        return Ok(());
    }
    console.say(format!("npm ci in {}", folder.display()));
    console.run(npm(folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])).with_context(|| {
        format!("the npm packages of {} are not installed (Node 20.19 or newer is needed)", folder.display())
    })
}

fn is_installed(folder: &Path) -> bool {
    let changed = |file: &str| -> Option<SystemTime> { folder.join(file).metadata().ok()?.modified().ok() };
    // npm writes its own lock file last, so an installation that was cut short has none.
    match (changed("package-lock.json"), changed("node_modules/.package-lock.json")) {
        (Some(wanted), Some(installed)) => wanted <= installed,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_newer_lock_file_asks_for_an_installation() {
        let folder = tempfile::tempdir().unwrap();
        let wanted = folder.path().join("package-lock.json");
        let installed = folder.path().join("node_modules/.package-lock.json");
        fs::write(&wanted, "{}").unwrap();
        assert!(!is_installed(folder.path()), "nothing is installed yet");

        fs::create_dir(folder.path().join("node_modules")).unwrap();
        assert!(!is_installed(folder.path()), "an installation was cut short");

        fs::write(&installed, "{}").unwrap();
        assert!(is_installed(folder.path()));

        let later = fs::metadata(&installed).unwrap().modified().unwrap() + Duration::from_secs(1);
        File::options().append(true).open(&wanted).unwrap().set_modified(later).unwrap();
        assert!(!is_installed(folder.path()), "the lock file changed since");
    }
}
