// A phone is switched off and on. Off, it takes no text: the network says so, and the program hears of it.

import { el, icon } from "./dom.js";
import { post } from "./transport.js";
import { word } from "./words.js";

export const switchedOff = () => Object.assign(new Error("409"), { word: "off" });

export const turnPower = (phoneId, on) => post(`/phones/${phoneId}/power`, { on }).catch(() => {});

export function powerKey(phoneId) {
  const key = el("button", { type: "button", class: "power" }, icon("power"));
  const show = (off) => {
    key.dataset.wordLabel = off ? "switch_on" : "switch_off";
    key.setAttribute("aria-label", word(key.dataset.wordLabel));
    key.title = word(key.dataset.wordLabel);
    key.onclick = () => turnPower(phoneId, off);
  };
  show(false);
  return { key, show };
}

// What lies over the screen of a smartphone that is off: what that means, and the way back.
export function darkScreen(phoneId) {
  const wake = el("button", { type: "button", class: "firm", "data-word": "switch_on", onclick: () => turnPower(phoneId, true) }, word("switch_on"));
  const node = el("div", { class: "asleep", hidden: true }, icon("power"),
    el("strong", { "data-word": "is_off" }, word("is_off")),
    el("span", { "data-word": "off_note_smart" }, word("off_note_smart")), wake);
  return { node, wake };
}
