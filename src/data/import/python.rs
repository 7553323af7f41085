//! Python's literals, as `repr` writes them; the Amazon dump of 2014 has them, and so have the headers of `.npy` files.
//!
//! The one library there is (py_literal) recurses as deep as a line leads it, refuses `u'…'` and pairs of surrogates, and
//! takes 40 kB of the page's wasm, so this is our own.

use serde_json::{Map, Number, Value};
use thiserror::Error;

/// Lists and dicts in each other; the dump has three.
const DEEPEST: usize = 32;

/// Why text is not a literal. Columns count characters from 1.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LiteralError {
    #[error("column {column}: {found}, expected {expected}")]
    Unexpected { column: usize, found: String, expected: &'static str },
    #[error("column {column}: the string that begins here has no end")]
    Endless { column: usize },
    #[error("column {column}: `{escape}` is no escape of a character")]
    Escape { column: usize, escape: String },
    #[error("column {column}: lists and dicts are nested deeper than {DEEPEST}")]
    Deep { column: usize },
    #[error("column {column}: the number {number} cannot be held")]
    Number { column: usize, number: String },
}

/// The value of a line: dicts with strings for keys, lists, tuples (as lists), strings, numbers, `True`, `False` and
/// `None`.
pub fn parse(text: &str) -> Result<Value, LiteralError> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.value(0)?;
    match parser.peek() {
        None => Ok(value),
        Some(_) => Err(parser.unexpected("the end of the line")),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// The next character that is not a space.
    fn peek(&mut self) -> Option<char> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        self.rest().chars().next()
    }

    /// Passes a character if it is the next one.
    fn passes(&mut self, character: char) -> bool {
        let is_next = self.peek() == Some(character);
        self.at += if is_next { character.len_utf8() } else { 0 };
        is_next
    }

    fn column(&self, at: usize) -> usize {
        1 + self.text[..at].chars().count()
    }

    fn unexpected(&mut self, expected: &'static str) -> LiteralError {
        let found = self.peek().map_or("the line ends".into(), |found| format!("there is `{found}`"));
        LiteralError::Unexpected { column: self.column(self.at), found, expected }
    }

    fn value(&mut self, depth: usize) -> Result<Value, LiteralError> {
        match self.peek() {
            Some('{' | '[' | '(') if depth == DEEPEST => {
                Err(LiteralError::Deep { column: self.column(self.at) })
            }
            Some('{') => self.dict(depth + 1),
            Some('[') => self.list(']', "`,` or `]`", depth + 1),
            Some('(') => self.list(')', "`,` or `)`", depth + 1),
            Some('-' | '0'..='9' | '.') => self.number(),
            Some('\'' | '"') => Ok(Value::String(self.string()?)),
            Some('u') if self.rest()[1..].starts_with(['\'', '"']) => {
                self.at += 1;
                Ok(Value::String(self.string()?))
            }
            _ => {
                for (name, value) in [("None", Value::Null), ("True", true.into()), ("False", false.into())] {
                    if self.rest().starts_with(name) {
                        self.at += name.len();
                        return Ok(value);
                    }
                }
                Err(self.unexpected("a value"))
            }
        }
    }

    fn list(&mut self, end: char, expected: &'static str, depth: usize) -> Result<Value, LiteralError> {
        self.at += 1;
        let mut values = Vec::new();
        while !self.passes(end) {
            if !values.is_empty() && !self.passes(',') {
                return Err(self.unexpected(expected));
            }
            // Python allows a comma after the last one.
            if !values.is_empty() && self.passes(end) {
                break;
            }
            values.push(self.value(depth)?);
        }
        Ok(Value::Array(values))
    }

    fn dict(&mut self, depth: usize) -> Result<Value, LiteralError> {
        self.at += 1;
        let mut values = Map::new();
        while !self.passes('}') {
            if !values.is_empty() && !self.passes(',') {
                return Err(self.unexpected("`,` or `}`"));
            }
            if !values.is_empty() && self.passes('}') {
                break;
            }
            let at = self.at;
            let Value::String(key) = self.value(depth)? else {
                self.at = at;
                return Err(self.unexpected("a string for a key"));
            };
            if !self.passes(':') {
                return Err(self.unexpected("`:`"));
            }
            // As in Python, the last value of a key counts.
            values.insert(key, self.value(depth)?);
        }
        Ok(Value::Object(values))
    }

    fn number(&mut self) -> Result<Value, LiteralError> {
        let rest = self.rest();
        let end = rest.find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'));
        let text = &rest[..end.unwrap_or(rest.len())];
        let number = (text.parse::<i64>().ok().map(Number::from))
            .or_else(|| text.parse::<u64>().ok().map(Number::from))
            .or_else(|| Number::from_f64(text.parse().ok()?));
        let Some(number) = number else {
            let number = text.chars().take(40).collect();
            return Err(LiteralError::Number { column: self.column(self.at), number });
        };
        self.at += text.len();
        Ok(Value::Number(number))
    }

    fn string(&mut self) -> Result<String, LiteralError> {
        let start = self.at;
        let quote = self.rest().as_bytes()[0];
        self.at += 1;
        let mut string = String::new();
        loop {
            let rest = self.rest();
            let Some(length) = rest.bytes().position(|byte| byte == quote || byte == b'\\') else {
                return Err(LiteralError::Endless { column: self.column(start) });
            };
            string.push_str(&rest[..length]);
            let ends = rest.as_bytes()[length] == quote;
            self.at += length + usize::from(ends);
            if ends {
                return Ok(string);
            }
            self.escape(&mut string)?;
        }
    }

    /// A character written with a backslash.
    fn escape(&mut self, string: &mut String) -> Result<(), LiteralError> {
        let escape = &self.text[self.at..];
        let mut characters = escape[1..].chars();
        let Some(kind) = characters.next() else {
            return Err(LiteralError::Endless { column: self.column(self.at) });
        };
        let wrong = |length: usize| LiteralError::Escape {
            column: self.column(self.at),
            escape: escape.chars().take(length).collect(),
        };
        let (character, length) = match kind {
            '\\' | '\'' | '"' => (kind, 2),
            'n' => ('\n', 2),
            'r' => ('\r', 2),
            't' => ('\t', 2),
            'a' => ('\x07', 2),
            'b' => ('\x08', 2),
            'f' => ('\x0c', 2),
            'v' => ('\x0b', 2),
            'x' => (code(escape, 2).and_then(char::from_u32).ok_or_else(|| wrong(4))?, 4),
            'u' => {
                let first = code(escape, 4).ok_or_else(|| wrong(6))?;
                // Pythons of 16-bit characters write those beyond as two.
                let second =
                    || escape.get(6..).filter(|rest| rest.starts_with("\\u")).and_then(|rest| code(rest, 4));
                match char::from_u32(first) {
                    Some(character) => (character, 6),
                    None => {
                        let second = second().ok_or_else(|| wrong(6))?;
                        let pair = char::decode_utf16([first as u16, second as u16]).next();
                        (pair.and_then(Result::ok).ok_or_else(|| wrong(12))?, 12)
                    }
                }
            }
            'U' => (code(escape, 8).and_then(char::from_u32).ok_or_else(|| wrong(10))?, 10),
            '0'..='7' => {
                let digits = escape[1..].bytes().take(3).take_while(|byte| (b'0'..=b'7').contains(byte));
                let (value, count) = digits
                    .fold((0, 0), |(value, count), byte| (8 * value + u32::from(byte - b'0'), count + 1));
                (char::from_u32(value).ok_or_else(|| wrong(4))?, 1 + count)
            }
            'N' => return Err(wrong(3)),
            // Any other backslash stands for itself.
            _ => ('\\', 1),
        };
        string.push(character);
        self.at += length;
        Ok(())
    }
}

