use ndarray::{Array2, s};

use super::super::trial::{Trial, gradient, renew, total};
use super::super::{Occasion, Parameters, Recommender};
use crate::schema::{covering::covering, *};

fn scores(recommender: &dyn Recommender, parameters: &Parameters) -> Vec<f32> {
    pollster::block_on(recommender.represent(parameters).scores(0..12)).unwrap()
}

fn close(found: &[f32], expected: &[f32], tolerance: f32) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= tolerance, "{found} and {expected}");
    }
}

fn composed(design: Design, hyper_parameters: &[(&str, f64)]) -> RunSpec {
    let hyper_parameters = hyper_parameters.iter().map(|&(name, value)| (name.to_string(), value)).collect();
    RunSpec { design: Some(design), hyper_parameters, ..RunSpec::of("composed") }
}

#[test]
fn early_concat_is_a_late_sum_when_scores_are_dot_products() {
    let coordinate = Design { representation: Space::Coordinate, ..Design::DEFAULT };
    let early = Design { when: When::Early, operator: Operator::Concat, ..coordinate.clone() };
    let late = Design { when: When::Late, operator: Operator::Sum, ..coordinate };
    for seed in 1..=5 {
        let ready = |design: &Design| {
            let spec = composed(design.clone(), &[("factors", 4.0), ("regularisation", 0.0)]);
            Trial::of_spec_on_noise(RunSpec { seed, ..spec }).ready(0)
        };
        let (early, mut concatenated, batch) = ready(&early);
        let (late, apart, _) = ready(&late);
        // What users want of both modalities side by side is what they want of each.
        let values = |name: &str| {
            let (_, tensor) = apart.iter().find(|(known, _)| *known == name).unwrap();
            let [rows, dim] = tensor.dims();
            Array2::from_shape_vec((rows, dim), tensor.to_data().iter::<f32>().collect()).unwrap()
        };
        let mut users = Array2::zeros((12, 8));
        users.slice_mut(s![.., ..4]).assign(&values("user-textual"));
        users.slice_mut(s![.., 4..]).assign(&values("user-visual"));
        assert!(concatenated.set("user-content", &users));
        for (name, _) in concatenated.clone().iter().filter(|(name, _)| *name != "user-content") {
            assert!(concatenated.set(name, &values(name)));
        }
        close(&scores(&*early, &concatenated), &scores(&*late, &apart), 1e-6);
        let losses = [total(&early.loss(&concatenated, &batch)), total(&late.loss(&apart, &batch))];
        assert!((losses[0] - losses[1]).abs() < 1e-6, "{losses:?}");
    }
}

#[test]
fn a_system_that_is_a_design_is_what_the_composed_one_makes_of_it() {
    for system in System::ALL.into_iter().filter_map(System::executed) {
        let mut spec = RunSpec::of("composed");
        spec.set("design", system.name).unwrap();
        let of = |spec: RunSpec| {
            let (mut recommender, parameters, batch) = Trial::of_spec_on_noise(spec).ready(0);
            let loss = total(&recommender.loss(&parameters, &batch));
            renew(recommender.as_mut(), &parameters, Occasion::Evaluation);
            (loss, parameters.fingerprint().to_string(), scores(&*recommender, &parameters))
        };
        assert_eq!(of(RunSpec::of(system.name)), of(spec), "{}", system.name);
    }
}

#[test]
fn a_modality_has_its_own_roles_and_no_others() {
    let freedom = System::named("freedom").unwrap().description().design.clone().unwrap();
    let terms = |roles: &[Role], roles_of: &[(&str, Role)], modalities: &[&str]| {
        let of = roles_of.iter().map(|&(name, role)| (name.to_string(), vec![role])).collect();
        let fuses = modalities.len() > 1 && roles_of.is_empty();
        let design = Design {
            roles: roles.to_vec().into(),
            roles_of: (!roles_of.is_empty()).then_some(of),
            when: if fuses { When::Early } else { When::Never },
            operator: if fuses { Operator::GraphMerge } else { Operator::None },
            extraction: Extraction::Frozen,
            ..freedom.clone()
        };
        let mut spec = composed(design, &[("factors", 4.0), ("neighbours", 3.0)]);
        spec.modalities = Some(modalities.iter().map(|name| name.to_string()).collect());
        let (recommender, parameters, batch) = Trial::of_spec_on_noise(spec).ready(0);
        let terms = recommender.loss(&parameters, &batch).into_iter();
        terms.map(|(name, term)| (name, term.into_scalar::<f32>())).collect::<Vec<_>>()
    };
    let both = [Role::EdgeWeights, Role::AuxiliaryLoss];
    let apart = [("visual", Role::EdgeWeights), ("textual", Role::AuxiliaryLoss)];
    let found = terms(&both, &apart, &["textual", "visual"]);
    // Pictures join items, as they do alone; words rank alone, for which the items' graph does not matter.
    let joined = terms(&both[..1], &[], &["visual"]);
    let ranked = terms(&both, &[], &["textual"]);
    let expected = [("ranking", &joined), ("ranking by modality", &ranked)].map(|(name, terms)| {
        *terms.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("{name} of {terms:?}"))
    });
    for expected in expected {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    assert_ne!(found, terms(&both, &[], &["textual", "visual"]));
}

