use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

/// Words that say nothing about an item; compared before stemming.
pub const STOP_WORDS: &[&str] = &[
    "a", "about", "all", "an", "and", "any", "are", "as", "at", "be", "by", "can", "do", "for", "from",
    "has", "have", "if", "in", "into", "is", "it", "its", "no", "not", "of", "on", "or", "our", "so", "that",
    "the", "their", "them", "then", "these", "they", "this", "to", "was", "we", "when", "which", "will",
    "with", "you", "your",
];

/// The words of a text in order: split by the Unicode rules, in lower case, without [`STOP_WORDS`], reduced
/// to their English stems (`Binders` to `binder`). Single characters are dropped.
pub fn tokens(text: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    text.unicode_words()
        .map(str::to_lowercase)
        .filter(|word| word.chars().nth(1).is_some() && !STOP_WORDS.contains(&word.as_str()))
        .map(|word| stemmer.stem(&word).into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_lowered_filtered_and_stemmed() {
        assert_eq!(
            tokens("The Stapler is STAPLING 20 sheets, quietly; a café's staplers."),
            ["stapler", "stapl", "20", "sheet", "quiet", "café", "stapler"]
        );
        assert!(tokens(" - ... a I ").is_empty());
    }

    #[test]
    fn stop_words_are_sorted_and_lower_case() {
        assert!(STOP_WORDS.is_sorted());
        assert!(STOP_WORDS.iter().all(|word| word.chars().all(|letter| letter.is_ascii_lowercase())));
    }
}
