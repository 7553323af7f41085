use serde::{Deserialize, Serialize};

use super::csv::Tables;
use super::head::Head;
use super::stream::Report;
use super::{
    Folder, ImportError, Imported, Raw, amazon_2014, amazon_2023, csv, ducho, elliot, mmrec, movielens,
};
use crate::schema::Choice;
use crate::schema::axis::choices;

choices! {
    /// Whose layout files have.
    Layout {
        /// The paper's own.
        Elliot = "elliot",
        /// MMRec's.
        Mmrec = "mmrec",
        /// The extractor Ducho's output.
        Ducho = "ducho",
        /// The public Amazon dump of 2014, one category.
        #[cfg_attr(test, ts(rename = "amazon-2014"))]
        Amazon2014 = "amazon-2014",
        /// Amazon Reviews 2023, one category.
        #[cfg_attr(test, ts(rename = "amazon-2023"))]
        Amazon2023 = "amazon-2023",
        /// MovieLens, as released or with posters.
        Movielens = "movielens",
        /// Tables of anybody's, whose columns are chosen.
        Csv = "csv",
    }
}

impl Layout {
    /// Whether the files say themselves what is train, validation and test.
    pub fn has_parts(self) -> bool {
        matches!(self, Self::Elliot | Self::Mmrec | Self::Ducho)
    }
}

/// What shall be made of a folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Wanted {
    pub layout: Layout,
    pub name: String,
    /// For data without parts.
    pub raw: Raw,
    /// For tables.
    pub tables: Option<Tables>,
}

impl Wanted {
    pub fn import(&self, folder: &dyn Folder, report: Report) -> Result<Imported, ImportError> {
        let Self { layout, name, raw, tables } = self;
        match layout {
            Layout::Elliot => elliot::import(folder, name),
            Layout::Mmrec => mmrec::import(folder, name),
            Layout::Ducho => ducho::import(folder, name),
            Layout::Amazon2014 => amazon_2014::import(folder, name, raw, report),
            Layout::Amazon2023 => amazon_2023::import(folder, name, raw, report),
            Layout::Movielens => movielens::import(folder, name, raw, report),
            Layout::Csv => {
                csv::import(folder, name, tables.as_ref().ok_or(ImportError::NoTables)?, raw, report)
            }
        }
    }
}

/// Whose layout a folder has, and what that was told by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct Recognised {
    pub layout: Layout,
    pub has_parts: bool,
    /// Files or folders that only this layout has; of tables all there are.
    pub told_by: Vec<String>,
    /// The file of interactions, or the first of them; of tables the first by name.
    pub interactions: String,
}

