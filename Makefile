# make setup · make demo · make test · make check · make bench · make simulate: CI says the same words.
# Each sets up what it needs by itself, from a bare Python 3.11 or later.

PYTHON ?= python3
PORT ?= 8080
RESET ?=
FLOOD ?=
TEN_MILLION ?=
SEED ?=
SEEDS ?=
MEMBERS ?=
DAYS ?=
DIARY ?=
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --require-hashes --progress-bar on

.PHONY: setup demo test check bench simulate words lock clean
.DEFAULT_GOAL := help

help:
	@echo "make demo   打开演示页 / open the page with phones on it   (PORT=8080, RESET=1, FLOOD=1)"
	@echo "make test   跑全部测试 / run every test"
	@echo "make check  风格、类型、楼层 / style, types, floors"
	@echo "make bench  量一量速度 / measure   (TEN_MILLION=1)"
	@echo "make simulate  两百个种子各过九十天 / 200 seeds, 90 days each   (SEED=7, MEMBERS=2000, DAYS=365, DIARY=7.txt)"
	@echo "make setup  只装好环境 / only set up .venv"

setup: .venv/.dev

demo: .venv/.run
	@$(BIN)/python -m bot demo --port $(PORT) $(if $(RESET),--reset) $(if $(FLOOD),--flood)

# Of the simulation one seed whole and four smaller ones: within two minutes on two cores. What kills programs and
# fills disks runs afterwards by itself: it counts seconds, and may not wait for a core behind other tests.
test: .venv/.dev .venv-aiogram/.made
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --ignore=tests/reliability
	@$(BIN)/python -m pytest tests/reliability

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: .venv/.dev
	@$(if $(TEN_MILLION),TEN_MILLION=1 )$(BIN)/python -m tests.bench

simulate: .venv/.dev
	@$(BIN)/python -m tests.simulation $(if $(SEED),--seed $(SEED)) $(if $(SEEDS),--seeds $(SEEDS)) \
	  $(if $(MEMBERS),--members $(MEMBERS)) $(if $(DAYS),--days $(DAYS)) $(if $(DIARY),--diary $(DIARY))

words:
	@$(BIN)/python -m content.words.update

lock:
	cd requirements && for part in run dev aiogram; do uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url --no-annotate $$part.in -o $$part.txt; done

clean:
	rm -rf .venv .venv-aiogram .mypy_cache .ruff_cache .pytest_cache demo-town

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "需要 Python 3.11 或更新版本：请安装后再试，或用 make PYTHON=/path/to/python3.11 指定。"; \
	  echo "Python 3.11 or later is needed: install it, or name it with make PYTHON=/path/to/python3.11."; exit 1; }
	@echo "正在建立 .venv … / making .venv …"
	@$(PYTHON) -m venv --clear .venv || { \
	  echo "缺少 venv 模块：Debian/Ubuntu 请先 apt install python3-venv。"; \
	  echo "The venv module is missing: on Debian or Ubuntu, apt install python3-venv."; exit 1; }
	@touch $@

.venv/.run: .venv/.made requirements/run.txt
	@echo "正在安装运行所需（按哈希校验）… / installing what it runs on, checked by hash …"
	@$(INSTALL) -r requirements/run.txt
	@touch $@

.venv/.dev: .venv/.made requirements/dev.txt
	@echo "正在安装开发与测试所需（按哈希校验）… / installing what tests need, checked by hash …"
	@$(INSTALL) -r requirements/dev.txt
	@touch $@ .venv/.run

# The second client of tests/second_client: aiogram wants an older pydantic than the program has.
.venv-aiogram/.made: requirements/aiogram.txt | .venv/.made
	@echo "正在安装第二个客户端 aiogram（按哈希校验）… / installing aiogram, the second client, checked by hash …"
	@$(PYTHON) -m venv --clear .venv-aiogram
	@.venv-aiogram/bin/python -m pip install --disable-pip-version-check --require-hashes --progress-bar on \
	  -r requirements/aiogram.txt
	@touch $@
