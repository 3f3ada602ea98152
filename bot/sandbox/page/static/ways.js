// By which door the last messages came to a phone, or why they did not. Where all arrived nothing is said.

import { el } from "./dom.js";
import { onLanguage, word } from "./words.js";

export function waysLine() {
  const list = el("ol", { class: "ways", hidden: true, "data-word-label": "ways", "aria-label": word("ways") });
  let told = [];
  const show = (ways) => {
    told = ways;
    list.hidden = ways.length === 0;
    list.replaceChildren(...ways.map(step));
  };
  onLanguage(() => show(told));
  return { node: list, show };
}

function step({ door, end }) {
  const kind = { arrived: "came", kept: "waits" }[end] ?? "failed";
  return el("li", { class: kind }, `${word(door)} `, el("span", {}, `${{ came: "✓", waits: "…", failed: "✕" }[kind]} ${word(`end_${end}`)}`));
}
