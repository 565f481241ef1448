//! How a contract value becomes a template value, and what is known of it without rendering.
//!
//! [`view!`] makes a struct whose fields are documented once: the struct is filled by `render/`,
//! turned into a [`tera::Value`] by [`View::value`], and described by [`View::shape`] for the
//! checks on templates and for the manual page. Nothing here knows which values there are.

use std::sync::Arc;

use tera::{Map, Value};

/// What is known of a template value without rendering.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Text, escaped when it is written.
    Text,
    /// Ready HTML.
    Html,
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// A value that may be absent.
    Optional(fn() -> Shape),
    /// A list of values.
    List(fn() -> Shape),
    /// Named fields.
    Struct(&'static Fields),
    /// The words of the interface: any key of the strings files.
    Words,
    /// Free data of which nothing is known.
    Any,
}

/// The description of a `view!` struct.
#[derive(Debug)]
pub struct Fields {
    /// Name of the struct.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Its fields in the order they are written.
    pub fields: &'static [Field],
}

/// A field of a `view!` struct.
#[derive(Debug)]
pub struct Field {
    /// Name, as templates write it.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Its shape.
    pub shape: fn() -> Shape,
}

/// A value that a template may use.
pub trait View {
    /// What is known of it without rendering.
    fn shape() -> Shape;
    /// The template engine's form of it.
    fn value(self) -> Value;
}

/// Ready HTML: made by the generator, never by an author's raw text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(pub String);

/// Free data, such as `extra`.
#[derive(Debug, Clone)]
pub struct Any(pub Value);

impl Default for Any {
    fn default() -> Self {
        Self(Value::from(Map::new()))
    }
}

/// A value made once and used by many pages.
#[derive(Debug)]
pub struct Shared<T> {
    value: Value,
    kind: std::marker::PhantomData<fn() -> T>,
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self {
            value: self.value.clone(),
            kind: std::marker::PhantomData,
        }
    }
}

impl<T: View> Shared<T> {
    /// Turns the view into its template value once and for all.
    pub fn new(view: T) -> Self {
        Self {
            value: view.value(),
            kind: std::marker::PhantomData,
        }
    }
}

impl<T> Shared<T> {
    /// Takes a value that is known to have the shape of `T`.
    pub(crate) fn from_value(value: Value) -> Self {
        Self {
            value,
            kind: std::marker::PhantomData,
        }
    }
}

impl<T: View> View for Shared<T> {
    fn shape() -> Shape {
        T::shape()
    }
    fn value(self) -> Value {
        self.value
    }
}

impl View for String {
    fn shape() -> Shape {
        Shape::Text
    }
    fn value(self) -> Value {
        Value::normal_string(&self)
    }
}

impl View for Arc<str> {
    fn shape() -> Shape {
        Shape::Text
    }
    fn value(self) -> Value {
        Value::normal_string(&self)
    }
}

impl View for Html {
    fn shape() -> Shape {
        Shape::Html
    }
    fn value(self) -> Value {
        Value::safe_string(&self.0)
    }
}

impl View for usize {
    fn shape() -> Shape {
        Shape::Number
    }
    fn value(self) -> Value {
        Value::from(self as u64)
    }
}

impl View for bool {
    fn shape() -> Shape {
        Shape::Flag
    }
    fn value(self) -> Value {
        Value::from(self)
    }
}

impl View for Any {
    fn shape() -> Shape {
        Shape::Any
    }
    fn value(self) -> Value {
        self.0
    }
}

impl<T: View> View for Option<T> {
    fn shape() -> Shape {
        Shape::Optional(T::shape)
    }
    fn value(self) -> Value {
        self.map_or_else(Value::none, T::value)
    }
}

impl<T: View> View for Vec<T> {
    fn shape() -> Shape {
        Shape::List(T::shape)
    }
    fn value(self) -> Value {
        Value::from(self.into_iter().map(T::value).collect::<Vec<_>>())
    }
}

/// Declares a struct of the contract. See the module documentation.
macro_rules! view {
    ($(#[doc = $about:literal])+ pub struct $name:ident {
        $($(#[doc = $field_about:literal])+ $field:ident: $kind:ty,)+
    }) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone)]
        pub struct $name {
            $($(#[doc = $field_about])+ pub $field: $kind,)+
        }

        impl $name {
            const FIELDS: $crate::theme::shape::Fields = $crate::theme::shape::Fields {
                name: stringify!($name),
                about: concat!($($about, "\n"),+),
                fields: &[$($crate::theme::shape::Field {
                    name: stringify!($field),
                    about: concat!($($field_about, "\n"),+),
                    shape: <$kind as $crate::theme::shape::View>::shape,
                },)+],
            };

            /// The fields, each with its template value.
            pub(crate) fn entries(self) -> impl Iterator<Item = (&'static str, tera::Value)> {
                [$((stringify!($field), $crate::theme::shape::View::value(self.$field)),)+].into_iter()
            }
        }

        impl $crate::theme::shape::View for $name {
            fn shape() -> $crate::theme::shape::Shape {
                $crate::theme::shape::Shape::Struct(&$name::FIELDS)
            }
            fn value(self) -> tera::Value {
                tera::Value::from(
                    self.entries()
                        .map(|(name, value)| (tera::value::Key::Str(name), value))
                        .collect::<tera::Map>(),
                )
            }
        }
    };
}
pub(crate) use view;
