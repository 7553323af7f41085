use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use hound::{SampleFormat, WavReader};

use super::CliError;
use crate::features::{FULL_RATE, RATES, Reading, Sound};

/// A folder of sounds: one WAV file an item, called as the item.
pub struct Sounds {
    /// `[items]`.
    files: Vec<Option<PathBuf>>,
    /// Sounds that no item is called as, in alphabetical order.
    pub strangers: Vec<String>,
}

impl Sounds {
    pub fn in_folder(folder: &Path, items: &[String]) -> Result<Self, CliError> {
        let failed = |source| CliError::Read { path: folder.into(), source };
        let index: BTreeMap<&str, usize> =
            items.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
        let mut sounds = Self { files: vec![None; items.len()], strangers: Vec::new() };
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("wav")) {
                continue;
            }
            match path.file_stem().and_then(|name| index.get(name.to_str()?)) {
                Some(&item) => sounds.files[item] = Some(path),
                None => {
                    sounds.strangers.push(path.file_name().unwrap_or_default().to_string_lossy().into_owned())
                }
            }
        }
        sounds.strangers.sort_unstable();
        Ok(sounds)
    }

    /// How many sounds have how many samples a second, where their rates set them apart; empty where they do not. Sounds
    /// that cannot be used are left out.
    pub fn apart(&self) -> BTreeMap<u32, usize> {
        let mut rates = BTreeMap::new();
        for reader in self.files.iter().flatten().filter_map(|path| WavReader::open(path).ok()) {
            *rates.entry(reader.spec().sample_rate).or_default() += 1;
        }
        rates.retain(|rate, _| RATES.contains(rate));
        let heard: BTreeSet<u32> = rates.keys().map(|&rate| rate.min(FULL_RATE)).collect();
        if heard.len() > 1 { rates } else { BTreeMap::new() }
    }

    /// An item's sound, channels averaged.
    pub fn read(&self, item: usize) -> Reading<Sound> {
        let path = self.files.get(item)?.as_deref()?;
        Some(read(path).map_err(|reason| format!("{} cannot be used: {reason}", path.display())))
    }
}

fn read(path: &Path) -> Result<Sound, String> {
    let mut reader = WavReader::open(path).map_err(|error| error.to_string())?;
    let format = reader.spec();
    let samples: Result<Vec<f32>, hound::Error> = match format.sample_format {
        SampleFormat::Float => reader.samples::<f32>().collect(),
        SampleFormat::Int => {
            let full = (1u64 << (format.bits_per_sample - 1)) as f32;
            reader.samples::<i32>().map(|sample| Ok(sample? as f32 / full)).collect()
        }
    };
    let channels = usize::from(format.channels.max(1));
    let mono = samples
        .map_err(|error| error.to_string())?
        .chunks(channels)
        .map(|frame| frame.iter().sum::<f32>() / channels as f32)
        .collect();
    Sound::new(format.sample_rate, mono).map_err(|error| error.to_string())
}
