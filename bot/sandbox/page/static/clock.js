// The clock on the bar and the buttons that wind it on; afterwards, what happened meanwhile.

import { el } from "./dom.js";
import { post } from "./transport.js";
import { onLanguage, say, word } from "./words.js";

const LINGER = 14000;
let shown = null;
let winding = false;

export function showClock(now) {
  shown = now;
  const clock = document.getElementById("clock");
  const { day, short, lunar } = say(now);
  clock.querySelector(".clock-time").textContent = now.time;
  clock.querySelector(".clock-day").textContent = day;
  clock.querySelector(".clock-day.short").textContent = short;
  clock.querySelector(".clock-lunar").textContent = winding ? word("winding") : lunar;
}

export function bindWinding() {
  onLanguage(() => shown && showClock(shown));
  const buttons = [...document.querySelectorAll("[data-step]")];
  for (const button of buttons) button.addEventListener("click", () => wind(button, buttons));
}

async function wind(pressed, buttons) {
  passing(true, buttons);
  try {
    const { happened } = await post(`/wind/${pressed.dataset.step}`);
    toast(word("happened"), happened.length ? happened : [word("nothing_happened")]);
  } catch {
    toast(word("failed"), []);
  }
  passing(false, buttons);
  pressed.focus({ preventScroll: true });
}

function passing(yes, buttons) {
  winding = yes;
  document.getElementById("passing").hidden = !yes;
  document.getElementById("clock").setAttribute("aria-busy", String(yes));
  showClock(shown);
  for (const button of buttons) button.disabled = yes;
}

export function toast(title, lines, linger = LINGER) {
  const shelf = document.getElementById("toasts");
  const close = el("button", { type: "button", "aria-label": word("close"), onclick: () => card.remove() }, "×");
  const card = el("section", { class: "toast" },
    el("div", { class: "toast-head" }, el("span", {}, title), close),
    el("ul", {}, lines.map((line) => el("li", { title: line }, line))));
  shelf.replaceChildren(card);
  let timer = setTimeout(() => card.remove(), linger);
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", () => { timer = setTimeout(() => card.remove(), linger / 3); });
  return card;
}
