//! Which answers go together.

use thiserror::Error;

use super::design::*;

/// Why a design is none, in the schema's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum Inadmissible {
    #[error("`roles` names one role twice")]
    RepeatedRole,
    #[error("items with neither `identity` nor the role `scoring` have nothing to be scored by")]
    NothingToScore,
    #[error("`loss-only` says that content has no other role; use `auxiliary-loss` beside others")]
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

    /// Refuses what cannot be trained with this number of modalities.
    pub fn check_modalities(&self, count: usize) -> Result<(), Inadmissible> {
        first_broken(self.rules_for(count))
    }

    /// Every rule for designs, and whether this one breaks it.
    pub(super) fn rules(&self) -> [(bool, Inadmissible); 24] {
        let has = |role| self.has(role);
        let (scored, edges) = (has(Role::Scoring), has(Role::EdgeWeights));
        let (ranked_alone, only_lost) = (has(Role::AuxiliaryLoss), has(Role::LossOnly));
        let none = self.roles.is_empty();
        let repeated = self.roles.iter().enumerate().any(|(nth, role)| self.roles[..nth].contains(role));
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
            (repeated, Inadmissible::RepeatedRole),
            (!self.identity && !scored, Inadmissible::NothingToScore),
            (only_lost && self.roles.len() > 1, Inadmissible::LossOnlyAndMore),
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
            (!none && !self.projects() && learned, Inadmissible::NothingLearned),
        ]
    }

    /// Every rule that depends on the number of modalities, and whether this design breaks it.
    pub(super) fn rules_for(&self, count: usize) -> [(bool, Inadmissible); 3] {
        let coordinate = self.representation == Space::Coordinate;
        let enters = self.has(Role::Scoring) || self.has(Role::EdgeWeights);
        let never = self.when == When::Never;
        [
            (count > 1 && coordinate && enters && never, Inadmissible::Unfused),
            (count == 1 && !never, Inadmissible::FusedAlone),
            (count == 1 && self.alignment, Inadmissible::AlignedAlone),
        ]
    }
}

fn first_broken<const N: usize>(rules: [(bool, Inadmissible); N]) -> Result<(), Inadmissible> {
    match rules.into_iter().find(|(broken, _)| *broken) {
        Some((_, rule)) => Err(rule),
        None => Ok(()),
    }
}
