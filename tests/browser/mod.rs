//! A real Chromium at Foreword's pages. The journeys are the scripts beside this
//! file; here they are given a service to visit and judged by what they leave.
//!
//! To add one: a script `name.mjs` that calls `journey`, and a test that runs
//! `Script::new("name")`.

mod angela;
mod asking;
mod centre;
mod copying;
mod directory;
mod editing;
mod enquiries;
mod examples;
mod keeping;
mod keyboard;
mod leaving;
mod plan;
mod records;
mod saving;
mod second;
mod self_test;
mod support;
