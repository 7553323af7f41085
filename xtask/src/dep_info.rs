use std::path::{Path, PathBuf};

/// The files that rustc read, from the dep-info file that cargo leaves beside what it compiled: one line in
/// the form of a Makefile, `target: file file`, where a space inside a name stands behind a backslash.
pub fn sources(dep_info: &str, root: &Path) -> Vec<PathBuf> {
    let Some((_, list)) = dep_info.lines().next().unwrap_or_default().split_once(": ") else {
        return Vec::new();
    };
    let mut names = vec![String::new()];
    let mut characters = list.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if characters.next_if_eq(&' ').is_some() => append(&mut names, ' '),
            ' ' => names.push(String::new()),
            _ => append(&mut names, character),
        }
    }
    names.iter().filter(|name| !name.is_empty()).map(|name| root.join(name)).collect()
}

fn append(names: &mut [String], character: char) {
    if let Some(name) = names.last_mut() {
        name.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_spaces_stay_whole() {
        let text = "/target/fusebox.wasm: /my\\ code/src/lib.rs src/data/mod.rs C:\\code\\x.rs\n";
        let expected =
            ["/my code/src/lib.rs", "/root/src/data/mod.rs", "/root/C:\\code\\x.rs"].map(PathBuf::from);
        assert_eq!(sources(text, Path::new("/root")), expected);
    }

    #[test]
    fn anything_else_names_no_file() {
        assert!(sources("", Path::new("/")).is_empty());
        assert!(sources("no colon here", Path::new("/")).is_empty());
        assert!(sources("target: \n", Path::new("/")).is_empty());
    }
}