#[test]
fn modalities_are_scored_and_joined_as_they_are_told() {
    let of = [("textual", vec![Role::Scoring]), ("visual", vec![Role::EdgeWeights])];
    for item_item_graph in [ItemItem::Frozen, ItemItem::Learned] {
        let design = Design {
            roles: vec![Role::Scoring, Role::EdgeWeights].into(),
            roles_of: Some(of.clone().map(|(name, roles)| (name.to_string(), roles)).into_iter().collect()),
            representation: Space::Coordinate,
            item_item_graph,
            ..Design::DEFAULT
        };
        let spec = composed(design, &[("factors", 4.0), ("neighbours", 3.0)]);
        let (recommender, parameters, batch) = Trial::of_spec_on_noise(spec).ready(0);
        let names: Vec<&str> = parameters.iter().map(|(name, _)| name).collect();
        assert!(names.contains(&"user-content") && names.contains(&"textual-projection"), "{names:?}");
        let learned = item_item_graph == ItemItem::Learned;
        assert_eq!(names.contains(&"visual-projection"), learned, "{names:?}");
        for name in names {
            let steepness = gradient(recommender.as_ref(), &parameters, &batch, name);
            // One modality's share of the graph is all of it, whatever its logit.
            assert!(steepness > 0.0 || name == "modality-logits", "{name}");
        }
    }
}

/// What of LATTICE learns which items are alike.
const CONTENT: [&str; 3] = ["visual-features", "textual-projection", "modality-logits"];

#[test]
fn only_the_first_step_of_an_epoch_teaches_the_graph() {
    let trial = Trial::on_noise("lattice", &[("factors", 8.0), ("neighbours", 3.0)]);
    let (recommender, parameters, first) = trial.ready(0);
    let later = trial.ready(1).2;
    let losses = [&first, &later].map(|batch| total(&recommender.loss(&parameters, batch)));
    assert!((losses[0] - losses[1]).abs() < 1e-6, "{losses:?}");
    for name in CONTENT {
        assert!(gradient(recommender.as_ref(), &parameters, &first, name) > 1e-8, "{name}");
        assert_eq!(gradient(recommender.as_ref(), &parameters, &later, name), 0.0, "{name}");
    }
}

#[test]
fn a_fixed_graph_alone_teaches_content_nothing() {
    let settings = [("factors", 8.0), ("neighbours", 3.0), ("fixed-share", 1.0)];
    let (recommender, parameters, batch) = Trial::on_noise("lattice", &settings).ready(0);
    for name in &CONTENT[..2] {
        assert_eq!(gradient(recommender.as_ref(), &parameters, &batch, name), 0.0, "{name}");
    }
}

#[test]
fn an_epoch_decides_what_it_trains_on_and_evaluation_sees_all() {
    let (recommender, parameters, batch) =
        &mut Trial::on_noise("freedom", &[("factors", 8.0), ("drop", 0.5)]).ready(0);
    let scores = |recommender: &dyn Recommender, parameters: &Parameters| {
        pollster::block_on(recommender.represent(parameters).scores(0..12)).unwrap()
    };
    let whole = scores(recommender.as_ref(), parameters);
    let losses = [0, 1, 0].map(|epoch| {
        recommender.renew(Occasion::Epoch(epoch), Vec::new());
        total(&recommender.loss(parameters, batch))
    });
    assert_eq!(losses[0], losses[2]);
    assert_ne!(losses[0], losses[1]);
    assert_eq!(whole, scores(recommender.as_ref(), parameters));
}

