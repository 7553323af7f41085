use serde::Serialize;

/// One question that a design answers, and the answers there are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct Axis {
    /// The field of the design.
    pub name: &'static str,
    pub question: &'static str,
    /// Empty where the answer is yes or no.
    pub choices: &'static [Choice],
    /// Whether several of the choices can be taken together.
    pub several: bool,
}

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct Choice {
    pub name: &'static str,
    pub meaning: &'static str,
}

/// Which of the names this is, or what names there are.
pub(crate) fn position(names: &[&str], name: &str) -> Result<usize, String> {
    names.iter().position(|known| *known == name).ok_or_else(|| {
        let known: Vec<String> = names.iter().map(|known| format!("`{known}`")).collect();
        format!("unknown answer `{name}`, expected one of {}", known.join(", "))
    })
}

/// An enumeration of answers, each with its name in files and what it means, which is its documentation. What serde
/// would derive for a dozen of them weighs kilobytes in the wasm; this goes by the names.
macro_rules! choices {
    ($(#[$about:meta])* $name:ident { $(#[doc = $first:literal] $(#[$more:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[cfg_attr(test, derive(ts_rs::TS))]
        #[cfg_attr(test, ts(rename_all = "kebab-case"))]
        pub enum $name {
            $(#[doc = $first] $(#[$more])* $variant,)+
        }

        impl $name {
            /// All answers, in their order.
            pub const CHOICES: &'static [Choice] =
                &[$(Choice { name: $text, meaning: $first.trim_ascii() },)+];
            /// The same as values.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// Their names in files. Apart, so that no page downloads meanings that it does not show.
            const NAMES: &'static [&'static str] = &[$($text,)+];

            pub fn name(self) -> &'static str {
                Self::NAMES[self as usize]
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = std::borrow::Cow::<str>::deserialize(deserializer)?;
                let at = $crate::schema::axis::position(Self::NAMES, &name);
                at.map(|at| Self::ALL[at]).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use choices;
