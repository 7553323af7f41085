use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

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
    for file in package::files(flavours) {
        copy_file(&workspace.package().join(&file), &package.join(&file))?;
    }
    Ok(())
}

/// Every file that a page can ask for, below `folder` and named from there: hidden files and folders are not served.
pub fn served_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let is_visible = |name: &OsStr| !name.as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(folder)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || is_visible(entry.file_name()));
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push(entry.path().strip_prefix(folder)?.to_owned());
        }
    }
    Ok(files)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for file in served_files(from)? {
        copy_file(&from.join(&file), &to.join(&file))?;
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
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
