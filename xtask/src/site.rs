use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use walkdir::WalkDir;

use crate::package;
use crate::wasm::Flavour;
use crate::workspace::Workspace;

/// Refuses a folder with files in it that we did not put there.
pub fn check(folder: &Path) -> Result<()> {
    let has_files = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if has_files && !is_a_site(folder) {
        bail!("{} is not empty and holds no earlier site: name another folder", folder.display());
    }
    Ok(())
}

fn is_a_site(folder: &Path) -> bool {
    folder.join("index.html").is_file() && folder.join("pkg/status.json").is_file()
}

/// Lays the page, the package and the datasets out as `serve` does.
pub fn assemble(workspace: &Workspace, flavours: &[Flavour], folder: &Path) -> Result<()> {
    check(folder)?;
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    copy_folder(&workspace.built_page(), folder)?;
    copy_folder(&workspace.datasets(), &folder.join("datasets"))?;
    let package = folder.join("pkg");
    fs::create_dir_all(&package)?;
    for file in package::files(flavours) {
        copy_file(&workspace.package().join(&file), &package.join(&file))?;
    }
    Ok(())
}

/// Copies everything but hidden files and folders, which no page asks for.
fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    let is_visible = |name: &std::ffi::OsStr| !name.as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(from)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || is_visible(entry.file_name()));
    for entry in entries {
        let entry = entry?;
        let place = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&place).with_context(|| format!("cannot create {}", place.display()))?;
        } else {
            copy_file(entry.path(), &place)?;
        }
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_replaced_and_anything_else_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        let workspace = Workspace { root: root.path().to_owned(), target: root.path().join("elsewhere") };
        for (file, contents) in [
            ("www/dist/index.html", "page"),
            ("www/dist/.vite/manifest.json", "{}"),
            ("datasets-small/office/office.fbx", "data"),
            ("pkg/left-over.js", ""),
        ] {
            let file = root.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, contents).unwrap();
        }
        for file in Flavour::Cpu.files() {
            fs::write(workspace.package().join(file), "").unwrap();
        }
        package::finish(&workspace, &[Flavour::Cpu]).unwrap();

        let site = root.path().join("site");
        assemble(&workspace, &[Flavour::Cpu], &site).unwrap();
        assert!(site.join("index.html").is_file());
        assert!(site.join("datasets/office/office.fbx").is_file());
        assert!(site.join("pkg/fusebox_cpu_bg.wasm").is_file());
        assert!(!site.join("pkg/left-over.js").exists());
        assert!(!site.join(".vite").exists());

        fs::write(site.join("assets-of-the-last-build.js"), "").unwrap();
        assemble(&workspace, &[Flavour::Cpu], &site).unwrap();
        assert!(!site.join("assets-of-the-last-build.js").exists());

        let error = assemble(&workspace, &[Flavour::Cpu], &root.path().join("datasets-small")).unwrap_err();
        assert!(error.to_string().contains("not empty"), "{error}");
        assert!(workspace.datasets().join("office/office.fbx").is_file());
    }
}
