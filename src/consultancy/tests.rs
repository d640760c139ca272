//! Stands in for a file that another branch brings.
