//! The office twin is held against what it stands for: the numbers in its recipe, and the real data where
//! they are.

mod degrees;
mod real_data;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use fusebox::data::twins::{Recipe, RecipeError, Shop, Twin, generate};
use fusebox::data::{Dataset, Part};

use degrees::{Degrees, deciles, gini};

const RECIPE: &str = include_str!("../datasets-small/office-twin.toml");

static OFFICE: LazyLock<(Recipe, Twin)> = LazyLock::new(|| {
    let recipe: Recipe = toml::from_str(RECIPE).expect("the committed recipe is well-formed");
    let twin = Twin::generate(&recipe).expect("the committed recipe makes a twin");
    (recipe, twin)
});

fn office() -> &'static Dataset {
    &OFFICE.1.dataset
}

#[test]
fn the_recipe_makes_the_same_data_every_time() {
    let (recipe, twin) = &*OFFICE;
    assert!(generate(recipe).unwrap() == twin.dataset);
    let other = generate(&Recipe { seed: recipe.seed + 1, ..recipe.clone() }).unwrap();
    assert!(other.interactions != twin.dataset.interactions);
    assert!(other.texts != twin.dataset.texts);
}

#[test]
fn sizes_are_those_of_the_recipe_in_the_published_ratio() {
    let (recipe, twin) = &*OFFICE;
    let (users, items) = (twin.dataset.users.len(), twin.dataset.items.len());
    assert_eq!((users, items), (recipe.users as usize, recipe.items as usize));
    let published = &recipe.published;
    let ratio = f64::from(published.users) / f64::from(published.items);
    assert!((users as f64 / items as f64 / ratio - 1.0).abs() < 0.005);
    let per_user = f64::from(published.interactions) / f64::from(published.users);
    let mean = Degrees::of(&twin.dataset).mean_per_user();
    assert!((mean / per_user - 1.0).abs() < 0.05, "{mean} against {per_user}");
}

#[test]
fn interactions_are_sorted_distinct_and_within_their_laws() {
    let (recipe, twin) = &*OFFICE;
    let pairs: Vec<_> = twin.dataset.interactions.iter().map(|one| (one.user, one.item)).collect();
    assert!(pairs.is_sorted() && pairs.windows(2).all(|pair| pair[0] != pair[1]));
    let degrees = Degrees::of(&twin.dataset);
    let within = |counts: &[u32], least, most| counts.iter().all(|count| (least..=most).contains(count));
    assert!(within(&degrees.users, recipe.user_degrees.minimum, recipe.user_degrees.maximum));
    assert!(within(&degrees.items, recipe.item_degrees.minimum, recipe.item_degrees.maximum));
}

#[test]
fn every_user_is_split_by_the_rule() {
    let office = office();
    for user in 0..office.users.len() as u32 {
        let of = |part| office.interactions.iter().filter(|one| one.user == user && one.part == part).count();
        let (train, validation, test) = (of(Part::Train), of(Part::Validation), of(Part::Test));
        let (all, rest) = (train + validation + test, train + validation);
        // floor(0.8 n) in whole numbers.
        assert_eq!((test, validation), (all - all * 4 / 5, rest - rest * 4 / 5), "user {user}");
    }
}

#[test]
fn histories_number_the_choices_of_a_user() {
    let office = office();
    let degrees = Degrees::of(office);
    for (user, &degree) in degrees.users.iter().enumerate() {
        let positions: BTreeSet<i64> = office
            .interactions
            .iter()
            .filter(|one| one.user as usize == user)
            .map(|one| one.timestamp)
            .collect();
        assert_eq!(positions, (0..i64::from(degree)).collect());
    }
}

#[test]
fn ratings_have_the_shares_of_the_recipe() {
    let (recipe, twin) = &*OFFICE;
    let count = twin.dataset.interactions.len() as f64;
    for (stars, share) in (1..=5u8).zip(recipe.ratings) {
        let given = twin.dataset.interactions.iter().filter(|one| one.rating == f32::from(stars)).count();
        assert!((given as f64 / count - share).abs() < 0.001, "{stars} stars: {given} of {count}");
    }
}

