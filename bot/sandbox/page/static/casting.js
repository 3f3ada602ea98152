// Who else may come on to the stage: everybody of the district, to be found by name, office or village.

import { el } from "./dom.js";
import { post } from "./transport.js";
import { say, word } from "./words.js";

const SHOWN = 40;

export async function peopleWaiting() {
  const answer = await fetch("/people");
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()).people;
}

// Resolves to the id of the phone that now stands on the stage, or to null.
export async function askWhoComes() {
  const people = await peopleWaiting();
  return new Promise((resolve) => {
    let brought = Promise.resolve(null);
    const choose = (person) => { brought = bring(person); sheet.close(); };
    const list = el("div", { class: "picks tall" });
    const find = el("input", { type: "search", class: "find", placeholder: word("find_person"), "aria-label": word("find_person"), autofocus: true,
      oninput: () => show(find.value.trim().toLowerCase()) });
    const sheet = el("dialog", { class: "sheet pick", "aria-labelledby": "cast-title",
      onclose: () => { sheet.remove(); resolve(brought); }, onclick: (event) => event.target === sheet && sheet.close() },
    el("h2", { id: "cast-title" }, word("bring")),
    el("p", {}, word("bring_note")), find, list,
    el("form", { method: "dialog" }, el("button", { class: "quiet" }, word("cancel"))));
    const show = (wanted) => list.replaceChildren(...people.filter((person) => fits(person, wanted)).slice(0, SHOWN).map((person) => pick(person, choose)));
    show("");
    document.body.append(sheet);
    sheet.showModal();
  });
}

const fits = ({ name, role, unit }, wanted) => `${name} ${role.zh} ${role.en} ${unit}`.toLowerCase().includes(wanted);

function pick(person, choose) {
  return el("button", { type: "button", class: "pick-phone", onclick: () => choose(person) },
    el("span", {}, person.name), el("small", {}, `${say(person.role)} · ${person.unit}`));
}

export async function bring(person) {
  return (await post(`/people/${encodeURIComponent(person.id)}/bring`)).phone;
}

export const dismiss = (phoneId) => post(`/phones/${phoneId}/dismiss`);
