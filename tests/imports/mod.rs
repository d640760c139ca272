//! Services of another directory, brought in by the built program: good ones, broken
//! files, and feeds that hang, lie, loop or never end.
//!
//! To add a case: a [`Bed`], a file or a [`feed::Feed`], and what [`Bed::import`] said.
//! Whatever goes wrong, [`Bed::has`] shows that nothing was half written.

mod bed;
mod feed;
mod feeds;
mod files;
