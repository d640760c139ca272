//! Foreword's journeys: whole uses of the product through HTTP, a real database,
//! a real browser and real documents. One binary, a module a kind.

mod browser;
mod documents;
mod harness;
mod http;
mod storage;
