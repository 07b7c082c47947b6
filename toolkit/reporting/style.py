"""The style sheet of a report: restrained, right to left, light and dark, on a phone, on paper."""

from collections.abc import Sequence

from toolkit.reporting.drawings import theme

LIGHT = {"paper": 0xFDFCF9, "ink": 0x1D2430}
DARK = {"paper": 0x16181D, "ink": 0xE6E3DC}


def sheet(greys: Sequence[str]) -> str:
    """The style sheet of a page whose drawings have these greys."""
    light, dark = theme(greys, **LIGHT), theme(greys, **DARK)
    return (
        f":root {{ color-scheme: light dark; {_LIGHT} {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {_DARK} {dark} }} }}\n"
        f"{_RULES}\n@media print {{ :root {{ color-scheme: light; {_LIGHT} {light} }}\n{_PRINT}}}"
    )


_LIGHT = (
    "--paper: #fdfcf9; --ink: #1d2430; --soft: #5d626b; --line: #dedad0; --accent: #0b5d6b; "
    "--tint: #eef3f2;"
)
_DARK = (
    "--paper: #16181d; --ink: #e6e3dc; --soft: #a3a6ad; --line: #363a42; --accent: #7cc4cf; "
    "--tint: #20272b;"
)
_RULES = """
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 68rem; color: var(--ink);
  background: var(--paper); overflow-wrap: anywhere;
  font: 1.05rem/1.8 "Noto Naskh Arabic", "Amiri", "Scheherazade New", "Geeza Pro", "Segoe UI",
  "DejaVu Sans", sans-serif; }
[lang=en], [dir=ltr] { font-family: system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
h1, h2, h3 { line-height: 1.5; text-wrap: balance; }
h1 { font-size: 2rem; margin: 0; }
h2 { font-size: 1.45rem; margin: 0 0 0.75rem; }
h1 [lang=en], h2 [lang=en], h3 [lang=en] { color: var(--soft); font-size: 0.62em;
  font-weight: normal; }
header p { margin: 0.25rem 0; color: var(--soft); }
section { margin-top: 3.5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.3em; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.1rem 1.25rem; list-style: none; padding: 0;
  margin: 1.5rem 0 0; font-size: 0.95rem; }
.note { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 2.5rem;
  color: var(--soft); margin: 0 0 0.75rem; }
.note p { margin: 0; font-size: 0.92rem; line-height: 1.75; }
.note [lang=en] { font-size: 0.8rem; line-height: 1.6; padding-top: 0.25rem; text-align: left; }
.card { display: grid; grid-template-columns: repeat(4, 1fr);
  gap: 1.25rem 1.5rem; margin: 1rem 0 1.5rem; }
.card b { display: block; font-size: 1.7rem; line-height: 1.4; font-weight: 600;
  font-variant-numeric: tabular-nums; text-align: right; }
.card span { display: block; line-height: 1.5; }
.card span[lang] { color: var(--soft); font-size: 0.78rem; text-align: right; }
.wide { overflow-x: auto; margin: 1.25rem 0; }
.wide table { border-collapse: collapse; width: 100%; max-width: 44rem; font-size: 0.95rem; }
.several { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 27rem), 1fr));
  gap: 0 2.5rem; align-items: start; }
.beside { display: grid; grid-template-columns: 1fr; gap: 0 2.5rem; align-items: start; }
@media (min-width: 64rem) { .beside { grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); } }
caption { text-align: right; padding: 0 0 0.4rem; font-weight: 600; line-height: 1.6; }
caption [lang=en] { display: block; font-weight: normal; color: var(--soft); font-size: 0.8em; }
.tall { max-height: 32rem; overflow-y: auto; }
.tall thead th { position: sticky; top: 0; background: var(--paper); }
.wide :is(th, td) { padding: 0.22rem 0 0.22rem 0.9rem; border-bottom: 1px solid var(--line);
  text-align: right; vertical-align: baseline; font-weight: normal; line-height: 1.6; }
.wide :is(th, td):last-child { padding-left: 0; }
.wide thead th { color: var(--soft); font-size: 0.85rem; vertical-align: bottom; }
.wide thead [lang=en] { display: block; font-size: 0.72rem; overflow-wrap: normal; }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; width: 1%; min-width: 4.2rem; }
.bar { width: 22%; min-width: 7rem; }
.bar i { display: block; height: 3px; background: var(--accent); margin-inline-start: auto;
  opacity: 0.75; border-radius: 2px; min-inline-size: 1px; }
figure { margin: 1.5rem 0; text-align: center; overflow-x: auto; }
figure svg { max-width: 100%; height: auto; }
.several > .wide table { max-width: none; }
figcaption { color: var(--soft); font-size: 0.9rem; }
figcaption [lang=en] { font-size: 0.85em; }
#lines h3 { font-size: 1.1rem; margin: 1.75rem 0 0.5rem; }
.every { cursor: pointer; font-size: 0.92rem; }
.every [lang=en] { color: var(--soft); font-size: 0.85em; }
.items { display: flex; flex-wrap: wrap; gap: 0.3rem 1.4rem; }
.item { scroll-margin-top: 1rem; max-width: 100%; }
.item h4 { font-size: 1rem; font-weight: normal; margin: 0; line-height: 1.7; }
.item small { color: var(--soft); font-size: 0.8em; }
.item ol, .item .back { display: none; }
.item:target, #lines:has(.every :checked) .item { flex: 0 0 100%; min-width: 0;
  margin: 0.75rem 0 1rem; }
.item:target h4, #lines:has(.every :checked) .item h4 { font-weight: 700; }
.item:target :is(ol, .back), #lines:has(.every :checked) .item ol { display: block; }
.item:target { background: var(--tint); border-radius: 8px; padding: 0.75rem 1rem; }
.back { margin: 0.4rem 0 0; font-size: 0.85rem; }
.item ol { list-style: none; margin: 0; padding: 0; font-size: 0.98rem; }
.item li { display: grid; grid-template-columns: 1fr auto 1fr; column-gap: 0.4rem;
  border-bottom: 1px solid var(--line); padding: 0.15rem 0; }
.item li > :is(span, q) { white-space: nowrap; overflow: hidden; }
.item li .before { display: flex; justify-content: flex-end; }
.item li .before bdi { flex: none; }
.item mark { background: none; color: var(--accent); font-weight: 700; }
.item cite { grid-column: 1 / -1; font-style: normal; color: var(--soft); font-size: 0.78rem;
  line-height: 1.3; }
.item .whole { display: block; }
.item .whole span { white-space: normal; display: inline; }
.item .whole cite { display: block; }
.files { columns: 16rem auto; list-style: none; padding: 0; font-size: 0.9rem; }
.provenance { font: 0.78rem/1.6 ui-monospace, monospace; text-align: left;
  border-spacing: 0.75rem 0; }
.provenance th { font-weight: normal; color: var(--soft); text-align: left; width: 16rem;
  vertical-align: baseline; }
@media (max-width: 40rem) {
  body { padding: 1.25rem 0.9rem 3rem; }
  section { margin-top: 2.5rem; }
  .card { grid-template-columns: 1fr 1fr; }
  .note { grid-template-columns: 1fr; gap: 0.25rem; }
  .bar { min-width: 4.5rem; }
  .large svg { max-width: none; width: 36rem; }
  .large figcaption { position: sticky; right: 0; }
  .item li { display: block; padding: 0.4rem 0; }
  .item li > span { display: inline; white-space: normal; }
  .item li .before { display: inline; }
  .item cite { display: block; }
  .provenance :is(tbody, tr, th, td) { display: block; white-space: normal; }
  .provenance td { padding: 0 0 0.4rem 1rem; }
}
"""
_PRINT = """
body { max-width: none; padding: 0; font-size: 10pt; }
nav, #lines { display: none; }
section { margin-top: 1.5rem; }
.several { grid-template-columns: 1fr 1fr; gap: 0 1.5rem; }
.wide table { font-size: 8.5pt; }
figure, .card, tr, .several > .wide:not(.tall) { break-inside: avoid; }
h2, h3, caption { break-after: avoid; }
a { color: inherit; text-decoration: none; }
.tall { max-height: none; overflow: visible; }
"""