#[test]
fn where_all_point_the_same_way_only_length_costs() {
    let settings = [("factors", 8.0), ("layers", 0.0), ("dropout", 0.0), ("regularisation", 0.5)];
    let (recommender, mut parameters, batch) = Trial::on_noise("bm3", &settings).ready(0);
    let ones = |rows| Array2::<f32>::ones((rows, 8));
    for (name, values) in [
        ("user", ones(12)),
        ("item", ones(10)),
        ("visual-projection", Array2::zeros((8, 8))),
        ("visual-projection-bias", ones(1)),
        ("textual-projection", Array2::zeros((8, 8))),
        ("textual-projection-bias", ones(1)),
        ("predictor", Array2::eye(8)),
        ("predictor-bias", Array2::zeros((1, 8))),
    ] {
        assert!(parameters.set(name, &values), "{name}");
    }
    // An item counts twice: its layers and itself.
    let lengths = (12f64 * 8.0).sqrt() + (10f64 * 8.0 * 4.0).sqrt();
    let loss = total(&recommender.loss(&parameters, &batch));
    assert!((loss - 0.5 * lengths / 10.0).abs() < 1e-5, "{loss}");
}

#[test]
fn dropout_depends_on_the_step_alone() {
    let trial = Trial::on_noise("bm3", &[("factors", 8.0)]);
    let loss = |step| {
        let (recommender, parameters, batch) = trial.ready(step);
        total(&recommender.loss(&parameters, &batch))
    };
    assert_eq!(loss(1), loss(1));
    assert_ne!(loss(1), loss(2));
}

#[test]
fn odd_data_do_no_harm_to_any_design() {
    // User 2 and item 3 take no part; one modality says nothing of any item, the other is one number.
    let train = [(0, 0), (0, 1), (1, 2)];
    let narrow = Array2::from_shape_fn((4, 1), |(item, _)| item as f32 - 1.0);
    for design in covering() {
        let spec = composed(design.clone(), &[("factors", 4.0)]);
        let features = [("textual", Array2::zeros((4, 3))), ("visual", narrow.clone())];
        let (mut recommender, parameters, batch) = Trial::of_spec(spec, 3, &train, &features).ready(0);
        for (name, _) in parameters.iter() {
            let steepness = gradient(recommender.as_ref(), &parameters, &batch, name);
            assert!(steepness.is_finite(), "{name} of {design:?}");
        }
        assert!(total(&recommender.loss(&parameters, &batch)).is_finite(), "{design:?}");
        renew(recommender.as_mut(), &parameters, Occasion::Evaluation);
        let scores = pollster::block_on(recommender.represent(&parameters).scores(0..3)).unwrap();
        assert!(scores.len() == 12 && scores.iter().all(|score| score.is_finite()), "{design:?}");
    }
}

#[test]
fn lengths_are_those_of_all_items_and_not_of_a_batchs() {
    let design = Design { normalised: false, regularised: Regularised::Lengths, ..Design::DEFAULT };
    let spec = composed(design, &[("factors", 3.0), ("regularisation", 1.0)]);
    // Items 3, 4 and 8 on are in no pair of the batch.
    let train = [(0, 0), (1, 1), (2, 2)];
    let features = Array2::from_shape_fn((12, 3), |(item, at)| (1 + item * at) as f32);
    let (recommender, parameters, batch) = Trial::of_spec(spec, 3, &train, &[("textual", features)]).ready(0);
    assert_eq!(batch.items.distinct().pick.places(), 6);
    let terms = recommender.loss(&parameters, &batch);
    let (_, found) = terms.iter().find(|(name, _)| *name == "regularisation").unwrap();
    let length = |name: &str| {
        let (_, tensor) = parameters.iter().find(|(known, _)| *known == name).unwrap();
        tensor.to_data().iter::<f32>().map(|value| f64::from(value * value)).sum::<f64>().sqrt()
    };
    // The length of all content is what the scores of users that are the axes come to.
    let content = {
        let mut parameters = parameters.clone();
        let axes = Array2::eye(3);
        assert!(parameters.set("user-content", &axes) && parameters.set("user", &Array2::zeros((3, 3))));
        let scores = pollster::block_on(recommender.represent(&parameters).scores(0..3)).unwrap();
        scores.iter().map(|score| f64::from(score * score)).sum::<f64>().sqrt()
    };
    let expected = (length("user") + length("item") + length("user-content") + content) / 12.0;
    let found = f64::from(found.clone().into_scalar::<f32>());
    assert!((found - expected).abs() < 1e-5 * expected, "{found} and {expected}");
}
