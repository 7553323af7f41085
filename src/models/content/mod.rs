//! What systems see of items' modalities: features without gaps.

use std::collections::BTreeMap;

use ndarray::{Array1, Array2, ArrayView2, Axis, s};

use super::{ModelError, Occasion, Setting, placebo};
use crate::data::{Dataset, Features, Problem};
use crate::random::{Draw, Stream, generator_of_step};
use crate::schema::{CheckedSpec, Design, Extraction, MissingPolicy, Placebo, Side, TakenFrom};
use crate::sparse::{SparseMatrix, nearest_admitted};

/// Items whose mean stands in for what an item lacks, with the policy `neighbours`: ten, as FREEDOM and LATTICE have by default.
const NEIGHBOURS: usize = 10;
/// Times that features flow from items to users and back, with the policy `propagation`. What comes from farther than that is
/// hardly told from the mean.
const ROUNDS: usize = 10;

/// Rows of a modality, `[items, numbers]`, with zeros where an item lacks it.
type Rows = (String, Array2<f32>);

/// The chosen modalities, in the specification's order: name and features `[items, dim]`. Where an item lacks one, or it was
/// taken away, stands what the policy says.
pub fn complete(setting: &Setting<'_>) -> Result<Vec<Rows>, ModelError> {
    let (left, present) = left(setting)?;
    // Before anything is filled in.
    let neighbours: Vec<_> = (0..left.len()).map(|nth| alike(setting, &left, nth, &present[nth])).collect();
    let completed = left
        .into_iter()
        .zip(&present)
        .zip(neighbours)
        .map(|(((name, values), present), alike)| (name, stand_in(setting, values, present, alike)));
    Ok(completed.collect())
}

/// The same of the raw input of one of the chosen modalities, `[items, numbers]`. Items that are alike in other modalities are
/// alike in their features.
pub fn complete_raw(setting: &Setting<'_>, name: &str, raw: &Features) -> Result<Array2<f32>, ModelError> {
    let (values, present) = left_of_rows(setting, name, raw);
    let alike = match setting.spec.missing.policy {
        MissingPolicy::Neighbours => {
            let left = left(setting)?.0;
            let nth = left.iter().take_while(|(other, _)| other != name).count();
            alike(setting, &left, nth, &present)
        }
        _ => None,
    };
    Ok(stand_in(setting, values, &present, alike))
}

/// The features of the chosen modalities, `[items, dim]`, and which items have them, `[items]`.
fn left(setting: &Setting<'_>) -> Result<(Vec<Rows>, Vec<Vec<bool>>), ModelError> {
    let left = setting.spec.modalities.iter().flatten().map(|name| {
        let features =
            setting.dataset.modalities.get(name).ok_or_else(|| ModelError::NoModality(name.clone()))?;
        let (values, present) = left_of_rows(setting, name, features);
        Ok(((name.clone(), values), present))
    });
    Ok(left.collect::<Result<Vec<_>, ModelError>>()?.into_iter().unzip())
}

/// A modality's rows once the placebo has come and a share was taken away, and which items have it: `[items, numbers]` and
/// `[items]`.
fn left_of_rows(setting: &Setting<'_>, name: &str, rows: &Features) -> (Array2<f32>, Vec<bool>) {
    let Setting { spec, dataset, whole, occasion, .. } = *setting;
    let (mut values, present) =
        placebo::given(rows, spec.placebo, placebo::lots(spec.seed, number_of(dataset, name)));
    let present = left_of(present, dataset, whole, spec, name, occasion);
    let zeros = Array1::zeros(values.ncols());
    fill(&mut values, &present, &zeros);
    (values, present)
}

