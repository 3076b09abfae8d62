# Everything is done by tools/task.py, so that Windows can do it too (make.cmd).
PYTHON ?= python3

.PHONY: setup demo test lint conformance evidence screens audit docs wheel bundle clean
setup demo test lint conformance evidence screens audit docs wheel bundle clean:
	@$(PYTHON) tools/task.py $@
