// An invitation is passed on: whose phone is it opened on? As if the link had been forwarded there.

import { bring, peopleWaiting } from "./casting.js";
import { el } from "./dom.js";
import { say, word } from "./words.js";

// Resolves to the id of the phone, or to null. Whoever is named beside the link is proposed, from behind
// the stage too; where nobody is, nothing is proposed: a link opened on the wrong phone helps nobody.
export async function askWhichPhone({ phones, words, holder }) {
  const named = phones.find((phone) => words.includes(phone.owner) || phone.id === holder);
  const absent = named ? [] : (await peopleWaiting().catch(() => [])).filter((person) => words.includes(person.name)).slice(0, 1);
  return askWhich(word("open_where"), word("open_where_note"), [
    ...absent.map((person) => ({ name: person.name, note: word("asked_on_stage"), meant: true, act: () => bring(person) })),
    ...phones.map((phone) => ({ name: phone.owner, note: say(phone.role), meant: phone === named, act: () => phone.id })),
  ]);
}

// Whose card is shown: anybody's but one's own.
export function askWhoseCard({ phones, from }) {
  return askWhich(word("whose_card"), word("whose_card_note"), phones.filter((phone) => phone.id !== from)
    .map((phone) => ({ name: phone.owner, note: say(phone.role), act: () => phone.id })));
}

function askWhich(title, note, answers) {
  return new Promise((resolve) => {
    let chosen = null;
    const choose = (act) => { chosen = act(); sheet.close(); };
    const sheet = el("dialog", { class: "sheet pick", "aria-labelledby": "pick-title", tabindex: "-1", autofocus: !answers.some(({ meant }) => meant),
      onclose: () => { sheet.remove(); resolve(chosen); }, onclick: (event) => event.target === sheet && sheet.close() },
    el("h2", { id: "pick-title" }, title),
    el("p", {}, note),
    el("div", { class: "picks" }, answers.map(({ name, note: beside, meant, act }) =>
      el("button", { type: "button", class: "pick-phone", autofocus: Boolean(meant), onclick: () => choose(act) },
        el("span", {}, name), el("small", {}, beside)))),
    el("form", { method: "dialog" }, el("button", { class: "quiet" }, word("cancel"))));
    document.body.append(sheet);
    sheet.showModal();
  });
}
