//! The whole space of designs: what goes together, what does not and why.

use std::collections::{BTreeMap, BTreeSet};

use super::admissible::Inadmissible;
use super::{axis::Axis, design::*};
use crate::random::{Draw, Stream, generator};

/// A design as the number of each axis's answer, in the order of [`Design::AXES`].
type Answers = [usize; Design::AXES.len()];
/// An axis and one of its answers, by number.
type Answer = (usize, usize);

/// Modalities that designs are checked for.
pub const MODALITIES: [&str; 2] = ["textual", "visual"];

/// The sets of roles, by number: every bit is a role.
fn answers_of(axis: &Axis) -> usize {
    match (axis.choices.len(), axis.several) {
        (0, _) => 2,
        (choices, true) => 1 << choices,
        (choices, false) => choices,
    }
}

fn design(answers: Answers) -> Design {
    let [
        identity,
        roles,
        extraction,
        representation,
        normalised,
        when,
        operator,
        users,
        items,
        inference,
        loss,
        ..,
    ] = answers;
    let [.., alignment, sampling, regularised, initialisation] = answers;
    let roles = Role::ALL.iter().enumerate().filter(|(bit, _)| roles >> bit & 1 == 1);
    Design {
        identity: identity == 1,
        roles: roles.map(|(_, role)| *role).collect::<Vec<_>>().into(),
        roles_of: None,
        extraction: Extraction::ALL[extraction],
        extraction_of: None,
        representation: Space::ALL[representation],
        normalised: normalised == 1,
        when: When::ALL[when],
        operator: Operator::ALL[operator],
        user_item_graph: UserItem::ALL[users],
        item_item_graph: ItemItem::ALL[items],
        inference: Inference::ALL[inference],
        loss: Loss::ALL[loss],
        alignment: alignment == 1,
        sampling: Sampling::ALL[sampling],
        regularised: Regularised::ALL[regularised],
        initialisation: Initialisation::ALL[initialisation],
    }
}

/// Axes whose answers go with all others: they are not enumerated, but drawn.
const FREE: [&str; 3] = ["normalised", "user-item-graph", "initialisation"];

/// All combinations of answers, with the free axes at their first ones.
fn combinations() -> impl Iterator<Item = Answers> {
    let sizes = Design::AXES.map(|axis| if FREE.contains(&axis.name) { 1 } else { answers_of(&axis) });
    std::iter::successors(Some([0; Design::AXES.len()]), move |answers| {
        // The next combination, as one counts.
        let at = (0..answers.len()).rev().find(|&at| answers[at] + 1 < sizes[at])?;
        let mut next = *answers;
        next[at] += 1;
        next[at + 1..].fill(0);
        Some(next)
    })
}

fn broken(design: &Design) -> impl Iterator<Item = Inadmissible> {
    let rules = design.rules().into_iter().chain(design.rules_for(&MODALITIES));
    rules.filter(|(broken, _)| *broken).map(|(_, rule)| rule)
}

fn pairs(answers: Answers) -> impl Iterator<Item = (Answer, Answer)> {
    let answers = answers.into_iter().enumerate();
    answers.clone().flat_map(move |one| {
        answers.clone().filter(move |other| other.0 > one.0).map(move |other| (one, other))
    })
}

/// Admissible designs, in which every two answers that go together stand together once at least. A greedy search; the same
/// ones each time.
pub fn covering() -> Vec<Design> {
    let mut generator = generator(1, Stream::Sample);
    let admissible = |answers: &Answers| broken(&design(*answers)).next().is_none();
    let mut candidates: Vec<_> = combinations().filter(admissible).collect();
    generator.shuffle(&mut candidates);
    let free: Vec<(usize, u32)> = (0..)
        .zip(Design::AXES)
        .filter(|(_, axis)| FREE.contains(&axis.name))
        .map(|(at, axis)| (at, answers_of(&axis) as u32))
        .collect();
    let (mut chosen, mut covered) = (Vec::new(), BTreeSet::new());
    // First those that cover much at once, at last any that covers something.
    for wanted in [60, 30, 15, 8, 4, 2, 1, 1, 1] {
        for &candidate in &candidates {
            let mut answers = candidate;
            for &(at, count) in &free {
                answers[at] = generator.below(count) as usize;
            }
            if pairs(answers).filter(|pair| !covered.contains(pair)).count() >= wanted {
                covered.extend(pairs(answers));
                chosen.push(design(answers));
            }
        }
    }
    chosen
}

/// What a design is told by in [`refused`]: an axis's answer, or whether a role is there.
type Trait = (usize, usize, Option<bool>);

fn traits(answers: Answers) -> Vec<Trait> {
    let of_axis = |(axis, answer): Answer| match Design::AXES[axis] {
        Axis { several: true, choices, .. } => {
            (0..choices.len()).map(|bit| (axis, bit, Some(answer >> bit & 1 == 1))).collect()
        }
        _ => vec![(axis, answer, None)],
    };
    answers
        .into_iter()
        .enumerate()
        .filter(|(axis, _)| !FREE.contains(&Design::AXES[*axis].name))
        .flat_map(of_axis)
        .collect()
}

/// All rules, and every two answers that no admissible design has under the rule that keeps them apart: some design with both
/// breaks no other rule. Where several do, it is the one that keeps the fewest apart, which says most.
pub fn refused() -> Vec<(Inadmissible, Vec<String>)> {
    let pairs = |answers| {
        let traits = traits(answers);
        let pairs_of = |(nth, one): (usize, &Trait)| {
            let one = *one;
            traits[nth + 1..].iter().map(move |other| (one, *other)).collect::<Vec<_>>()
        };
        traits.iter().enumerate().flat_map(pairs_of).collect::<Vec<_>>()
    };
    let mut together: BTreeSet<(Trait, Trait)> = BTreeSet::new();
    let mut apart: BTreeMap<Inadmissible, BTreeSet<(Trait, Trait)>> = BTreeMap::new();
    for answers in combinations() {
        let design = design(answers);
        let mut broken = broken(&design);
        match (broken.next(), broken.next()) {
            (None, _) => together.extend(pairs(answers)),
            (Some(rule), None) => apart.entry(rule).or_default().extend(pairs(answers)),
            _ => {}
        }
    }
    apart.values_mut().for_each(|pairs| pairs.retain(|pair| !together.contains(pair)));
    let rules = Design::DEFAULT.rules().into_iter().chain(Design::DEFAULT.rules_for(&MODALITIES));
    // Some are looked at with and without the modalities' names.
    let rules: BTreeSet<Inadmissible> = rules.map(|(_, rule)| rule).collect();
    let of_rule = |rule: Inadmissible| {
        let pairs = apart.get(&rule).into_iter().flatten().filter(|pair| {
            let keeping = apart.iter().filter(|(_, pairs)| pairs.contains(pair));
            keeping.min_by_key(|(_, pairs)| pairs.len()).is_some_and(|(most, _)| *most == rule)
        });
        (rule, pairs.map(|(one, other)| format!("{} with {}", told(*one), told(*other))).collect())
    };
    rules.into_iter().map(of_rule).collect()
}

/// As in `when late`, `role scoring` and `no role scoring`.
fn told((axis, answer, there): Trait) -> String {
    let Axis { name, choices, .. } = Design::AXES[axis];
    match (choices, there) {
        ([], _) => format!("{name} {}", answer == 1),
        (choices, None) => format!("{name} {}", choices[answer].name),
        (choices, Some(true)) => format!("role {}", choices[answer].name),
        (choices, Some(false)) => format!("no role {}", choices[answer].name),
    }
}
