// A list of messages that grows: keyed, calm, and it stays at the bottom unless the reader went up.

import { el } from "./dom.js";
import { dayInWords, onLanguage, word } from "./words.js";

export function mountLog(root, { draw, empty, fresh = () => {} }) {
  root.setAttribute("role", "log");
  root.setAttribute("tabindex", "0");
  let shown = new Map();
  let first = true;
  let latest = [];

  function show(messages) {
    latest = messages;
    const atBottom = root.scrollHeight - root.scrollTop - root.clientHeight < 60;
    const added = messages.filter((message) => !shown.has(message.id));
    place(root, messages.length ? rows(messages) : [el("p", { class: "empty" }, word(empty))]);
    if (first || atBottom || added.some((message) => message.mine)) toBottom();
    else if (added.length) fresh();
    if (messages.length) first = false;
    // Only what comes from now on is read aloud, not the whole past at once.
    root.setAttribute("aria-live", "polite");
  }

  function rows(messages) {
    const kept = new Map();
    const nodes = [];
    let day = "";
    for (const message of messages) {
      if (message.day !== day) {
        day = message.day;
        nodes.push(el("span", { class: "day" }, dayInWords(day)));
      }
      kept.set(message.id, drawn(message));
      nodes.push(kept.get(message.id).node);
    }
    shown = kept;
    return nodes;
  }

  function drawn(message) {
    const face = JSON.stringify(message);
    const before = shown.get(message.id);
    if (before?.face === face) return before;
    const node = draw(message);
    if (!before && !first) node.classList.add("fresh");
    return { face, node };
  }

  function toBottom() {
    root.scrollTop = root.scrollHeight;
  }

  // Pictures get their height late, and a shown tab its size: follow while at the bottom.
  let stuck = true;
  root.addEventListener("scroll", () => {
    stuck = root.scrollHeight - root.scrollTop - root.clientHeight < 60;
  }, { passive: true });
  new ResizeObserver(() => stuck && toBottom()).observe(root);
  root.addEventListener("load", () => stuck && toBottom(), true);
  onLanguage(() => {
    shown = new Map();
    const was = first;
    first = true;
    show(latest);
    first = was;
  });

  return { show, toBottom };
}

// Moves only what must move, so that a focused button or a playing animation is left alone.
function place(root, nodes) {
  const wanted = new Set(nodes);
  const focused = root !== document.activeElement && root.contains(document.activeElement);
  for (const child of [...root.childNodes]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (root.childNodes[at] !== node) root.insertBefore(node, root.childNodes[at] ?? null);
  });
  // A pressed button is gone with its message: whoever reads by keyboard stays in the log.
  if (focused && !root.contains(document.activeElement)) root.focus({ preventScroll: true });
}
