//! The extractors on whole data sets: the office twin, and data that lack what extractors read.

use std::sync::LazyLock;

use fusebox::data::{Dataset, ItemText, Sounds, read_bundle, write_bundle};
use fusebox::features::{Extraction, Extractor, Material, Reads, Sound, Wanted, extend, extract};

static TWIN: LazyLock<Dataset> =
    LazyLock::new(|| read_bundle(include_bytes!("../datasets-small/office-twin.fbx")).unwrap());

/// The extractors of what a bundle has.
fn of_bundles() -> impl Iterator<Item = Extractor> {
    Extractor::ALL.into_iter().filter(|extractor| extractor.description().reads != Reads::Sounds)
}

fn extracted(extractor: Extractor, dataset: &Dataset) -> Extraction {
    extract(extractor, &Material::of(dataset, &[extractor]).unwrap()).unwrap()
}

fn error(extractor: Extractor, dataset: &Dataset) -> String {
    extract(extractor, &Material::of(dataset, &[extractor]).unwrap()).unwrap_err().to_string()
}

#[test]
fn every_item_that_can_be_described_is_and_the_others_are_counted() {
    let pictures = TWIN.thumbnails.as_ref().unwrap().position.iter().flatten().count();
    for extractor in of_bundles() {
        let description = extractor.description();
        let Extraction { features, without_input, unusable, first_unusable } = extracted(extractor, &TWIN);
        let described = if description.reads == Reads::Texts { TWIN.items.len() } else { pictures };
        assert_eq!(features.values.dim(), (TWIN.items.len(), description.width), "{}", description.name);
        assert_eq!(features.present.iter().filter(|present| **present).count(), described);
        assert_eq!((without_input, unusable, first_unusable), (TWIN.items.len() - described, 0, None));
        for (row, present) in features.values.rows().into_iter().zip(&features.present) {
            let length = row.iter().map(|value| value * value).sum::<f32>().sqrt();
            assert!(*present || length == 0.0, "{}: {length}", description.name);
            assert!(length < 2.0, "{}: {length}", description.name);
        }
    }
}

#[test]
fn an_extraction_has_the_same_bits_each_time_and_as_a_bundle() {
    let mut dataset = TWIN.clone();
    for extractor in of_bundles() {
        let name = extractor.description().name;
        let features = extracted(extractor, &TWIN).features;
        assert_eq!(features, extracted(extractor, &TWIN).features, "{name}");
        dataset = extend(dataset, name, extractor, features).unwrap();
        assert!(dataset.modalities[name].origin.starts_with(&format!("{name}: ")));
    }
    assert_eq!(dataset.check(), Ok(()));
    assert_eq!(read_bundle(&write_bundle(&dataset)).unwrap(), dataset);
    assert_eq!(dataset.modalities.len(), TWIN.modalities.len() + of_bundles().count());
    assert!(dataset.provenance.recipe.ends_with("; fusebox features --extractor office-words"));
}

#[test]
fn a_modality_can_have_another_name_and_take_the_place_of_one() {
    let features = extracted(Extractor::ClothingLooks, &TWIN).features;
    let dataset = extend(TWIN.clone(), "visual", Extractor::ClothingLooks, features.clone()).unwrap();
    assert_eq!(dataset.modalities.len(), TWIN.modalities.len());
    assert_eq!(dataset.modalities["visual"].values, features.values);
    assert!(dataset.provenance.recipe.ends_with("--extractor visual=clothing-looks"));
    let mut fewer = TWIN.clone();
    fewer.items.pop();
    let refused = extend(fewer, "visual", Extractor::ClothingLooks, features).unwrap_err().to_string();
    assert!(refused.contains("493 rows, but there are 492 items"), "{refused}");
}

