//! Tables of anybody's: one of interactions and, if there is one, one of items, whose columns are chosen.
//!
//! Each is a text file of comma-separated values, with `,`, `;`, tab or `|` between its cells, which may stand in quotes;
//! packed (`.gz`) or not. Interactions need a user and an item; ratings and times are used where a column is chosen. The
//! textual modality is made of titles and descriptions by our own extractor.

use serde::{Deserialize, Serialize};

use super::identifiers::Identifiers;
use super::lines::Lines;
use super::moment::moment;
use super::raw::Reviews;
use super::stream::Report;
use super::table::Header;
use super::texts::Texts;
use super::{Folder, ImportError, Imported, Raw, described};
use crate::data::{ItemText, Provenance};

/// Which files are the tables, and which of their columns says what.
///
/// A column is called as in the first line; by its number from 1 where it has no name there, or the line is no header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Tables {
    pub interactions: InteractionTable,
    pub items: Option<ItemTable>,
}

/// Who interacted with what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct InteractionTable {
    pub file: String,
    /// Whether the first line names the columns.
    pub named: bool,
    pub user: String,
    pub item: String,
    pub rating: Option<String>,
    pub timestamp: Option<String>,
}

/// What is written about items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ItemTable {
    pub file: String,
    /// Whether the first line names the columns.
    pub named: bool,
    pub item: String,
    pub title: Option<String>,
    pub description: Option<String>,
    /// What kind of thing each is.
    pub kind: Option<String>,
}

/// Imports the tables in a folder under a name.
pub fn import(
    folder: &dyn Folder,
    name: &str,
    tables: &Tables,
    raw: &Raw,
    report: Report,
) -> Result<Imported, ImportError> {
    let mut notes = Vec::new();
    let reviews = interactions(folder, &tables.interactions, report, &mut notes)?;
    let provenance = Provenance {
        source: format!("{name}, tables"),
        licence: "as the source's; the files do not state it".into(),
        recipe: recipe(tables),
        synthetic: false,
    };
    let Imported { mut dataset, notes: more } = reviews.prepare(name, provenance, raw)?;
    notes.extend(more);
    match &tables.items {
        None => notes.push("there is no table of items, so they have no texts and no modality".into()),
        Some(table) => {
            let items = Identifiers::in_order(dataset.items.clone());
            dataset.texts = texts(folder, table, &items, report, &mut notes)?;
            let textual = described::textual(&dataset.texts, &mut notes)?;
            dataset.modalities.extend(textual.map(|features| ("textual".to_owned(), features)));
        }
    }
    dataset.check()?;
    Ok(Imported { dataset, notes })
}

/// As the command line would be told.
fn recipe(Tables { interactions, items }: &Tables) -> String {
    let mut recipe =
        format!("import csv {}: user={},item={}", interactions.file, interactions.user, interactions.item);
    let mut add = |what: &str, column: &Option<String>| {
        if let Some(column) = column {
            recipe += &format!(",{what}={column}");
        }
    };
    add("rating", &interactions.rating);
    add("timestamp", &interactions.timestamp);
    if let Some(items) = items {
        add("items", &Some(items.file.clone()));
        add("item-id", &Some(items.item.clone()));
        add("title", &items.title);
        add("description", &items.description);
        add("kind", &items.kind);
    }
    recipe
}

/// The lines below a table's header, and what its columns are called.
fn open<'a>(
    folder: &'a dyn Folder,
    file: &'a str,
    named: bool,
    report: Report<'a>,
) -> Result<(Header, Lines<'a>), ImportError> {
    let mut lines = Lines::with_quotes(folder, file, report)?;
    let header = lines.header()?.numbered(named);
    // A first line that is no header is read again, with the others.
    Ok((header, if named { lines } else { Lines::with_quotes(folder, file, report)? }))
}

fn chosen(header: &Header, column: &Option<String>) -> Result<Option<usize>, ImportError> {
    column.as_ref().map(|column| header.need(column)).transpose()
}