/// Rows, `[items, numbers]`, with what the policy says where an item lacks them.
fn stand_in(
    setting: &Setting<'_>,
    mut values: Array2<f32>,
    present: &[bool],
    alike: Option<SparseMatrix>,
) -> Array2<f32> {
    let policy = setting.spec.missing.policy;
    if matches!(policy, MissingPolicy::Zeros | MissingPolicy::Drop) || !present.contains(&false) {
        return values;
    }
    let mean = mean_of_present(values.view(), present);
    fill(&mut values, present, &mean);
    if let Some(alike) = alike {
        fill_from_rows(&mut values, &alike);
    }
    if policy == MissingPolicy::Propagation {
        propagate(&mut values, present, &setting.interactions());
    }
    values
}

/// The features of all modalities, `[items, Σ dim]`, every modality's rows scaled to the length √weight: so the dot product
/// of two rows is the weighted mean of the modalities' cosines. A row of zeros stays.
pub fn side_by_side(modalities: &[(String, Array2<f32>)], weights: &[f64]) -> Array2<f32> {
    let items = modalities.first().map_or(0, |(_, features)| features.nrows());
    let dim = modalities.iter().map(|(_, features)| features.ncols()).sum();
    let mut rows = Array2::zeros((items, dim));
    let mut start = 0;
    for ((_, features), weight) in modalities.iter().zip(weights) {
        let end = start + features.ncols();
        for (mut row, features) in
            rows.slice_mut(s![.., start..end]).rows_mut().into_iter().zip(features.rows())
        {
            let norm = features.dot(&features).sqrt().max(1e-12);
            row.assign(&features);
            row *= weight.sqrt() as f32 / norm;
        }
        start = end;
    }
    rows
}

/// A modality without what is hidden on one occasion alone.
pub struct Unhidden {
    /// `[items, dim]`.
    pub values: Array2<f32>,
    /// `[items]`: whether the item lacks it on the setting's occasion, and not otherwise.
    pub hidden: Vec<bool>,
}

/// The chosen modalities as they are when nothing is hidden, and what is hidden on the setting's occasion.
pub fn unhidden(setting: &Setting<'_>) -> Result<Vec<Unhidden>, ModelError> {
    let Setting { spec, dataset, whole, occasion, .. } = *setting;
    let of_modality = |(name, values): Rows| {
        let present = shown(dataset, spec, &name).unwrap_or_default();
        let left = |occasion| left_of(present.clone(), dataset, whole, spec, &name, occasion);
        let hidden = left(None).into_iter().zip(left(occasion)).map(|(before, after)| before && !after);
        Unhidden { values, hidden: hidden.collect() }
    };
    let everything = Setting { occasion: None, ..*setting };
    Ok(complete(&everything)?.into_iter().map(of_modality).collect())
}

/// The share of items that have each of the chosen modalities on an occasion, after what was taken away.
pub fn coverage(
    dataset: &Dataset,
    problem: &Problem,
    spec: &CheckedSpec,
    occasion: Occasion,
) -> BTreeMap<String, f64> {
    let chosen = spec.modalities.iter().flatten();
    let share = |name: &String| {
        let present = shown(dataset, spec, name)?;
        let present = left_of(present, dataset, problem, spec, name, Some(occasion));
        let count = present.iter().filter(|present| **present).count();
        Some((name.clone(), count as f64 / present.len().max(1) as f64))
    };
    chosen.filter_map(share).collect()
}

/// The items that are left, `[items]`, where those are dropped that lack one of the chosen modalities on an occasion; nothing
/// where none is dropped.
pub fn without_dropped(
    dataset: &Dataset,
    problem: &Problem,
    spec: &CheckedSpec,
    occasion: Occasion,
) -> Option<Vec<bool>> {
    if spec.missing.policy != MissingPolicy::Drop {
        return None;
    }
    let mut left = vec![true; problem.items];
    for name in spec.modalities.iter().flatten() {
        let Some(present) = shown(dataset, spec, name) else { continue };
        let present = left_of(present, dataset, problem, spec, name, Some(occasion));
        left.iter_mut().zip(present).for_each(|(left, present)| *left &= present);
    }
    Some(left)
}

