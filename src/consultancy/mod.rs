//! What carries a woman from court into support.
//!
//! Here: the support and development plan. Not here: any sentence (`report-templates/`),
//! keeping it (`store`), or printing it (`report`).

pub mod plan;
