# make demo   on a fresh Debian or Ubuntu with Go, git and make: install, build, convert the samples, show the result
# make test   the whole test suite, likewise from nothing
# make help   the other targets

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build

VERSION := $(shell git describe --tags --match 'v*' --dirty 2>/dev/null || cat VERSION)
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0

# System packages: a C compiler, and Tesseract's data for the text recognition; for the tests Tesseract itself, whose readings are
# compared, Python and PostgreSQL for those with other engines, and Chromium with a Chinese font for those of the web pages.
BUILD_PACKAGES := gcc libc6-dev tesseract-ocr-chi-sim tesseract-ocr-eng
TEST_PACKAGES := $(BUILD_PACKAGES) tesseract-ocr python3 python3-venv postgresql chromium fonts-wqy-microhei

# The programs that bench/speed measures beside this one.
BENCH_PACKAGES := $(BUILD_PACKAGES) tesseract-ocr poppler-utils mupdf-tools qpdf ocrmypdf ghostscript python3 python3-venv

.PHONY: help deps deps-test deps-bench build demo test screenshots vet test-go test-python test-engines test-azure bench bench-structure lint fmt clean

help:
	@echo 'build      bin/extract'
	@echo 'demo       install what is needed, build, convert samples/ to demo-out, print the summary and ten rows'
	@echo 'test       install what is needed, build, run every test'
	@echo 'test-engines   the scripts in Spark and ClickHouse too (installs a gigabyte; Spark needs Java)'
	@echo 'test-azure     reads from and writes to an emulator of Azure Blob Storage (installs it with npm)'
	@echo 'deps       install the system packages that the build needs (apt, as root or with sudo)'
	@echo 'deps-test  and those that the tests need'
	@echo 'bench      speed beside other programs, written to bench/RESULTS.md (installs them; ten minutes, on a quiet machine)'
	@echo 'bench-structure  tables against checked grids, ours beside pdfplumber and camelot (needs the shared corpus)'
	@echo 'screenshots  take the pictures in docs/ again (needs the shared corpus)'
	@echo 'lint       gofmt, go vet, staticcheck, govulncheck'
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

# The Google library can speak gRPC, which is 13 MB that nothing here uses; the tag leaves it out.
build:
	go build -trimpath -tags disable_grpc_modules -ldflags '-s -w -X main.version=$(VERSION)' -o bin/extract ./cmd/extract

demo: deps
	@$(MAKE) --no-print-directory build
	bin/extract convert --preview 10 -o demo-out samples

test: deps-test
	@$(MAKE) --no-print-directory build vet test-go test-python

vet:
	go vet ./...
	go vet -tags noocr ./...

test-go:
	go test -timeout 15m ./...
	go test -timeout 15m -tags noocr ./extract/ocr ./cmd/extract
	go test -timeout 15m -race ./internal/batch

.venv/installed: tests/requirements.txt
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

test-python: build .venv/installed
	.venv/bin/python -m unittest discover -s tests

# Spark and ClickHouse run the generated scripts: a gigabyte to install, and Java, so not in test.
test-engines: build .venv/installed
	.venv/bin/pip install --quiet --disable-pip-version-check -r tests/requirements-engines.txt
	.venv/bin/python -m unittest discover -s tests -p test_engines_large.py

# Azurite is Microsoft's emulator of Azure Blob Storage, an npm package of 360 MB: not in test either.
test-azure:
	npm install --silent --no-audit --no-fund --no-save --prefix .venv/azurite azurite@3.37.0
	EXTRACT_TEST_AZURITE=$(CURDIR)/.venv/azurite/node_modules/.bin/azurite-blob go test -count 1 -run 'TestStores/azblob' -v ./cmd/extract

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
	bench/structure.sh

lint:
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$unformatted" ] || { echo "not formatted: $$unformatted" >&2; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...
	go run $(STATICCHECK) -tags noocr ./...
	@found=$$(go run $(GOVULNCHECK) ./... 2>&1) || { echo "$$found" >&2; \
	grep -q 'fetching vulnerabilities' <<<"$$found" || exit 1; \
	echo 'VULNERABILITIES WERE NOT CHECKED: govulncheck cannot reach its database; run make lint where it can' >&2; }

fmt:
	gofmt -w $$(git ls-files '*.go')

clean:
	rm -rf bin demo-out .venv
