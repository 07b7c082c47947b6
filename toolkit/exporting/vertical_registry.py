"""Registry files: what CWB and NoSketch Engine must be told about a vertical file."""

import re
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from toolkit.exporting.files import appearing_text

CWB, NOSKETCH = ".cwb", ".nosketch"
STRUCTURES = {"p": (), "s": ("id",), "name": ("type", "key")}
# Where a corpus lies is for the owner of the server to say.
FOLDER = "/corpora"
POSITIONAL = re.compile(r"^ATTRIBUTE\s+(\w+)", re.MULTILINE)


def write_registries(vertical: Path, attributes: Sequence[str], metadata: Sequence[str]) -> None:
    """Write the registry files beside a vertical file.

    Parameters
    ----------
    vertical : Path
        The file.
    attributes : sequence of str
        Its columns.
    metadata : sequence of str
        The attributes of its texts.
    """
    structures = {"text": tuple(metadata)} | STRUCTURES
    name = re.sub(r"[^a-z0-9_]", "_", vertical.stem.lower()).lstrip("_0123456789") or "corpus"
    with ExitStack() as together:  # none takes its place before both are written
        for suffix, listed in ((CWB, _cwb), (NOSKETCH, _nosketch)):
            file = together.enter_context(appearing_text(vertical.with_suffix(suffix)))
            file.write(listed(name, vertical.name, attributes, structures))
            file.flush()


def attributes_in(vertical: Path) -> list[str]:
    """The columns of a vertical file, from the registry beside it."""
    registry = vertical.with_suffix(NOSKETCH)
    if not registry.is_file():
        raise FileNotFoundError(
            f"read_vrt: no registry {registry.name!r} beside {vertical.name!r}; pass attributes=, "
            "the names of its columns."
        )
    return POSITIONAL.findall(registry.read_text(encoding="utf-8"))


def _cwb(
    name: str, file: str, attributes: Sequence[str], structures: dict[str, tuple[str, ...]]
) -> str:
    columns = " ".join(f"-P {attribute}" for attribute in attributes[1:])
    tags = " ".join(
        f"-S {structure}:0" + "".join(f"+{attribute}" for attribute in of_structure)
        for structure, of_structure in structures.items()
    )
    lines = [
        f"## Registry of the corpus {name.upper()} for the IMS Open Corpus Workbench.",
        "## cwb-encode writes one like this itself:",
        f"##   cwb-encode -d {FOLDER}/data/{name} -f {file} -R {FOLDER}/registry/{name} \\",
        f"##     -c utf8 -x -s -B {columns} \\",
        f"##     {tags} -0 g",
        f"##   cwb-make -r {FOLDER}/registry -V {name.upper()}",
        "",
        f'NAME "{name}"',
        f"ID {name}",
        f"HOME {FOLDER}/data/{name}",
        '##:: charset = "utf8"',
        '##:: language = "ar"',
        "",
        *(f"ATTRIBUTE {attribute}" for attribute in attributes),
        "",
    ]
    for structure, of_structure in structures.items():
        lines.append(f"STRUCTURE {structure}")
        lines += [f"STRUCTURE {structure}_{attribute}" for attribute in of_structure]
    return "\n".join([*lines, ""])


def _nosketch(
    name: str, file: str, attributes: Sequence[str], structures: dict[str, tuple[str, ...]]
) -> str:
    lines = [
        f'NAME "{name}"',
        f'PATH "{FOLDER}/data/{name}/"',
        f'VERTICAL "{FOLDER}/vertical/{file}"',
        'ENCODING "UTF-8"',
        'LANGUAGE "Arabic"',
        'RIGHTTOLEFT "1"',
        'DOCSTRUCTURE "text"',
        "",
        *(f"ATTRIBUTE {attribute}" for attribute in attributes),
        "",
    ]
    for structure, of_structure in structures.items():
        listed = [f"    ATTRIBUTE {attribute}" for attribute in of_structure]
        body = [f"STRUCTURE {structure} {{", *listed, "}"] if listed else [f"STRUCTURE {structure}"]
        lines += body
    glue = ["STRUCTURE g {", '    DISPLAYTAG "0"', '    DISPLAYBEGIN "_EMPTY_"', "}"]
    return "\n".join([*lines, *glue, ""])
