# Ferry. `make demo` and `make test` are all a newcomer needs; each installs what it needs.

SWIFT ?= swift
DEMO := demo
FERRY := .build/release/ferry

.PHONY: demo test test-deep fuzz bench deps deps-test build lint format

demo: deps build
	@.ci/demo $(FERRY) $(DEMO)

test: deps-test lint
	.ci/check-rooms
	$(SWIFT) test --parallel

deps:
	@.ci/deps build

deps-test:
	@.ci/deps test

build:
	$(SWIFT) build -c release --product ferry

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

test-deep: deps-test build
	.ci/deep $(FERRY)

# SECONDS says how long for each target.
fuzz: deps
	.ci/fuzz $(or $(SECONDS),60)

bench: deps
	$(SWIFT) build -c release --product ferry-bench
	.build/release/ferry-bench run
