//! Which answers go together.

use thiserror::Error;

use super::ByModality;
use super::design::*;

/// Why a design is none, in the schema's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum Inadmissible {
    #[error("`roles` names one role twice")]
    RepeatedRole,
    #[error("`roles-of` says which of the `roles` a modality has: at least one, none twice, and no other")]
    OtherRoles,
    #[error("a joint representation of all modalities has one part to play: `roles-of` must be absent")]
    JointRoles,
    #[error("every one of the `roles` must be some modality's: see `roles-of`")]
    RoleOfNone,
    #[error("items with neither `identity` nor the role `scoring` have nothing to be scored by")]
    NothingToScore,
    #[error(
        "`loss-only` says that a modality has no other role; use `auxiliary-loss` beside others, or `roles-of`"
    )]
    LossOnlyAndMore,
    #[error(
        "content that only meets the loss has to meet the items' own vectors there: `identity` must be true"
    )]
    LossWithoutIdentity,
    #[error("the role `edge-weights` needs an `item-item-graph` of similar items, `frozen` or `learned`")]
    EdgesWithoutGraph,
    #[error(
        "an `item-item-graph` of similar items is made of content: `roles` must have `edge-weights`, or the graph must be \
         `none` or `itself`"
    )]
    GraphWithoutEdges,
    #[error("a design without content has nothing to fuse: `when` must be `never` and `operator` `none`")]
    FusedWithoutContent,
    #[error(
        "a joint representation is fused from the beginning: `when` must be `never` and `operator` `none`, or \
         `representation` `coordinate`"
    )]
    JointFused,
    #[error("a graph of similar items is made of each modality alone: `representation` must be `coordinate`")]
    JointGraph,
    #[error(
        "modalities are drawn to each other, but a joint representation has only one: `alignment` must be false"
    )]
    JointAligned,
    #[error("`when` is `never`, but `operator` is given; say when it fuses, or use `none`")]
    OperatorWithoutWhen,
    #[error("`when` says that modalities are fused, but `operator` is `none`; say what they are fused by")]
    WhenWithoutOperator,
    #[error(
        "scores are single numbers, and two of them side by side are no score: `late` cannot be `concat`"
    )]
    LateConcat,
    #[error("graphs are merged before there are scores: `graph-merge` must be `early`")]
    LateGraphMerge,
    #[error("`graph-merge` adds graphs of similar items, so `roles` must have `edge-weights`")]
    MergeWithoutEdges,
    #[error(
        "content that is scored is not fused by `graph-merge`; graphs are merged beside any other operator"
    )]
    MergeOfScores,
    #[error("`operator` fuses what is scored, so `roles` must have `scoring`")]
    FusedUnscored,
    #[error("a `predictor` maps the vectors of users and items themselves: `roles` cannot have `scoring`")]
    PredictorOfContent,
    #[error("without negatives, `bootstrap` needs a `predictor`, or all vectors become one")]
    BootstrapInference,
    #[error("`bootstrap` has no negatives: `sampling` must be `positive-interactions`")]
    BootstrapSampling,
    #[error("the role `auxiliary-loss` ranks, for which `bootstrap` has no negatives; use `loss-only`")]
    BootstrapRanking,
    #[error("with `bootstrap`, `regularised` must be `lengths` or `none`")]
    BootstrapRegularised,
    #[error("only `bootstrap` learns without negatives: `sampling` cannot be `positive-interactions`")]
    NoNegatives,
    #[error(
        "a frozen graph sees the features as they came: nothing can be fine-tuned, extracted end to end or aligned without \
         another role"
    )]
    NothingLearned,
    #[error("two or more modalities that are scored or joined have to be fused: `when` cannot be `never`")]
    Unfused,
    #[error("one modality is nothing to fuse: `when` must be `never` and `operator` `none`")]
    FusedAlone,
    #[error("one modality has no other to be drawn to: `alignment` must be false")]
    AlignedAlone,
}

impl Inadmissible {
    /// The field of the design to look at.
    pub fn field(self) -> &'static str {
        match self {
            Self::RepeatedRole | Self::LossOnlyAndMore | Self::MergeWithoutEdges | Self::FusedUnscored => {
                "design.roles"
            }
            Self::OtherRoles | Self::JointRoles | Self::RoleOfNone => "design.roles-of",
            Self::NothingToScore | Self::LossWithoutIdentity => "design.identity",
            Self::EdgesWithoutGraph | Self::GraphWithoutEdges => "design.item-item-graph",
            Self::FusedWithoutContent | Self::JointFused | Self::Unfused | Self::FusedAlone => "design.when",
            Self::JointGraph => "design.representation",
            Self::JointAligned | Self::AlignedAlone => "design.alignment",
            Self::OperatorWithoutWhen
            | Self::WhenWithoutOperator
            | Self::LateConcat
            | Self::LateGraphMerge
            | Self::MergeOfScores => "design.operator",
            Self::PredictorOfContent | Self::BootstrapInference => "design.inference",
            Self::BootstrapSampling | Self::NoNegatives => "design.sampling",
            Self::BootstrapRanking => "design.loss",
            Self::BootstrapRegularised => "design.regularised",
            Self::NothingLearned => "design.extraction",
        }
    }
}

impl Design {
    /// Refuses what cannot be trained on any data.
    pub fn check(&self) -> Result<(), Inadmissible> {
        first_broken(self.rules())
    }

    /// Refuses what cannot be trained with these modalities.
    pub fn check_modalities(&self, modalities: &[String]) -> Result<(), Inadmissible> {
        let names: Vec<&str> = modalities.iter().map(String::as_str).collect();
        first_broken(self.rules_for(&names))
    }

