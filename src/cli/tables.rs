use clap::Args;

use super::CliError;
use crate::data::import::Layout;
use crate::data::import::csv::{InteractionTable, ItemTable, Tables};

/// For csv: which files in the folder are the tables, and which of their columns says what.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Tables (csv)")]
pub struct Arguments {
    /// The table of interactions.
    #[arg(long, value_name = "FILE", required_if_eq("layout", "csv"))]
    interactions: Option<String>,
    /// Its columns, each by its name in the first line or, if that has none, by its number from 1.
    #[arg(long, value_name = "COLUMN", required_if_eq("layout", "csv"))]
    user: Option<String>,
    #[arg(long, value_name = "COLUMN", required_if_eq("layout", "csv"))]
    item: Option<String>,
    #[arg(long, value_name = "COLUMN")]
    rating: Option<String>,
    /// Seconds, or a date with or without a time.
    #[arg(long, value_name = "COLUMN")]
    timestamp: Option<String>,
    /// The table of items.
    #[arg(long, value_name = "FILE", requires = "item_id")]
    items: Option<String>,
    /// Its columns.
    #[arg(long, value_name = "COLUMN", requires = "items")]
    item_id: Option<String>,
    #[arg(long, value_name = "COLUMN", requires = "items")]
    title: Option<String>,
    #[arg(long, value_name = "COLUMN", requires = "items")]
    description: Option<String>,
    /// What kind of thing each item is.
    #[arg(long, value_name = "COLUMN", requires = "items")]
    kind: Option<String>,
    /// The first lines are no headers.
    #[arg(long)]
    no_header: bool,
}

impl Arguments {
    /// The tables of a layout that has them.
    pub fn of(&self, layout: Layout) -> Result<Option<Tables>, CliError> {
        let named = !self.no_header;
        let interactions = match (&self.interactions, &self.user, &self.item) {
            (Some(file), Some(user), Some(item)) if layout == Layout::Csv => InteractionTable {
                file: file.clone(),
                named,
                user: user.clone(),
                item: item.clone(),
                rating: self.rating.clone(),
                timestamp: self.timestamp.clone(),
            },
            _ if self.any() => return Err(CliError::OwnColumns),
            _ => return Ok(None),
        };
        let items = self.items.clone().zip(self.item_id.clone()).map(|(file, item)| ItemTable {
            file,
            named,
            item,
            title: self.title.clone(),
            description: self.description.clone(),
            kind: self.kind.clone(),
        });
        Ok(Some(Tables { interactions, items }))
    }

    fn any(&self) -> bool {
        let Self {
            interactions,
            user,
            item,
            rating,
            timestamp,
            items,
            item_id,
            title,
            description,
            kind,
            no_header,
        } = self;
        let chosen = [interactions, user, item, rating, timestamp, items, item_id, title, description, kind];
        *no_header || chosen.iter().any(|option| option.is_some())
    }
}
