# Foreword: `make run` serves it, `make test` installs what the tests need and runs
# them all. Rust comes first: rust-toolchain.toml names the version, rustup fetches it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

CARGO_DENY := 0.20.2

.PHONY: help run test test-tools lint bench fuzz fmt rust cargo-deny

help: ## List what can be made.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: rust ## Build and serve on http://127.0.0.1:8080.
	cargo run -- serve

test: test-tools lint ## Install what the tests need, check the code, run every test.
	cargo test

test-tools: rust tests/node_modules/.package-lock.json ## Install what the tests need (Debian and its like; asks sudo when not root).

lint: rust cargo-deny ## Formatting, warnings as errors, licences and sources of dependencies.
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo deny --log-level error check licenses bans sources

bench: rust ## Benchmarks, as ratios; builds the release profile (about eight minutes the first time).
	cargo bench

FUZZ_SECONDS ?= 3600
CARGO_FUZZ := 0.13.2

# Without a sanitiser, since no unsafe code is ours; then the stable compiler will do.
fuzz: rust ## An hour of odd texts for each fuzz target (FUZZ_SECONDS=60 for less).
	@[ "$$(cargo fuzz --version 2>/dev/null)" = "cargo-fuzz $(CARGO_FUZZ)" ] \
	  || cargo install --locked --debug --quiet cargo-fuzz --version $(CARGO_FUZZ)
	for target in markdown_to_docx wording_check; do \
	  RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none $$target -- -max_total_time=$(FUZZ_SECONDS) -max_len=20000; \
	done

fmt: rust ## Lay the code out as `make lint` wants it.
	cargo fmt

rust:
	@command -v cargo >/dev/null || { \
	  echo "Rust is not installed. Install it with rustup (https://rustup.rs)," >&2; \
	  echo "open a new shell, and run make again. rust-toolchain.toml names the version; rustup fetches it." >&2; \
	  exit 1; }

# Built without optimisation: about a minute and a half, once on a machine.
cargo-deny: rust
	@[ "$$(cargo deny --version 2>/dev/null)" = "cargo-deny $(CARGO_DENY)" ] \
	  || cargo install --locked --debug --quiet cargo-deny --version $(CARGO_DENY)

# The system's tools are looked at on each run, since asking costs nothing; npm's
# packages are fetched again only when their lockfile changes.
tests/node_modules/.package-lock.json: tests/package.json tests/package-lock.json | system-tools
	cd tests && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

.PHONY: system-tools
system-tools:
	@.ci/system-tools
