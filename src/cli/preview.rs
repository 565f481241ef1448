//! `afterword preview`.
use super::args::Preview;
use super::{End, Failure};
pub fn run(_command: &Preview) -> Result<End, Failure> {
    Ok(End::Done)
}
