# Ferry. `make demo` and `make test` are all a newcomer needs; each installs what it needs.

SWIFT ?= swift
DEMO := demo
FERRY := .build/release/ferry

# Where `make install` puts the command, its manual, completions and samples.
PREFIX ?= /usr/local
STANDALONE := .build-standalone/release/ferry

.PHONY: demo test test-crm test-deep fuzz bench install package test-package docs deps deps-test deps-crm build standalone lint format

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

# Real CRM servers from the package indexes, so that it needs them at run time.
test-crm: deps-crm build
	.ci/crm-runs $(FERRY)

deps-crm:
	@.ci/deps crm

# SECONDS says how long for each target.
fuzz: deps
	.ci/fuzz $(or $(SECONDS),60)

bench: deps
	$(SWIFT) build -c release --product ferry-bench
	.build/release/ferry-bench run

# The Swift runtime is linked in, so that the machine it runs on needs no toolchain.
standalone: deps
	$(SWIFT) build -c release --static-swift-stdlib --build-path .build-standalone --product ferry

install: standalone
	.ci/install $(STANDALONE) $(PREFIX)

package: standalone
	.ci/package $(STANDALONE) .build-package

# Installs the package in a Debian that has nothing else; needs root.
test-package: package
	.ci/package-room .build-package/*.deb

docs: deps
	.ci/docs .build-docs
