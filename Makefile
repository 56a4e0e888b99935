# make demo and make test set everything up in .venv/ and need nothing else than Python 3.11.
PYTHON ?= python3.11
VENV := .venv
EXPORT := .venv-export
BIN := $(VENV)/bin
DATA ?= ../shared/data
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: demo test test-slow test-export bench lint clean

# the demo needs only what a user needs: the base and the cpu extra
$(VENV)/.run: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install -c constraints.txt -e '.[cpu]'
	touch $@

$(VENV)/.dev: pyproject.toml constraints.txt $(VENV)/.run
	$(PIP) install -c constraints.txt -e '.[cpu,ray,parse-ocr,simplify-fr,rephrase,dev]'
	touch $@

demo: $(VENV)/.run
	$(BIN)/docmill run configs/everything.yaml examples/corpus out/demo --overwrite

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/python -m pytest

test-slow: $(VENV)/.dev test-export
	$(BIN)/python -m pytest -m slow

# an environment of its own: transformers 4.57 wants an older tokenizers than the edge path has
$(EXPORT)/.ready: pyproject.toml
	test -x $(EXPORT)/bin/python || $(PYTHON) -m venv $(EXPORT)
	$(EXPORT)/bin/python -m pip --disable-pip-version-check -q install -e '.[cpu,dev,export,peers]'
	touch $@

test-export: $(EXPORT)/.ready
	$(EXPORT)/bin/python -m pytest -m slow tests/onnx_export tests/segment tests/sentence_boundary

# the peers that the benchmarks compare with; neither demo nor test needs them
$(VENV)/.bench: pyproject.toml constraints.txt $(VENV)/.dev
	$(PIP) install -c constraints.txt -e '.[cpu,parse-ocr,ray,simplify-fr,rephrase,dev,bench]'
	touch $@

# What benchmarks.page_manuals collected, where it is there. The first run of parse_routing recognises the text of some
# hundred pages, which takes 20 CPU minutes; it keeps them in benchmarks/results/page_labels.
MANUALS = $(if $(wildcard $(DATA)/manuals/manifest.json),--more $(DATA)/manuals)

bench: $(VENV)/.bench $(EXPORT)/.ready
	$(BIN)/python -m benchmarks.parse --data $(DATA)/parse
	$(BIN)/python -m benchmarks.parse_tables
	$(BIN)/python -m benchmarks.parse_routing --data $(DATA)/parse $(MANUALS) --recognise
	$(BIN)/python -m benchmarks.shorten --data $(DATA)/shorten/newsgroups
	$(BIN)/python -m benchmarks.shorten_quality --data $(DATA)/shorten/newsgroups
	$(BIN)/python -m benchmarks.segment --data $(DATA)/segment
	$(BIN)/python -m benchmarks.segment_adapt --data $(DATA)
	$(EXPORT)/bin/python -m benchmarks.viterbi --data $(DATA)
	$(BIN)/python -m benchmarks.rephrase_gates
	$(EXPORT)/bin/python -m pipeline models fetch smollm2-135m
	$(EXPORT)/bin/python -m benchmarks.rephrase_generation --data $(DATA)/segment/sentences/ud_en_ewt
	$(EXPORT)/bin/python -m benchmarks.rephrase_exactness --data $(DATA)/segment/sentences/ud_en_ewt
	$(EXPORT)/bin/python -m benchmarks.rephrase_steps
	$(EXPORT)/bin/python -m benchmarks.rephrase_recycling --data $(DATA)/segment/sentences/ud_en_ewt
	$(BIN)/python -m benchmarks.engines --data $(DATA)
	$(BIN)/python -m benchmarks.cold_start
	$(BIN)/python -m benchmarks.install_size
	$(BIN)/python -m benchmarks.memory --data $(DATA)

clean:
	rm -rf $(VENV) $(EXPORT) out build *.egg-info
