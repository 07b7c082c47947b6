"""The script that stands behind concordance lines; without it they are plain and whole.

It makes each heading a button that sorts (ascending, descending, as found) by the numbers in
`data-keys`, and each node a button that opens the line's wider context. It reads attributes and
writes text nodes, so that no letter of a text can become markup. JupyterLab would take Enter for
itself, but for the attribute that asks it not to.
"""

SCRIPT = """
document.querySelectorAll(".mudawwana-kwic:not([data-live])").forEach(table => {
  const make = (tag, name, ...inside) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...inside);
    return made;
  };
  const press = (cell, name) => {
    const button = make("button", name, ...cell.childNodes);
    button.type = "button";
    cell.append(button);
    return button;
  };
  const body = table.tBodies[0], lines = [...body.rows], heads = [...table.tHead.rows[0].cells];
  const opened = new Map();
  const part = (line, name) => line.querySelector(".mudawwana-" + name);
  const wide = line => {
    const {around} = line.dataset, node = part(line, "node");
    const [before, kernel, after, begins, ends] = around ? JSON.parse(around) :
      ["before", "node", "after"].map(name => part(line, name).textContent);
    const join = joined => joined ? make("span", "mudawwana-joiner", "\\u200d") : "";
    const where = make("bdi", "mudawwana-where", node.title);
    const bold = make("b", "", join(begins), kernel, join(ends));
    const text = make("div", "mudawwana-text", before, join(begins), bold, join(ends), after);
    const cell = make("td", "", where, text);
    cell.colSpan = heads.length;
    return make("tr", "mudawwana-wide", cell);
  };
  const toggle = line => {
    const shut = !opened.has(line);
    if (shut) {
      opened.set(line, wide(line));
      line.after(opened.get(line));
    } else {
      opened.get(line).remove();
      opened.delete(line);
    }
    line.querySelector("button").setAttribute("aria-expanded", shut);
  };
  const sort = place => {
    const head = heads[place], old = head.getAttribute("aria-sort");
    const order = {none: "ascending", ascending: "descending", descending: "none"}[old];
    heads.forEach(each => each.setAttribute("aria-sort", each === head ? order : "none"));
    const sign = order === "descending" ? -1 : 1;
    const key = line => Number(line.dataset.keys.split(" ")[place]);
    const compare = (one, two) => isNaN(one) - isNaN(two) || sign * (one - two) || 0;
    const sorted = order === "none" ? lines :
      [...lines].sort((one, two) => compare(key(one), key(two)));
    const rows = sorted.flatMap(line => opened.has(line) ? [line, opened.get(line)] : [line]);
    body.append(...rows);
  };
  table.dataset.live = "";
  table.dataset.lmSuppressShortcuts = "true";
  heads.forEach((head, place) => {
    press(head);
    head.setAttribute("aria-sort", "none");
    head.addEventListener("click", () => sort(place));
  });
  lines.forEach(line => press(part(line, "node")).setAttribute("aria-expanded", false));
  body.addEventListener("click", event => {
    const line = event.target.closest("tr[data-keys]"), chosen = getSelection();
    const reads = !chosen.isCollapsed && line && chosen.containsNode(line, true);
    if (line && (event.target.closest("button") || !reads)) toggle(line);
  });
  body.addEventListener("keydown", event => {
    const line = event.target.closest("tr[data-keys]");
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (!line || !step) return;
    const shown = [...body.rows].filter(row => row.dataset.keys);
    const next = shown[shown.indexOf(line) + step];
    if (next) next.querySelector("button").focus();
    event.preventDefault();
  });
});
"""
