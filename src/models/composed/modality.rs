use std::iter::repeat_n;

use burn::tensor::Tensor;
use ndarray::{Array2, s};

use super::super::rows::{shares_of_length, unit_rows};
use super::super::{Initialiser, ModelError, Parameter, Parameters, Setting, Unhidden};
use super::extraction::{Hidden, Source};
use crate::schema::{Design, Extraction, Loss, Role, Space};
use crate::selection::Selection;
use crate::transfer::upload;

/// *How* content is represented: a linear map of what was extracted, `z = X P + b`, of length 1 if the design says so.
pub struct Modality {
    /// X `[items, dim]`, side by side.
    sources: Vec<Source>,
    /// P: `[dim, factors]`.
    projection: Parameter,
    /// b: `[1, factors]`.
    bias: Parameter,
    normalised: bool,
    roles: Vec<Role>,
    /// Whose the columns of X are: the number of a modality in the specification's order, and how many there are, one after
    /// the other.
    columns: Vec<(usize, usize)>,
}

/// A modality on the setting's occasion.
struct Content<'a> {
    /// Its number in the specification's order.
    nth: usize,
    name: &'a str,
    /// `[items, dim]`.
    features: &'a Array2<f32>,
    /// There where something may be hidden.
    unhidden: Option<&'a Unhidden>,
}

impl<'a> Content<'a> {
    fn features(&self) -> &'a Array2<f32> {
        self.features
    }

    /// The features when nothing is hidden.
    fn whole(&self) -> &'a Array2<f32> {
        self.unhidden.map_or(self.features, |unhidden| &unhidden.values)
    }
}

