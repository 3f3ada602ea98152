// The switch for Telegram's limits: once on, what comes too fast is refused as Telegram refuses it.

import { toast } from "./clock.js";
import { post } from "./transport.js";
import { onLanguage, word } from "./words.js";

let told = null;

export function bindFlood() {
  const box = document.getElementById("flood");
  box.addEventListener("change", () => post("/flood", { on: box.checked }).then(show).catch(() => toast(word("failed"), [], 5000)));
  document.getElementById("about-link").addEventListener("click", () => fetch("/flood").then((answer) => answer.json()).then(show).catch(() => {}));
  onLanguage(() => told && show(told));
}

function show(now) {
  told = now;
  document.getElementById("flood").checked = now.on;
  document.getElementById("flood-told").textContent = now.on ? `${word("flood_passed")} ${now.passed} · ${word("flood_refused")} ${now.refused}` : "";
}
