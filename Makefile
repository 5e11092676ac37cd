# make            the program, release build
# make demo       install what is missing, build, render Samples/ into out/
# make test       install what is missing, build, run all tests
# make soak       the long tests: fuzzing, kill loops, many items, and the fault campaign
# make slurm      a job in shards on a Slurm of its own; needs root and three minutes
# make dist       a tarball with all libraries, man pages and completions; tried in an empty place when root
# make container  the Containerfile's steps in a debootstrap folder; needs root and Debian's mirror
# make man        man pages into out/man
# make sanitize   codecs and transport under the sanitizers, in debug builds of their own
# make fuzz       libFuzzer over the decoders; FUZZ_SECONDS=3600 for an hour
# make conformance BRAYNS_TESTAPI=path/to/brayns/python/testapi
#                 Brayns' own API suite against the backend, and its reference pictures pixel by pixel
# make bench      Darkroom against its peers on this machine; BENCH="--only png" measures a part
# make generate   write the regular part of the Brayns client anew from a server's schemas
# make format     bring the Swift sources into the house format
# make check      format, no stray imports, kernels keep to their build
# make clean      remove what was built and rendered

SHELL := /bin/bash
SWIFT := swift
# One configuration serves demo, tests and benchmarks: kernels and ray tracer are unusable in debug.
FLAGS := -c release -Xswiftc -enable-testing --explicit-target-dependency-import-check error
PROGRAM := .build/release/darkroom
SANITIZED := ^(CodecsTests|JSONRPCTests|WebSocketTests)
# Benchmarks/ is a package of its own that builds into the same folder, so that most is built once.
BENCHMARKS := --package-path Benchmarks --scratch-path .build
BENCH :=
SOURCES := Package.swift Plugins Sources Tests Benchmarks/Package.swift Benchmarks/Sources Benchmarks/Tests

.PHONY: all packages python build build-tests demo test soak slurm dist container man sanitize fuzz conformance bench generate format check check-format check-kernels clean

all: build

packages:
	@.ci/install

python: packages
	@.ci/python

build: packages
	@$(SWIFT) build $(FLAGS) --build-tests

demo: build
	@.ci/demo $(PROGRAM)

test: build python
	@DARKROOM_PYTHON=$(CURDIR)/.venv-brayns/bin/python .ci/test $(FLAGS)
	@$(SWIFT) test $(FLAGS) $(BENCHMARKS) --disable-xctest

soak: build python
	@.ci/campaign $(PROGRAM)
	@DARKROOM_SOAK=1 DARKROOM_PYTHON=$(CURDIR)/.venv-brayns/bin/python .ci/test $(FLAGS)

dist: build
	@.ci/dist $(PROGRAM)

container: dist
	@.ci/container Containerfile out/dist --version

man: build
	@.ci/man $(PROGRAM) out/man

slurm: build
	@.ci/slurm $(PROGRAM)

sanitize: packages
	@$(SWIFT) test --sanitize=address --scratch-path .build-address --disable-xctest --filter '$(SANITIZED)'
	@$(SWIFT) test --sanitize=thread --scratch-path .build-thread --disable-xctest --filter '$(SANITIZED)'

FUZZ_SECONDS := 60
FUZZER := .build-fuzz/release/FuzzDecoders

# gold gives up on the debug information of this build: lld links it.
fuzz: packages
	@DARKROOM_FUZZ=1 $(SWIFT) build -c release --scratch-path .build-fuzz --product FuzzDecoders \
	    -Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld -Xcc -fsanitize=address,fuzzer-no-link
	@mkdir -p out/fuzz/corpus
	@$(FUZZER) out/fuzz/corpus Tests/Fixtures/images/png Tests/Fixtures/images/pngsuite \
	    Tests/Fixtures/images/jpeg Tests/Fixtures/images/exr Tests/Fixtures/images/fuzz -artifact_prefix=out/fuzz/ -max_len=20000 \
	    -timeout=20 -rss_limit_mb=1024 -max_total_time=$(FUZZ_SECONDS)

conformance: build python
	@test -n "$(BRAYNS_TESTAPI)" || { echo "Say where the suite is: make conformance BRAYNS_TESTAPI=path" >&2; exit 64; }
	@.venv-brayns/bin/python .ci/conformance --program $(PROGRAM) --keep out/conformance "$(BRAYNS_TESTAPI)"

bench: build
	@$(SWIFT) build $(FLAGS) $(BENCHMARKS)
	@Benchmarks/bench .build/release/darkroom-benchmarks $(PROGRAM) $(BENCH)

generate:
	@$(SWIFT) run $(FLAGS) BraynsGenerator Tests/Fixtures/brayns/all-plugins Sources/Brayns/Generated

format:
	@$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

check: check-format check-kernels

check-format:
	@$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

check-kernels: build
	@.ci/check-kernels .build/release

clean:
	@rm -rf .build .build-address .build-thread .build-fuzz out .venv-brayns Benchmarks/.work