    /// Every rule for designs, and whether this one breaks it.
    pub(super) fn rules(&self) -> [(bool, Inadmissible); 26] {
        let has = |role| self.has(role);
        let (scored, edges) = (has(Role::Scoring), has(Role::EdgeWeights));
        let (ranked_alone, only_lost) = (has(Role::AuxiliaryLoss), has(Role::LossOnly));
        let none = self.roles.is_empty();
        let of_some = || self.roles_of.iter().flat_map(ByModality::iter).map(|(_, roles)| roles);
        let others = |roles: &Vec<Role>| {
            roles.is_empty() || repeats(roles) || roles.iter().any(|role| !self.roles.contains(role))
        };
        let contradictory = match self.roles_of {
            None => contradicts(&self.roles),
            Some(_) => of_some().any(|roles| contradicts(roles)),
        };
        let similar = self.joins_similar_items();
        let joint = self.representation == Space::Joint;
        let (fused, operates) = (self.when != When::Never, self.operator != Operator::None);
        let (late, merged) = (self.when == When::Late, self.operator == Operator::GraphMerge);
        let predicted = self.inference == Inference::Predictor;
        let bootstrap = self.loss == Loss::Bootstrap;
        let positives = self.sampling == Sampling::PositiveInteractions;
        let any_regularised = !matches!(self.regularised, Regularised::Lengths | Regularised::None);
        let learned = self.most_learned() != Extraction::Frozen || self.alignment;
        [
            (repeats(&self.roles), Inadmissible::RepeatedRole),
            (of_some().any(others), Inadmissible::OtherRoles),
            (joint && of_some().next().is_some(), Inadmissible::JointRoles),
            (!self.identity && !scored, Inadmissible::NothingToScore),
            (contradictory, Inadmissible::LossOnlyAndMore),
            (!self.identity && (ranked_alone || only_lost), Inadmissible::LossWithoutIdentity),
            (edges && !similar, Inadmissible::EdgesWithoutGraph),
            (!edges && similar, Inadmissible::GraphWithoutEdges),
            (none && (fused || operates || self.alignment), Inadmissible::FusedWithoutContent),
            (joint && (fused || operates), Inadmissible::JointFused),
            (joint && edges, Inadmissible::JointGraph),
            (joint && self.alignment, Inadmissible::JointAligned),
            (!fused && operates, Inadmissible::OperatorWithoutWhen),
            (fused && !operates, Inadmissible::WhenWithoutOperator),
            (late && self.operator == Operator::Concat, Inadmissible::LateConcat),
            (late && merged, Inadmissible::LateGraphMerge),
            (merged && !edges, Inadmissible::MergeWithoutEdges),
            (merged && scored, Inadmissible::MergeOfScores),
            (fused && !merged && !scored, Inadmissible::FusedUnscored),
            (predicted && scored, Inadmissible::PredictorOfContent),
            (bootstrap && !predicted, Inadmissible::BootstrapInference),
            (bootstrap && !positives, Inadmissible::BootstrapSampling),
            (bootstrap && ranked_alone, Inadmissible::BootstrapRanking),
            (bootstrap && any_regularised, Inadmissible::BootstrapRegularised),
            (!bootstrap && positives, Inadmissible::NoNegatives),
            (!none && !self.projects(&self.roles) && learned, Inadmissible::NothingLearned),
        ]
    }

    /// Every rule that depends on the modalities, and whether this design breaks it.
    pub(super) fn rules_for(&self, modalities: &[&str]) -> [(bool, Inadmissible); 6] {
        let coordinate = self.representation == Space::Coordinate;
        let never = self.when == When::Never;
        let roles = || modalities.iter().map(|modality| self.roles_of(modality));
        let playing = |role: Role| roles().filter(|roles| roles.contains(&role)).count();
        // What is scored is fused, and only where nothing is the graphs are.
        let scored_or_joined = match self.has(Role::Scoring) {
            true => playing(Role::Scoring),
            false => playing(Role::EdgeWeights),
        };
        let represented = roles().filter(|roles| self.projects(roles)).count();
        let learned_unseen = |name: &&str| {
            let roles = self.roles_of(name);
            !roles.is_empty() && !self.projects(roles) && self.extraction_of(name) != Extraction::Frozen
        };
        // Where all have the same roles, these are rules for any data.
        let apart = self.roles_of.is_some();
        let unplayed = self.roles.iter().any(|role| playing(*role) == 0);
        [
            (apart && unplayed, Inadmissible::RoleOfNone),
            (apart && roles().any(contradicts), Inadmissible::LossOnlyAndMore),
            (apart && modalities.iter().any(learned_unseen), Inadmissible::NothingLearned),
            (scored_or_joined > 1 && coordinate && never, Inadmissible::Unfused),
            (scored_or_joined == 1 && !never, Inadmissible::FusedAlone),
            (represented == 1 && self.alignment, Inadmissible::AlignedAlone),
        ]
    }
}

fn repeats(roles: &[Role]) -> bool {
    roles.iter().enumerate().any(|(nth, role)| roles[..nth].contains(role))
}

/// Whether these are `loss-only` and something else.
fn contradicts(roles: &[Role]) -> bool {
    roles.len() > 1 && roles.contains(&Role::LossOnly)
}

fn first_broken<const N: usize>(rules: [(bool, Inadmissible); N]) -> Result<(), Inadmissible> {
    match rules.into_iter().find(|(broken, _)| *broken) {
        Some((_, rule)) => Err(rule),
        None => Ok(()),
    }
}