/// All numbers of an item in one row, `[items, Σ dim]`, from a matrix `[items, dim]` of each modality; nothing of nothing.
fn side_by_side<'a>(
    content: &[&Content<'a>],
    matrix: impl Fn(&Content<'a>) -> &'a Array2<f32>,
) -> Option<Array2<f32>> {
    let items = matrix(content.first()?).nrows();
    let dim = content.iter().map(|content| matrix(content).ncols()).sum();
    let mut rows = Array2::zeros((items, dim));
    let mut start = 0;
    for matrix in content.iter().map(|content| matrix(content)) {
        let end = start + matrix.ncols();
        for (mut row, own) in rows.slice_mut(s![.., start..end]).rows_mut().into_iter().zip(matrix.rows()) {
            row.assign(&own);
        }
        start = end;
    }
    Some(rows)
}

impl Modality {
    /// The representations of `features`, `[items, dim]` by name: one each of those that the design projects, or one of all
    /// side by side.
    pub fn of_design(
        design: &Design,
        features: &[(String, Array2<f32>)],
        setting: &Setting<'_>,
        initialise: &mut Initialiser,
    ) -> Result<Vec<Self>, ModelError> {
        let learned_on =
            |(name, _): &(String, Array2<f32>)| design.extraction_of(name) == Extraction::FineTuned;
        let unhidden = match features.iter().any(learned_on) {
            true => setting.unhidden()?,
            false => None,
        };
        let projected =
            features.iter().enumerate().filter(|(_, (name, _))| design.projects(design.roles_of(name)));
        let content = projected.map(|(nth, (name, features))| {
            let unhidden = unhidden.as_ref().and_then(|unhidden| unhidden.get(nth));
            Content { nth, name, features, unhidden }
        });
        let content: Vec<Content<'_>> = content.collect();
        let mut of =
            |prefix: &str, content: &[Content<'_>]| Self::new(design, prefix, content, setting, initialise);
        match design.representation {
            Space::Joint if content.is_empty() => Ok(Vec::new()),
            Space::Joint => Ok(vec![of("", &content)?]),
            Space::Coordinate => content.chunks(1).map(|one| of(&format!("{}-", one[0].name), one)).collect(),
        }
    }

    /// One of several modalities: of the features that stay as they are, those that are learned on, and what networks make of
    /// raw input.
    fn new(
        design: &Design,
        prefix: &str,
        content: &[Content<'_>],
        setting: &Setting<'_>,
        initialise: &mut Initialiser,
    ) -> Result<Self, ModelError> {
        let extracted = |how| -> Vec<&Content<'_>> {
            content.iter().filter(|content| design.extraction_of(content.name) == how).collect()
        };
        let (mut sources, mut columns) = (Vec::new(), Vec::new());
        let width = |content: &&Content<'_>| (content.nth, content.features.ncols());
        let frozen = extracted(Extraction::Frozen);
        if let Some(features) = side_by_side(&frozen, Content::features) {
            columns.extend(frozen.iter().map(width));
            sources.push(Source::frozen(&features, setting));
        }
        let learned = extracted(Extraction::FineTuned);
        if let Some(features) = side_by_side(&learned, Content::features) {
            columns.extend(learned.iter().map(width));
            let hidden = learned
                .iter()
                .filter_map(|content| Some((content.unhidden?.hidden.as_slice(), content.features.ncols())));
            let hidden: Vec<_> = hidden.collect();
            let hidden = (!hidden.is_empty()).then(|| Box::new(Hidden::new(&features, &hidden, setting)));
            // What is hidden now may be seen later: the table starts from all of it.
            let start = side_by_side(&learned, Content::whole).unwrap_or(features);
            let table = initialise.given(format!("{prefix}features"), &start);
            sources.push(Source::FineTuned(table, hidden));
        }
        for content in extracted(Extraction::EndToEnd) {
            let (network, width) = Source::end_to_end(content.name, setting, initialise)?;
            columns.push((content.nth, width));
            sources.push(network);
        }
        let dim = columns.iter().map(|(_, width)| width).sum();
        let linear = match design.loss {
            Loss::Bootstrap => Initialiser::linear_xavier_normal,
            Loss::Bpr | Loss::CrossEntropy => Initialiser::linear,
        };
        let (weight, bias) = (format!("{prefix}projection"), format!("{prefix}projection-bias"));
        let (projection, bias) = linear(initialise, weight, bias, dim, setting.spec.count("factors"));
        // A joint representation plays all the roles there are.
        let roles = content.first().map_or(&[][..], |content| design.roles_of(content.name)).to_vec();
        Ok(Self { sources, projection, bias, normalised: design.normalised, roles, columns })
    }

    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// z of all items, `[items, factors]`, or of the picked ones only, `[picked, factors]`.
    pub fn represent(&self, parameters: &Parameters, pick: Option<&Selection>) -> Tensor<2> {
        self.represented(self.projected(parameters, self.extracted(parameters, pick)))
    }

    /// z of all items when each modality, in the specification's order, counts so many times what it does. Of a joint
    /// representation, what is projected is multiplied and then divided by the length that it had as trained, so that z stays a
    /// sum over modalities; else z itself is multiplied.
    pub fn weighed(&self, parameters: &Parameters, emphasis: &[f64]) -> Tensor<2> {
        let rows = self.extracted(parameters, None);
        let of = |nth: usize| emphasis.get(nth).copied().unwrap_or(1.0);
        if let [(nth, _)] = self.columns[..] {
            return self.represented(self.projected(parameters, rows)) * of(nth);
        }
        let by_column: Vec<f32> =
            self.columns.iter().flat_map(|&(nth, width)| repeat_n(of(nth) as f32, width)).collect();
        let by_column = upload(by_column, [1, rows.dims()[1]], &rows.device());
        let weighed = self.projected(parameters, rows.clone() * by_column);
        match self.normalised {
            true => weighed * shares_of_length(self.projected(parameters, rows)).unsqueeze_dim(1),
            false => weighed,
        }
    }

    /// X.
    fn extracted(&self, parameters: &Parameters, pick: Option<&Selection>) -> Tensor<2> {
        let mut rows: Vec<Tensor<2>> =
            self.sources.iter().map(|source| source.rows(parameters, pick)).collect();
        if rows.len() == 1 { rows.remove(0) } else { Tensor::cat(rows, 1) }
    }

    /// X P + b.
    fn projected(&self, parameters: &Parameters, rows: Tensor<2>) -> Tensor<2> {
        rows.matmul(parameters[self.projection].clone()) + parameters[self.bias].clone()
    }

    fn represented(&self, projected: Tensor<2>) -> Tensor<2> {
        if self.normalised { unit_rows(projected) } else { projected }
    }
}
