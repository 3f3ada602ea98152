// The old phone: reads and writes text messages, part by part, with real keys.

import { el, icon } from "./dom.js";
import { mountLog } from "./log.js";
import { counted, sendFrom } from "./sms.js";
import { post, smsTransport } from "./transport.js";
import { unreadCount } from "./unread.js";
import { onLanguage, word } from "./words.js";

const KEYS = [["1", ""], ["2", "ABC"], ["3", "DEF"], ["4", "GHI"], ["5", "JKL"], ["6", "MNO"],
  ["7", "PQRS"], ["8", "TUV"], ["9", "WXYZ"], ["*", ""], ["0", "+"], ["#", ""]];
const STEP = 90;

export function keypad(phone, { inView, unread }) {
  const transport = smsTransport(phone.id);
  const time = el("span", {});
  const list = el("div", { class: "lcd-log", "data-word-label": "sms", "aria-label": word("sms") });
  const log = mountLog(list, { draw: slip, empty: "empty_sms" });
  const write = writing(transport);
  const news = unreadCount(inView, unread);
  const power = powerKey(phone.id);
  const lcd = el("div", { class: "lcd" },
    el("div", { class: "lcd-top" }, icon("signal"), el("span", { "data-word": "inbox" }, word("inbox")), time, icon("battery", 32)),
    list, write.form);
  const hands = [softkeys(write, list), keys(write.box)];
  let off = false;
  transport.onMessages((messages) => log.show(messages));

  return {
    node: el("div", { class: "brick" },
      el("div", { class: "crown" }, el("span", { class: "ear" }), power.key),
      el("div", { class: "bezel" }, lcd, power.dark),
      hands),
    update: (now) => {
      transport.tell(now.sms);
      news.take(now.sms);
      off = now.off;
      power.show(off);
      lcd.hidden = off;
      for (const part of hands) part.inert = off;
    },
    seen: () => news.seen(),
    clock: (now) => { time.textContent = now.time; },
    say: async (text) => {
      if (off) throw new Error("switched off");
      await transport.send(text);
    },
  };
}

function slip(message) {
  return el("article", { class: message.mine ? "slip mine" : "slip", "data-id": message.id },
    el("div", { class: "slip-head" }, el("span", {}, message.mine ? (message.failed ? word("not_delivered") : "") : message.number), el("span", {}, message.time)),
    message.parts.map((part, at) => piece(part, at + 1, message.parts.length)));
}

// As such a phone keeps them: each part by itself, with its place and length.
function piece(part, place, of) {
  const length = `${[...part].length} ${word("chars")}`;
  return el("div", { class: "piece" }, part,
    el("span", { class: "piece-note" }, of > 1 ? `${place}/${of} · ${length}` : length));
}

function writing(transport) {
  const box = el("textarea", { "data-word-hint": "type_sms", "data-word-label": "type_sms",
    placeholder: word("type_sms"), "aria-label": word("type_sms") });
  const count = el("span", {});
  const recount = () => {
    count.textContent = counted(box.value);
    box.style.height = "";
    if (box.scrollHeight > box.clientHeight + 4) box.style.height = `${box.scrollHeight}px`;
  };
  box.addEventListener("input", recount);
  recount();
  onLanguage(recount);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });
  const form = el("form", { class: "lcd-write" }, box, el("div", { class: "lcd-foot" }, count));
  form.addEventListener("submit", (event) => sendFrom(event, box, transport));
  return { form, box };
}

function softkeys({ form, box }, list) {
  const scroll = (by) => list.scrollBy({ top: by, behavior: "smooth" });
  const key = (label, act, look = "") => el("button", { type: "button", class: `keycap ${look}`, "data-word": label, onclick: act }, word(label));
  const arrow = (way, by) => el("button", { type: "button", "data-word-label": way, "aria-label": word(way), onclick: () => scroll(by) }, icon(way));
  return el("div", { class: "softkeys" },
    key("send", () => form.requestSubmit(), "go"),
    el("div", { class: "rocker" }, arrow("up", -STEP), arrow("down", STEP)),
    key("clear", () => put(box, [...box.value].slice(0, -1).join(""))));
}

function keys(box) {
  return el("div", { class: "keys" }, KEYS.map(([sign, letters]) =>
    el("button", { type: "button", class: "keycap", "aria-label": sign, onclick: () => put(box, box.value + sign) },
      sign, letters && el("small", { "aria-hidden": "true" }, letters))));
}

function put(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input"));
}

// Switched off, it takes no text: the network says so, and the program hears of it.
function powerKey(phoneId) {
  const key = el("button", { type: "button", class: "power" }, icon("power"));
  const dark = el("div", { class: "lcd dark", hidden: true }, el("span", { "data-word": "is_off" }, word("is_off")));
  const show = (off) => {
    dark.hidden = !off;
    key.dataset.wordLabel = off ? "switch_on" : "switch_off";
    key.setAttribute("aria-label", word(key.dataset.wordLabel));
    key.title = word(key.dataset.wordLabel);
    key.onclick = () => post(`/phones/${phoneId}/power`, { on: off }).catch(() => {});
  };
  show(false);
  return { key, dark, show };
}
