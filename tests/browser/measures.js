// What the tests measure in a page; every function returns plain data.
globalThis.measures = (() => {
  const ZWNJ = "\u200c";

  function textNodes(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  }

  function rangeOf(node, start, end) {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    return range;
  }

  function shown(node) {
    const element = node.parentElement;
    const seen = { opacityProperty: true, visibilityProperty: true };
    if (!node.data.trim() || !element.checkVisibility(seen)) return false;
    const box = rangeOf(node, 0, node.length).getBoundingClientRect();
    const own = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && own.width > 1 && own.height > 1;
  }

  // Colours, as [red, green, blue, alpha] of sRGB; a canvas understands every notation.
  let context;
  const known = new Map();
  function rgba(colour) {
    if (!known.has(colour)) {
      context ??= Object.assign(document.createElement("canvas"), { width: 1, height: 1 })
        .getContext("2d", { willReadFrequently: true });
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
      known.set(colour, [red, green, blue, alpha / 255]);
    }
    return known.get(colour);
  }

  function over(top, opacity, under) {
    const alpha = top[3] * opacity;
    return under.map((value, place) => top[place] * alpha + value * (1 - alpha));
  }

  function canvasColour() {
    const probe = document.createElement("div");
    probe.style.background = "Canvas";
    document.documentElement.append(probe);
    const colour = rgba(getComputedStyle(probe).backgroundColor).slice(0, 3);
    probe.remove();
    return colour;
  }

  function luminance(colour) {
    const linear = colour.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  // WCAG 2.2 contrast of an element's text with the grounds that lie under it.
  function contrast(element, ground) {
    const chain = [];
    for (let at = element; at; at = at.parentElement) chain.unshift(at);
    let under = ground;
    let opacity = 1;
    for (const at of chain) {
      const style = getComputedStyle(at);
      opacity *= Number(style.opacity);
      under = over(rgba(style.backgroundColor), opacity, under);
    }
    const ink = over(rgba(getComputedStyle(element).color), opacity, under);
    const [dark, light] = [luminance(ink), luminance(under)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  return {
    // Texts of `selector` whose contrast is below `least`: [contrast, text, path], worst first.
    pale(selector, least) {
      const ground = canvasColour();
      const found = [];
      for (const root of document.querySelectorAll(selector)) {
        for (const node of textNodes(root)) {
          const element = node.parentElement;
          if (element.closest("svg, style, script") || !shown(node)) continue;
          const value = contrast(element, ground);
          if (value < least) {
            const path = `${element.tagName}.${element.className}`;
            found.push([Math.round(value * 100) / 100, node.data.trim().slice(0, 40), path]);
          }
        }
      }
      return found.sort((a, b) => a[0] - b[0]);
    },

    textsMeasured(selector) {
      return [...document.querySelectorAll(selector)].flatMap(textNodes).filter(shown).length;
    },

    // Width of the window and of what is in it, in CSS pixels.
    widths() {
      return [document.documentElement.clientWidth, document.scrollingElement.scrollWidth];
    },

    // Widths of the first occurrence of a word in an element: as it is, and unjoined.
    joining(element, word) {
      const node = textNodes(element).find((each) => each.data.includes(word));
      const start = node.data.indexOf(word);
      const joined = rangeOf(node, start, start + word.length).getBoundingClientRect().width;
      const whole = node.data;
      const apart = [...word].join(ZWNJ);
      node.data = whole.slice(0, start) + apart + whole.slice(start + word.length);
      const unjoined = rangeOf(node, start, start + apart.length).getBoundingClientRect().width;
      node.data = whole;
      return [joined, unjoined];
    },

    // For each shown occurrence of a word: "rtl" or "ltr" by where its letters stand, or "mixed".
    orders(selector, word) {
      const found = [];
      for (const root of document.querySelectorAll(selector)) {
        for (const node of textNodes(root).filter(shown)) {
          for (let at = node.data.indexOf(word); at >= 0; at = node.data.indexOf(word, at + 1)) {
            const centres = [...word].map((_, place) => {
              const box = rangeOf(node, at + place, at + place + 1).getBoundingClientRect();
              return box.left + box.width / 2;
            });
            const steps = centres.slice(1).map((centre, place) => centre - centres[place]);
            if (steps.every((step) => step < 0)) found.push("rtl");
            else if (steps.every((step) => step > 0)) found.push("ltr");
            else found.push("mixed");
          }
        }
      }
      return found;
    },

    // Every kind of element with the names of its attributes, as "tag attribute".
    markup(selector) {
      const found = new Set();
      for (const root of document.querySelectorAll(selector)) {
        for (const element of [root, ...root.querySelectorAll("*")]) {
          const tag = element.tagName.toLowerCase();
          found.add(tag);
          for (const name of element.getAttributeNames()) found.add(`${tag} ${name}`);
        }
      }
      return [...found].sort();
    },

    // Addresses that the page names.
    addresses() {
      const named = document.querySelectorAll("[src], [href], [action], [data]");
      return [...named].flatMap((element) =>
        ["src", "href", "action", "data"]
          .filter((name) => element.hasAttribute(name))
          .map((name) => element.getAttribute(name)),
      );
    },
  };
})();
