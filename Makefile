# Everything is done by tools/task.py, so that Windows can do it too (make.cmd).
PYTHON ?= python3

<<<<<<< HEAD
.PHONY: setup demo test lint conformance evidence audit docs wheel clean
setup demo test lint conformance evidence audit docs wheel clean:
=======
.PHONY: setup demo test lint conformance evidence audit wheel bundle clean
setup demo test lint conformance evidence audit wheel bundle clean:
>>>>>>> 5b04c27 (make bundle: a folder that installs Remit without the internet, on Windows and Linux)
	@$(PYTHON) tools/task.py $@
