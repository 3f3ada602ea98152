// Where a person writes in a chat: box, file, command menu, and the keyboard the bot asks with.

import { el, icon } from "./dom.js";
import { word } from "./words.js";

const START = "/start";
export const LONGEST = 4096;

export function composer(transport, attempt) {
  const box = el("textarea", { rows: 1, maxlength: LONGEST, autocomplete: "off", "data-word-hint": "type_here", "data-word-label": "type_here",
    placeholder: word("type_here"), "aria-label": word("type_here") });
  const go = tool("send", "send", "submit");
  go.classList.add("go");
  go.disabled = true;
  const menu = commandMenu((command) => attempt(() => transport.send(command)));
  const answers = el("div", { class: "answers", hidden: true });
  const fold = tool("keys", "keys");
  const write = el("form", { class: "write" }, menu.button, transport.attach && clip(transport, attempt), box, fold, go);
  let folded = false;
  const stopped = stoppedNote(transport, attempt);
  growing(box, go);

  // As in the app: the keys stay until their owner folds them away, and come back with a tap.
  let hide = () => {};
  fold.addEventListener("click", () => {
    folded = !folded;
    fold.setAttribute("aria-expanded", String(!folded));
    hide();
  });

  write.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    set(box, "");
    if (!await attempt(() => transport.send(text)) && !box.value) set(box, text);
  });

  function show({ keyboard = [], asksContact, commands = [], blocked, isNew }) {
    stopped.hidden = !blocked;
    write.hidden = Boolean(blocked);
    menu.show(commands);
    const rows = isNew ? [[START]] : keyboard;
    fold.hidden = isNew || rows.length === 0;
    hide = () => { answers.hidden = blocked || rows.length === 0 || (folded && !isNew); };
    hide();
    answers.replaceChildren(...rows.map((row) => el("div", { class: "answers-row" }, row.map(key))));

    function key(label) {
      const act = label === asksContact ? () => transport.shareContact() : () => transport.send(label);
      const face = label === START ? { "data-word": "start" } : {};
      return el("button", { type: "button", ...face, onclick: () => attempt(act) }, label === START ? word("start") : label);
    }
  }

  return { node: el("div", {}, menu.list, answers, write, stopped), show };
}

function set(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input"));
}

// Enter sends; not the Enter that only takes a word out of a Chinese input method.
export function growing(box, go) {
  box.addEventListener("input", () => {
    go.disabled = !box.value.trim();
    box.style.height = "";
    if (box.scrollHeight > box.clientHeight + 4) box.style.height = `${Math.min(box.scrollHeight + 2, 110)}px`;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    box.form.requestSubmit();
  });
}

function tool(shape, label, type = "button") {
  return el("button", { type, class: "tool", "data-word-label": label, "aria-label": word(label) }, icon(shape));
}

function clip(transport, attempt) {
  const picker = el("input", { type: "file", hidden: true });
  const button = tool("clip", "attach");
  button.addEventListener("click", () => picker.click());
  picker.addEventListener("change", async () => {
    const [file] = picker.files;
    if (file) await attempt(() => transport.attach(file));
    picker.value = "";
  });
  button.append(picker);
  return button;
}

function stoppedNote(transport, attempt) {
  const note = el("div", { class: "stopped", hidden: true }, el("span", { "data-word": "blocked_note" }, word("blocked_note")));
  if (transport.block) {
    note.append(el("button", { type: "button", "data-word": "unblock", onclick: () => attempt(() => transport.block(false)) }, word("unblock")));
  }
  return note;
}

function commandMenu(choose) {
  const list = el("div", { class: "commands", hidden: true });
  const button = tool("menu", "commands");
  button.setAttribute("aria-expanded", "false");
  const open = (yes) => {
    list.hidden = !yes;
    button.setAttribute("aria-expanded", String(yes));
  };
  button.addEventListener("click", () => open(list.hidden));
  list.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { open(false); button.focus(); }
  });
  document.addEventListener("click", (event) => {
    if (!button.contains(event.target) && !list.contains(event.target)) open(false);
  });

  function show(commands) {
    button.hidden = commands.length === 0;
    list.replaceChildren(...commands.map(({ command, description }) =>
      el("button", { type: "button", onclick: () => { open(false); choose(`/${command}`); } },
        el("span", {}, description), el("code", {}, `/${command}`))));
  }
  return { button, list, show };
}