#[test]
fn better_liked_items_are_chosen_and_rated_higher() {
    let twin = &OFFICE.1;
    let appeal = |user: u32, item: u32| {
        let appeal = &twin.appeals[user as usize];
        (appeal.looks[item as usize], appeal.words[item as usize])
    };
    let mean = |least: f32, most: f32| {
        let chosen = twin.dataset.interactions.iter().filter(|one| (least..=most).contains(&one.rating));
        let (mut looks, mut words, mut count) = (0.0, 0.0, 0.0);
        for one in chosen {
            let (look, word) = appeal(one.user, one.item);
            (looks, words, count) = (looks + look, words + word, count + 1.0);
        }
        (looks / count, words / count)
    };
    // Over all items the mean appeal to a user is zero.
    let (all, low, high) = (mean(1.0, 5.0), mean(1.0, 3.0), mean(5.0, 5.0));
    assert!(all.0 > 0.3 && all.1 > 0.3, "{all:?}");
    assert!(high.0 > low.0 && high.1 > low.1, "{low:?} {high:?}");
}

#[test]
fn pictures_and_descriptions_are_missing_as_the_recipe_says() {
    let (recipe, twin) = &*OFFICE;
    let dataset = &twin.dataset;
    let items = dataset.items.len() as f64;
    let visual = &dataset.modalities["visual"];
    let missing = visual.present.iter().filter(|present| !**present).count() as f64 / items;
    // 640 of the 2,420 real items are not known to have a picture: 26.4 %.
    assert!((missing - 640.0 / 2420.0).abs() < 0.01, "{missing}");
    let thumbnails = dataset.thumbnails.as_ref().unwrap();
    for (item, present) in visual.present.iter().enumerate() {
        assert_eq!(thumbnails.position[item].is_some(), *present);
        assert_eq!(visual.values.row(item).iter().any(|&value| value != 0.0), *present);
    }
    let titles_only = dataset.texts.iter().filter(|text| text.description.is_empty()).count() as f64 / items;
    assert!((titles_only - recipe.content.missing_descriptions).abs() < 0.002, "{titles_only}");
    assert!(dataset.texts.iter().all(|text| !text.title.is_empty()));
    assert!(dataset.modalities["textual"].present.iter().all(|present| *present));
}

#[test]
fn the_sheet_shows_every_picture_and_stays_small() {
    let office = office();
    let thumbnails = office.thumbnails.as_ref().unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(&thumbnails.sheet)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(frame.width, thumbnails.columns * thumbnails.tile);
    let shown: Vec<u32> = thumbnails.position.iter().flatten().copied().collect();
    assert_eq!(shown, (0..shown.len() as u32).collect::<Vec<_>>());
    assert_eq!(frame.height, (shown.len() as u32).div_ceil(thumbnails.columns) * thumbnails.tile);
    assert!(thumbnails.sheet.len() < 400_000, "{} bytes", thumbnails.sheet.len());
}

#[test]
fn features_tell_what_the_other_modality_leaves_out() {
    let twin = &OFFICE.1;
    // How much more alike two items are that share an attribute, in cosines, by modality.
    let excess = |modality: &str, same: &dyn Fn(usize, usize) -> bool| {
        let features = &twin.dataset.modalities[modality];
        let (mut alike, mut others) = ((0.0, 0.0), (0.0, 0.0));
        for one in (0..features.present.len()).filter(|&item| features.present[item]) {
            for other in (0..one).filter(|&item| features.present[item]) {
                let (a, b) = (features.values.row(one), features.values.row(other));
                let cosine = a.dot(&b) / (a.dot(&a) * b.dot(&b)).sqrt();
                let group = if same(one, other) { &mut alike } else { &mut others };
                *group = (group.0 + f64::from(cosine), group.1 + 1.0);
            }
        }
        alike.0 / alike.1 - others.0 / others.1
    };
    let products = &twin.products;
    let kind = |a: usize, b: usize| products[a].kind == products[b].kind;
    let colour = |a: usize, b: usize| products[a].colour == products[b].colour;
    let brand = |a: usize, b: usize| products[a].brand == products[b].brand;
    let theme = |a: usize, b: usize| products[a].theme == products[b].theme;
    assert!(excess("visual", &kind) > 0.2 && excess("textual", &kind) > 0.1);
    assert!(excess("visual", &colour) > 0.1 && excess("visual", &colour) > 3.0 * excess("textual", &colour));
    assert!(excess("textual", &brand) > 0.05 && excess("visual", &brand).abs() < 0.02);
    assert!(excess("textual", &theme) > 0.05 && excess("visual", &theme).abs() < 0.02);
}

#[test]
fn the_twin_says_that_it_is_synthetic_and_how_dense_both_are() {
    let provenance = &office().provenance;
    assert!(provenance.synthetic);
    assert!(
        provenance.source.contains("2.21 %") && provenance.source.contains("0.45 %"),
        "{}",
        provenance.source
    );
    assert_eq!(provenance.recipe, "fusebox twin datasets-small/office-twin.toml -o office-twin.fbx");
}

