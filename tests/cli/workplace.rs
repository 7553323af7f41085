use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A folder of its own, in which the program is called with paths relative to it.
pub struct Workplace(TempDir);

/// What a call came to.
#[derive(Debug)]
pub struct Outcome {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Workplace {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn read_json(&self, name: &str) -> Value {
        serde_json::from_slice(&self.read(name)).unwrap()
    }

    /// Every file below the folder, in ascending order.
    fn files(&self) -> Vec<PathBuf> {
        fn list(folder: &Path, files: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { list(&path, files) } else { files.push(path) }
            }
        }
        let mut files = Vec::new();
        list(self.0.path(), &mut files);
        files.sort();
        files
    }

    pub fn call(&self, arguments: &[&str], threads: u32) -> Outcome {
        let output = Command::new(env!("CARGO_BIN_EXE_fusebox"))
            .args(arguments)
            .current_dir(self.0.path())
            .env("RAYON_NUM_THREADS", threads.to_string())
            // Servers on this machine are asked without a proxy, whatever the machine has for others.
            .env("NO_PROXY", "127.0.0.1")
            .output()
            .unwrap();
        Outcome {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Calls the program with the words of a line.
    pub fn run(&self, line: &str) -> Outcome {
        self.call(&line.split_whitespace().collect::<Vec<_>>(), 1)
    }

    /// Calls the program, which must refuse: status 1, nothing on standard output, one sentence on standard error that
    /// has all of `words`, and no file made, changed or taken away.
    pub fn refuses(&self, line: &str, words: &[&str]) {
        let snapshot =
            || self.files().into_iter().map(|path| (fs::read(&path).unwrap(), path)).collect::<Vec<_>>();
        let before = snapshot();
        let Outcome { status, stdout, stderr } = self.run(line);
        assert_eq!(status, Some(1), "{line}\n{stdout}{stderr}");
        assert_eq!(stdout, "", "{line}");
        let sentence = stderr.strip_suffix('\n').unwrap_or_default();
        assert!(sentence.starts_with("fusebox: "), "{line}\n{stderr}");
        assert_eq!(sentence.lines().count(), 1, "{line}\n{stderr}");
        for word in words {
            assert!(sentence.contains(word), "{line}\nlacks {word:?}: {sentence}");
        }
        assert!(snapshot() == before, "{line}\nleft {:?}", self.files());
    }
}

impl Outcome {
    /// The same outcome, which must be a success.
    pub fn succeeds(self) -> Self {
        assert_eq!(self.status, Some(0), "{}{}", self.stdout, self.stderr);
        self
    }

    /// Standard output of a success, as JSON.
    pub fn json(self) -> Value {
        serde_json::from_str(&self.succeeds().stdout).unwrap()
    }
}
