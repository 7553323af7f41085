use super::loss::{bayesian_personalised_ranking, l2_of_batch};
use super::{Batch, Initialiser, LossTerm, Parameter, Parameters, Recommender, Representation, Setting};

/// BPR-MF (reference 4.1): a vector for each user and item, `score = γ_u · γ_i`.
pub struct BprMf {
    user: Parameter,
    item: Parameter,
    regularisation: f64,
}

impl BprMf {
    pub fn new(setting: &Setting<'_>, initialise: &mut Initialiser) -> Self {
        let factors = setting.spec.count("factors");
        Self {
            user: initialise.xavier_uniform("user", setting.problem.users, factors),
            item: initialise.xavier_uniform("item", setting.problem.items, factors),
            regularisation: setting.spec.hyper_parameter("regularisation"),
        }
    }
}

impl Recommender for BprMf {
    fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm> {
        let (user, item) = (parameters[self.user].clone(), parameters[self.item].clone());
        let scores = batch.scores(user.clone(), item.clone());
        let norms = l2_of_batch(batch, user, item, self.regularisation);
        vec![("ranking", bayesian_personalised_ranking(scores, 1.0)), ("regularisation", norms)]
    }

    fn represent(&self, parameters: &Parameters) -> Representation {
        Representation::dot(vec![(parameters[self.user].clone(), parameters[self.item].clone())])
    }
}
