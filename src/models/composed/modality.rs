use burn::tensor::Tensor;
use ndarray::{Array2, s};

use super::super::rows::unit_rows;
use super::super::{Initialiser, ModelError, Parameter, Parameters, Setting, Unhidden};
use super::extraction::{Hidden, Source};
use crate::schema::{Design, Extraction, Loss, Role, Space};
use crate::selection::Selection;

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
}

/// A modality on the setting's occasion.
struct Content<'a> {
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
            Content { name, features, unhidden }
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
        let (mut sources, mut dim) = (Vec::new(), 0);
        if let Some(features) = side_by_side(&extracted(Extraction::Frozen), Content::features) {
            dim += features.ncols();
            sources.push(Source::frozen(&features, setting));
        }
        let learned = extracted(Extraction::FineTuned);
        if let Some(features) = side_by_side(&learned, Content::features) {
            dim += features.ncols();
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
            dim += width;
            sources.push(network);
        }
        let linear = match design.loss {
            Loss::Bootstrap => Initialiser::linear_xavier_normal,
            Loss::Bpr | Loss::CrossEntropy => Initialiser::linear,
        };
        let (weight, bias) = (format!("{prefix}projection"), format!("{prefix}projection-bias"));
        let (projection, bias) = linear(initialise, weight, bias, dim, setting.spec.count("factors"));
        // A joint representation plays all the roles there are.
        let roles = content.first().map_or(&[][..], |content| design.roles_of(content.name)).to_vec();
        Ok(Self { sources, projection, bias, normalised: design.normalised, roles })
    }

    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// z of all items, `[items, factors]`, or of the picked ones only, `[picked, factors]`.
    pub fn represent(&self, parameters: &Parameters, pick: Option<&Selection>) -> Tensor<2> {
        let mut rows: Vec<Tensor<2>> =
            self.sources.iter().map(|source| source.rows(parameters, pick)).collect();
        let rows = if rows.len() == 1 { rows.remove(0) } else { Tensor::cat(rows, 1) };
        let projected = rows.matmul(parameters[self.projection].clone()) + parameters[self.bias].clone();
        if self.normalised { unit_rows(projected) } else { projected }
    }
}
