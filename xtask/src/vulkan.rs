use std::env;
use std::fs;
use std::path::PathBuf;

/// Variables with which a person chooses the Vulkan driver; the second is the older name.
const CHOICES: [&str; 2] = ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"];

/// Where the descriptions of installed drivers lie.
const FOLDERS: [&str; 3] = ["/usr/share/vulkan/icd.d", "/usr/local/share/vulkan/icd.d", "/etc/vulkan/icd.d"];

/// The driver for the native GPU tests.
pub enum Driver {
    /// lavapipe, Mesa's Vulkan on the CPU: every machine computes the same.
    Lavapipe(PathBuf),
    /// Another one, by choice or because nothing else is there, or a system where wgpu does not use Vulkan.
    Other,
    Missing,
}

pub fn find() -> Driver {
    let chosen = CHOICES.iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()));
    if chosen || !cfg!(target_os = "linux") {
        return Driver::Other;
    }
    let installed = FOLDERS.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    choose(installed.filter_map(|entry| Some(entry.ok()?.path())).collect())
}

/// The name of lavapipe's description carries the processor's on some systems and not on others.
fn choose(mut installed: Vec<PathBuf>) -> Driver {
    installed.sort();
    let names = ["lvp_icd.json".to_owned(), format!("lvp_icd.{}.json", env::consts::ARCH)];
    let is_lavapipe = |file: &&PathBuf| names.iter().any(|name| file.ends_with(name));
    match installed.iter().find(is_lavapipe) {
        Some(lavapipe) => Driver::Lavapipe(lavapipe.clone()),
        None if installed.is_empty() => Driver::Missing,
        None => Driver::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lavapipe_goes_before_any_other_driver() {
        let lavapipe = PathBuf::from(format!("/usr/share/vulkan/icd.d/lvp_icd.{}.json", env::consts::ARCH));
        let real = PathBuf::from("/etc/vulkan/icd.d/nvidia_icd.json");
        let foreign = PathBuf::from("/usr/share/vulkan/icd.d/lvp_icd.another-processor.json");
        let chosen = choose(vec![real.clone(), foreign.clone(), lavapipe.clone()]);
        assert!(matches!(chosen, Driver::Lavapipe(file) if file == lavapipe));
        assert!(matches!(choose(vec![real, foreign]), Driver::Other));
        assert!(matches!(choose(vec![]), Driver::Missing));
    }
}
