//! The `foreword` program.

fn main() {}