#[test]
fn a_picture_that_cannot_be_read_leaves_its_item_absent_and_is_told() {
    let mut dataset = TWIN.clone();
    let thumbnails = dataset.thumbnails.as_mut().unwrap();
    let shown = thumbnails.position.iter().position(Option::is_some).unwrap();
    thumbnails.position[shown] = Some(1_000_000);
    for extractor in of_bundles().filter(|extractor| extractor.description().reads == Reads::Thumbnails) {
        let extraction = extracted(extractor, &dataset);
        assert_eq!(extraction.unusable, 1);
        let (item, reason) = extraction.first_unusable.unwrap();
        assert!(
            item == shown && reason.contains("beyond the sheet, at position 1000000"),
            "{item}: {reason}"
        );
        assert!(!extraction.features.present[shown]);
        assert!(extraction.features.values.row(shown).iter().all(|&value| value == 0.0));
    }
    let thumbnails = dataset.thumbnails.as_mut().unwrap();
    thumbnails.position.fill(Some(1_000_000));
    let refused = error(Extractor::ColourHistogram, &dataset);
    assert!(
        refused.starts_with("colour-histogram cannot use the thumbnails of any item; of item 0: "),
        "{refused}"
    );
}

#[test]
fn data_without_what_an_extractor_reads_are_refused() {
    let mut dataset = TWIN.clone();
    let sheet = &mut dataset.thumbnails.as_mut().unwrap().sheet;
    sheet.truncate(sheet.len() / 2);
    let damaged = Material::of(&dataset, &[Extractor::ColourHistogram]).err().unwrap().to_string();
    assert!(damaged.starts_with("the thumbnails' sheet cannot be used: it cannot be decoded: "), "{damaged}");
    assert!(Material::of(&dataset, &[Extractor::TfIdf]).is_ok(), "who reads texts needs no sheet");
    dataset.thumbnails = None;
    dataset.texts.clear();
    for extractor in Extractor::ALL {
        let description = extractor.description();
        let expected =
            format!("the data have no {}, which {} reads", description.reads.name(), description.name);
        assert_eq!(error(extractor, &dataset), expected);
    }
    dataset.texts = vec![ItemText { title: " ".into(), ..ItemText::default() }; dataset.items.len()];
    assert_eq!(error(Extractor::TfIdf, &dataset), "the data have no texts, which tf-idf reads");
}

#[test]
fn texts_without_a_word_that_can_be_used_are_counted() {
    let mut dataset = TWIN.clone();
    let text = |title: &str| ItemText { title: title.into(), ..ItemText::default() };
    for (item, title) in [" ", "!?", "Xylograph"].into_iter().enumerate() {
        dataset.texts[item] = text(title);
    }
    for (extractor, unusable) in
        [(Extractor::TfIdf, 2), (Extractor::HashedNGrams, 1), (Extractor::OfficeWords, 1)]
    {
        let extraction = extracted(extractor, &dataset);
        assert_eq!((extraction.without_input, extraction.unusable), (1, unusable));
        assert_eq!(extraction.first_unusable, Some((1, "its text has no word that can be used".into())));
        assert_eq!(extraction.features.present[..2], [false; 2]);
    }
}

#[test]
fn few_and_small_texts_give_fewer_columns_and_are_still_data() {
    let mut dataset = TWIN.clone();
    dataset.texts = vec![ItemText::default(); dataset.items.len()];
    for item in 0..3 {
        dataset.texts[item].title = "pen".into();
    }
    let extraction = extracted(Extractor::TfIdf, &dataset);
    assert_eq!(extraction.features.values.dim(), (dataset.items.len(), 1));
    let dataset = extend(dataset, "words", Extractor::TfIdf, extraction.features).unwrap();
    assert_eq!(dataset.check(), Ok(()));
}

