//! Public data sets: downloaded, checked, imported.
//!
//! A [`Recipe`] says where files are and what is known of them. What has come of a file is a [`Part`](part::Part) until all
//! of it is there and checked; what came first is written down in the [`Lock`], so that a change is noticed.

mod archive;
mod client;
mod content;
mod download;
mod error;
mod lock;
mod part;
mod progress;
mod recipe;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::preparation::Preparation;
use super::{CliError, files, output};
use client::Client;
use content::{Content, Expected, Measured};
use download::{Download, Patience};
pub use error::FetchError;
use lock::{Checked, Entry, Lock};
use progress::Progress;
pub use recipe::RecipeError;
use recipe::{Recipe, Source};

#[derive(Args)]
pub struct Arguments {
    /// A data set's name, or a recipe of one's own, a TOML file as in datasets-public/; all are listed when absent.
    dataset: Option<String>,
    /// Where the files come to; a folder of the data set's name when absent.
    #[arg(long, value_name = "FOLDER", requires = "dataset")]
    folder: Option<PathBuf>,
    /// The bundle to write; the data set's name with `.fbx` when absent.
    #[arg(short, long, value_name = "FILE", requires = "dataset")]
    output: Option<PathBuf>,
    /// Leave out the files that only this modality needs; may be repeated.
    #[arg(long, value_name = "MODALITY", requires = "dataset")]
    without: Vec<String>,
    #[command(flatten)]
    preparation: Preparation,
    /// New attempts after an interruption before giving up, if none of them brings anything.
    #[arg(long, value_name = "N", default_value_t = 4)]
    retries: u32,
    /// Seconds before the first new attempt; before each other one twice as long.
    #[arg(long, value_name = "SECONDS", default_value_t = 2)]
    wait: u32,
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let Some(dataset) = &arguments.dataset else { return list(arguments.json) };
    let recipe = Recipe::find(dataset)?;
    let folder = arguments.folder.clone().unwrap_or_else(|| PathBuf::from(&recipe.name));
    let bundle = arguments.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}.fbx", recipe.name)));
    let wanted = wanted(&recipe, &arguments.without, &folder)?;
    fs::create_dir_all(&folder).map_err(|source| CliError::Write { path: folder.clone(), source })?;
    // Hours may pass before it is written, so it is good to know now whether it can be.
    drop(files::Draft::at(&bundle)?);

    let mut fetch = Fetch {
        lock: Lock::read(&folder)?,
        folder: &folder,
        client: Client::new(),
        patience: Patience { retries: arguments.retries, wait: Duration::from_secs(arguments.wait.into()) },
    };
    fetch.announce(&recipe, &wanted);
    for file in &wanted {
        fetch.get(file)?;
    }
    let taken: Vec<&str> = recipe.files.iter().map(|file| file.name.as_str()).chain([lock::NAME]).collect();
    for file in &wanted {
        if let Some(below) = &file.unpack {
            archive::unpack(&folder.join(&file.name), below, &taken)?;
        }
    }

    let preparation = arguments.preparation.or(recipe.import);
    let mut imported = preparation.read(recipe.layout, &folder, &recipe.name, None)?;
    let provenance =
        recipe.provenance(&call(dataset, &recipe, &wanted), &wanted, &imported.dataset.provenance);
    imported.dataset.provenance = provenance;
    preparation.write(imported, &bundle, arguments.json)
}

/// The files of a recipe but those that give only what one does without. Such a file that is in the folder all the same
/// would be imported with the others, so it is one of them.
fn wanted<'a>(recipe: &'a Recipe, without: &[String], folder: &Path) -> Result<Vec<&'a Source>, CliError> {
    let modalities = || recipe.files.iter().filter_map(|file| file.modality.as_deref());
    if let Some(unknown) = without.iter().find(|name| modalities().all(|modality| modality != **name)) {
        let known = match modalities().collect::<Vec<_>>() {
            none if none.is_empty() => "all of them are needed".into(),
            some => format!("what can be left out: {}", some.join(", ")),
        };
        let (recipe, modality) = (recipe.name.clone(), unknown.clone());
        return Err(FetchError::Without { recipe, modality, known }.into());
    }
    let left_out = |file: &&Source| {
        let unwanted = file.modality.as_ref().is_some_and(|modality| without.contains(modality));
        let there = unwanted && folder.join(&file.name).exists();
        if there {
            eprintln!("{}: not left out, because it is in the folder", file.name);
        }
        unwanted && !there
    };
    Ok(recipe.files.iter().filter(|file| !left_out(file)).collect())
}

