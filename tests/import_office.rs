//! The importers on real data, against the published counts. The data are not part of the project.
#![cfg(feature = "cli")]

mod real_data;

use fusebox::data::import::{
    DiskFolder, Imported, Raw, amazon_2014, amazon_2023, ducho, elliot, mmrec, movielens,
};
use fusebox::data::{
    Dataset, DatasetSummary, Part, Precision, Problem, bundle, read_bundle, reduce, split, subsample,
};
use fusebox::schema::Split;

fn folder(name: &str) -> Option<DiskFolder> {
    Some(DiskFolder::open(real_data::folder(name)?).unwrap())
}

fn office() -> Option<Imported> {
    Some(elliot::import(&folder("amazon-office")?, "office").unwrap())
}

/// Users, items and interactions, then those in train, validation and test.
fn counts(dataset: &Dataset) -> ([usize; 3], [usize; 3]) {
    let summary = DatasetSummary::of(dataset);
    let whole = [summary.users, summary.items, summary.interactions];
    (whole, [summary.train, summary.validation, summary.test])
}

const OFFICE: ([usize; 3], [usize; 3]) = ([4_905, 2_420, 53_258], [31_118, 9_720, 12_420]);

#[test]
fn office_has_the_published_counts() {
    let Some(Imported { dataset, notes }) = office() else { return };
    assert_eq!(counts(&dataset), OFFICE);
    assert_eq!(notes, [""; 0]);
    let textual = &dataset.modalities["textual"];
    assert_eq!((textual.values.dim(), textual.precision), ((2_420, 384), Precision::F32));
    assert!(textual.present.iter().all(|present| *present));
    for row in textual.values.rows() {
        let length: f32 = row.iter().map(|value| value * value).sum();
        assert!((length - 1.0).abs() < 1e-4, "the vectors of this data have length 1, not {length}");
    }
    assert!(dataset.items.iter().zip(0..).all(|(name, index)| *name == index.to_string()));
    assert_eq!(dataset.texts.iter().filter(|text| !text.title.is_empty()).count(), 2_420);
    assert_eq!(dataset.texts.iter().filter(|text| !text.description.is_empty()).count(), 1_820);
    assert!(dataset.texts.iter().any(|text| text.title.contains("&quot;")), "texts are left as they are");
}

#[test]
fn six_office_items_have_no_train_interaction() {
    let Some(Imported { dataset, .. }) = office() else { return };
    let parts = split(&dataset, Split::Bundle, 1).unwrap();
    let problem = Problem::new(&dataset, &parts);
    assert_eq!(problem.popularity().iter().filter(|count| **count > 0).count(), 2_414);
    for part in [Part::Train, Part::Validation, Part::Test] {
        assert!((0..problem.users).all(|user| !problem.part(part).items(user).is_empty()));
    }
}

#[test]
fn both_layouts_of_office_give_the_same_data() {
    let (Some(first), Some(second)) = (office(), folder("amazon-office-mmrec")) else { return };
    let second = mmrec::import(&second, "office").unwrap();
    let (first, second) = (first.dataset, second.dataset);
    assert_eq!(counts(&second), OFFICE);
    let rows = |dataset: &Dataset| {
        let row = |i: &fusebox::data::Interaction| (i.user, i.item, i.rating.to_bits(), i.part);
        dataset.interactions.iter().map(row).collect::<Vec<_>>()
    };
    assert!(rows(&first) == rows(&second));
    assert!(first.modalities["textual"].values == second.modalities["textual"].values);
    assert_eq!(second.items.len(), 2_420);
    assert!(
        second.items[0].starts_with('B') && second.users[0].starts_with('A'),
        "mappings give the source's names"
    );
}

#[test]
fn our_own_split_has_the_published_shares() {
    let Some(Imported { dataset, .. }) = office() else { return };
    let again = dataset.clone().resplit(Split::Random, 7).unwrap();
    assert_eq!(counts(&again), OFFICE);
    assert_ne!(again.interactions, dataset.interactions);
    let parts = |seed| split(&dataset, Split::Random, seed).unwrap();
    assert!(parts(1) == parts(1) && parts(1) != parts(2));
}