impl Recognised {
    /// By the names of files and, where two layouts share them, by the first line.
    pub fn of(folder: &dyn Folder) -> Result<Self, ImportError> {
        let is = |layout: Layout, told_by: Vec<&str>| {
            let interactions = told_by.first().copied().unwrap_or_default().to_owned();
            let told_by = told_by.into_iter().map(str::to_owned).collect();
            Ok(Self { layout, has_parts: layout.has_parts(), told_by, interactions })
        };
        let paths = || folder.paths().iter().map(String::as_str);
        let top = |wanted: &dyn Fn(&str) -> bool| -> Vec<&str> {
            paths().filter(|path| !path.contains('/') && wanted(path)).collect()
        };
        let unpacked = |path: &str| path.strip_suffix(".gz").unwrap_or(path).to_owned();

        let parts = top(&|path| matches!(path, "train.txt" | "train.tsv"));
        if let Some(train) = parts.first() {
            let deep: Vec<&str> =
                paths().filter(|path| path.ends_with(".npy") && path.matches('/').count() > 1).collect();
            if let Some(first) = deep.first() {
                let folder = first.split('/').next().unwrap_or(first);
                return is(Layout::Ducho, vec![train, folder]);
            }
            let head = Head::of(folder, train, 1)?;
            let item = head.rows.first().and_then(|cells| cells.get(1));
            let numbered = item.is_none_or(|item| item.trim().parse::<u64>().is_ok());
            return is(if numbered { Layout::Elliot } else { Layout::Ducho }, parts);
        }
        type Rule<'a> = &'a dyn Fn(&str) -> bool;
        let rules: [(Layout, Rule); 4] = [
            (Layout::Mmrec, &|path| path.ends_with(".inter")),
            (Layout::Movielens, &|path| matches!(path, "ratings.tsv" | "u.data" | "ratings.dat")),
            (Layout::Amazon2014, &|path| path.starts_with("reviews") && unpacked(path).ends_with(".json")),
            (Layout::Amazon2023, &|path| !path.starts_with("meta") && unpacked(path).ends_with(".jsonl")),
        ];
        for (layout, rule) in rules {
            let told_by = top(rule);
            if !told_by.is_empty() {
                return is(layout, told_by);
            }
        }
        let tables = top(&|path| {
            [".csv", ".tsv", ".txt"].iter().any(|end| unpacked(&path.to_lowercase()).ends_with(end))
        });
        if !tables.is_empty() {
            return is(Layout::Csv, tables);
        }
        let mut found: Vec<&str> = paths().take(3).collect();
        let more = folder.paths().len().saturating_sub(found.len());
        let rest = format!("{more} more");
        if more > 0 {
            found.push(&rest);
        }
        let found = if found.is_empty() { "there is no file".into() } else { found.join(", ") };
        Err(ImportError::NoLayout { found })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{files, folder};
    use super::*;

    fn recognised(paths: &[&str]) -> Result<(Layout, String, Vec<String>), String> {
        let files: Vec<(&str, &[u8])> = paths.iter().map(|path| (*path, b"u\t7\t1\n" as &[u8])).collect();
        let found = Recognised::of(&folder(&files_of(&files))).map_err(|error| error.to_string())?;
        assert_eq!(found.has_parts, found.layout.has_parts());
        Ok((found.layout, found.interactions, found.told_by))
    }

    fn files_of(list: &[(&str, &[u8])]) -> super::super::sample::Files {
        files(list)
    }

    #[test]
    fn files_say_whose_layout_they_have() {
        let told = |paths: &[&str]| recognised(paths).map(|(layout, first, _)| (layout, first)).unwrap();
        let as_is = |layout: Layout, file: &str| (layout, file.to_owned());
        assert_eq!(
            told(&["train.txt", "val.txt", "test.txt", "visual/7.npy"]),
            as_is(Layout::Elliot, "train.txt")
        );
        let deep = "visual_embeddings/torch/ResNet50/avgpool/7.npy";
        assert_eq!(told(&["train.tsv", "val.tsv", "test.tsv", deep]), as_is(Layout::Ducho, "train.tsv"));
        assert_eq!(told(&["a.inter", "u_id_mapping.csv"]), as_is(Layout::Mmrec, "a.inter"));
        assert_eq!(told(&["README.txt", "u.data", "u.item"]), as_is(Layout::Movielens, "u.data"));
        assert_eq!(
            told(&["meta_Pens.json.gz", "reviews_Pens_5.json.gz"]),
            as_is(Layout::Amazon2014, "reviews_Pens_5.json.gz")
        );
        assert_eq!(told(&["Pens.jsonl", "meta_Pens.jsonl"]), as_is(Layout::Amazon2023, "Pens.jsonl"));
        let (layout, _, tables) = recognised(&["items.csv", "log.TSV", "picture.png"]).unwrap();
        assert_eq!((layout, tables), (Layout::Csv, vec!["items.csv".to_owned(), "log.TSV".to_owned()]));
    }

    #[test]
    fn parts_whose_items_are_no_numbers_are_duchos() {
        let parts = files(&[("train.txt", b"u\tB01\n"), ("val.txt", b""), ("test.txt", b"")]);
        assert_eq!(Recognised::of(&folder(&parts)).unwrap().layout, Layout::Ducho);
    }

    #[test]
    fn what_is_nobodys_layout_is_named() {
        assert_eq!(recognised(&[]), Err("no kind of data is recognised: there is no file".into()));
        assert_eq!(
            recognised(&["a.png", "b.png", "c/d.csv", "e.png", "f.png"]),
            Err("no kind of data is recognised: a.png, b.png, c/d.csv, 2 more".into())
        );
    }

    #[test]
    fn tables_have_to_be_chosen() {
        let wanted = Wanted { layout: Layout::Csv, name: "x".into(), raw: Raw::default(), tables: None };
        assert_eq!(wanted.import(&folder(&files(&[])), &|_| {}), Err(ImportError::NoTables));
    }
}
