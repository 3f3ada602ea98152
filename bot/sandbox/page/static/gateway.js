// The SMS gateway, which a visitor may break; while it is broken a strip under the bar says what that means.

import { toast } from "./clock.js";
import { post } from "./transport.js";
import { onLanguage, word } from "./words.js";

let now = { mood: "well", turnedAway: 0 };
let wanted = "well";
let sending = false;

export function bindGateway() {
  const choice = document.getElementById("gateway");
  choice.addEventListener("change", () => turn(choice.value));
  document.getElementById("gateway-mend").addEventListener("click", () => {
    turn("well");
    choice.focus({ preventScroll: true });
  });
  onLanguage(() => showGateway(now));
}

export function showGateway(told) {
  now = told;
  const broken = now.mood !== "well";
  const choice = document.getElementById("gateway");
  if (!sending) choice.value = now.mood;
  choice.toggleAttribute("data-broken", broken);
  document.getElementById("gateway-strip").hidden = !broken;
  if (!broken) return;
  const times = now.turnedAway ? word(`gateway_${now.mood}_count`).replace("{n}", now.turnedAway) : "";
  document.getElementById("gateway-mood").textContent = `${word("gateway")} · ${word(`gateway_${now.mood}`)}`;
  document.getElementById("gateway-told").textContent = `${word(`gateway_${now.mood}_told`)}${times}`;
}

// Whoever goes through the choices by arrow key makes several at once: the last one holds, and no answer
// to an earlier one takes it back.
async function turn(mood) {
  wanted = mood;
  if (sending) return;
  sending = true;
  try {
    for (let asked = null; asked !== wanted;) {
      asked = wanted;
      now = await post("/gateway", { mood: asked });
    }
  } catch {
    toast(word("failed"), [], 5000);
  }
  sending = false;
  showGateway(now);
}
