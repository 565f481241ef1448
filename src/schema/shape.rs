//! What a value may be, and how JSON Schema says it.
//!
//! A [`Shape`] says what our readers (`data::Fields`) take: a number counts as text, a key without a
//! value as one that is not there, a single word as a list of one. To add a kind of value: a variant,
//! and what the compiler then asks for here and in `tests::samples`.

use serde_json::{Map, Value, json};

/// What a value may be.
#[derive(Debug, Clone)]
pub(super) enum Shape {
    /// Any words.
    Text,
    /// Words of a form: a pattern, and an example that fits it.
    Form(
        &'static str,
        #[cfg_attr(not(test), allow(dead_code))] &'static str,
    ),
    /// Yes or no.
    Flag,
    /// A whole number, the smallest and the largest allowed.
    Integer(Option<i64>, Option<i64>),
    /// Any number.
    Number,
    /// A day: `2026-11-22`.
    Date,
    /// One of some words, each with what it means.
    OneOf(Vec<(&'static str, &'static str)>),
    /// One or several, with or without brackets.
    OneOrMore(Box<Shape>),
    /// A list, of so many at least.
    List(Box<Shape>, usize),
    /// A table with keys that are known.
    Table(Table),
    /// A table whose keys authors name themselves: a form for the keys with an example, and the values.
    Map((&'static str, &'static str), Box<Shape>),
    /// Several kinds of value.
    Either(Vec<Shape>),
    /// A definition of the schema.
    Defined(&'static str),
    /// Words for readers, once or for each language.
    Words,
    /// The same, and not empty.
    FilledWords,
    /// Nothing: a key without a value.
    Nothing,
    /// The plain word `false`.
    No,
    /// Anything at all.
    Any,
}

/// A table with known keys.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    /// The keys, in the order in which people write them.
    pub keys: Vec<Key>,
    /// What holds between keys, in the words of JSON Schema.
    pub rules: Vec<(&'static str, Value)>,
    /// Whether other keys are allowed: those that the same file names elsewhere.
    pub is_open: bool,
    /// Tables that keep to the rules, for those whose keys cannot all be there at once.
    #[cfg_attr(not(test), allow(dead_code))]
    pub samples: Vec<Value>,
}

/// A key of a table.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub name: &'static str,
    pub about: &'static str,
    pub shape: Shape,
    pub is_needed: bool,
    pub usual: Option<Value>,
    pub example: Option<Value>,
}

/// Any key of a table that authors name.
pub(super) const ANY_NAME: &str = "";
/// An id: a part of an address.
pub(super) const ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
/// Words that are not only spaces.
pub(super) const FILLED: Shape = Shape::Form("\\S", "words");
/// An address that begins with `https://`.
pub(super) const ADDRESS: Shape = Shape::Form("^https://", "https://example.org/");

/// A key that may be left out.
pub(super) fn key(name: &'static str, about: &'static str, shape: Shape) -> Key {
    Key {
        name,
        about,
        shape,
        is_needed: false,
        usual: None,
        example: None,
    }
}

impl Key {
    /// It has to be there.
    pub fn needed(mut self) -> Self {
        self.is_needed = true;
        self
    }

    /// What counts when it is not there.
    pub fn usual(mut self, value: impl Into<Value>) -> Self {
        self.usual = Some(value.into());
        self
    }

    /// How it looks.
    pub fn example(mut self, value: impl Into<Value>) -> Self {
        self.example = Some(value.into());
        self
    }
}

/// A table with these keys.
pub(super) fn table(keys: Vec<Key>) -> Table {
    Table {
        keys,
        ..Table::default()
    }
}

impl Table {
    /// Adds what holds between keys.
    pub fn rule(mut self, word: &'static str, value: Value) -> Self {
        self.rules.push((word, value));
        self
    }

    /// Adds a table that keeps to the rules.
    pub fn sample(mut self, value: Value) -> Self {
        self.samples.push(value);
        self
    }

    /// Lets other keys be.
    pub fn open(mut self) -> Self {
        self.is_open = true;
        self
    }

    /// As a shape.
    pub fn shape(self) -> Shape {
        Shape::Table(self)
    }
}

/// One or several of a shape.
pub(super) fn one_or_more(shape: Shape) -> Shape {
    Shape::OneOrMore(Box::new(shape))
}

/// A list of a shape, which may be empty.
pub(super) fn list(shape: Shape) -> Shape {
    Shape::List(Box::new(shape), 0)
}

/// A table with any keys.
pub(super) fn map(example: &'static str, shape: Shape) -> Shape {
    Shape::Map((ANY_NAME, example), Box::new(shape))
}

/// A text or a number, which is text too.
const TEXT: [&str; 3] = ["string", "number", "boolean"];

