# The programs with Tesseract's library and its Chinese data and a PP-OCR model for scans. Build: docker build -t extract .
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

FROM debian:bookworm-slim AS models
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates python3 python3-pip \
 && rm -rf /var/lib/apt/lists/*
COPY models /models
RUN python3 /models/fetch.py /usr/share/extract/models

FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends libstdc++6 libtesseract5 tesseract-ocr-chi-sim tesseract-ocr-eng \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin extract
COPY --from=build /bin/extract /bin/extract-tesseract /usr/local/bin/
COPY --from=models /usr/share/extract/models /usr/share/extract/models
COPY LICENSE NOTICE /usr/local/share/doc/extract/
ENV LANG=C.UTF-8 HOME=/tmp
USER 10001:10001
WORKDIR /data
ENTRYPOINT ["extract"]
CMD ["--help"]