#[test]
fn mistakes_in_a_recipe_are_named() {
    let broken = |from: &str, to: &str| {
        assert_eq!(RECIPE.matches(from).count(), 1, "{from}");
        toml::from_str::<Recipe>(&RECIPE.replace(from, to)).map_err(|error| error.to_string())
    };
    let refused = |from: &str, to: &str| generate(&broken(from, to).unwrap()).unwrap_err();
    assert_eq!(
        refused("users = 1000", "users = 0"),
        RecipeError::Count { field: "users", value: 0, least: 1, most: 100_000 }
    );
    assert_eq!(
        refused("missing-images = 0.264", "missing-images = 1.5").to_string(),
        "recipe: content.missing-images is 1.5; it must be a number from 0 to 1"
    );
    assert!(refused("missing-images = 0.264", "missing-images = nan").to_string().contains("NaN"));
    assert!(
        refused("told-looks = 0.4", "told-looks = -1.0").to_string().contains("content.told-looks is -1")
    );
    assert!(matches!(
        refused(
            "looks = 0.4\nwords = 0.3\nkind = 0.2\ncrowd = 0.1\nconjunction = 0.0",
            "looks = 0.7\nwords = 0.0\nkind = 0.2\ncrowd = 0.1\nconjunction = 0.1"
        ),
        RecipeError::Conjunction { .. }
    ));
    assert!(matches!(refused("0.282, 0.57]", "0.282, 0.6]"), RecipeError::Shares { fields: "ratings", .. }));
    assert!(matches!(refused("crowd = ", "crowd = 0.3 # "), RecipeError::Shares { .. }));
    assert!(matches!(
        refused("maximum = 94", "maximum = 4"),
        RecipeError::Range { field: "user-degrees", .. }
    ));
    assert!(matches!(
        refused("maximum = 94", "maximum = 494"),
        RecipeError::Count { field: "user-degrees.maximum", most: 493, .. }
    ));
    assert!(matches!(refused("items = 493", "items = 2420"), RecipeError::Total { least: 12_100, .. }));
    assert!(matches!(refused("name = \"office-twin\"", "name = \"../office\""), RecipeError::Name(_)));
    assert!(broken("strength = ", "strenght = ").unwrap_err().contains("strenght"));
    assert!(broken("catalogue = \"office\"", "catalogue = \"garden\"").unwrap_err().contains("`office`"));
}

#[test]
fn degrees_follow_the_real_data() {
    let Some(folder) = real_data::folder("amazon-office") else { return };
    let rows: Vec<(usize, usize)> = ["train.txt", "val.txt", "test.txt"]
        .iter()
        .flat_map(|file| {
            let rows = std::fs::read_to_string(folder.join(file)).unwrap();
            let pair = |row: &str| {
                let mut fields = row.split('\t').map(|field| field.parse::<f64>().unwrap() as usize);
                (fields.next().unwrap(), fields.next().unwrap())
            };
            rows.lines().map(pair).collect::<Vec<_>>()
        })
        .collect();
    let real = Degrees::count(rows.iter().copied(), 4905, 2420);
    let twin = Degrees::of(office());

    assert!((twin.mean_per_user() / real.mean_per_user() - 1.0).abs() < 0.05, "{}", twin.mean_per_user());
    for (decile, (twin, real)) in deciles(&twin.users).into_iter().zip(deciles(&real.users)).enumerate() {
        assert!((twin / real - 1.0).abs() < 0.15, "decile {}: {twin} against {real}", decile + 1);
    }
    let (twin_gini, real_gini) = (gini(&twin.items), gini(&real.items));
    assert!((twin_gini - real_gini).abs() < 0.03, "{twin_gini} against {real_gini}");
    assert_eq!(
        (twin.users.iter().min(), twin.items.iter().min()),
        (real.users.iter().min(), real.items.iter().min())
    );
    let published = &OFFICE.0.published;
    assert_eq!(rows.len(), published.interactions as usize);
}

#[test]
fn brands_are_invented() {
    let invented: Vec<String> =
        Shop::ALL.iter().flat_map(|shop| shop.catalogue().brands).map(|brand| brand.to_lowercase()).collect();
    let Some(folder) = real_data::folder("amazon-office") else { return };
    let real = std::fs::read_to_string(folder.join("items.tsv")).unwrap().to_lowercase();
    for brand in invented {
        assert!(!real.contains(&brand), "{brand} occurs in the real data");
    }
}
