//! Journeys over HTTP, in process: the router of the real service on a real, empty
//! database, with the real content.
//!
//! To add one, write it in the file of its subject, with a [`visitor::Visitor`], who
//! keeps cookies and sends a page's hidden fields back as a browser does. What needs
//! a browser (JavaScript, axe-core, downloads) belongs in `browser/`.

mod accounts;
mod answering;
mod enquiries;
mod finishing;
mod importing;
mod proposing;
mod safety;
mod visitor;
