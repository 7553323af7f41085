use std::env;
use std::path::{self, Path, PathBuf};

use anyhow::{Context, Result};

/// Where everything lies.
pub struct Workspace {
    /// The checkout.
    pub root: PathBuf,
    /// Where the child cargo commands compile to. It lies outside the checkout, so that a fresh checkout
    /// need not compile the GPU backend again.
    pub target: PathBuf,
}

impl Workspace {
    pub fn find() -> Result<Self> {
        // Cargo sets the variable when it runs us; the compiled-in path serves a binary started by hand.
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("the xtask folder has no parent folder")?.to_owned();
        let target = match env::var_os("FUSEBOX_TARGET").filter(|value| !value.is_empty()) {
            Some(target) => path::absolute(target)?,
            None => cache()?.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The npm package that `build` leaves.
    pub fn package(&self) -> PathBuf {
        self.root.join("pkg")
    }

    /// The native program, once cargo has built it.
    pub fn program(&self) -> PathBuf {
        self.target.join("release").join(format!("fusebox{}", env::consts::EXE_SUFFIX))
    }

    /// The sources of the page.
    pub fn page(&self) -> PathBuf {
        self.root.join("www")
    }

    /// The built page.
    pub fn built_page(&self) -> PathBuf {
        self.page().join("dist")
    }

    /// The datasets that the page offers at once.
    pub fn datasets(&self) -> PathBuf {
        self.root.join("datasets-small")
    }

    /// The tables that the page shows.
    pub fn results(&self) -> PathBuf {
        self.root.join("suites").join("results")
    }

    pub fn browser_tests(&self) -> PathBuf {
        self.root.join("tests").join("browser")
    }

    /// The whole site, as the browser tests want it.
    pub fn tested_site(&self) -> PathBuf {
        self.state().join("site")
    }

    /// What we keep about this checkout between two commands: stamps and half-built files.
    pub fn state(&self) -> PathBuf {
        self.root.join("target").join("xtask")
    }
}

/// Files worth keeping between checkouts.
pub fn cache() -> Result<PathBuf> {
    let home =
        env::home_dir().context("no home folder is known: set FUSEBOX_TARGET to a folder to compile in")?;
    Ok(home.join(".cache").join("fusebox"))
}

/// Replaces a whole file at once: a reader sees the old contents or the new ones, never a part.
pub fn write_whole(file: &Path, contents: impl AsRef<[u8]>) -> Result<()> {
    let mut unfinished = file.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    std::fs::write(&unfinished, contents)
        .with_context(|| format!("cannot write {}", unfinished.display()))?;
    std::fs::rename(&unfinished, file).with_context(|| format!("cannot write {}", file.display()))
}