/// Which items have what a modality is extracted from, `[items]`, once the placebo has come: features, or raw input where that is
/// what is learned from. Nothing where the data have none.
fn shown(dataset: &Dataset, spec: &CheckedSpec, name: &str) -> Option<Vec<bool>> {
    let end_to_end = |design: &Design| design.extraction_of(name) == Extraction::EndToEnd;
    let present = match spec.design().is_some_and(end_to_end) {
        true => has_raw(dataset, name)?,
        false => dataset.modalities.get(name)?.present.clone(),
    };
    if spec.placebo != Placebo::Shuffled {
        return Some(present);
    }
    let order = placebo::order(present.len(), &mut placebo::lots(spec.seed, number_of(dataset, name)));
    Some(order.into_iter().map(|whose| present[whose]).collect())
}

/// Which items have what a modality of this name can be extracted from, `[items]`; nothing where the data have none of it.
pub fn has_raw(dataset: &Dataset, name: &str) -> Option<Vec<bool>> {
    match name {
        "visual" => Some(dataset.thumbnails.as_ref()?.position.iter().map(Option::is_some).collect()),
        "textual" if !dataset.texts.is_empty() => Some(
            dataset
                .texts
                .iter()
                .map(|text| !(text.title.is_empty() && text.description.is_empty()))
                .collect(),
        ),
        "audio" => Some(dataset.sounds.as_ref()?.present.clone()),
        _ => None,
    }
}

/// Which number a modality of the data has, whichever of them are used.
pub fn number_of(dataset: &Dataset, name: &str) -> u32 {
    dataset.modalities.keys().take_while(|other| *other != name).count() as u32
}

/// Which items have a modality on an occasion, `[items]`, once the specification's share of those that are `present` has lost
/// it, and in training some more are hidden. Without an occasion, what is lacking on one alone is there.
pub fn left_of(
    mut present: Vec<bool>,
    dataset: &Dataset,
    problem: &Problem,
    spec: &CheckedSpec,
    name: &str,
    occasion: Option<Occasion>,
) -> Vec<bool> {
    let missing = &spec.missing;
    // Each modality of the data has lots of its own.
    let nth = number_of(dataset, name);
    let lots = |epoch, purpose| generator_of_step(spec.seed, Stream::Missing, epoch, nth, purpose);
    let exempt = missing.modalities.as_ref().is_some_and(|taken| taken.iter().all(|taken| taken != name));
    let lacking_now = match missing.side {
        Side::Both => true,
        Side::Train => matches!(occasion, Some(Occasion::Epoch(_))),
        Side::Test => occasion == Some(Occasion::Evaluation),
    };
    if missing.rate > 0.0 && !exempt && lacking_now {
        let mut order: Vec<usize> = (0..present.len()).filter(|&item| present[item]).collect();
        let popularity = problem.popularity();
        match missing.taken_from {
            TakenFrom::Random => lots(0, 0).shuffle(&mut order),
            TakenFrom::Popular => order.sort_by_key(|&item| core::cmp::Reverse(popularity[item])),
            TakenFrom::Unpopular => order.sort_by_key(|&item| popularity[item]),
        }
        let taken = (missing.rate * order.len() as f64).round() as usize;
        order.iter().take(taken).for_each(|&item| present[item] = false);
    }
    if let (Some(Occasion::Epoch(epoch)), true) = (occasion, missing.dropout > 0.0) {
        let mut lots = lots(epoch, 1);
        present.iter_mut().for_each(|present| *present &= lots.unit() >= missing.dropout);
    }
    present
}

/// The mean row of the items that have the modality, `[dim]`; zero when none has.
fn mean_of_present(values: ArrayView2<'_, f32>, present: &[bool]) -> Array1<f32> {
    let mut sum = Array1::<f64>::zeros(values.ncols());
    let mut count = 0.0f64;
    for (row, _) in values.axis_iter(Axis(0)).zip(present).filter(|(_, present)| **present) {
        sum.zip_mut_with(&row, |sum, &value| *sum += f64::from(value));
        count += 1.0;
    }
    sum.mapv(|sum| (sum / count.max(1.0)) as f32)
}

