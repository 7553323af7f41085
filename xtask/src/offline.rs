//! What the page's service worker keeps, so that the page opens without a network.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};

use crate::wasm::Flavour;
use crate::workspace::{Workspace, write_whole};
use crate::{package, site};

/// The list, beside the page.
const LIST: &str = "files.js";

/// Neither can keep itself.
const KEEPERS: [&str; 2] = [LIST, "service-worker.js"];

/// Digests of files, by path from the page's folder.
type Digests = BTreeMap<String, String>;

/// Lists what is served of one build: page, package and datasets. When any of them changes, so does the list, and by that browsers
/// see that there is a new version.
pub fn list(workspace: &Workspace, flavours: &[Flavour]) -> Result<()> {
    let page = workspace.built_page();
    let mut digests = Digests::new();
    add_folder(&mut digests, "", &page)?;
    digests.retain(|path, _| !KEEPERS.contains(&path.as_str()));
    add_folder(&mut digests, "datasets/", &workspace.datasets())?;
    for file in package::lasting_files(flavours) {
        add(&mut digests, format!("pkg/{file}"), &workspace.package().join(file))?;
    }
    let list = format!("self.files = {};\n", serde_json::to_string_pretty(&digests)?);
    write_whole(&page.join(LIST), list)
}

fn add_folder(digests: &mut Digests, address: &str, folder: &Path) -> Result<()> {
    for file in site::served_files(folder)? {
        let parts: Vec<_> = file.iter().map(|part| part.to_string_lossy()).collect();
        add(digests, format!("{address}{}", parts.join("/")), &folder.join(&file))?;
    }
    Ok(())
}

fn add(digests: &mut Digests, path: String, file: &Path) -> Result<()> {
    let contents = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    digests.insert(path, format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(contents))));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_names_what_is_served_and_follows_every_change() {
        let root = tempfile::tempdir().unwrap();
        let workspace = Workspace { root: root.path().to_owned(), target: root.path().join("elsewhere") };
        let write = |file: &str, contents: &str| {
            let file = root.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, contents).unwrap();
        };
        write("www/dist/index.html", "abc");
        write("www/dist/assets/page.js", "");
        write("www/dist/service-worker.js", "");
        write("www/dist/.vite/manifest.json", "{}");
        write("datasets-small/office.fbx", "data");
        for file in Flavour::Cpu.files() {
            write(&format!("pkg/{file}"), "");
        }
        package::finish(&workspace, &[Flavour::Cpu]).unwrap();
        let list = || {
            list(&workspace, &[Flavour::Cpu]).unwrap();
            fs::read_to_string(workspace.built_page().join(LIST)).unwrap()
        };

        let first = list();
        // The digest that everybody knows, as `integrity` has it.
        assert!(
            first.contains(r#""index.html": "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=""#),
            "{first}"
        );
        for served in ["assets/page.js", "datasets/office.fbx", "pkg/fusebox_cpu_bg.wasm", "pkg/sizes.json"] {
            assert!(first.contains(&format!("\"{served}\"")), "{served}");
        }
        for other in ["files.js", "service-worker.js", "manifest.json", "status.json"] {
            assert!(!first.contains(other), "{other}");
        }
        assert_eq!(list(), first, "a list does not list itself");

        write("datasets-small/office.fbx", "other data");
        assert_ne!(list(), first);
    }
}
