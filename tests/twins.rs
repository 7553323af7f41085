//! The other twins are held against the numbers in their recipes, and the real data where they are.

mod degrees;
mod real_data;

use std::sync::LazyLock;

use fusebox::data::Precision;
use fusebox::data::twins::{Product, Recipe, Twin, generate};

use degrees::{Degrees, deciles, gini};

static TWINS: LazyLock<Vec<(Recipe, Twin)>> = LazyLock::new(|| {
    let recipes = [
        include_str!("../datasets-small/toys-twin.toml"),
        include_str!("../datasets-small/beauty-twin.toml"),
        include_str!("../datasets-small/sports-twin.toml"),
        include_str!("../datasets-small/clothing-twin.toml"),
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
        for (modality, least) in [("visual", 0.1), ("textual", 0.1)] {
            let kind = excess(twin, modality, |a, b| a.kind == b.kind);
            assert!(kind > least, "{name}: {modality} tells the kind by {kind}");
        }
        let colour = |modality| excess(twin, modality, |a, b| a.colour == b.colour);
        assert!(colour("visual") > 0.1 && colour("visual") > 3.0 * colour("textual"), "{name}");
        let brand = |modality| excess(twin, modality, |a, b| a.brand == b.brand);
        assert!(brand("textual") > 0.05 && brand("visual").abs() < 0.02, "{name}");
    }
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
