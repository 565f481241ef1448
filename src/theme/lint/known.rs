//! What is known of a value before any page is rendered.

use crate::theme::shape::{Field, Fields, Shape};

/// What is known of a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known {
    /// Nothing has been seen yet: a component that nobody calls.
    Unseen,
    /// `none`.
    Nothing,
    /// A value of the contract, or of the same shape.
    Shape(Shape),
    /// The arguments of a directive.
    Arguments,
    /// `loop` inside `for`.
    Loop,
    /// Anything.
    Any,
}

impl Known {
    /// Text.
    pub const TEXT: Self = Self::Shape(Shape::Text);
    /// A number.
    pub const NUMBER: Self = Self::Shape(Shape::Number);
    /// Yes or no.
    pub const FLAG: Self = Self::Shape(Shape::Flag);

    /// What is known of a value that is one or the other.
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unseen, known) | (known, Self::Unseen) => known,
            (Self::Nothing, Self::Nothing) => Self::Nothing,
            (Self::Nothing, Self::Shape(shape)) | (Self::Shape(shape), Self::Nothing)
                if matches!(shape, Shape::Optional(_)) =>
            {
                Self::Shape(shape)
            }
            (Self::Shape(one), Self::Shape(two)) => either(one, two).map_or(Self::Any, Self::Shape),
            (Self::Arguments, Self::Arguments) => Self::Arguments,
            (Self::Loop, Self::Loop) => Self::Loop,
            (
                Self::Nothing | Self::Shape(_) | Self::Arguments | Self::Loop | Self::Any,
                Self::Nothing | Self::Shape(_) | Self::Arguments | Self::Loop | Self::Any,
            ) => Self::Any,
        }
    }

    /// The same value where it is certain to be there.
    pub fn present(self) -> Self {
        match self {
            Self::Shape(Shape::Optional(inner)) => Self::Shape(inner()),
            Self::Unseen
            | Self::Nothing
            | Self::Shape(_)
            | Self::Arguments
            | Self::Loop
            | Self::Any => self,
        }
    }

    /// A member of a list.
    pub fn member(self) -> Self {
        match self.present() {
            Self::Shape(Shape::List(inner)) => Self::Shape(inner()),
            Self::Shape(Shape::Text) => Self::TEXT,
            Self::Unseen => Self::Unseen,
            Self::Nothing | Self::Shape(_) | Self::Arguments | Self::Loop | Self::Any => Self::Any,
        }
    }

    /// A member of a list that may be empty.
    pub fn first(self) -> Self {
        match self.present() {
            Self::Shape(Shape::List(inner)) => Self::Shape(Shape::Optional(inner)),
            Self::Unseen => Self::Unseen,
            Self::Nothing | Self::Shape(_) | Self::Arguments | Self::Loop | Self::Any => Self::Any,
        }
    }

    /// Whether the two are the same.
    pub fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Unseen, Self::Unseen)
            | (Self::Nothing, Self::Nothing)
            | (Self::Arguments, Self::Arguments)
            | (Self::Loop, Self::Loop)
            | (Self::Any, Self::Any) => true,
            (Self::Shape(one), Self::Shape(two)) => same(one, two),
            (
                Self::Unseen
                | Self::Nothing
                | Self::Shape(_)
                | Self::Arguments
                | Self::Loop
                | Self::Any,
                _,
            ) => false,
        }
    }
}

/// A field of a struct.
pub(super) fn field(fields: &Fields, name: &str) -> Option<&'static Field> {
    fields.fields.iter().find(|field| field.name == name)
}

/// A value's shape in words, when it has no fields: "text".
pub(super) fn plain_words(shape: Shape) -> Option<&'static str> {
    match shape {
        Shape::Text | Shape::Html => Some("text"),
        Shape::Number => Some("a number"),
        Shape::Flag => Some("yes or no"),
        Shape::List(_) => Some("a list"),
        Shape::Optional(_) | Shape::Struct(_) | Shape::Words | Shape::Any => None,
    }
}

fn same(one: Shape, two: Shape) -> bool {
    match (one, two) {
        (Shape::Text, Shape::Text)
        | (Shape::Html, Shape::Html)
        | (Shape::Number, Shape::Number)
        | (Shape::Flag, Shape::Flag)
        | (Shape::Words, Shape::Words)
        | (Shape::Any, Shape::Any) => true,
        (Shape::Optional(one), Shape::Optional(two)) | (Shape::List(one), Shape::List(two)) => {
            same(one(), two())
        }
        (Shape::Struct(one), Shape::Struct(two)) => one.name == two.name,
        (
            Shape::Text
            | Shape::Html
            | Shape::Number
            | Shape::Flag
            | Shape::Optional(_)
            | Shape::List(_)
            | Shape::Struct(_)
            | Shape::Words
            | Shape::Any,
            _,
        ) => false,
    }
}

/// The shape that covers both, when there is one.
fn either(one: Shape, two: Shape) -> Option<Shape> {
    match (one, two) {
        _ if same(one, two) => Some(one),
        (Shape::Optional(inner), other) | (other, Shape::Optional(inner))
            if same(inner(), other) =>
        {
            Some(Shape::Optional(inner))
        }
        (Shape::Text, Shape::Html) | (Shape::Html, Shape::Text) => Some(Shape::Text),
        _ => None,
    }
}