#[test]
fn a_bundle_of_office_survives_and_notices_damage() {
    let Some(Imported { dataset, .. }) = office() else { return };
    let bytes = bundle::write(&dataset);
    let again = read_bundle(&bytes).unwrap();
    assert!(again == dataset);
    assert_eq!(bundle::digest(&again), bundle::digest(&dataset));
    assert!(bundle::write(&again) == bytes);
    for position in (0..bytes.len()).step_by(bytes.len() / 50) {
        let mut damaged = bytes.clone();
        damaged[position] ^= 0x10;
        assert!(read_bundle(&damaged).is_err(), "byte {position}");
        assert!(read_bundle(&bytes[..position]).is_err(), "first {position} bytes");
    }
}

#[test]
fn office_becomes_smaller_in_users_and_in_numbers() {
    let Some(Imported { dataset, .. }) = office() else { return };
    // Office is a 5-core already, so taking the core again changes nothing.
    let whole = subsample(&dataset, &"core=5".parse().unwrap()).unwrap();
    assert_eq!(counts(&whole), OFFICE);
    let small = subsample(&dataset, &"users=600,core=3,seed=1".parse().unwrap()).unwrap();
    small.check().unwrap();
    assert!(small.users.len() > 300 && small.users.len() <= 600);
    for (name, text) in small.items.iter().zip(&small.texts) {
        assert_eq!(text, &dataset.texts[name.parse::<usize>().unwrap()]);
    }

    let reduced = reduce(&dataset, &"text=64".parse().unwrap(), 1).unwrap();
    let values = &reduced.dataset.modalities["textual"].values;
    assert_eq!(values.dim(), (2_420, 64));
    assert!((0.5..0.95).contains(&reduced.explained["textual"]), "{:?}", reduced.explained);
    let variance = |column: usize| values.column(column).iter().map(|value| value * value).sum::<f32>();
    assert!((1..64).all(|column| variance(column) <= variance(column - 1) * 1.000_1));
    let halved = reduced.dataset.at_precision(Precision::F16).unwrap();
    assert!(read_bundle(&bundle::write(&halved)).unwrap() == halved);
}

#[test]
fn layouts_without_features_are_imported_too() {
    for (name, expected) in [
        ("amazon-toys", ([19_412, 11_924, 167_597], [96_258, 31_017, 40_322])),
        ("amazon-clothing", ([39_387, 23_033, 278_677], [197_338, 41_189, 40_150])),
    ] {
        let Some(folder) = folder(name) else { return };
        let Imported { dataset, .. } = elliot::import(&folder, name).unwrap();
        assert_eq!(counts(&dataset), expected);
        assert!(dataset.modalities.is_empty() && dataset.texts.is_empty());
    }
}

/// Everything stays, so that counts are the source's.
const ALL: Raw = Raw { core: 1, split: Split::Random, seed: 1 };

#[test]
fn a_sample_of_duchos_output_is_matched_by_asin() {
    let Some(folder) = folder("ducho-sample") else { return };
    let Imported { dataset, notes } = ducho::import(&folder, "sample").unwrap();
    assert_eq!(counts(&dataset), ([2_299, 40, 6_173], [3_648, 1_089, 1_436]));
    let (visual, textual) = (&dataset.modalities["visual"], &dataset.modalities["textual"]);
    assert_eq!((visual.values.dim(), textual.values.dim()), ((40, 2_048), (40, 384)));
    let present = |present: &[bool]| present.iter().filter(|present| **present).count();
    assert_eq!((present(&visual.present), present(&textual.present)), (30, 40));
    assert_eq!(notes, ["visual: no vector for 10 of 40 items"]);
    // The vectors are those of Office's items of the same names.
    let Some(office) = self::folder("amazon-office-mmrec") else { return };
    let office = mmrec::import(&office, "office").unwrap().dataset;
    for (item, name) in dataset.items.iter().enumerate() {
        let row = office.items.iter().position(|other| other == name).unwrap();
        assert!(textual.values.row(item) == office.modalities["textual"].values.row(row), "{name}");
    }
}

