"""The one style sheet of all that is shown.

Colours are those of the page: text and ground are inherited, lines and tints are translucent, so
that one output is legible in light and in dark theme. JupyterLab's own colours are taken where
they are defined. `&` stands for the doubled class, which outweighs the table styles of JupyterLab
and nbviewer.
"""

CSS = """
&{color:inherit;contain-intrinsic-inline-size:40em;container-type:inline-size;line-height:1.8;
overflow-x:auto;unicode-bidi:isolate}
& table{border-collapse:collapse;color:inherit;font-size:1em;margin:0;table-layout:auto}
& caption{caption-side:top;color:inherit;padding:.2em 0;text-align:start}
& :is(th,td){border:0 solid var(--jp-border-color2,rgba(128,128,128,.4));border-bottom-width:1px;
line-height:1.8;max-width:none;padding:.15em .6em;text-align:start;vertical-align:baseline}
& td{min-width:6em}
& .mudawwana-number{font-variant-numeric:tabular-nums;min-width:0;text-align:right;
white-space:nowrap}
& :focus-visible{outline:2px solid var(--jp-brand-color1,#3d93c8);outline-offset:2px}
& button{background:none;border:0;color:inherit;cursor:pointer;font:inherit;line-height:inherit;
margin:0;padding:0;text-align:inherit;white-space:inherit}
& .mudawwana-kwic{width:100%}
& .mudawwana-kwic tbody tr{background:none}
& .mudawwana-kwic :is(.mudawwana-before,.mudawwana-after){max-width:0;min-width:8em;
overflow:hidden;text-overflow:ellipsis;white-space:nowrap;width:50%}
& .mudawwana-kwic .mudawwana-before{direction:ltr;text-align:left}
& .mudawwana-kwic .mudawwana-node{font-weight:bold;text-align:center;white-space:nowrap}
& .mudawwana-kwic tbody :is(.mudawwana-doc,.mudawwana-about){font-size:.85em;font-weight:normal;
min-width:3em}
& .mudawwana-kwic[data-live] tbody tr[data-keys]{cursor:pointer}
& .mudawwana-kwic[data-live] tbody tr[data-keys]:hover{background:rgba(128,128,128,.12)}
& thead th{white-space:nowrap}
& [aria-sort] button::after{content:" ↕";content:" ↕"/"";font-weight:normal;opacity:.5}
& [aria-sort=ascending] button::after{content:" ▲";content:" ▲"/"";opacity:1}
& [aria-sort=descending] button::after{content:" ▼";content:" ▼"/"";opacity:1}
& .mudawwana-wide td{border-right:3px solid var(--jp-brand-color1,#3d93c8);padding:.4em .8em}
& .mudawwana-label{font-weight:bold;margin-top:.4em}
& :is(.mudawwana-label,.mudawwana-wide) .mudawwana-where{font-size:.85em;font-weight:normal}
& .mudawwana-text{line-height:2.1;margin:.4em 0 1.2em;max-width:45em;overflow-wrap:anywhere;
text-align:right;unicode-bidi:isolate;white-space:pre-wrap}
& .mudawwana-wide .mudawwana-text{margin:0}
& .mudawwana-joiner{-webkit-user-select:none;user-select:none}
& mark{background:rgba(128,128,128,.25);border-bottom:2px solid #808080;color:inherit;
padding:.1em 0}
& mark:has(mark){padding-bottom:.4em}
& .mudawwana-per{background:rgba(0,114,178,.22);border-bottom:2px solid #3d93c8}
& .mudawwana-loc{background:rgba(0,158,115,.22);border-bottom:2px dashed #00a67a}
& .mudawwana-org{background:rgba(213,94,0,.22);border-bottom:4px double #e06d13}
& .mudawwana-misc{background:rgba(204,121,167,.26);border-bottom:3px dotted #cc79a7}
& .mudawwana-next{box-shadow:inset -2px 0 rgba(128,128,128,.8)}
@container (max-width:42em){
& :is(th,td){padding:.15em .4em}
& .mudawwana-kwic,& .mudawwana-kwic :is(caption,thead,tbody,tr){display:block;width:100%}
& .mudawwana-kwic thead{display:none}
& .mudawwana-kwic[data-live] thead{display:block}
& .mudawwana-kwic[data-live] thead tr{display:flex;flex-wrap:wrap;gap:.2em 1.2em}
& .mudawwana-kwic[data-live] thead th{direction:rtl;max-width:none;min-width:0;width:auto}
& .mudawwana-kwic tr{border-bottom:1px solid rgba(128,128,128,.4);padding:.3em 0}
& .mudawwana-kwic :is(th,td){border:0;min-width:0;padding:0}
& .mudawwana-kwic tbody .mudawwana-doc{display:block}
& .mudawwana-kwic tbody .mudawwana-about{display:inline-block;margin-inline-end:1em}
& .mudawwana-kwic tbody .mudawwana-about::before{content:attr(data-heading) ": "}
& .mudawwana-kwic .mudawwana-wide td{display:block;padding:.2em .6em}
& .mudawwana-kwic tbody :is(.mudawwana-before,.mudawwana-node,.mudawwana-after){direction:rtl;
display:inline;max-width:none;unicode-bidi:isolate;white-space:normal}
& .mudawwana-kwic tbody .mudawwana-after::after{content:"\\a";white-space:pre}}
@media print{&{overflow:visible}
& [aria-sort] button::after{content:none}
& .mudawwana-kwic :is(.mudawwana-before,.mudawwana-after){overflow:visible;white-space:normal}
& tr{break-inside:avoid}
& mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
""".replace("&", ".mudawwana.mudawwana")
