// An invitation is passed on: whose phone is it opened on? As if the link had been forwarded there.

import { el } from "./dom.js";
import { say, word } from "./words.js";

// Resolves to the id of the phone, or to null. Whoever is named beside the link is meant, else who holds it.
export function askWhichPhone({ phones, from, words }) {
  const meant = phones.find((phone) => phone.id !== from && words.includes(phone.owner))?.id ?? from;
  return new Promise((resolve) => {
    let chosen = null;
    const choose = (id) => { chosen = id; sheet.close(); };
    const sheet = el("dialog", { class: "sheet pick", "aria-labelledby": "pick-title",
      onclose: () => { sheet.remove(); resolve(chosen); }, onclick: (event) => event.target === sheet && sheet.close() },
    el("h2", { id: "pick-title" }, word("open_where")),
    el("p", {}, word("open_where_note")),
    el("div", { class: "picks" }, phones.map((phone) =>
      el("button", { type: "button", class: "pick-phone", autofocus: phone.id === meant, onclick: () => choose(phone.id) },
        el("span", {}, phone.owner), el("small", {}, say(phone.role))))),
    el("form", { method: "dialog" }, el("button", { class: "quiet" }, word("cancel"))));
    document.body.append(sheet);
    sheet.showModal();
  });
}
