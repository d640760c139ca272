//! Foreword: the word before the sentence.
//!
//! The library is laid out as rooms, one folder each. Imports run downwards in
//! this list only; `store`, `web` and `cli` are edges, and nothing pure imports
//! them. `tests/http/rooms.rs` reads the `use crate::…` lines and holds the rule.
//!
//! | Room | What lives there |
//! | --- | --- |
//! | [`english`] | how a day, a list and the start of a sentence are written |
//! | [`finding`] | what a check says: code, severity, what, why, source, way out |
//! | [`content`] | reading content packs, and their errors with file and line |
//! | [`case`] | the case file: the woman, hearing, offences, answers, enquiries, proposal |
//! | [`interview`] | prompts, sections, branching, validation, progress |
//! | [`needs`] | themes, levels and strengths that the answers show |
//! | [`directory`] | services, places, and matching with reasons |
//! | [`sentencing`] | the law as dated data, legal and practical checks, her week |
//! | [`consultancy`] | referral to a women's centre, its reply, what lapses before the hearing; her plan |
//! | [`report`] | the draft with its evidence; HTML, DOCX, plain text |
//! | [`review`] | what must not leave, and the checks before signing |
//! | [`records`] | how long a report is kept, and why one may be erased |
//! | [`pack`] | all content together, and what everybody wants of it |
//! | [`store`] | the database: SQLite or PostgreSQL, content encrypted |
//! | [`web`] | pages, forms, sessions, security headers |
//! | [`cli`] | the commands |

pub mod case;
pub mod cli;
pub mod consultancy;
pub mod content;
pub mod directory;
pub mod english;
pub mod finding;
pub mod interview;
pub mod needs;
pub mod pack;
pub mod records;
pub mod report;
pub mod review;
pub mod sentencing;
pub mod store;
pub mod web;