#[test]
fn both_dumps_of_office_reviews_hold_the_same_shop() {
    let (Some(first), Some(second)) = (folder("raw-amazon-2014-sample"), folder("raw-amazon-2023-sample"))
    else {
        return;
    };
    let first = amazon_2014::import(&first, "2014", &ALL, &|_| {}).unwrap();
    let second = amazon_2023::import(&second, "2023", &ALL, &|_| {}).unwrap();
    assert_eq!(
        first.notes,
        [
            "visual: no vector for 1331 of 1371 items",
            "items with a text and no picture: 1331; with a picture and no text: 0",
        ]
    );
    assert_eq!(second.notes, [""; 0]);
    let (first, second) = (first.dataset, second.dataset);
    let whole = [&first, &second].map(|dataset| counts(dataset).0);
    assert_eq!(whole, [[300, 1_371, 3_252]; 2]);
    assert!((&first.users, &first.items) == (&second.users, &second.items));
    assert!(first.interactions == second.interactions && first.texts == second.texts);
    assert_eq!(first.texts.iter().filter(|text| text.description.is_empty()).count(), 390);
    let visual = &first.modalities["visual"];
    assert_eq!(visual.values.ncols(), 4_096);
    assert!(visual.values.iter().all(|value| (0.0..=4.0).contains(value) && (value * 4.0).fract() == 0.0));
    assert!(first.modalities["textual"].values == second.modalities["textual"].values);
    // What Elliot's files say of the same people, products and words.
    let (Some(office), Some(office_with_texts)) = (folder("amazon-office-mmrec"), office()) else { return };
    let office = mmrec::import(&office, "office").unwrap().dataset;
    let texts = office_with_texts.dataset.texts;
    let row = |dataset: &Dataset, i: &fusebox::data::Interaction| {
        (dataset.users[i.user as usize].clone(), dataset.items[i.item as usize].clone(), i.rating as u32)
    };
    let mut expected: Vec<_> = office.interactions.iter().map(|i| row(&office, i)).collect();
    expected.retain(|(user, ..)| first.users.binary_search(user).is_ok());
    expected.sort();
    assert!(first.interactions.iter().map(|i| row(&first, i)).eq(expected));
    for (name, text) in first.items.iter().zip(&first.texts) {
        let item = office.items.iter().position(|other| other == name).unwrap();
        assert_eq!(
            (&text.title, &text.description),
            (&texts[item].title, &texts[item].description),
            "{name}"
        );
        // Of the paths of categories these samples have the beginning.
        assert_eq!((text.kind.as_str(), texts[item].kind.as_str()), ("Office Products", ""), "{name}");
    }
}

#[test]
fn movielens_has_its_published_counts_and_its_known_faults() {
    let Some(folder) = folder("movielens-100k-posters") else { return };
    let Imported { dataset, notes } = movielens::import(&folder, "movielens", &ALL, &|_| {}).unwrap();
    assert_eq!(counts(&dataset).0, [943, 1_682, 100_000]);
    assert!(dataset.interactions.iter().all(|pair| (800_000_000..900_000_000).contains(&pair.timestamp)));
    let (visual, textual) = (&dataset.modalities["visual"], &dataset.modalities["textual"]);
    assert_eq!((visual.values.dim(), textual.values.dim()), ((1_682, 256), (1_682, 384)));
    assert_eq!(
        notes,
        [
            "posters: items share one picture with another, so it may be the wrong one, 55 in all",
            "posters: items have no picture, 19 in all",
            "visual: no vector for 19 of 1682 items",
            "items with a text and no picture: 19; with a picture and no text: 0",
        ]
    );
    let thumbnails = dataset.thumbnails.as_ref().unwrap();
    assert_eq!((thumbnails.tile, thumbnails.columns), (64, 41));
    assert_eq!(thumbnails.position.iter().flatten().count(), 1_663);
    assert!(
        thumbnails
            .position
            .iter()
            .zip(&visual.present)
            .all(|(position, present)| position.is_some() == *present)
    );
    assert_eq!(dataset.texts[0].title, "Toy Story (1995)");
    assert!(dataset.texts[0].description.starts_with("Animation, Children's, Comedy. Led by Woody"));
    assert!(read_bundle(&bundle::write(&dataset)).unwrap() == dataset);

    let five =
        movielens::import(&folder, "movielens", &Raw { split: Split::Temporal, ..Raw::default() }, &|_| {})
            .unwrap()
            .dataset;
    assert_eq!(counts(&five).0, [943, 1_349, 99_287]);
    // Of each user, nothing in test is earlier than anything in train.
    for history in five.interactions.chunk_by(|a, b| a.user == b.user) {
        let times = |part| history.iter().filter(move |pair| pair.part == part).map(|pair| pair.timestamp);
        assert!(times(Part::Train).max() <= times(Part::Test).min());
    }
}
