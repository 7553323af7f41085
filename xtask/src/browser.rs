use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};

/// Names of Chrome and Chromium on the usual search path.
const COMMANDS: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Where Chrome and Chromium lie on systems that put no command on the search path.
const PLACES: [&str; 5] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    "/opt/google/chrome/chrome",
];

/// The browser for the tests: what $CHROME names, else the first that is installed.
pub fn find() -> Result<Option<PathBuf>> {
    match env::var_os("CHROME").filter(|value| !value.is_empty()) {
        Some(named) => match which::which(&named) {
            Ok(browser) => Ok(Some(browser)),
            Err(_) => bail!("CHROME is set to {}, which is no program", named.display()),
        },
        None => {
            let installed = COMMANDS.iter().find_map(|command| which::which(command).ok());
            Ok(installed.or_else(|| PLACES.iter().map(PathBuf::from).find(|place| place.is_file())))
        }
    }
}
