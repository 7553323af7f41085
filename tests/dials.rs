//! The dials of a twin's recipe do what they say. A modality without a share in users' taste is worth what other items'
//! rows are worth; one with a large share is worth more in every seed, and is the one whose loss hurts; the more taste needs
//! them together, the less often something is taken that pleases by one of them alone.
//!
//! All of this with `told-looks` at 0: a text that names the colour tells what the picture shows, so it is worth something
//! even where nobody cares for what only texts say. And without a share for the kind, which every modality tells.

use std::ops::RangeInclusive;
use std::rc::Rc;

use burn::tensor::Device;
use fusebox::data::Dataset;
use fusebox::data::twins::{Recipe, Taste, Twin, generate};
use fusebox::eval::MetricTable;
use fusebox::schema::{Placebo, RunSpec};
use fusebox::train::{Backend, BackendKind, Event, Host, TrainingRun};

const OFFICE: &str = include_str!("../datasets-small/office-twin.toml");
const MUSIC: &str = include_str!("../datasets-small/music-twin.toml");
const SEEDS: RangeInclusive<u32> = 1..=5;
/// Where nothing is to be found, chance is all there is, and it takes more of them to tell.
const TWINS: RangeInclusive<u32> = 1..=16;

/// A twin's recipe and two of its modalities: one that carries 0.6 of users' taste, the crowd having the rest, and one that
/// carries nothing.
const PAIRS: [(&str, &str, &str); 4] = [
    (OFFICE, "visual", "textual"),
    (OFFICE, "textual", "visual"),
    (MUSIC, "audio", "textual"),
    (MUSIC, "textual", "audio"),
];

/// A recipe in which these modalities have these shares, the crowd has the rest, and each tells what no other does.
fn recipe(recipe: &str, shares: &[(&str, f64)], conjunction: f64) -> Recipe {
    let mut recipe: Recipe = toml::from_str(recipe).unwrap();
    let share =
        |modality| shares.iter().find(|(other, _)| *other == modality).map_or(0.0, |(_, share)| *share);
    let (looks, words, sound) = (share("visual"), share("textual"), share("audio"));
    let crowd = 1.0 - looks - words - sound;
    recipe.taste = Taste { looks, words, sound, kind: 0.0, crowd, conjunction, ..recipe.taste };
    recipe.content.told_looks = 0.0;
    recipe
}

fn carried_by(carrier: &str, twin: &str, seed: u32) -> Rc<Dataset> {
    Rc::new(generate(&Recipe { seed, ..recipe(twin, &[(carrier, 0.6)], 0.0) }).unwrap())
}

/// Recall@20 of VBPR with these modalities, the mean of validation and test: every user counts twice, so chance counts less.
fn recall(dataset: &Rc<Dataset>, modalities: &str, placebo: Placebo, seed: u32) -> f64 {
    let mut spec = RunSpec::of("vbpr");
    for (key, value) in
        [("regularisation", "0.1"), ("epochs", "60"), ("evaluate-every", "10"), ("modalities", modalities)]
    {
        spec.set(key, value).unwrap();
    }
    (spec.seed, spec.placebo) = (seed, placebo);
    let backend = Backend { kind: BackendKind::Cpu, name: "test".into(), reason: "test".into() };
    let host = Host { device: Device::flex(), backend, clock: || 0.0, peak_memory: || None };
    let mut run = TrainingRun::new(spec.check().unwrap(), dataset.clone(), host).unwrap();
    loop {
        for event in pollster::block_on(run.advance(64)).unwrap() {
            if let Event::Done { receipt } = event {
                let recall = |table: &MetricTable| table["recall"][&20].unwrap();
                return (recall(&receipt.metrics.validation) + recall(&receipt.metrics.test)) / 2.0;
            }
        }
    }
}

/// Holds the modality that carries nothing to be worth what the rows of other items are worth.
fn hold_bystanders(pairs: &[(&str, &str, &str)]) {
    for &(twin, carrier, bystander) in pairs {
        let (mut real, mut shuffled) = (0.0, 0.0);
        // Another twin each time: what chance made of one has no say.
        for seed in TWINS {
            let dataset = carried_by(carrier, twin, seed);
            let own = recall(&dataset, bystander, Placebo::None, seed);
            let others = recall(&dataset, bystander, Placebo::Shuffled, seed);
            println!(
                "{bystander}, share 0, seed {seed}: {own:.4} with its own rows, {others:.4} with others'"
            );
            (real, shuffled) = (real + own, shuffled + others);
        }
        println!("{bystander}, share 0: {:.4}", real / shuffled);
        assert!((real / shuffled - 1.0).abs() < 0.02, "{bystander}: {real} and {shuffled}");
    }
}

#[test]
fn content_without_a_share_is_worth_what_others_is() {
    hold_bystanders(&PAIRS[..2]);
}

#[test]
fn sound_without_a_share_and_words_beside_it_are_worth_what_others_are() {
    hold_bystanders(&PAIRS[2..]);
}

#[test]
fn content_with_a_large_share_is_worth_more_than_others_in_every_seed() {
    for (twin, carrier, bystander) in PAIRS {
        let dataset = carried_by(carrier, twin, 1);
        for seed in SEEDS {
            let real = recall(&dataset, carrier, Placebo::None, seed);
            let shuffled = recall(&dataset, carrier, Placebo::Shuffled, seed);
            println!(
                "{carrier}, share 0.6, seed {seed}: {real:.4} with its own rows, {shuffled:.4} with others'"
            );
            assert!(real > shuffled, "{carrier}, seed {seed}: {real} and {shuffled}");
            // What is left when one of both is taken away.
            let without_carrier = recall(&dataset, bystander, Placebo::None, seed);
            assert!(
                without_carrier < real,
                "seed {seed}: {without_carrier} without {carrier}, {real} with it alone"
            );
        }
    }
}

#[test]
fn the_more_taste_needs_both_the_fewer_choices_please_by_one_alone() {
    for (twin, modalities) in [(OFFICE, ["visual", "textual"]), (MUSIC, ["audio", "textual"])] {
        // The share of interactions with something that one of both speaks for and the other against.
        let torn = |conjunction: f64| {
            let shares = modalities.map(|modality| (modality, 0.45));
            let twin = Twin::generate(&recipe(twin, &shares, conjunction)).unwrap();
            let torn = twin.dataset.interactions.iter().filter(|one| {
                let (appeal, item) = (&twin.appeals[one.user as usize], one.item as usize);
                let first = if modalities[0] == "audio" { appeal.sound[item] } else { appeal.looks[item] };
                first * appeal.words[item] < 0.0
            });
            torn.count() as f64 / twin.dataset.interactions.len() as f64
        };
        let shares = [0.0, 0.25, 0.5, 0.75, 1.0].map(torn);
        println!("{modalities:?}: {shares:?}");
        assert!(shares.windows(2).all(|pair| pair[1] < pair[0]), "{shares:?}");
        assert!(shares[4] < 0.9 * shares[0], "{shares:?}");
    }
}