/// How these files were asked for: a recipe of one's own by its file's name, wherever it lies.
fn call(dataset: &str, recipe: &Recipe, wanted: &[&Source]) -> String {
    let mut call = Path::new(dataset).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let left_out = recipe.files.iter().filter(|file| wanted.iter().all(|wanted| wanted.name != file.name));
    for modality in left_out.filter_map(|file| file.modality.as_deref()).collect::<BTreeSet<_>>() {
        call += &format!(" --without {modality}");
    }
    call
}

/// The files of one folder on their way.
struct Fetch<'a> {
    lock: Lock,
    folder: &'a Path,
    client: Client,
    patience: Patience,
}

impl Fetch<'_> {
    /// Says what will be fetched, before anything is.
    fn announce(&self, recipe: &Recipe, wanted: &[&Source]) {
        eprintln!("{}", recipe.title);
        eprintln!("{}", recipe.terms);
        eprintln!("into {}:", self.folder.display());
        let row = |file: &&Source| {
            let size = file.size.or(self.lock.entry(&file.name).map(|entry| entry.size));
            let size = size.map_or("size unknown".into(), |size| format!("{size} bytes"));
            vec![format!("  {}", file.name), size, file.vouched().into()]
        };
        let rows = output::table(&wanted.iter().map(row).collect::<Vec<_>>());
        for (row, file) in rows.lines().zip(wanted) {
            eprintln!("{row}  {}", file.url);
        }
    }

    /// Makes sure that a file is there and what it should be.
    fn get(&mut self, file: &Source) -> Result<(), CliError> {
        let path = self.folder.join(&file.name);
        let first = self.lock.entry(&file.name).cloned();
        let progress = Progress::of(&file.name);
        let vouched =
            file.sha256.is_some() || first.as_ref().is_some_and(|first| first.checked > Checked::Unverified);
        let md5 = file.md5_url.as_ref().filter(|_| !vouched).and_then(|url| self.md5(url, &progress));
        let expected = Expected { file, first: first.as_ref(), md5 };
        if path.exists() {
            let found = measure(&path, &progress)?;
            let checked = expected.check(&found).map_err(|problem| {
                let problem = Box::new(problem);
                FetchError::There { file: path.display().to_string(), problem }
            })?;
            drop(progress);
            return self.keep(file, &found, checked, "was there");
        }
        let download = Download {
            client: &self.client,
            expected: &expected,
            patience: self.patience,
            progress: &progress,
        };
        let part = download.run(&path)?;
        let found = part.content().measured();
        match expected.check(&found) {
            Ok(checked) => {
                drop(progress);
                // Before it takes its place: what is there and not in the lock would pass for somebody else's.
                self.keep(file, &found, checked, "fetched")?;
                part.finish()
            }
            Err(error) => {
                part.discard()?;
                Err(error.into())
            }
        }
    }

    fn keep(&mut self, file: &Source, found: &Measured, checked: Checked, how: &str) -> Result<(), CliError> {
        let Measured { size, sha256, .. } = found;
        eprintln!("{}: {how}, {size} bytes, SHA-256 {sha256}, {}", file.name, checked.name());
        let entry = Entry { url: file.url.clone(), size: *size, sha256: sha256.clone(), checked };
        self.lock.record(self.folder, &file.name, entry)
    }

    /// What the host says, if it does.
    fn md5(&self, url: &str, progress: &Progress) -> Option<String> {
        let digits = |word: &&str| word.len() == 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        let md5 = match self.client.text(url) {
            Ok(text) => {
                text.split_whitespace().find(digits).map(str::to_lowercase).ok_or("it has no MD5".into())
            }
            Err(refusal) => Err(refusal.reason),
        };
        md5.map_err(|reason| progress.say(&format!("{url}: {reason}; the file will be unverified"))).ok()
    }
}

fn measure(path: &Path, progress: &Progress) -> Result<Measured, CliError> {
    let failed = |source| CliError::Read { path: path.into(), source };
    let mut file = File::open(path).map_err(failed)?;
    progress.total(Some(file.metadata().map_err(failed)?.len()));
    Ok(Content::of(&mut file, path, &|done| progress.at(done))?.measured())
}

/// All recipes of the program's.
fn list(json: bool) -> Result<(), CliError> {
    let recipes = Recipe::embedded()?;
    if json {
        return output::print_json(&recipes);
    }
    let width = recipes.iter().map(|recipe| recipe.name.len()).max().unwrap_or(0);
    for recipe in recipes {
        output::print(&format!("{:<width$}  {}", recipe.name, recipe.title))?;
        for file in &recipe.files {
            let size = file.size.map_or("size unknown".into(), |size| format!("{size} bytes"));
            output::print(&format!("{:width$}  {}, {size}, {}", "", file.name, file.vouched()))?;
        }
    }
    Ok(())
}