impl Shape {
    /// The schema of a value.
    pub fn json(&self) -> Value {
        match self {
            Shape::Text => json!({"type": TEXT}),
            // A number or `true` is text without spaces, to our readers.
            Shape::Form(pattern, _) if ["\\S", "^\\S+$"].contains(pattern) => {
                json!({"type": TEXT, "pattern": pattern})
            }
            Shape::Form(pattern, _) => json!({"type": "string", "pattern": pattern}),
            Shape::Flag => json!({"type": "boolean"}),
            Shape::Integer(least, most) => {
                let mut schema = json!({"type": "integer"});
                for (word, bound) in [("minimum", least), ("maximum", most)] {
                    if let Some(bound) = bound {
                        schema[word] = json!(bound);
                    }
                }
                schema
            }
            Shape::Number => json!({"type": "number"}),
            Shape::Date => json!({
                "type": "string",
                "format": "date",
                "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            }),
            Shape::OneOf(words) => one_of(words),
            Shape::OneOrMore(shape) => {
                let one = shape.json();
                json!({"anyOf": [one, {"type": "array", "items": one}]})
            }
            Shape::List(shape, least) => {
                json!({"type": "array", "items": shape.json(), "minItems": least})
            }
            Shape::Table(table) => table.json(),
            Shape::Map((pattern, _), shape) => {
                let mut schema = json!({"type": "object", "additionalProperties": shape.json()});
                if *pattern != ANY_NAME {
                    schema["propertyNames"] = json!({"pattern": pattern});
                }
                schema
            }
            Shape::Either(shapes) => {
                let shapes: Vec<_> = shapes.iter().map(Shape::json).collect();
                json!({"anyOf": shapes})
            }
            Shape::Defined(name) => json!({"$ref": format!("#/definitions/{name}")}),
            Shape::Words => words(),
            Shape::FilledWords => {
                let mut schema = words();
                let blank = json!({"type": "string", "pattern": "^\\s*$"});
                schema["not"] = json!({"anyOf": [
                    blank,
                    {"type": "object", "additionalProperties": blank},
                ]});
                schema
            }
            Shape::Nothing => json!({"type": "null"}),
            Shape::No => json!({"const": false}),
            Shape::Any => json!({}),
        }
    }
}

/// Words for readers. An editor offers the plain form first.
fn words() -> Value {
    json!({"anyOf": [
        {"type": TEXT},
        {"type": "object", "additionalProperties": {"type": TEXT}},
    ]})
}

/// `enumDescriptions` is what the YAML extension shows, `x-taplo` what the one for TOML does.
fn one_of(words: &[(&str, &str)]) -> Value {
    let names: Vec<_> = words.iter().map(|(name, _)| *name).collect();
    let about: Vec<_> = words.iter().map(|(_, about)| *about).collect();
    if about.iter().all(|about| about.is_empty()) {
        return json!({"enum": names});
    }
    json!({
        "enum": names,
        "enumDescriptions": about,
        "x-taplo": {"docs": {"enumValues": about}},
    })
}

impl Table {
    fn json(&self) -> Value {
        let properties: Map<_, _> = self
            .keys
            .iter()
            .map(|key| (key.name.to_owned(), key.json()))
            .collect();
        let needed: Vec<_> = self
            .keys
            .iter()
            .filter(|key| key.is_needed)
            .map(|key| key.name)
            .collect();
        let mut schema = json!({"type": "object", "properties": properties});
        if !needed.is_empty() {
            schema["required"] = json!(needed);
        }
        if !self.is_open {
            schema["additionalProperties"] = json!(false);
        }
        for (word, value) in &self.rules {
            schema[*word] = value.clone();
        }
        schema
    }
}

impl Key {
    fn json(&self) -> Value {
        // Words beside a reference are not read, so that it stands in a list of one.
        let mut schema = match self.shape.json() {
            reference if reference.get("$ref").is_some() => json!({"anyOf": [reference]}),
            schema => schema,
        };
        if !self.is_needed && !matches!(self.shape, Shape::Any) {
            schema = or_nothing(schema);
        }
        schema["description"] = json!(self.about);
        if let Some(usual) = &self.usual {
            schema["default"] = usual.clone();
        }
        if let Some(example) = &self.example {
            schema["examples"] = json!([example]);
        }
        schema
    }
}

/// A key without a value counts as one that is not there.
fn or_nothing(mut schema: Value) -> Value {
    if let Some(kinds) = schema.get_mut("type") {
        let mut all = match kinds.take() {
            Value::Array(all) => all,
            one => vec![one],
        };
        all.push(json!("null"));
        *kinds = json!(all);
    } else if let Some(Value::Array(shapes)) = schema.get_mut("anyOf") {
        shapes.push(json!({"type": "null"}));
    } else if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
    }
    schema
}
