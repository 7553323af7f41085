//! Links that were once handed out open in every later version, to what they were made of.

use std::fs;
use std::path::Path;

use fusebox::bench::{Shared, decode};

#[test]
fn old_links_open() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/links");
    let mut links = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "link") {
            continue;
        }
        links += 1;
        let opened = decode(&fs::read_to_string(&path).unwrap(), None).unwrap();
        let expected = fs::read_to_string(path.with_extension("json")).unwrap();
        let expected: Shared = serde_json::from_str(&expected).unwrap();
        assert_eq!(opened, expected, "{}", path.display());
        assert!(opened.claim.is_some(), "{}", path.display());
    }
    assert_eq!(links, 4);
}
