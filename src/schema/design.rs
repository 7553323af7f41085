use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::ByModality;
use super::axis::{Axis, Choice, choices};

/// Where a recommender sits in the schema: *how* its modalities are represented, *when* they are fused, and what else
/// has to be settled before it can be trained (reference, section 7). *Which* modalities is the specification's
/// `modalities`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Design {
    /// Whether each user and item has a vector of its own, apart from any content.
    pub identity: bool,
    /// Empty in a design that reads no content.
    #[cfg_attr(test, ts(type = "Role[]"))]
    pub roles: Cow<'static, [Role]>,
    /// By modality, where one has only some of the roles.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "Record<string, Role[]>"))]
    pub roles_of: Option<ByModality<Vec<Role>>>,
    pub extraction: Extraction,
    /// By modality, where one is extracted in another way than the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "Record<string, Extraction>"))]
    pub extraction_of: Option<ByModality<Extraction>>,
    pub representation: Space,
    /// Whether represented modalities have length 1.
    pub normalised: bool,
    pub when: When,
    pub operator: Operator,
    pub user_item_graph: UserItem,
    pub item_item_graph: ItemItem,
    pub inference: Inference,
    pub loss: Loss,
    /// Whether an item's modalities are drawn to each other, and away from those of other items.
    pub alignment: bool,
    pub sampling: Sampling,
    pub regularised: Regularised,
    pub initialisation: Initialisation,
}

choices! {
    /// What a modality is there for.
    Role {
        /// Users' scores of items are made of it.
        Scoring = "scoring",
        /// It says which items are alike; they learn from each other.
        EdgeWeights = "edge-weights",
        /// A second loss ranks by it alone.
        AuxiliaryLoss = "auxiliary-loss",
        /// It only teaches the items' own vectors where to point.
        LossOnly = "loss-only",
    }
}

choices! {
    /// *How* content becomes numbers. Whether they are handcrafted or pretrained, the data say.
    Extraction {
        /// The features as the data have them.
        Frozen = "frozen",
        /// The features as the data have them, learned on.
        FineTuned = "fine-tuned",
        /// By a small network that learns with the recommender, from the pictures, words and sounds themselves.
        EndToEnd = "end-to-end",
    }
}

choices! {
    /// *How* the modalities are represented.
    Space {
        /// One projection of all features side by side.
        Joint = "joint",
        /// One projection a modality.
        Coordinate = "coordinate",
    }
}

choices! {
    /// *When* the modalities are fused.
    When {
        /// Before there are scores.
        Early = "early",
        /// Each modality has its score, and the scores are fused.
        Late = "late",
        /// Not at all: there is but one representation, or it never enters the score.
        Never = "never",
    }
}

choices! {
    /// What modalities, or their scores, are fused by.
    Operator {
        /// There is nothing to fuse.
        None = "none",
        /// Side by side.
        Concat = "concat",
        /// The sum.
        Sum = "sum",
        /// The mean.
        Mean = "mean",
        /// The largest, number by number.
        Max = "max",
        /// The product, number by number.
        Product = "product",
        /// The sum, by the modalities' weights.
        Weighted = "weighted",
        /// The sum, by weights that each user learns.
        Attention = "attention",
        /// The sum, by weights that follow from what the item is like.
        Gated = "gated",
        /// The modalities' graphs of similar items are added.
        GraphMerge = "graph-merge",
    }
}

choices! {
    /// The graph of who took what, along which users and items learn from each other.
    UserItem {
        /// There is none: users and items are factorised alone.
        None = "none",
        /// LightGCN's: the mean of all layers.
        Symmetric = "symmetric",
        /// LATTICE's: the mean of all layers, each of length 1.
        UnitLayers = "unit-layers",
    }
}

choices! {
    /// The graph among items.
    ItemItem {
        /// There is none.
        None = "none",
        /// Each item is joined to itself: its own vector counts once more.
        Itself = "itself",
        /// Items are joined to those with similar features, once and for all.
        Frozen = "frozen",
        /// Items are joined to those with similar representations, anew in every epoch.
        Learned = "learned",
    }
}

choices! {
    /// How a user and an item become a score.
    Inference {
        /// The dot product.
        DotProduct = "dot-product",
        /// The dot product of what one linear map makes of both.
        Predictor = "predictor",
        /// A perceptron with one hidden layer.
        Perceptron = "perceptron",
    }
}

choices! {
    /// What is minimised.
    Loss {
        /// Bayesian personalised ranking: what a user took must score above what they did not.
        Bpr = "bpr",
        /// Cross-entropy: what a user took is 1, what they did not is 0.
        CrossEntropy = "cross-entropy",
        /// BM3's: vectors must point where their partners point; no negatives.
        Bootstrap = "bootstrap",
    }
}

choices! {
    /// How training batches are drawn (reference, section 3). Negatives are uniform over the train items that the user does
    /// not have.
    Sampling {
        /// A user uniformly, then one of their items uniformly.
        UsersUniformly = "users-uniformly",
        /// As many different users as a batch has places, then one item of each.
        DistinctUsers = "distinct-users",
        /// Every train interaction once an epoch, in random order.
        Interactions = "interactions",
        /// The same without negatives.
        PositiveInteractions = "positive-interactions",
    }
}

