// Text messages on a smartphone: put together again, with what they cost the network beneath.

import { toast } from "./clock.js";
import { growing, LONGEST } from "./composer.js";
import { el, icon } from "./dom.js";
import { mountLog } from "./log.js";
import { prose } from "./prose.js";
import { segments } from "./segments.js";
import { word } from "./words.js";

export function mountSms(root, transport) {
  const list = el("div", { class: "log", "data-word-label": "sms", "aria-label": word("sms") });
  const log = mountLog(list, { draw: (message) => slip(message, transport.openLink), empty: "empty_sms" });
  root.append(el("div", { class: "chat" }, list, el("div", { class: "desk" }, smsForm(transport))));
  transport.onMessages((messages) => log.show(messages));
}

function slip(message, openLink) {
  const cut = message.parts.length > 1 && `${[...message.text].length} ${word("chars")} · ${message.parts.length} ${word("parts")}`;
  return el("article", { class: message.mine ? "message mine" : "message", "data-id": message.id },
    el("div", { class: "bubble" }, el("div", { class: "words" }, prose(message.text, openLink)),
      el("div", { class: "foot" }, cut && el("span", {}, cut),
        message.failed && el("span", {}, word("not_delivered")), el("span", {}, message.time))));
}

function smsForm(transport) {
  const box = el("textarea", { rows: 1, "data-word-hint": "type_sms", "data-word-label": "type_sms",
    placeholder: word("type_sms"), "aria-label": word("type_sms") });
  const go = el("button", { class: "tool go", disabled: true, "data-word-label": "send", "aria-label": word("send") }, icon("send"));
  const count = el("span", { class: "count", hidden: true });
  growing(box, go);
  box.addEventListener("input", () => {
    count.hidden = !box.value;
    count.textContent = counted(box.value);
  });
  const form = el("form", { class: "write" }, box, go, count);
  form.addEventListener("submit", (event) => sendFrom(event, box, transport));
  return form;
}

export async function sendFrom(event, box, transport) {
  event.preventDefault();
  const text = box.value.trim();
  if (!text) return;
  if (text.length > LONGEST) {
    toast(word("too_long"), []);
    return;
  }
  box.value = "";
  box.dispatchEvent(new Event("input"));
  try {
    await transport.send(text);
  } catch {
    box.value = text;
    box.dispatchEvent(new Event("input"));
  }
}

// "82/67 · 2 条": characters over the room of a part, then the number of parts it costs.
export function counted(text) {
  const { length, room, parts } = segments(text);
  return `${length}/${room} · ${parts} ${word("parts")}`;
}
