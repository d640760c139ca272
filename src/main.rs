//! The `foreword` program: everything is in the library.

fn main() -> std::process::ExitCode {
    foreword::cli::run()
}
