use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

/// A browser that the tests drive.
pub struct Browser {
    title: &'static str,
    /// The environment variable that names another one; the tests read it too.
    pub variable: &'static str,
    /// What brings it on Debian.
    pub package: &'static str,
    /// Its names on the usual search path.
    commands: &'static [&'static str],
    /// Where it lies on systems that put no command on the search path.
    places: &'static [&'static str],
}

pub const CHROME: Browser = Browser {
    title: "Chrome or Chromium",
    variable: "CHROME",
    package: "chromium",
    commands: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
    places: &[
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
        "/opt/google/chrome/chrome",
    ],
};

pub const FIREFOX: Browser = Browser {
    title: "Firefox",
    variable: "FIREFOX",
    package: "firefox-esr",
    commands: &["firefox-esr", "firefox"],
    places: &[
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        r"C:\Program Files\Mozilla Firefox\firefox.exe",
        r"C:\Program Files (x86)\Mozilla Firefox\firefox.exe",
    ],
};

impl Browser {
    /// What its variable names, else the first that is installed.
    pub fn find(&self) -> Result<Option<PathBuf>> {
        match env::var_os(self.variable).filter(|value| !value.is_empty()) {
            Some(named) => match which::which(&named) {
                Ok(browser) => Ok(Some(browser)),
                Err(_) => bail!("{} is set to {}, which is no program", self.variable, named.display()),
            },
            None => {
                let installed = self.commands.iter().find_map(|command| which::which(command).ok());
                Ok(installed.or_else(|| self.places.iter().map(PathBuf::from).find(|place| place.is_file())))
            }
        }
    }

    /// The browser, or what to do about it.
    pub fn require(&self) -> Result<PathBuf> {
        self.find()?.with_context(|| {
            let Self { title, variable, .. } = self;
            format!("no {title} was found: install it, or set {variable} to the path of its program")
        })
    }
}
