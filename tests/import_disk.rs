//! Folders on disk.
#![cfg(feature = "cli")]

use fusebox::data::import::{DiskFolder, Folder, elliot};

#[test]
fn a_folder_on_disk_is_listed_and_imported() {
    let root = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| std::fs::write(root.path().join(path), text).unwrap();
    write("train.txt", "1\t10\t5\n");
    write("val.txt", "1\t20\t4\n");
    write("test.txt", "1\t30\t3\n");
    std::fs::create_dir_all(root.path().join("notes/more")).unwrap();
    write("notes/more/read.me", "");
    let folder = DiskFolder::open(root.path()).unwrap();
    assert_eq!(folder.paths(), ["notes/more/read.me", "test.txt", "train.txt", "val.txt"]);
    let imported = elliot::import(&folder, "tiny").unwrap();
    assert_eq!(imported.dataset.items, ["10", "20", "30"]);

    std::fs::remove_file(root.path().join("val.txt")).unwrap();
    let error = elliot::import(&folder, "tiny").unwrap_err().to_string();
    assert!(error.starts_with("val.txt cannot be read: "), "{error}");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let root = tempfile::tempdir().unwrap();
    let missing = root.path().join("nowhere");
    let error = DiskFolder::open(&missing).unwrap_err().to_string();
    assert!(error.contains("nowhere cannot be read: "), "{error}");
}
