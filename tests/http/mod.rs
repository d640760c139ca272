//! Journeys over HTTP, in process: the router of the real service on a real, empty
//! database, with the real content.
//!
//! To add one, write it in the file of its subject, with a [`visitor::Visitor`], who
//! keeps cookies and sends a page's hidden fields back as a browser does. What needs
//! a browser (JavaScript, axe-core, downloads) belongs in `browser/`.

mod accounts;
mod addenda;
mod answering;
mod asking;
mod audit;
mod bad_input;
mod cards;
mod carrying;
mod commenting;
mod consultancy;
mod content;
mod directory;
mod editing;
mod enquiries;
mod finishing;
mod guiding;
mod importing;
mod keeping;
mod leaving;
mod letters;
mod notes;
mod openid;
mod people;
mod planning;
mod plans;
mod proposing;
mod records;
mod replies;
mod roles;
mod safety;
mod saving;
mod second;
mod second_step;
mod services;
mod signing;
mod timeline;
mod visitor;
mod wording;
