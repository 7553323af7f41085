/// Adds `weight` to the column of `row` that a word's hash names, with the sign that it names: words that share a column
/// cancel as often as they add up (Weinberger et al., Feature Hashing for Large Scale Multitask Learning, ICML 2009).
pub fn add(row: &mut [f32], word: &str, weight: f32) {
    let hash = hash(word.bytes());
    let column = (u64::from(hash) * row.len() as u64) >> 32;
    row[column as usize] += if hash & 1 == 0 { weight } else { -weight };
}

/// FNV-1a, and MurmurHash3's last step, for a column takes the upper bits.
pub fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for byte in bytes {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_spread_over_columns_and_signs() {
        let mut counts = [0.0f32; 16];
        let mut sums = [0.0f32; 16];
        for word in (0..16_000).map(|number| format!("word{number}")) {
            let mut row = [0.0; 16];
            add(&mut row, &word, 1.0);
            counts.iter_mut().zip(row).for_each(|(count, value)| *count += value.abs());
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
        // Five standard deviations: of 16,000 words over 16 columns about 31 each, of 1,000 signs about 32.
        assert!(counts.iter().all(|count| (count - 1000.0).abs() < 155.0), "{counts:?}");
        assert!(sums.iter().all(|sum| sum.abs() < 160.0), "{sums:?}");
    }

    #[test]
    fn a_word_has_one_column() {
        let mut row = [0.0; 7];
        add(&mut row, "pen", 2.0);
        add(&mut row, "pen", 3.0);
        let values: Vec<f32> = row.iter().copied().filter(|&value| value != 0.0).collect();
        assert!(values == [5.0] || values == [-5.0], "{values:?}");
    }
}