/// Puts a row in the place of every one that is not present.
fn fill(values: &mut Array2<f32>, present: &[bool], row: &Array1<f32>) {
    for item in (0..present.len()).filter(|&item| !present[item]) {
        values.row_mut(item).assign(row);
    }
}

/// With the policy that asks for them, [`most_alike`].
fn alike(setting: &Setting<'_>, left: &[Rows], nth: usize, present: &[bool]) -> Option<SparseMatrix> {
    let wanted = setting.spec.missing.policy == MissingPolicy::Neighbours && present.contains(&false);
    wanted.then(|| most_alike(left, nth, present))
}

/// The items that have the nth modality and are most like each that lacks it, by the sum of the cosines of the other
/// modalities, in which zeros stand for what an item lacks: `[items, items]`.
fn most_alike(modalities: &[Rows], nth: usize, present: &[bool]) -> SparseMatrix {
    let weights: Vec<f64> = (0..modalities.len()).map(|other| f64::from(u8::from(other != nth))).collect();
    let rows = side_by_side(modalities, &weights);
    nearest_admitted(rows.view(), NEIGHBOURS, |row, other| !present[row as usize] && present[other as usize])
}

/// Gives each item the mean of those that it is like; one that is like none stays.
fn fill_from_rows(values: &mut Array2<f32>, alike: &SparseMatrix) {
    for item in 0..alike.rows() {
        let models: Vec<u32> =
            alike.row(item).filter(|&(_, likeness)| likeness > 0.0).map(|(other, _)| other).collect();
        if models.is_empty() {
            continue;
        }
        // Those that are filled have no model that was: models have the modality.
        let mut sum = Array1::<f32>::zeros(values.ncols());
        models.iter().for_each(|&model| sum += &values.row(model as usize));
        values.row_mut(item).assign(&(sum / models.len() as f32));
    }
}

