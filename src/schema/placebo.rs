use super::axis::{Choice, choices};

choices! {
    /// What stands in the place of content, to see whether it is the content that helps or only that there is more to learn.
    #[derive(Default)]
    Placebo {
        /// The content itself.
        #[default]
        None = "none",
        /// Every item has the content of another one, drawn by lot; what an item lacks, another one lacks.
        Shuffled = "shuffled",
        /// As many numbers, normal, with the features' mean and deviation.
        Noise = "noise",
    }
}

impl Placebo {
    /// Whether this is what happens when nothing is said.
    pub fn is_none(&self) -> bool {
        *self == Self::None
    }
}
