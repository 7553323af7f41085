//! A data set small enough to check by hand, with everything a data set can have.

use std::collections::BTreeMap;

use ndarray::array;

use super::{Dataset, Features, Interaction, ItemText, Part, Precision, Provenance, Sounds, Thumbnails};

pub fn interaction(user: u32, item: u32, rating: f32, timestamp: i64, part: Part) -> Interaction {
    Interaction { user, item, rating, timestamp, part }
}

pub fn sample() -> Dataset {
    let text = |title: &str, description: &str| ItemText {
        title: title.into(),
        description: description.into(),
        kind: String::new(),
    };
    Dataset {
        name: "hand-made".into(),
        provenance: Provenance {
            source: "a test".into(),
            licence: "none".into(),
            recipe: "by hand".into(),
            synthetic: true,
        },
        users: vec!["ann".into(), "bob".into(), "eve".into()],
        items: vec!["10".into(), "20".into(), "30".into(), "40".into()],
        interactions: vec![
            interaction(0, 0, 5.0, 100, Part::Train),
            interaction(0, 1, 4.0, 50, Part::Train),
            interaction(0, 3, 1.0, 200, Part::Test),
            interaction(1, 0, 3.0, 7, Part::Train),
            interaction(1, 2, 2.5, 8, Part::Validation),
            interaction(2, 2, 5.0, -3, Part::Train),
        ],
        modalities: BTreeMap::from([
            (
                "visual".into(),
                Features {
                    values: array![[1.0, 0.5, -2.0], [0.25, 0.0, 3.0], [0.0, 0.0, 0.0], [-1.0, 2.0, 4.0]],
                    present: vec![true, true, false, true],
                    precision: Precision::F16,
                    origin: "pixels".into(),
                },
            ),
            (
                "textual".into(),
                Features {
                    values: array![[0.1, 0.2], [0.3, 0.4], [0.5, 0.6], [0.7, 0.8]],
                    present: vec![true; 4],
                    precision: Precision::F32,
                    origin: "words".into(),
                },
            ),
        ]),
        texts: vec![text("Lamp", "It shines."), text("Pen", ""), text("", ""), text("Čaj &amp; tea", "日本")],
        thumbnails: Some(Thumbnails {
            sheet: b"\x89PNG\r\n\x1a\n...".to_vec(),
            tile: 8,
            columns: 2,
            position: vec![Some(0), None, Some(2), Some(1)],
        }),
        sounds: None,
    }
}

/// Sounds for the items of [`sample`], which has none of its own: its digest is older than sounds.
pub fn sounds() -> Sounds {
    Sounds {
        rate: 8000,
        length: 3,
        samples: vec![1, -2, 3, i16::MAX, 0, i16::MIN, 0, 0, 0, -700, 0, 5],
        present: vec![true, true, false, true],
    }
}
