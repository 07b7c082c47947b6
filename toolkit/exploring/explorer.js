// The browser's side of the explorer. The kernel sends panes as HTML in which all text is escaped;
// what is pressed goes back as the number of its row, with its label to tell that it is still there.

function wire(root, ask) {
  const find = (name) => root.querySelector(name);
  const all = (name, within = root) => [...within.querySelectorAll(name)];
  const pane = (name) => find(`.explorer-pane[data-pane="${name}"]`);
  const form = find("form");
  let exactByPress = false;

  const change = (changes) => ask({ do: "change", changes });
  const search = () => change({ node: form.node.value, exact: form.exact.checked });

  function show(name) {
    root.dataset.shown = name;
    for (const tab of all("[data-show]")) {
      tab.setAttribute("aria-pressed", tab.dataset.show === name);
    }
  }

  function filters() {
    const found = {};
    for (const facet of all(".explorer-facet")) {
      const edges = all("[data-edge]", facet);
      const chosen = all("[type=checkbox]:checked", facet).map((box) => Number(box.value));
      if (edges.length) found[facet.dataset.facet] = { between: edges.map((each) => each.value) };
      else if (chosen.length) found[facet.dataset.facet] = { among: chosen };
    }
    change({ filters: found });
  }

  function press(button) {
    const row = button.closest("tr[data-row]");
    const list = row.parentElement.dataset.list;
    exactByPress = list === "words";
    change({
      list,
      row: Number(row.dataset.row),
      label: list === "lines" ? row.dataset.start : button.textContent,
    });
    for (const each of all("[aria-current]", row.parentElement)) {
      each.removeAttribute("aria-current");
    }
    row.setAttribute("aria-current", "true");
    show(list === "lines" ? "text" : "lines");
  }

  async function copy(button) {
    const code = find("pre code");
    const label = button.innerHTML;
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.innerHTML = label; }, 2000);
    } catch {
      // Where the clipboard is shut, the code is chosen, ready for the keys.
      getSelection().selectAllChildren(code);
    }
  }

  const submit = (event) => {
    event.preventDefault();
    show("lines");
    search();
  };
  root.addEventListener("submit", submit);
  // JupyterLab keeps Enter from submitting forms.
  form.node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) submit(event);
  });
  root.addEventListener("input", (event) => {
    if (event.target !== form.node || !exactByPress) return;
    exactByPress = form.exact.checked = false;
  });
  root.addEventListener("change", (event) => {
    const { target } = event;
    if (target.closest(".explorer-facet")) filters();
    else if (target.name === "unit") change({ unit: target.value });
    else if (target.name === "exact") change({ exact: target.checked });
    else if (target.name === "function_words") change({ function_words: target.checked });
    else if (target.name === "doc") change({ doc: Number(target.value) });
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const line = event.target.closest("tr[data-row]");
    if (!button) {
      // A line opens wherever it is pressed, unless a part of it is being chosen.
      if (line && getSelection().isCollapsed) press(line.querySelector("button"));
    } else if (line) press(button);
    else if (button.dataset.order) change({ order: button.dataset.order });
    else if (button.dataset.show) show(button.dataset.show);
    else if (button.dataset.at) change({ at: Number(button.dataset.at) });
    else if (button.dataset.more) {
      ask({ do: "more", list: button.dataset.more, shown: Number(button.dataset.shown) });
    } else if ("clear" in button.dataset) {
      for (const box of all(".explorer-facet input")) {
        if (box.type === "checkbox") box.checked = false;
        else box.value = "";
      }
      filters();
    } else if ("copy" in button.dataset) copy(button);
  });
  root.addEventListener("keydown", (event) => {
    const line = event.target.closest("tr[data-row]");
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!line || !step) return;
    line[step]?.querySelector("button").focus();
    event.preventDefault();
  });
  // An open list of choices is shut by Escape and by a press elsewhere.
  const shut = (but) => {
    for (const facet of all(".explorer-facet[open]")) if (facet !== but) facet.open = false;
  };
  root.addEventListener("keydown", (event) => {
    const facet = event.key === "Escape" && event.target.closest(".explorer-facet[open]");
    if (!facet) return;
    facet.open = false;
    facet.querySelector("summary").focus();
  });
  root.addEventListener("pointerdown", (event) => shut(event.target.closest(".explorer-facet")));

  function tell(state) {
    if (document.activeElement !== form.node || state.name) form.node.value = state.node;
    form.unit.value = state.unit;
    form.exact.checked = state.exact;
    for (const facet of all(".explorer-facet")) {
      const { among = [], between } = state.filters[facet.dataset.facet] ?? {};
      for (const box of all("[type=checkbox]", facet)) {
        box.checked = among.includes(Number(box.value));
      }
      all("[data-edge]", facet).forEach((edge, place) => {
        if (document.activeElement !== edge) edge.value = between?.[place] ?? "";
      });
      facet.classList.toggle("explorer-on", among.length > 0 || Boolean(between));
      facet.querySelector("summary b").textContent = among.length || (between ? "•" : "");
    }
    find("[data-clear]").hidden = !Object.keys(state.filters).length;
  }

  function count(counts) {
    for (const facet of all(".explorer-facet")) {
      (counts[facet.dataset.facet] ?? []).forEach((number, place) => {
        const choice = facet.querySelectorAll("label")[place];
        choice.querySelector("span").textContent = number.toLocaleString("en");
        choice.classList.toggle("explorer-none", !number);
      });
    }
  }

  function scroll(target) {
    const body = pane("text").querySelector(".explorer-body");
    const mark = body.querySelectorAll(".mudawwana-found")[target];
    if (!mark) return;
    mark.classList.add("explorer-here");
    const apart = mark.getBoundingClientRect().top - body.getBoundingClientRect().top;
    body.scrollTop += apart - body.clientHeight / 3;
  }

  function draw(answer) {
    const problem = find(".explorer-problem");
    problem.textContent = answer.problem ?? "";
    problem.hidden = !answer.problem;
    const { more } = answer;
    if (more) {
      find(`[data-list="${more.list}"]`).insertAdjacentHTML("beforeend", more.rows);
      find(`[data-more="${more.list}"]`).outerHTML = more.button;
    }
    for (const [name, html] of Object.entries(answer.panes ?? {})) {
      const body = pane(name).querySelector(".explorer-body");
      // A press on what is drawn anew keeps the keyboard where it was.
      const { name: held, dataset } = body.contains(document.activeElement)
        ? document.activeElement : { dataset: {} };
      body.innerHTML = html;
      if (name !== "text") body.scrollTop = 0;
      if (held) body.querySelector(`[name="${held}"]`)?.focus();
      else if (dataset.order) body.querySelector(`[data-order="${dataset.order}"]`)?.focus();
      else if (dataset.at !== undefined) body.focus();
    }
    if (answer.panes?.text !== undefined && answer.target < 0 && answer.opened) {
      pane("text").querySelector(".explorer-body").scrollTop = 0;
    }
    if (answer.target >= 0) scroll(answer.target);
    if (answer.texts !== undefined) find("[name=doc]").innerHTML = answer.texts;
    if (answer.text !== undefined) find("[name=doc]").value = answer.text;
    if (answer.size !== undefined) find(".explorer-size").innerHTML = answer.size;
    if (answer.code !== undefined) find("pre code").textContent = answer.code;
    if (answer.counts) count(answer.counts);
    if (answer.state) tell(answer.state);
  }

  show("lines");
  return draw;
}

