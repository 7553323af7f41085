use super::plan::Planned;
use super::{Question, SuiteError};

/// A question with the rows that answer it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Comparison {
    pub question: String,
    /// The row that is compared, and the one it is compared with, by their places in the plan.
    pub pairs: Vec<(usize, usize)>,
}

impl Question {
    /// Finds the rows among those of the plan.
    pub(super) fn resolve(&self, rows: &[Planned]) -> Result<Comparison, SuiteError> {
        match (&self.with_entry, &self.with_variation, &self.pairs) {
            (Some(entry), None, None) => self.with_entry(entry, rows),
            (None, Some(variation), None) => self.with_variation(variation, rows),
            (None, None, Some(pairs)) => self.with_each_other(pairs, rows),
            _ => Err(SuiteError::NoComparison(self.question.clone())),
        }
    }

    /// Other entries with this one, in the same variation.
    fn with_entry(&self, entry: &str, rows: &[Planned]) -> Result<Comparison, SuiteError> {
        let (entries, variations) = self.names(rows)?;
        self.known("with-entry", entry, &entries)?;
        let asked = |row: &Planned| match (&self.variations, row.variation.as_deref()) {
            (Some(_), None) => false,
            (None, variation) => variation.is_none() || variation == variations.first().copied(),
            (list, Some(variation)) => wanted(list, variation),
        };
        let partner = |row: &Planned| match row.entry != entry && asked(row) {
            true => find(rows, entry, row.variation.as_deref().or(variations.first().copied())),
            false => None,
        };
        self.answered_by(self.paired(rows, partner))
    }

    /// Other variations with this one, for the same entry.
    fn with_variation(&self, with: &str, rows: &[Planned]) -> Result<Comparison, SuiteError> {
        let (_, variations) = self.names(rows)?;
        self.known("with-variation", with, &variations)?;
        let partner = |row: &Planned| {
            let variation = row.variation.as_deref()?;
            match variation != with && wanted(&self.variations, variation) {
                true => find(rows, &row.entry, Some(with)),
                false => None,
            }
        };
        self.answered_by(self.paired(rows, partner))
    }

    fn with_each_other(&self, pairs: &[[String; 2]], rows: &[Planned]) -> Result<Comparison, SuiteError> {
        let labels: Vec<&str> = rows.iter().map(|row| row.label.as_str()).collect();
        let place = |label: &String| {
            self.known("pairs", label, &labels)?;
            Ok(labels.iter().position(|known| known == label).unwrap_or_default())
        };
        let pairs = pairs.iter().map(|[row, other]| Ok((place(row)?, place(other)?)));
        self.answered_by(pairs.collect::<Result<_, SuiteError>>()?)
    }

    /// All entries and variations of the suite, among which are those that the question names.
    fn names<'a>(&self, rows: &'a [Planned]) -> Result<(Vec<&'a str>, Vec<&'a str>), SuiteError> {
        let entries = distinct(rows.iter().map(|row| row.entry.as_str()));
        let variations = distinct(rows.iter().filter_map(|row| row.variation.as_deref()));
        for (field, wanted, known) in
            [("entries", &self.entries, &entries), ("variations", &self.variations, &variations)]
        {
            wanted.iter().flatten().try_for_each(|name| self.known(field, name, known))?;
        }
        Ok((entries, variations))
    }

    /// The rows of the entries that the question is about, each with its partner where it has one.
    fn paired(&self, rows: &[Planned], partner: impl Fn(&Planned) -> Option<usize>) -> Vec<(usize, usize)> {
        let asked = rows.iter().enumerate().filter(|(_, row)| wanted(&self.entries, &row.entry));
        asked.filter_map(|(at, row)| Some((at, partner(row)?))).collect()
    }

    fn answered_by(&self, pairs: Vec<(usize, usize)>) -> Result<Comparison, SuiteError> {
        match pairs.is_empty() {
            true => Err(SuiteError::EmptyComparison(self.question.clone())),
            false => Ok(Comparison { question: self.question.clone(), pairs }),
        }
    }

    fn known(&self, field: &'static str, name: &str, known: &[&str]) -> Result<(), SuiteError> {
        let list = || known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        match known.contains(&name) {
            true => Ok(()),
            false => Err(SuiteError::UnknownRow {
                question: self.question.clone(),
                field,
                name: name.into(),
                known: if known.is_empty() { "none".into() } else { list() },
            }),
        }
    }
}

/// The row of an entry in a variation; what reads no content has but one, for all variations.
fn find(rows: &[Planned], entry: &str, variation: Option<&str>) -> Option<usize> {
    let of_entry = |variation: Option<&str>| {
        rows.iter().position(|row| row.entry == entry && row.variation.as_deref() == variation)
    };
    of_entry(variation).or_else(|| of_entry(None))
}

/// Whether a list of names has this one; where there is no list, all are in it.
fn wanted(list: &Option<Vec<String>>, name: &str) -> bool {
    list.as_ref().is_none_or(|list| list.iter().any(|wanted| wanted == name))
}

/// Each once, in the order of their first places.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut distinct = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}