/// Lets features flow along who took what, `[users, items]`: a user is the mean of their items, an item that lacks the
/// modality becomes the mean of its users. The others stay as they are (Rossi et al., On the Unreasonable Effectiveness of
/// Feature Propagation in Learning on Graphs with Missing Node Features, LoG 2022). An item without users stays too.
fn propagate(values: &mut Array2<f32>, present: &[bool], taken: &SparseMatrix) {
    let mut users = Array2::<f32>::zeros((taken.rows(), values.ncols()));
    let degrees = taken.column_sums();
    for _ in 0..ROUNDS {
        for (user, mut mean) in users.rows_mut().into_iter().enumerate() {
            mean.fill(0.0);
            let mut count = 0.0f32;
            for (item, _) in taken.row(user) {
                mean += &values.row(item as usize);
                count += 1.0;
            }
            mean /= count.max(1.0);
        }
        let lacks = |item: usize| !present[item] && degrees[item] > 0.0;
        for item in (0..present.len()).filter(|&item| lacks(item)) {
            values.row_mut(item).fill(0.0);
        }
        for (user, item, _) in taken.iter().filter(|&(_, item, _)| lacks(item as usize)) {
            let share = 1.0 / degrees[item as usize];
            values.row_mut(item as usize).scaled_add(share, &users.row(user as usize));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use burn::tensor::Device;
    use ndarray::array;
    use proptest::prelude::*;

    use super::*;
    use crate::data::{Interaction, Part, Precision, Provenance};
    use crate::schema::{Missing, RunSpec};

    /// Two pairs of items that are alike in their words: 0 and 1, 2 and 3; item 3 lacks a picture, item 4 everything. User 0
    /// took items 0, 1 and 3, user 1 items 1 and 2.
    fn dataset() -> Dataset {
        let features = |values: Array2<f32>, present: [bool; 5]| Features {
            values,
            present: present.to_vec(),
            precision: Precision::F32,
            origin: String::new(),
        };
        let words = array![[1.0, 0.0], [2.0, 0.2], [0.0, 1.0], [0.1, 3.0], [0.0, 0.0]];
        let pictures = array![[1.0], [3.0], [8.0], [0.0], [0.0]];
        let taken = [(0, 0), (0, 1), (0, 3), (1, 1), (1, 2)];
        let interaction =
            |(user, item)| Interaction { user, item, rating: 1.0, timestamp: 0, part: Part::Train };
        Dataset {
            name: "hand-made".into(),
            provenance: Provenance::default(),
            users: vec!["a".into(), "b".into()],
            items: (0..5).map(|item: u32| item.to_string()).collect(),
            interactions: taken.into_iter().map(interaction).collect(),
            modalities: BTreeMap::from([
                ("textual".into(), features(words, [true, true, true, true, false])),
                ("visual".into(), features(pictures, [true, true, true, false, false])),
            ]),
            texts: Vec::new(),
            thumbnails: None,
            sounds: None,
        }
    }

    fn spec(missing: Missing, seed: u32) -> CheckedSpec {
        let modalities = BTreeSet::from(["textual".to_string(), "visual".to_string()]);
        let spec = RunSpec { missing, seed, ..RunSpec::of("vbpr") };
        spec.check().unwrap().about("hand-made", "d", &modalities).unwrap()
    }

    fn completed(missing: Missing) -> [Array2<f32>; 2] {
        let (dataset, spec) = (dataset(), spec(missing, 1));
        let problem = Problem::of_bundle(&dataset);
        let device = Device::flex();
        let setting = Setting {
            spec: &spec,
            dataset: &dataset,
            whole: &problem,
            problem: &problem,
            pictures: None,
            device: &device,
            occasion: Some(Occasion::Evaluation),
        };
        let mut parts = setting.modalities().unwrap().into_iter().map(|(_, values)| values);
        [parts.next().unwrap(), parts.next().unwrap()]
    }

    fn by(policy: MissingPolicy) -> Missing {
        Missing { policy, ..Missing::default() }
    }

    #[test]
    fn the_mean_and_zeros_stand_in() {
        let [words, pictures] = completed(by(MissingPolicy::Mean));
        assert_eq!(pictures, array![[1.0], [3.0], [8.0], [4.0], [4.0]]);
        assert_eq!(words.row(4), array![0.775, 1.05]);
        let [words, pictures] = completed(by(MissingPolicy::Zeros));
        assert_eq!(pictures, array![[1.0], [3.0], [8.0], [0.0], [0.0]]);
        assert_eq!(words.row(4), array![0.0, 0.0]);
    }

    /// Of the items with a picture, all but item 0 have a word in common with item 3; nothing is known of item 4.
    #[test]
    fn those_alike_in_other_modalities_stand_in() {
        let [_, pictures] = completed(by(MissingPolicy::Neighbours));
        assert_eq!(pictures.row(4), array![4.0], "the mean, where nothing says whom it is like");
        assert_eq!(pictures.slice(s![..3, 0]), array![1.0, 3.0, 8.0]);
        // Cosines with item 3: 0.033, 0.132 and 0.999; all three count.
        assert_eq!(pictures.row(3), array![4.0]);
        let many = Array2::from_shape_fn((14, 1), |(item, _)| item as f32);
        // Ten of thirteen: the nearest in angle to the last row, which lacks the modality.
        let angles = Array2::from_shape_fn((14, 2), |(item, k)| {
            let angle = item as f32 * 0.1;
            if k == 0 { angle.cos() } else { angle.sin() }
        });
        let mut present = vec![true; 14];
        present[13] = false;
        let mut filled = many.clone();
        let modalities = [("visual".to_string(), many.clone()), ("textual".to_string(), angles)];
        fill_from_rows(&mut filled, &most_alike(&modalities, 0, &present));
        assert_eq!(filled[[13, 0]], (3..13).sum::<usize>() as f32 / 10.0);
        assert_eq!(filled.slice(s![..13, ..]), many.slice(s![..13, ..]));
    }

    /// Item 3 has only user 0, who took items of 1 and 3 and item 3 itself: x = (1 + 3 + x) / 3, so x = 2.
    #[test]
    fn features_flow_along_who_took_what() {
        let [_, pictures] = completed(by(MissingPolicy::Propagation));
        // A third of the distance from the mean, 4, is left in every round.
        let expected = 2.0 + 2.0 / 3f32.powi(ROUNDS as i32);
        assert!((pictures[[3, 0]] - expected).abs() < 1e-5, "{pictures}");
        assert_eq!(pictures.row(4), array![4.0], "nobody took it");
        assert_eq!(pictures.slice(s![..3, 0]), array![1.0, 3.0, 8.0]);
    }

    #[test]
    fn modalities_side_by_side_have_the_weighted_mean_of_their_cosines() {
        let modalities = [
            ("a".to_string(), array![[3.0f32, 4.0], [5.0, 0.0]]),
            ("b".to_string(), array![[2.0f32], [-7.0]]),
        ];
        let rows = side_by_side(&modalities, &[0.75, 0.25]);
        assert!((rows.row(0).dot(&rows.row(1)) - (0.75 * 0.6 - 0.25)).abs() < 1e-6);
        // A row of zeros has no direction.
        let rows = side_by_side(&[("a".to_string(), Array2::zeros((1, 2)))], &[1.0]);
        assert_eq!(rows, array![[0.0, 0.0]]);
    }

    fn having(missing: Missing, seed: u32) -> [Vec<bool>; 2] {
        let (dataset, spec) = (dataset(), spec(missing, seed));
        let problem = Problem::of_bundle(&dataset);
        ["textual", "visual"].map(|name| {
            left_of(dataset.modalities[name].present.clone(), &dataset, &problem, &spec, name, None)
        })
    }

    #[test]
    fn the_popular_or_the_unpopular_lose_it_first() {
        let taken = |taken_from, rate| Missing { rate, taken_from, ..Missing::default() };
        // Item 1 has two users, 0, 2 and 3 have one; a quarter of the words is one item, a third of the pictures too.
        let [words, pictures] = having(taken(TakenFrom::Popular, 0.25), 1);
        assert_eq!(words, [true, false, true, true, false]);
        assert_eq!(pictures, [true, false, true, false, false]);
        let [words, _] = having(taken(TakenFrom::Unpopular, 0.5), 1);
        assert_eq!(words, [false, true, false, true, false]);
        let one = Missing { modalities: Some(vec!["visual".into()]), ..taken(TakenFrom::Popular, 1.0) };
        assert_eq!(having(one, 1), [vec![true, true, true, true, false], vec![false; 5]]);
    }

    #[test]
    fn what_is_left_is_told() {
        let (dataset, spec) = (dataset(), spec(Missing { rate: 0.5, ..Missing::default() }, 1));
        let coverage = coverage(&dataset, &Problem::of_bundle(&dataset), &spec, Occasion::Evaluation);
        // Two of the four with words, and one of the three with a picture: a half of them rounds to two.
        assert_eq!(coverage, BTreeMap::from([("textual".into(), 0.4), ("visual".into(), 0.2)]));
    }

    proptest! {
        #[test]
        fn a_higher_rate_takes_all_that_a_lower_one_does(low in 0.0f64..=1.0, high in 0.0f64..=1.0, seed in any::<u32>()) {
            let (low, high) = (low.min(high), low.max(high));
            let [some, fewer] = [low, high].map(|rate| having(Missing { rate, ..Missing::default() }, seed));
            for (some, fewer) in some.iter().flatten().zip(fewer.iter().flatten()) {
                prop_assert!(*some || !*fewer);
            }
        }
    }
}
