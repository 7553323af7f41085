use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{archive, lock, part};
use crate::cli::preparation::Parts;
use crate::cli::{CliError, files};
use crate::data::Provenance;
use crate::data::import::Layout;

/// Where the files of a public data set are, and how they become a bundle.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Recipe {
    /// The data's name, and the folder's and the bundle's where none are chosen.
    pub name: String,
    pub title: String,
    pub layout: Layout,
    /// What may be done with the data, in words.
    pub terms: String,
    /// What becomes of reviews without parts, where nothing else is chosen.
    #[serde(default)]
    pub import: Parts,
    pub files: Vec<Source>,
}

/// A file and what its publisher says of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Source {
    /// In the folder.
    pub name: String,
    pub url: String,
    /// In bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// 64 hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Where the host tells the file's MD5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub md5_url: Option<String>,
    /// Of a ZIP archive: the folder in it whose files are unpacked into ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unpack: Option<String>,
    /// What the file alone gives, so that one can do without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modality: Option<String>,
}

/// Why a recipe cannot be followed.
#[derive(Debug, Error)]
pub enum RecipeError {
    #[error("the {field} is \"{value}\", expected {expected}")]
    Field { field: &'static str, value: String, expected: &'static str },
    #[error("there are no files")]
    NoFiles,
    #[error("two files are called {0}")]
    Twice(String),
}

/// The recipes that come with the program.
static EMBEDDED: [(&str, &str); 7] = [
    ("amazon-beauty", include_str!("../../../datasets-public/amazon-beauty.toml")),
    ("amazon-clothing", include_str!("../../../datasets-public/amazon-clothing.toml")),
    ("amazon-office", include_str!("../../../datasets-public/amazon-office.toml")),
    ("amazon-sports", include_str!("../../../datasets-public/amazon-sports.toml")),
    ("amazon-toys", include_str!("../../../datasets-public/amazon-toys.toml")),
    ("ml-100k", include_str!("../../../datasets-public/ml-100k.toml")),
    ("ml-1m", include_str!("../../../datasets-public/ml-1m.toml")),
];

impl Recipe {
    /// A recipe of the program's by its name, or one's own by its file.
    pub fn find(dataset: &str) -> Result<Self, CliError> {
        let path = Path::new(dataset);
        let recipe: Self = match EMBEDDED.iter().find(|(name, _)| *name == dataset) {
            Some((_, text)) => files::parse_toml(path, text)?,
            None if path.is_file() => files::read_toml(path)?,
            None => {
                let known = EMBEDDED.map(|(name, _)| name).join(", ");
                return Err(CliError::NoRecipe { dataset: dataset.into(), known });
            }
        };
        recipe.check().map_err(|source| CliError::FetchRecipe { path: path.into(), source })?;
        Ok(recipe)
    }

    /// All recipes of the program's.
    pub fn embedded() -> Result<Vec<Self>, CliError> {
        EMBEDDED.iter().map(|(name, _)| Self::find(name)).collect()
    }

    fn check(&self) -> Result<(), RecipeError> {
        file_name("name", &self.name)?;
        if self.layout == Layout::Csv {
            return Err(wrong("layout", "csv", "one whose files say themselves what their columns mean"));
        }
        if self.import.core == Some(0) {
            return Err(wrong("core", "0", "a whole number from 1"));
        }
        if self.files.is_empty() {
            return Err(RecipeError::NoFiles);
        }
        let mut names = BTreeSet::new();
        for file in &self.files {
            file.check()?;
            if !names.insert(&file.name) {
                return Err(RecipeError::Twice(file.name.clone()));
            }
        }
        Ok(())
    }

    /// The provenance of what this recipe made, by the words in which it was called, of these files.
    pub fn provenance(&self, call: &str, files: &[&Source], imported: &Provenance) -> Provenance {
        let urls: Vec<&str> = files.iter().map(|file| file.url.as_str()).collect();
        Provenance {
            source: format!("{}, from {}", self.title, urls.join(", ")),
            licence: self.terms.clone(),
            recipe: format!("fusebox fetch {call}; {}", imported.recipe),
            synthetic: false,
        }
    }
}

impl Source {
    fn check(&self) -> Result<(), RecipeError> {
        file_name("file's name", &self.name)?;
        for (field, url) in [("url", Some(&self.url)), ("md5-url", self.md5_url.as_ref())] {
            if let Some(url) = url.filter(|url| !["https://", "http://"].iter().any(|it| url.starts_with(it)))
            {
                return Err(wrong(field, url, "an address that begins with https:// or http://"));
            }
        }
        let digits =
            |text: &String| text.len() == 64 && text.bytes().all(|byte| b"0123456789abcdef".contains(&byte));
        if let Some(sha256) = self.sha256.as_ref().filter(|sha256| !digits(sha256)) {
            return Err(wrong("sha256", sha256, "64 hexadecimal digits in small letters"));
        }
        match self.unpack.as_ref().filter(|path| !archive::is_below(path)) {
            Some(path) => Err(wrong("unpack", path, "a folder in the archive, as in ml-100k")),
            None => Ok(()),
        }
    }

    /// Whether somebody other than the first fetch vouches for its content.
    pub fn vouched(&self) -> &'static str {
        match (&self.sha256, &self.md5_url) {
            (Some(_), _) => "sha256",
            (None, Some(_)) => "the host's md5",
            (None, None) => "unverified",
        }
    }
}

/// A plain name, and none that this program gives to files of its own.
fn file_name(field: &'static str, name: &str) -> Result<(), RecipeError> {
    let plain = !name.starts_with('.')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        && Path::new(name).file_name() == Some(OsStr::new(name));
    if plain && !part::is_own(name) && name != lock::NAME {
        return Ok(());
    }
    Err(wrong(field, name, "letters, digits, -, _ and ., and not the name of a part or a lock"))
}

fn wrong(field: &'static str, value: &str, expected: &'static str) -> RecipeError {
    RecipeError::Field { field, value: value.into(), expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_recipes_are_called_as_their_files() {
        for (name, text) in EMBEDDED {
            let recipe: Recipe = toml::from_str(text).unwrap();
            assert_eq!(recipe.name, name);
            recipe.check().unwrap();
        }
    }

    #[test]
    fn a_recipe_cannot_reach_out_of_its_folder() {
        let recipe: Recipe = toml::from_str(EMBEDDED[0].1).unwrap();
        for name in
            ["", ".", "..", "../x", "a/b", "a\\b", "/etc/x", "c:x", ".x", "x.part", "fusebox-fetch.lock"]
        {
            let mut changed = recipe.clone();
            changed.files[0].name = name.into();
            assert!(changed.check().is_err(), "{name}");
            changed = recipe.clone();
            changed.name = name.into();
            assert!(changed.check().is_err(), "{name}");
        }
        for folder in ["../x", "/x", "x/../.."] {
            let mut changed = recipe.clone();
            changed.files[0].unpack = Some(folder.into());
            assert!(changed.check().is_err(), "{folder}");
        }
    }
}
