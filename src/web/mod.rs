//! The web edge: pages, forms, sessions and security headers.
//!
//! Lives here: HTTP and HTML. Not here: any rule about reports, law or services;
//! handlers ask the rooms below and show what they say. To add a page: write
//! `pages/<name>.rs` with its `.html` beside it, list it in `pages/mod.rs`, and give
//! it an address in `routes.rs`. A test then renders it with each of its samples.
//!
//! | Module | What it does |
//! | --- | --- |
//! | `routes` | every address, and the layers around them |
//! | `state` | what handlers share: content, store, templates, clock |
//! | `visit` | one request's nonce and token, and the way to answer it |
//! | `guard` | which kind of account may reach which page |
//! | `csrf` | forms that cannot be read unless they are ours |
//! | `form`, `fields` | reading what was typed, showing it back |
//! | `asking` | prompts of the interview as fields, and their values back |
//! | `saving` | how every form of a report is saved, and what was typed kept |
//! | `carrying` | what was typed, carried past signing in or a failure |
//! | `templates` | pages as typed contexts and embedded Tera templates |
//! | `api` | the directory as Open Referral UK, for programs |
//! | `findings`, `wording` | what checks found, as pages show it |
//! | `error`, `headers`, `assets` | what goes around every answer |

mod api;
mod asking;
mod assets;
mod carrying;
mod csrf;
mod demo;
mod error;
mod fields;
mod findings;
mod form;
mod guard;
mod headers;
mod links;
mod openid;
mod pages;
mod recorded;
mod routes;
mod saving;
mod serving;
mod state;
mod templates;
mod visit;
mod wording;
mod words;

pub use openid::{BadMapping, OpenIdSetting, OpenIdSettings, RoleMapping};
pub use pages::prompt::bare_prompt;
pub use routes::router;
pub use serving::serve;
pub use state::{AppState, Clock, Setting, StateError};
