//! The other twins are held against the numbers in their recipes, and the real data where they are.

mod degrees;
mod real_data;

use std::sync::LazyLock;

use fusebox::data::Precision;
use fusebox::data::twins::{Product, Recipe, RecipeError, Twin, generate};

use degrees::{Degrees, deciles, gini};

const MUSIC: &str = include_str!("../datasets-small/music-twin.toml");

static TWINS: LazyLock<Vec<(Recipe, Twin)>> = LazyLock::new(|| {
    let recipes = [
        include_str!("../datasets-small/toys-twin.toml"),
        include_str!("../datasets-small/beauty-twin.toml"),
        include_str!("../datasets-small/sports-twin.toml"),
        include_str!("../datasets-small/clothing-twin.toml"),
        MUSIC,
    ];
    let twin = |recipe| {
        let recipe: Recipe = toml::from_str(recipe).expect("the committed recipes are well-formed");
        let twin = Twin::generate(&recipe).expect("the committed recipes make twins");
        (recipe, twin)
    };
    recipes.map(twin).into()
});

#[test]
fn sizes_are_those_of_the_recipe_in_the_published_ratio() {
    for (recipe, twin) in &*TWINS {
        let dataset = &twin.dataset;
        assert_eq!(dataset.clone().at_precision(Precision::F16).unwrap().check(), Ok(()));
        let (users, items) = (dataset.users.len(), dataset.items.len());
        assert_eq!((users, items), (recipe.users as usize, recipe.items as usize));
        let published = &recipe.published;
        let ratio = f64::from(published.users) / f64::from(published.items);
        assert!((users as f64 / items as f64 / ratio - 1.0).abs() < 0.005, "{}", recipe.name);
        let per_user = f64::from(published.interactions) / f64::from(published.users);
        let degrees = Degrees::of(dataset);
        let mean = degrees.mean_per_user();
        assert!((mean / per_user - 1.0).abs() < 0.05, "{}: {mean} against {per_user}", recipe.name);
        let within = |counts: &[u32], least, most| counts.iter().all(|count| (least..=most).contains(count));
        assert!(within(&degrees.users, recipe.user_degrees.minimum, recipe.user_degrees.maximum));
        assert!(within(&degrees.items, recipe.item_degrees.minimum, recipe.item_degrees.maximum));
        assert!(dataset.provenance.synthetic && dataset.provenance.source.starts_with("Synthetic: "));
        assert!(generate(recipe).unwrap() == *dataset, "{}", recipe.name);
    }
}

#[test]
fn content_is_missing_as_the_recipe_says() {
    for (recipe, twin) in &*TWINS {
        let dataset = &twin.dataset;
        let items = dataset.items.len() as f64;
        let missing = |modality: &str| {
            let present = &dataset.modalities[modality].present;
            present.iter().filter(|present| !**present).count() as f64 / items
        };
        assert!((missing("visual") - recipe.content.missing_images).abs() < 0.002, "{}", recipe.name);
        let titles_only =
            dataset.texts.iter().filter(|text| text.description.is_empty()).count() as f64 / items;
        assert!((titles_only - recipe.content.missing_descriptions).abs() < 0.002, "{}", recipe.name);
        assert_eq!(dataset.sounds.is_some(), recipe.sounds.is_some());
        assert_eq!(dataset.modalities.contains_key("audio"), recipe.sounds.is_some());
        if let (Some(sounds), Some(recording)) = (&dataset.sounds, &recipe.sounds) {
            assert_eq!((sounds.rate, sounds.length), (recording.rate, recording.length()));
            assert!((missing("audio") - recording.missing).abs() < 0.002);
            assert_eq!(sounds.present, dataset.modalities["audio"].present);
        }
    }
}

/// How much more alike two items are that are the same in something, in cosines, by modality.
fn excess(twin: &Twin, modality: &str, same: fn(&Product, &Product) -> bool) -> f64 {
    let features = &twin.dataset.modalities[modality];
    let (mut alike, mut others) = ((0.0, 0.0), (0.0, 0.0));
    for one in (0..features.present.len()).filter(|&item| features.present[item]) {
        for other in (0..one).filter(|&item| features.present[item]) {
            let (a, b) = (features.values.row(one), features.values.row(other));
            let cosine = a.dot(&b) / (a.dot(&a) * b.dot(&b)).sqrt();
            let group =
                if same(&twin.products[one], &twin.products[other]) { &mut alike } else { &mut others };
            *group = (group.0 + f64::from(cosine), group.1 + 1.0);
        }
    }
    alike.0 / alike.1 - others.0 / others.1
}