/// The number that an escape names with so many hexadecimal digits after its first two characters.
fn code(escape: &str, digits: usize) -> Option<u32> {
    let digits =
        escape.get(2..2 + digits).filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// What Python's `repr` writes: single quotes unless the string has some and no double ones; backslashes for quotes,
    /// control characters and, where it writes `ascii`, everything beyond.
    fn repr(value: &Value, ascii: bool) -> String {
        let all = |values: Vec<String>| values.join(", ");
        match value {
            Value::Null => "None".into(),
            Value::Bool(true) => "True".into(),
            Value::Bool(false) => "False".into(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => repr_of_text(text, ascii),
            Value::Array(values) => {
                format!("[{}]", all(values.iter().map(|value| repr(value, ascii)).collect()))
            }
            Value::Object(values) => {
                let pair = |(key, value): (&String, &Value)| {
                    format!("{}: {}", repr_of_text(key, ascii), repr(value, ascii))
                };
                format!("{{{}}}", all(values.iter().map(pair).collect()))
            }
        }
    }

    fn repr_of_text(text: &str, ascii: bool) -> String {
        let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
        let mut written = String::from(quote);
        for character in text.chars() {
            match character {
                '\n' => written += "\\n",
                '\r' => written += "\\r",
                '\t' => written += "\\t",
                '\\' => written += "\\\\",
                _ if character == quote => written.extend(['\\', character]),
                ' '..='~' => written.push(character),
                '\0'..='\x7f' | '\u{80}'..='\u{a0}' | '\u{ad}' => {
                    written += &format!("\\x{:02x}", character as u32)
                }
                '\u{a1}'..='\u{ff}' if ascii => written += &format!("\\x{:02x}", character as u32),
                '\u{100}'..='\u{ffff}' if ascii => written += &format!("\\u{:04x}", character as u32),
                _ if ascii => written += &format!("\\U{:08x}", character as u32),
                _ => written.push(character),
            }
        }
        written.push(quote);
        written
    }

    #[test]
    fn a_line_of_the_dump_is_read() {
        let line = r#"{'asin': '0000031852', 'title': "Girls' \"Tutu\"", 'price': 3.17, 'imUrl': u'http:\/\/x',
            'related': {'also_bought': ['B00JHONN1S', 'B002BZX8Z6',], 'buy_after': []}, 'salesRank': {'Toys & Games': 211836},
            'new': True, 'brand': None, 'categories': [['Sports & Outdoors', 'Caf\xe9 \u2013 \U0001f600 \ud83d\ude00 \7\101']]}"#;
        let expected = json!({
            "asin": "0000031852", "title": "Girls' \"Tutu\"", "price": 3.17, "imUrl": "http:\\/\\/x",
            "related": { "also_bought": ["B00JHONN1S", "B002BZX8Z6"], "buy_after": [] }, "salesRank": { "Toys & Games": 211836 },
            "new": true, "brand": null, "categories": [["Sports & Outdoors", "Café – 😀 😀 \u{7}A"]],
        });
        assert_eq!(parse(line), Ok(expected));
    }

    #[test]
    fn tuples_are_lists() {
        assert_eq!(
            parse("{'shape': (3, 4), 'one': (7,), 'none': ()}"),
            Ok(json!({ "shape": [3, 4], "one": [7], "none": [] }))
        );
        assert_eq!(parse("(1, 2]").unwrap_err().to_string(), "column 6: there is `]`, expected `,` or `)`");
    }

    #[test]
    fn numbers_keep_their_kind() {
        for (text, value) in [
            ("-7", json!(-7)),
            ("18446744073709551615", json!(u64::MAX)),
            ("1e3", json!(1000.0)),
            (".5", json!(0.5)),
            ("7.", json!(7.0)),
        ] {
            assert_eq!(parse(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn each_mistake_has_its_sentence() {
        for (text, sentence) in [
            ("", "column 1: the line ends, expected a value"),
            ("{'a': nan}", "column 7: there is `n`, expected a value"),
            ("['é' 'b']", "column 6: there is `'`, expected `,` or `]`"),
            ("{'a': 1 'b'}", "column 9: there is `'`, expected `,` or `}`"),
            ("{'a', 1}", "column 5: there is `,`, expected `:`"),
            ("{1: 2}", "column 2: there is `1`, expected a string for a key"),
            ("[,]", "column 2: there is `,`, expected a value"),
            ("['a'", "column 5: the line ends, expected `,` or `]`"),
            ("{} {}", "column 4: there is `{`, expected the end of the line"),
            ("['a, \"b\"]", "column 2: the string that begins here has no end"),
            ("'\\", "column 2: the string that begins here has no end"),
            ("'a\\x4'", "column 3: `\\x4'` is no escape of a character"),
            ("'\\ud83d'", "column 2: `\\ud83d` is no escape of a character"),
            ("'\\ud83d\\u0041'", "column 2: `\\ud83d\\u0041` is no escape of a character"),
            ("'\\U00110000'", "column 2: `\\U00110000` is no escape of a character"),
            ("'\\N{DASH}'", "column 2: `\\N{` is no escape of a character"),
            ("1e999", "column 1: the number 1e999 cannot be held"),
            ("1-2", "column 1: the number 1-2 cannot be held"),
        ] {
            assert_eq!(parse(text).unwrap_err().to_string(), sentence, "{text}");
        }
        assert!(parse(&format!("{}{}", "[".repeat(DEEPEST), "]".repeat(DEEPEST))).is_ok());
        let deep = parse(&"[".repeat(60_000)).unwrap_err().to_string();
        assert_eq!(deep, "column 33: lists and dicts are nested deeper than 32");
    }

    fn value() -> impl Strategy<Value = Value> {
        let text = || prop_oneof!["[a-z'\"\\\\ \\n\\t\\x00-\\x20]{0,8}", ".{0,8}", any::<String>()];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            (-1e300..1e300f64).prop_map(Value::from),
            text().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(text(), inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn whatever_python_writes_is_read_as_it_was(value in value(), ascii: bool) {
            prop_assert_eq!(parse(&repr(&value, ascii)), Ok(value));
        }

        #[test]
        fn a_cut_line_is_refused(value in value(), ascii: bool, cut in 0usize..1000) {
            let text = repr(&Value::from(vec![value]), ascii);
            let cut = text.char_indices().map(|(at, _)| at).nth(cut % text.chars().count()).unwrap();
            prop_assert!(parse(&text[..cut]).is_err());
        }

        #[test]
        fn arbitrary_text_does_no_harm(text in "[\\[\\]{}',:\"\\\\uUxN0-9a-fTrue é😀-]{0,60}") {
            let _ = parse(&text);
        }
    }
}
