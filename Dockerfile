# The programs with Tesseract's library and its Chinese data for scans. Build: docker build -t extract .
# Run: docker run --rm -v "$PWD:/data" extract convert -o out budgets/

# Packages are those of the Debian release, security updates and all: no versions are pinned.

FROM golang:1.26-bookworm AS build
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends libtesseract-dev libleptonica-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -trimpath -tags disable_grpc_modules -ldflags "-s -w -X main.version=$(cat VERSION)" -o /bin/ ./cmd/extract ./cmd/extract-tesseract

FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends libtesseract5 tesseract-ocr-chi-sim tesseract-ocr-eng \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin extract
COPY --from=build /bin/extract /bin/extract-tesseract /usr/local/bin/
COPY LICENSE /usr/local/share/doc/extract/LICENSE
ENV LANG=C.UTF-8 HOME=/tmp
USER 10001:10001
WORKDIR /data
ENTRYPOINT ["extract"]
CMD ["--help"]