fn interactions(
    folder: &dyn Folder,
    table: &InteractionTable,
    report: Report,
    notes: &mut Vec<String>,
) -> Result<Reviews, ImportError> {
    let (header, lines) = open(folder, &table.file, table.named, report)?;
    let (user, item) = (header.need(&table.user)?, header.need(&table.item)?);
    let (rating, timestamp) = (chosen(&header, &table.rating)?, chosen(&header, &table.timestamp)?);
    let mut reviews = Reviews::default();
    lines.each(notes, |line| {
        let row = line.row(&header)?;
        let rating = rating.map_or(Ok(1.0), |column| row.rating(column))?;
        let timestamp = timestamp.map_or(Ok(0), |column| moment(&row, column))?;
        reviews.add(line, row.text(user).trim(), row.text(item).trim(), rating, timestamp)
    })?;
    Ok(reviews)
}

/// Titles, descriptions and kinds `[items]`.
fn texts(
    folder: &dyn Folder,
    table: &ItemTable,
    items: &Identifiers,
    report: Report,
    notes: &mut Vec<String>,
) -> Result<Vec<ItemText>, ImportError> {
    let (header, lines) = open(folder, &table.file, table.named, report)?;
    let item = header.need(&table.item)?;
    let (title, description) = (chosen(&header, &table.title)?, chosen(&header, &table.description)?);
    let kind = chosen(&header, &table.kind)?;
    let mut texts = Texts::of(items);
    lines.each(notes, |line| {
        let row = line.row(&header)?;
        let text = |column: Option<usize>| column.map_or("", |column| row.text(column).trim()).to_owned();
        // Of several, as films have genres, the first.
        let kind = text(kind).split('|').next().unwrap_or_default().trim().to_owned();
        let text = ItemText { title: text(title), description: text(description), kind };
        texts.add(row.text(item).trim(), text);
        Ok(())
    })?;
    Ok(texts.finish(&table.file, notes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{Files, error, files, folder, gzip};
    use super::*;
    use crate::data::Part;
    use crate::schema::Split;

    const RAW: Raw = Raw { core: 1, split: Split::Temporal, seed: 1 };

    fn tables() -> Tables {
        Tables {
            interactions: InteractionTable {
                file: "orders.csv".into(),
                named: true,
                user: "who".into(),
                item: "what".into(),
                rating: None,
                timestamp: Some("when".into()),
            },
            items: Some(ItemTable {
                file: "things.csv".into(),
                named: true,
                item: "id".into(),
                title: Some("name".into()),
                description: Some("about".into()),
                kind: Some("sort".into()),
            }),
        }
    }

    /// Five orders each of a and b; things 1 to 5, of which 4 has no line.
    fn small() -> Files {
        let mut orders = "when;what;who;note\r\n".to_owned();
        for user in ["b", "a"] {
            orders.extend((1..=5).map(|thing| format!("2020-01-0{thing};T{thing};{user};\"a;b\"\r\n")));
        }
        let things = "name,id,about,sort\n\"Pen, blue\",T1,\"It writes.\n\"\"Well\"\".\",Pens\nRed pen,T2,,Pens\n\
                      Green pen,T3,x,Pens\nCup,T5,For tea,\nNobody's,T9,,Cups\n";
        files(&[("orders.csv", orders.as_bytes()), ("things.csv", things.as_bytes())])
    }

    fn imported_as(files: &Files, tables: &Tables) -> Result<Imported, ImportError> {
        import(&folder(files), "shop", tables, &RAW, &|_| {})
    }

    fn imported(files: &Files) -> Result<Imported, ImportError> {
        imported_as(files, &tables())
    }

    #[test]
    fn columns_mean_what_was_chosen() {
        let Imported { dataset, notes } = imported(&small()).unwrap();
        assert_eq!(
            (dataset.users.join(" "), dataset.items.join(" ")),
            ("a b".into(), "T1 T2 T3 T4 T5".into())
        );
        use Part::{Test, Train, Validation};
        let rows: Vec<_> = dataset.interactions.iter().map(|i| (i.user, i.item, i.rating, i.part)).collect();
        let parts = [Train, Train, Train, Validation, Test];
        let expected: Vec<_> =
            (0..2).flat_map(|user| (0..5).map(move |item| (user, item, 1.0, parts[item as usize]))).collect();
        assert_eq!(rows, expected);
        assert_eq!(dataset.interactions[1].timestamp - dataset.interactions[0].timestamp, 86_400);
        let blue = ItemText {
            title: "Pen, blue".into(),
            description: "It writes.\n\"Well\".".into(),
            kind: "Pens".into(),
        };
        assert_eq!((&dataset.texts[0], &dataset.texts[3]), (&blue, &ItemText::default()));
        assert_eq!(dataset.modalities["textual"].present, [true, true, true, false, false]);
        assert_eq!(
            dataset.provenance.recipe,
            "import csv orders.csv: user=who,item=what,timestamp=when,items=things.csv,item-id=id,title=name,\
             description=about,kind=sort; split=temporal,seed=1"
        );
        assert_eq!(
            notes,
            [
                "things.csv: items without a line have no text, 1 in all",
                "things.csv: lines of items that are not in the data were left out, 1 in all",
                "textual: nothing to make a vector of for 2 of 5 items",
            ]
        );
    }

    #[test]
    fn columns_without_names_have_numbers() {
        let mut files = small();
        let orders = String::from_utf8(files.remove("orders.csv").unwrap()).unwrap();
        let (_, rows) = orders.split_once("\r\n").unwrap();
        files.insert("orders.csv".into(), rows.into());
        let mut numbered = tables();
        numbered.items = None;
        let table = &mut numbered.interactions;
        (table.named, table.user, table.item) = (false, "3".into(), "2".into());
        table.timestamp = Some("1".into());
        let Imported { dataset, notes } = imported_as(&files, &numbered).unwrap();
        let named = imported(&small()).unwrap().dataset;
        assert_eq!((dataset.users, dataset.interactions), (named.users, named.interactions));
        assert_eq!(notes, ["there is no table of items, so they have no texts and no modality"]);
        // The first column of a table that pandas wrote has no name.
        files.insert("orders.csv.gz".into(), gzip(format!(";what;who;note\n{rows}").as_bytes()));
        numbered.interactions = InteractionTable { file: "orders.csv.gz".into(), ..tables().interactions };
        numbered.interactions.timestamp = Some("1".into());
        assert_eq!(imported_as(&files, &numbered).unwrap().dataset.interactions, named_again(&small()));
    }

    fn named_again(files: &Files) -> Vec<crate::data::Interaction> {
        imported(files).unwrap().dataset.interactions
    }

    #[test]
    fn each_mistake_has_its_sentence() {
        let orders = |bytes: &[u8]| error(small(), "orders.csv", Some(bytes), imported);
        assert_eq!(
            orders(b"when;what;user\n1;2;3\n"),
            "orders.csv, line 1: there is no column who; the header has when, what, user"
        );
        assert_eq!(orders(b""), "orders.csv is empty; a line that names the columns is expected");
        assert_eq!(orders(b"when;what;who\n"), "there is not a single interaction");
        assert!(orders(b"when;what;who\nsoon;2;3\n").ends_with(
            "orders.csv, line 2: the timestamp is \"soon\", expected a number of seconds or a date as in 2014-07-23 18:04"
        ));
        assert!(
            orders(b"when;what;who\n1;2\n").ends_with("line 2: 2 cells, expected 3 as in the first line")
        );
        assert!(error(small(), "things.csv", None, imported).contains("things.csv cannot be read"));
    }

    proptest! {
        #[test]
        fn arbitrary_text_does_no_harm(text in "[0-9a-c;,.\"\\n\\r\u{e9} -]{0,60}", path in 0usize..2) {
            let mut files = small();
            let path = files.keys().nth(path).unwrap().clone();
            let header = if path == "orders.csv" { "when;what;who;note\n" } else { "name,id,about\n" };
            files.insert(path, [header, &text].concat().into_bytes());
            if let Ok(imported) = imported(&files) {
                prop_assert_eq!(imported.dataset.check(), Ok(()));
            }
        }
    }
}
