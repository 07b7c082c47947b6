"""The notebooks: executed in order, every output checked, built on one template."""

import ast
import json
import re
from pathlib import Path

import pytest

NOTEBOOKS = sorted(Path("notebooks").glob("*.ipynb"))
# Markers of the notebook checker that leave an output unchecked.
UNCHECKED = re.compile(r"nbval[-_](skip|ignore[-_]output)", re.IGNORECASE)


def cells(path, kind=None):
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if kind in (None, cell["cell_type"])]


def source(cell):
    return "".join(cell["source"])


def test_notebooks_are_numbered_without_a_gap():
    assert NOTEBOOKS
    assert [int(path.name[:2]) for path in NOTEBOOKS] == list(range(len(NOTEBOOKS)))


def test_readme_maps_every_notebook():
    readme = Path("README.md").read_text(encoding="utf-8")
    assert [path.name for path in NOTEBOOKS if f"notebooks/{path.name}" not in readme] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestNotebook:
    def test_every_cell_was_executed_in_order(self, path):
        counts = [cell["execution_count"] for cell in cells(path, "code")]
        assert counts == list(range(1, len(counts) + 1))

    def test_every_output_is_checked(self, path):
        for cell in cells(path):
            marks = [source(cell), *cell["metadata"].get("tags", [])]
            if any(UNCHECKED.search(mark) for mark in marks):
                assert cell["metadata"].get("reason"), source(cell)

    def test_only_the_deliberate_mistake_fails(self, path):
        failed = [
            cell
            for cell in cells(path, "code")
            if any(output["output_type"] == "error" for output in cell["outputs"])
        ]
        assert len(failed) == 1
        assert failed[0]["metadata"]["tags"] == ["raises-exception"]
        assert failed[0]["outputs"][-1]["ename"] in ("ValueError", "FileNotFoundError")

    def test_outputs_hold_no_path_and_no_warning(self, path):
        for cell in cells(path, "code"):
            for output in cell["outputs"]:
                assert output.get("name") != "stderr", source(cell)
                text = json.dumps({**output, "data": _without_pictures(output)})
                assert not re.search(r"/home/|/tmp/|/Users/|[A-Z]:\\\\", text), source(cell)

    def test_cells_are_short(self, path):
        for cell in cells(path, "code"):
            assert len(source(cell).splitlines()) <= 10, source(cell)
            tree = ast.parse(source(cell))
            assert not any(isinstance(node, ast.ClassDef) for node in ast.walk(tree))

    def test_template_is_kept(self, path):
        headings = [
            line
            for cell in cells(path, "markdown")
            for line in source(cell).splitlines()
            if line.startswith("#")
        ]
        assert headings[0].startswith(f"# {path.name[:2]}  ")
        endings = ["## What we found", "## What this does not show", "## Exercises", "## Next"]
        assert headings[-4:] == endings

    def test_the_summary_in_arabic_begins_at_the_right(self, path):
        # JupyterLab sets every paragraph left, in a block of Arabic too: none may stand there
        blocks = re.findall(r'<div dir="rtl" lang="ar">(.*?)</div>', source(cells(path)[0]), re.S)
        assert len(blocks) == 1
        assert re.search(r"^<strong>.*</strong><br><br>$", blocks[0], re.MULTILINE)
        assert "\n\n" not in blocks[0]
        assert "<p" not in blocks[0]

    def test_every_picture_stands_beside_its_table(self, path):
        code = cells(path, "code")
        for number, cell in enumerate(code):
            if any("image/png" in output.get("data", {}) for output in cell["outputs"]):
                before = code[number - 1]["outputs"]
                assert any("text/html" in output.get("data", {}) for output in before)


def _without_pictures(output):
    return {kind: data for kind, data in output.get("data", {}).items() if kind != "image/png"}
