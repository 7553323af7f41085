use super::hashed::hash;
use crate::data::ItemText;

/// Words are told apart by so many bits of their hashes: of 20,000 words, two in a hundred share theirs with another.
const BITS: u32 = 20;
/// Words that are known, at most: the most frequent ones.
const MOST: usize = 5000;

/// The words of items' titles and descriptions, without their order.
pub struct Bags {
    /// How many words are known: those of at least two items.
    pub words: usize,
    /// An item, one of its words and what it weighs there: the logarithm of one and the share of texts per text that has the
    /// word, divided so that all of an item's weights have length 1. By item; each word once.
    pub entries: Vec<(u32, u32, f32)>,
}

/// Nothing is stemmed and no word is left out because it says little: what words say is learned, and what is said of every
/// item weighs little. Nothing but hashes is kept of a word, and they need no tables of languages, which a page would have to
/// download.
pub fn bags_of_words(texts: &[ItemText]) -> Bags {
    let buckets = 1usize << BITS;
    // For each bucket, the items that have its word, and the last of them.
    let (mut frequency, mut last) = (vec![0u32; buckets], vec![u32::MAX; buckets]);
    let mut found = Vec::new();
    for (item, text) in (0u32..).zip(texts) {
        for part in [&text.title, &text.description] {
            for bucket in words(part) {
                if last[bucket] != item {
                    last[bucket] = item;
                    frequency[bucket] += 1;
                    found.push((item, bucket));
                }
            }
        }
    }
    let mut least = 2;
    while frequency.iter().filter(|&&items| items >= least).count() > MOST {
        least += 1;
    }
    // From here on, the column of each known bucket.
    let mut column = last;
    let mut known = 0u32;
    for (column, _) in column.iter_mut().zip(&frequency).filter(|(_, items)| **items >= least) {
        *column = known;
        known += 1;
    }
    let weight = |bucket: usize| libm::log(1.0 + texts.len() as f64 / f64::from(frequency[bucket])) as f32;
    let known_of = |(item, bucket): (u32, usize)| {
        (frequency[bucket] >= least).then(|| (item, column[bucket], weight(bucket)))
    };
    let mut entries: Vec<_> = found.into_iter().filter_map(known_of).collect();
    for of_item in entries.chunk_by_mut(|one, other| one.0 == other.0) {
        let length = of_item.iter().map(|entry| entry.2 * entry.2).sum::<f32>().sqrt();
        of_item.iter_mut().for_each(|entry| entry.2 /= length);
    }
    Bags { words: known as usize, entries }
}

/// The buckets of a text's words: runs of at least two letters and digits, in lower case. What is not ASCII is taken for
/// letters and has no case.
fn words(text: &str) -> impl Iterator<Item = usize> {
    let part_of_word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let words = text.as_bytes().split(move |byte| !part_of_word(byte)).filter(|word| word.len() > 1);
    words.map(|word| (hash(word.iter().map(u8::to_ascii_lowercase)) >> (32 - BITS)) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(of: &[[&str; 2]]) -> Vec<ItemText> {
        of.iter()
            .map(|&[title, text]| ItemText {
                title: title.into(),
                description: text.into(),
                ..ItemText::default()
            })
            .collect()
    }

    #[test]
    fn a_bag_holds_words_that_recur_each_once_and_rare_ones_weigh_more() {
        let texts = texts(&[
            ["Red pen", "A pen, a RED pen: x"],
            ["blue-pen", "once"],
            ["", ""],
            ["Café blue", "pen x"],
            ["café", "only here"],
        ]);
        let Bags { words, entries } = bags_of_words(&texts);
        // `pen`, `blue` and `café`; `red` is twice in one item, `x` has one letter.
        assert_eq!(words, 3);
        let of = |item: u32| entries.iter().filter(move |entry| entry.0 == item);
        assert_eq!([0, 1, 2, 3, 4].map(|item| of(item).count()), [1, 2, 0, 3, 1]);
        for item in [0, 1, 3, 4] {
            assert!((of(item).map(|entry| entry.2 * entry.2).sum::<f32>() - 1.0).abs() < 1e-6);
        }
        let pen = of(0).next().unwrap().1;
        let café = of(4).next().unwrap().1;
        let weight = |item, word| of(item).find(|entry| entry.1 == word).unwrap().2;
        // Pens are in three of five texts, cafés in two.
        let ratio = weight(3, café) / weight(3, pen);
        assert!((f64::from(ratio) - 3.5f64.ln() / (1.0 + 5.0 / 3.0f64).ln()).abs() < 1e-6, "{ratio}");
    }

    #[test]
    fn the_most_frequent_words_are_known() {
        // Words of a text, all in two items, and some of those in a third.
        let list = |count: usize| (0..count).map(|word| format!("word{word} ")).collect::<String>();
        let (many, few) = (list(6000), list(1000));
        let Bags { words, entries } = bags_of_words(&texts(&[[&many, ""], ["", &many], [&few, ""]]));
        // A few of a thousand share their hash with another word.
        assert!((980..=1000).contains(&words), "{words}");
        assert_eq!(entries.len(), 3 * words);
    }

    #[test]
    fn no_texts_have_no_words() {
        assert_eq!(bags_of_words(&[]).words, 0);
        assert_eq!(bags_of_words(&texts(&[["one of a kind", ""]])).words, 0);
    }
}