choices! {
    /// The vectors whose length costs.
    Regularised {
        /// None.
        None = "none",
        /// Those of a batch, before any graph.
        Start = "start",
        /// Those of a batch, as they are scored.
        End = "end",
        /// Of a batch, users before any graph and items as they are scored.
        StartAndEnd = "start-and-end",
        /// All together, as they are scored; their length and not its square.
        Lengths = "lengths",
    }
}

choices! {
    /// What users' and items' vectors are before training.
    Initialisation {
        /// Uniform, within Xavier's bounds.
        XavierUniform = "xavier-uniform",
        /// Normal, with deviation 0.1.
        Normal = "normal",
    }
}

impl Design {
    /// VBPR's, which any data with content can be trained with.
    pub const DEFAULT: Self = Self {
        identity: true,
        roles: Cow::Borrowed(&[Role::Scoring]),
        roles_of: None,
        extraction: Extraction::Frozen,
        extraction_of: None,
        representation: Space::Joint,
        normalised: true,
        when: When::Never,
        operator: Operator::None,
        user_item_graph: UserItem::None,
        item_item_graph: ItemItem::None,
        inference: Inference::DotProduct,
        loss: Loss::Bpr,
        alignment: false,
        sampling: Sampling::UsersUniformly,
        regularised: Regularised::Start,
        initialisation: Initialisation::XavierUniform,
    };

    /// Every question, in the order of a design's fields; `roles-of` and `extraction-of` answer two of them again.
    pub const AXES: [Axis; 15] = [
        yes_or_no("identity", "Has each user and item a vector of its own?"),
        Axis { several: true, ..one_of("roles", "What is content there for?", Role::CHOICES) },
        one_of("extraction", "How is content extracted?", Extraction::CHOICES),
        one_of("representation", "How are the modalities represented?", Space::CHOICES),
        yes_or_no("normalised", "Are represented modalities given length 1?"),
        one_of("when", "When are the modalities fused?", When::CHOICES),
        one_of("operator", "What are they fused by?", Operator::CHOICES),
        one_of("user-item-graph", "Do users and items learn from each other?", UserItem::CHOICES),
        one_of("item-item-graph", "Do items learn from each other?", ItemItem::CHOICES),
        one_of("inference", "How do a user and an item become a score?", Inference::CHOICES),
        one_of("loss", "What is minimised?", Loss::CHOICES),
        yes_or_no("alignment", "Are an item's modalities drawn to each other?"),
        one_of("sampling", "How are training batches drawn?", Sampling::CHOICES),
        one_of("regularised", "Whose length costs?", Regularised::CHOICES),
        one_of("initialisation", "What are vectors before training?", Initialisation::CHOICES),
    ];

    /// Whether any modality has this role.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// What a modality is there for.
    pub fn roles_of(&self, modality: &str) -> &[Role] {
        let own = self.roles_of.as_ref().and_then(|of| of.get(modality));
        own.map_or(&self.roles, Vec::as_slice)
    }

    /// How a modality is extracted.
    pub fn extraction_of(&self, modality: &str) -> Extraction {
        let own = self.extraction_of.as_ref().and_then(|of| of.get(modality));
        own.copied().unwrap_or(self.extraction)
    }

    /// The modalities that are named, each with the field that names it.
    pub fn names_modalities(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let roles = self.roles_of.iter().flat_map(ByModality::iter);
        let extraction = self.extraction_of.iter().flat_map(ByModality::iter);
        let roles = roles.map(|(name, _)| ("design.roles-of", name));
        roles.chain(extraction.map(|(name, _)| ("design.extraction-of", name)))
    }

    /// The answer that asks for most to be learned.
    pub fn most_learned(&self) -> Extraction {
        let of = self.extraction_of.iter().flat_map(ByModality::iter);
        of.fold(self.extraction, |most, (_, extraction)| most.max(*extraction))
    }

    /// Whether items are joined to those that are alike in content.
    pub fn joins_similar_items(&self) -> bool {
        matches!(self.item_item_graph, ItemItem::Frozen | ItemItem::Learned)
    }

    /// Whether features that have these roles are projected, and not only compared as they came.
    pub fn projects(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| *role != Role::EdgeWeights || self.item_item_graph == ItemItem::Learned)
    }

    /// Whether the design has a place for modalities' weights.
    pub fn weighs_modalities(&self) -> bool {
        self.operator == Operator::Weighted || self.joins_similar_items()
    }

    /// Whether the hyper-parameter of this name does anything.
    pub fn uses(&self, hyper_parameter: &str) -> bool {
        match hyper_parameter {
            "regularisation" => self.regularised != Regularised::None,
            "layers" => self.user_item_graph != UserItem::None,
            "drop" => self.user_item_graph == UserItem::Symmetric,
            "item-layers" | "neighbours" => self.joins_similar_items(),
            "fixed-share" => self.item_item_graph == ItemItem::Learned,
            "modal-weight" => self.has(Role::AuxiliaryLoss),
            "content-weight" => self.has(Role::LossOnly),
            "dropout" => self.loss == Loss::Bootstrap,
            "alignment-weight" | "temperature" => self.alignment,
            _ => true,
        }
    }
}

impl Default for Design {
    fn default() -> Self {
        Self::DEFAULT
    }
}

const fn one_of(name: &'static str, question: &'static str, choices: &'static [Choice]) -> Axis {
    Axis { name, question, choices, several: false }
}

const fn yes_or_no(name: &'static str, question: &'static str) -> Axis {
    one_of(name, question, &[])
}