function render({ model, el }) {
  const view = crypto.randomUUID?.() ?? String(Math.random());
  const root = document.createElement("div");
  root.className = "mudawwana-explorer tex2jax_ignore mathjax_ignore";
  root.dir = "rtl";
  root.lang = "ar";
  // JupyterLab would take keys for itself; it asks what has the focus first of all.
  root.addEventListener("focusin", (event) => {
    event.target.dataset.lmSuppressShortcuts = "true";
  });
  el.append(root);
  let number = 0;
  let draw;
  const ask = (message) => {
    number += 1;
    root.setAttribute("aria-busy", "true");
    model.send({ ...message, view, number });
  };
  const answered = (answer) => {
    if (answer.view !== view) return;
    if (answer.shell) {
      root.innerHTML = answer.shell;
      draw = wire(root, ask);
      hideSnapshot(root);
    }
    draw?.(answer);
    if (answer.number === number) root.removeAttribute("aria-busy");
  };
  model.on("msg:custom", answered);
  ask({ do: "open" });
  return () => model.off("msg:custom", answered);
}

// The still picture that stands before the widget, for readers of notebooks that run nothing.
function hideSnapshot(root) {
  const before = [...document.querySelectorAll(".mudawwana-snapshot")].filter(
    (each) => each.compareDocumentPosition(root) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  const output = before.at(-1)?.closest(".jp-OutputArea-child, .output");
  (output ?? before.at(-1))?.style.setProperty("display", "none");
}

export default { render };