#[test]
fn every_modality_tells_the_kind_and_what_it_alone_can_tell() {
    for (recipe, twin) in &*TWINS {
        let name = &recipe.name;
        for modality in ["visual", "textual", "audio"] {
            if twin.dataset.modalities.contains_key(modality) {
                let kind = excess(twin, modality, |a, b| a.kind == b.kind);
                assert!(kind > 0.1, "{name}: {modality} tells the kind by {kind}");
            }
        }
        let colour = |modality| excess(twin, modality, |a, b| a.colour == b.colour);
        assert!(colour("visual") > 0.1 && colour("visual") > 3.0 * colour("textual"), "{name}");
        let brand = |modality| excess(twin, modality, |a, b| a.brand == b.brand);
        assert!(brand("textual") > 0.05 && brand("visual").abs() < 0.02, "{name}");
        if twin.dataset.sounds.is_some() {
            for same in [
                (|a, b| a.tune.map(|tune| tune.register) == b.tune.map(|tune| tune.register))
                    as fn(&Product, &Product) -> bool,
                |a, b| a.tune.map(|tune| tune.tempo) == b.tune.map(|tune| tune.tempo),
                |a, b| a.tune.map(|tune| tune.tone) == b.tune.map(|tune| tune.tone),
            ] {
                let told = ["audio", "visual", "textual"].map(|modality| excess(twin, modality, same));
                println!("{name}: {told:?}");
                let others = told[1].abs().max(told[2].abs());
                assert!(told[0] > 0.01 && told[0] > 3.0 * others, "{told:?}");
            }
            assert!(brand("audio").abs() < 0.02 && colour("audio").abs() < 0.02);
        }
    }
}

#[test]
fn mistakes_about_sound_are_named() {
    let refused = |from: &str, to: &str| {
        assert_eq!(MUSIC.matches(from).count(), 1, "{from}");
        let recipe: Recipe = toml::from_str(&MUSIC.replace(from, to)).unwrap();
        generate(&recipe).unwrap_err()
    };
    assert_eq!(refused("catalogue = \"music\"", "catalogue = \"toys\""), RecipeError::Silent);
    assert_eq!(refused("[sounds]\nrate = 8000\nseconds = 1.0\nmissing = 0.05\n", ""), RecipeError::NoSounds);
    assert!(
        refused("rate = 8000", "rate = 4000").to_string().contains("sounds.rate is 4000; it must be 8000 to")
    );
    assert!(refused("seconds = 1.0", "seconds = 0.0").to_string().contains("sounds.seconds is 0"));
    let weightless =
        refused("register = 0.7\ntempo = 0.6\ntone = 0.5", "register = 0.0\ntempo = 0.0\ntone = 0.0");
    assert!(weightless.to_string().contains("taste.register, taste.tempo and taste.tone are all zero"));
    let alone = refused(
        "words = 0.2\nsound = 0.4\nkind = 0.3\ncrowd = 0.1\nconjunction = 0.0",
        "words = 0.0\nsound = 0.6\nkind = 0.3\ncrowd = 0.1\nconjunction = 0.5",
    );
    assert_eq!(alone, RecipeError::Conjunction { conjunction: 0.5 });
}

#[test]
fn degrees_follow_the_real_data() {
    for (recipe, twin) in &*TWINS {
        let name = recipe.name.replace("-twin", "");
        if !["toys", "beauty", "clothing"].contains(&name.as_str()) {
            continue;
        }
        let Some(folder) = real_data::folder(&format!("amazon-{name}")) else { return };
        let rows: Vec<(usize, usize)> = ["train.txt", "val.txt", "test.txt", "interactions.tsv"]
            .iter()
            .filter_map(|file| std::fs::read_to_string(folder.join(file)).ok())
            .flat_map(|rows| {
                let pair = |row: &str| {
                    let mut fields = row.split('\t').map(|field| field.parse::<f64>().ok());
                    Some((fields.next()?? as usize, fields.next()?? as usize))
                };
                // The first line of one of them is a header.
                rows.lines().filter_map(pair).collect::<Vec<_>>()
            })
            .collect();
        let published = &recipe.published;
        assert_eq!(rows.len(), published.interactions as usize);
        let real = Degrees::count(rows.into_iter(), published.users as usize, published.items as usize);
        let twin = Degrees::of(&twin.dataset);
        for (decile, (twin, real)) in deciles(&twin.users).into_iter().zip(deciles(&real.users)).enumerate() {
            assert!((twin / real - 1.0).abs() < 0.1, "{name}, decile {}: {twin} against {real}", decile + 1);
        }
        let (twin_gini, real_gini) = (gini(&twin.items), gini(&real.items));
        assert!((twin_gini - real_gini).abs() < 0.03, "{name}: {twin_gini} against {real_gini}");
    }
}
