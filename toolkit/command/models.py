"""The commands for what lies on the disk: models, and the cache of annotated texts."""

from pathlib import Path

import click

from toolkit.command.options import quiet_option
from toolkit.command.saying import say
from toolkit.command.types import Stopped

MODEL_EXAMPLES = """
\b
Examples:
  mudawwana models show
  mudawwana models show official
  mudawwana models download official
  mudawwana models download official --to models/ --from https://mirror.example.org/stanza
"""
CACHE_EXAMPLES = """
\b
Examples:
  mudawwana cache info
  mudawwana cache clear --group "news 3f2a91c0"
  MUDAWWANA_CACHE_DIR=/scratch/cache mudawwana cache clear --yes
"""
STOPPED = "stopped; what has arrived is kept, and the same command goes on from there."


@click.group(epilog=MODEL_EXAMPLES)
def models() -> None:
    """Show which models are used; fetch the official ones."""


@models.command("show", epilog=MODEL_EXAMPLES)
@click.argument("name", default="news")
def show_models(name: str) -> None:
    """Print the files of a model set: news, official, or a directory."""
    from toolkit.models import resolve

    found = resolve(name)
    say(f"{found.name}: package {found.package}, fingerprint {found.fingerprint[:16]}")
    for key, file in sorted(found.files.items()):
        size = (found.folder / file["file"]).stat().st_size
        say(f"{key:20} {size / 1e6:6.1f} MB  sha256 {file['sha256'][:16]}")


@models.command("download", epilog=MODEL_EXAMPLES)
@click.argument("name", metavar="official")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder to install in; by default where --models official is looked for.",
)
@click.option(
    "--from",
    "address",
    metavar="URL",
    help="A mirror: Stanza's resources directory, served over HTTP.",
)
@quiet_option
def download_models(name: str, folder: Path | None, address: str | None, quiet: bool) -> None:
    """Fetch Stanza's official Arabic models, or go on where a download stopped.

    Every file is checked by its hash. Without the network, copy the directory from another machine
    and name it in STANZA_RESOURCES_DIR.
    """
    from toolkit import models as model_sets

    progress = False if quiet else None
    try:
        found = model_sets.download(name, folder=folder, source=address, progress=progress)
    except KeyboardInterrupt as stop:
        raise Stopped(STOPPED) from stop
    if quiet:
        return
    size = sum((found.folder / file["file"]).stat().st_size for file in found.files.values())
    say(
        f"{found.name}: package {found.package}, {len(found.files)} models, {size / 1e6:.1f} MB, "
        f"in {found.folder}"
    )
    say(f"use them with --models {found.name if folder is None else found.folder}")


@click.group(epilog=CACHE_EXAMPLES)
def cache() -> None:
    """Show or remove what is kept of finished texts.

    It lies in the user's cache directory, or in the folder that MUDAWWANA_CACHE_DIR names.
    """


@cache.command("info", epilog=CACHE_EXAMPLES)
def show_cache() -> None:
    """Print where the cache is, how many records it has, and how large it is."""
    from toolkit.keeping import holdings
    from toolkit.reading.wording import counted

    found = holdings.info()
    if found.path.exists():
        say(f"cache: {found.path}")
        say(f"{counted(found.records, 'records')}, {found.bytes / 1e6:.1f} MB on disk")
    else:
        say(f"there is no cache; the next annotation begins it in {found.path.parent}")
    for name, size in found.groups.items():
        say(f"{name or '(no group)':30} {size.records:>11,} {size.bytes / 1e6:8.1f} MB")
    for damaged in found.set_aside:
        say(f"damaged, moved aside: {damaged}")


@cache.command("clear", epilog=CACHE_EXAMPLES)
@click.option("--group", help="Only the records of this group, as `cache info` names it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def clear_cache(group: str | None, yes: bool) -> None:
    """Remove all records, and damaged files that were moved aside, or the records of a group.

    Nothing is lost but time: the texts are annotated again.
    """
    from toolkit.keeping import cache, holdings
    from toolkit.reading.wording import counted

    if not yes:
        what = "all records" if group is None else f"the records of group {group!r}"
        question = f"Remove {what} in {cache.default_folder()}?"
        try:
            sure = click.confirm(question, err=True)
        except click.Abort as stop:
            if not isinstance(stop.__context__, EOFError):  # but Ctrl-C
                raise
            raise click.UsageError("nobody is here to answer; --yes does not ask.") from None
        if not sure:
            say("nothing was removed")
            return
    say(f"removed: {counted(holdings.clear(group=group), 'records')}")