#[test]
fn sounds_of_different_rates_are_described_and_refused_ones_counted() {
    let hum = |rate: u32, hertz: f64| {
        let step = std::f64::consts::TAU * hertz / f64::from(rate);
        Sound::new(rate, (0..rate / 2).map(|at| 0.3 * (step * f64::from(at)).sin() as f32).collect())
            .map_err(|error| error.to_string())
    };
    let sounds = |item: usize| match item {
        0 => Some(hum(16_000, 440.0)),
        1 => Some(hum(44_100, 440.0)),
        2 => Some(hum(16_000, 3000.0)),
        3 => Some(hum(4_000, 440.0)),
        _ => None,
    };
    let mut material = Material::of(&TWIN, &[Extractor::MelCepstrum]).unwrap();
    material.sounds = Some(Box::new(sounds));
    let extraction = extract(Extractor::MelCepstrum, &material).unwrap();
    let Extraction { features, without_input, unusable, first_unusable } = extraction;
    assert_eq!((without_input, unusable), (TWIN.items.len() - 4, 1));
    assert_eq!(first_unusable, Some((3, "it has 4000 samples a second; 8000 to 96000 can be used".into())));
    assert_eq!(features.present[..5], [true, true, true, false, false]);
    let apart = |one: usize, other: usize| {
        let (one, other) = (features.values.row(one), features.values.row(other));
        one.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum::<f32>().sqrt()
    };
    assert!(apart(0, 1) < 0.5 * apart(0, 2), "{} {}", apart(0, 1), apart(0, 2));
    material.sounds = Some(Box::new(|_| Some(hum(4_000, 440.0))));
    let error = extract(Extractor::MelCepstrum, &material).unwrap_err().to_string();
    assert!(
        error.contains("mel-cepstrum cannot use the sounds of any item; of item 0: it has 4000"),
        "{error}"
    );
}

#[test]
fn sounds_in_a_bundle_are_described_as_if_they_were_files() {
    let items = TWIN.items.len();
    let (rate, length) = (8_000, 4_000);
    // Every third item has none; the others hum higher and higher.
    let sample = |item: usize, at: usize| {
        let step = std::f64::consts::TAU * (200 + 5 * item) as f64 / f64::from(rate);
        (9000.0 * (step * at as f64).sin()) as i16
    };
    let present: Vec<bool> = (0..items).map(|item| item % 3 != 0).collect();
    let samples = (0..items * length)
        .map(|at| if present[at / length] { sample(at / length, at % length) } else { 0 })
        .collect();
    let sounds = Sounds { rate, length, samples, present: present.clone() };
    let dataset = Dataset { sounds: Some(sounds), ..TWIN.clone() };
    let dataset = read_bundle(&write_bundle(&dataset)).unwrap();
    let extraction = extracted(Extractor::MelCepstrum, &dataset);
    assert_eq!((extraction.without_input, extraction.unusable), (items.div_ceil(3), 0));
    assert_eq!(extraction.features.present, present);
    let mut material = Material::of(&TWIN, &[Extractor::MelCepstrum]).unwrap();
    material.sounds = Some(Box::new(|item| {
        let samples = (0..length).map(|at| f32::from(sample(item, at)) / 32768.0).collect();
        (item % 3 != 0).then(|| Sound::new(rate, samples).map_err(|error| error.to_string()))
    }));
    assert_eq!(extract(Extractor::MelCepstrum, &material).unwrap(), extraction);
}

#[test]
fn lists_of_extractors_are_read_and_mistakes_named() {
    let wanted: Wanted = "tf-idf, visual=clothing-looks".parse().unwrap();
    let expected = [("tf-idf", Extractor::TfIdf), ("visual", Extractor::ClothingLooks)];
    assert_eq!(wanted.0, expected.map(|(name, extractor)| (name.to_string(), extractor)));
    for (text, words) in [
        ("smell", ["no extractor `smell`", "colour-histogram"]),
        ("", ["no extractor ``", "mel-cepstrum"]),
        ("visual=", ["no extractor ``", "tf-idf"]),
        ("My Words=tf-idf", ["`My Words`", "lower-case"]),
        ("=tf-idf", ["``", "lower-case"]),
        ("tf-idf,tf-idf", ["`tf-idf`", "twice"]),
    ] {
        let error = text.parse::<Wanted>().unwrap_err().to_string();
        assert!(words.iter().all(|word| error.contains(word)), "{text}: {error}");
    }
}

/// Cells of the first table: name, reads, width.
#[test]
fn the_documented_table_is_that_of_the_extractors() {
    let rows: Vec<Vec<&str>> = include_str!("../docs/features.md")
        .lines()
        .skip_while(|line| !line.starts_with("| extractor | reads"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), Extractor::ALL.len());
    for (row, description) in rows.iter().zip(Extractor::ALL.map(Extractor::description)) {
        let (name, width) = (format!("`{}`", description.name), description.width.to_string());
        assert_eq!(row[1..4], [name.as_str(), description.reads.name(), width.as_str()]);
    }
}
