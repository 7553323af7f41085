//! What instruments sound like.

use crate::data::twins::playing::Timbre;

/// `[kinds]`, in the order of the kinds.
pub const TIMBRES: &[Timbre] = &[
    // Guitar.
    Timbre { partials: &[1.0, 0.6, 0.4, 0.25, 0.15, 0.1], attack: 0.004, decay: 0.35, noise: 0.01 },
    // Violin.
    Timbre { partials: &[1.0, 0.8, 0.7, 0.5, 0.45, 0.3, 0.25, 0.2], attack: 0.07, decay: 4.0, noise: 0.06 },
    // Piano.
    Timbre { partials: &[1.0, 0.45, 0.2, 0.1, 0.05], attack: 0.003, decay: 0.5, noise: 0.0 },
    // Trumpet.
    Timbre { partials: &[0.6, 1.0, 0.9, 0.7, 0.55, 0.4, 0.3], attack: 0.025, decay: 3.0, noise: 0.02 },
    // Flute.
    Timbre { partials: &[1.0, 0.15, 0.05], attack: 0.05, decay: 3.0, noise: 0.08 },
    // Drum.
    Timbre { partials: &[0.6, 0.2], attack: 0.002, decay: 0.09, noise: 0.9 },
    // Harp.
    Timbre { partials: &[1.0, 0.4, 0.12, 0.04], attack: 0.002, decay: 0.8, noise: 0.0 },
    // Accordion.
    Timbre { partials: &[1.0, 0.7, 0.9, 0.3, 0.6, 0.2, 0.4], attack: 0.04, decay: 5.0, noise: 0.03 },
    // Saxophone.
    Timbre { partials: &[1.0, 0.9, 0.4, 0.6, 0.3, 0.35, 0.15], attack: 0.035, decay: 3.0, noise: 0.12 },
    // Banjo.
    Timbre { partials: &[0.6, 1.0, 0.8, 0.7, 0.6, 0.5, 0.4], attack: 0.002, decay: 0.12, noise: 0.04 },
    // Organ.
    Timbre { partials: &[1.0, 1.0, 0.0, 0.9, 0.0, 0.0, 0.0, 0.7], attack: 0.02, decay: 9.0, noise: 0.0 },
    // Bell.
    Timbre { partials: &[0.5, 0.0, 1.0, 0.0, 0.8, 0.0, 0.0, 0.4], attack: 0.002, decay: 1.2, noise: 0.0 },
    // Marimba.
    Timbre { partials: &[1.0, 0.0, 0.0, 0.5], attack: 0.002, decay: 0.14, noise: 0.02 },
    // Harmonica.
    Timbre { partials: &[0.5, 1.0, 0.6, 0.9, 0.4, 0.6, 0.3], attack: 0.03, decay: 6.0, noise: 0.1 },
];
