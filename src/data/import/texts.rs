use super::identifiers::Identifiers;
use crate::data::ItemText;

/// Texts on their way to their items.
pub struct Texts<'a> {
    items: &'a Identifiers,
    of_item: Vec<Option<ItemText>>,
    again: usize,
    left_out: usize,
}

impl<'a> Texts<'a> {
    pub fn of(items: &'a Identifiers) -> Self {
        Self { items, of_item: vec![None; items.names().len()], again: 0, left_out: 0 }
    }

    /// Keeps the text of an item that is in the data and has none yet.
    pub fn add(&mut self, item: &str, text: ItemText) {
        match self.items.index(item).map(|index| &mut self.of_item[index]) {
            None => self.left_out += 1,
            Some(Some(_)) => self.again += 1,
            Some(place) => *place = Some(text),
        }
    }

    /// The texts `[items]`, empty where the file had none. Notes say what was missing or left out.
    pub fn finish(self, file: &str, notes: &mut Vec<String>) -> Vec<ItemText> {
        let missing = self.of_item.iter().filter(|text| text.is_none()).count();
        for (count, sentence) in [
            (missing, "items without a line have no text"),
            (self.again, "further lines of an item were left out"),
            (self.left_out, "lines of items that are not in the data were left out"),
        ] {
            if count > 0 {
                notes.push(format!("{file}: {sentence}, {count} in all"));
            }
        }
        self.of_item.into_iter().map(Option::unwrap_or_default).collect()
    }
}
