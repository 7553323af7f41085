//! Digests: short names for long data, the same on every platform.

use sha2::{Digest as _, Sha256};

/// A SHA-256 being fed. Numbers go in as little-endian bytes.
#[derive(Clone, Default)]
pub struct Digest(Sha256);

impl Digest {
    pub fn new() -> Self {
        Self::default()
    }

    /// The digest of one piece of data.
    pub fn of(bytes: &[u8]) -> String {
        let mut digest = Self::new();
        digest.bytes(bytes);
        digest.finish()
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub fn words(&mut self, words: &[u32]) {
        for word in words {
            self.0.update(word.to_le_bytes());
        }
    }

    pub fn floats(&mut self, floats: &[f32]) {
        for float in floats {
            self.0.update(float.to_le_bytes());
        }
    }

    /// 64 hexadecimal digits.
    pub fn finish(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;

    #[test]
    fn agrees_with_the_published_example() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of(b"abc"), abc);
    }
}
