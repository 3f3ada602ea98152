// The old phone: reads and writes text messages, part by part, with real keys.

import { el, icon } from "./dom.js";
import { mountLog } from "./log.js";
import { counted, sendFrom } from "./sms.js";
import { powerKey, switchedOff } from "./power.js";
import { smsTransport } from "./transport.js";
import { unreadCount } from "./unread.js";
import { onLanguage, word } from "./words.js";

const KEYS = [["1", ""], ["2", "ABC"], ["3", "DEF"], ["4", "GHI"], ["5", "JKL"], ["6", "MNO"],
  ["7", "PQRS"], ["8", "TUV"], ["9", "WXYZ"], ["*", ""], ["0", "+"], ["#", ""]];
const STEP = 90;

export function keypad(phone, { inView, unread }) {
  const cards = [simCard(phone.id, phone.number), ...(phone.spare ? [simCard(phone.spare.id, phone.spare.number)] : [])];
  let at = 0;
  const time = el("span", {});
  const lists = el("div", { class: "lcd-cards" }, cards.map((card) => card.list));
  const write = writing(() => cards[at].transport);
  const news = unreadCount(inView, unread);
  const power = powerKey(phone.id);
  const dark = el("div", { class: "lcd dark", hidden: true }, el("strong", { "data-word": "is_off" }, word("is_off")),
    el("span", { "data-word": "off_note_old" }, word("off_note_old")));
  const inserted = cards.length > 1 ? cardKeys(cards, turnTo) : { keys: null, show: () => {}, news: () => {} };
  const lcd = el("div", { class: "lcd" },
    el("div", { class: "lcd-top" }, icon("signal"), inserted.keys ?? el("span", { "data-word": "inbox" }, word("inbox")), time, icon("battery", 32)),
    lists, write.form);
  const hands = [softkeys(write, () => cards[at].list), keys(write.box)];
  let off = false;
  turnTo(0);

  function turnTo(card) {
    at = card;
    cards.forEach(({ list }, each) => { list.hidden = each !== at; });
    inserted.show(at);
    write.from.textContent = cards.length > 1 ? cards[at].number.replace("+86", "") : "";
  }

  return {
    node: el("div", { class: "brick" },
      el("div", { class: "crown" }, el("span", { class: "ear" }), power.key),
      el("div", { class: "bezel" }, lcd, dark),
      hands),
    update: (now) => {
      const inboxes = [now.sms, now.spare];
      cards.forEach((card, each) => {
        if (card.take(inboxes[each]) && each !== at) inserted.news(each);
      });
      news.take(inboxes.flat());
      off = now.off;
      power.show(off);
      lcd.hidden = off;
      dark.hidden = !off;
      for (const part of hands) part.inert = off;
    },
    seen: () => news.seen(),
    clock: (now) => { time.textContent = now.time; },
    say: async (text) => {
      if (off) throw switchedOff();
      turnTo(0);
      await cards[0].transport.send(text);
    },
  };
}

function simCard(id, number) {
  const transport = smsTransport(id);
  const list = el("div", { class: "lcd-log", "data-word-label": "sms", "aria-label": word("sms") });
  const log = mountLog(list, { draw: slip, empty: "empty_sms" });
  const arrived = newcomers();
  transport.onMessages((messages) => log.show(messages));
  const take = (messages) => {
    transport.tell(messages);
    return arrived(messages);
  };
  return { number, transport, list, take };
}

// Whether something came in since the last look; the first look tells nothing.
function newcomers() {
  let known = null;
  return (messages) => {
    const fresh = known !== null && messages.some((message) => !message.mine && !known.has(message.id));
    known = new Set(messages.map((message) => message.id));
    return fresh;
  };
}

// Two cards, two keys: the one that is not in use shows whether something came.
function cardKeys(cards, turnTo) {
  const keys = cards.map((card, each) => el("button", { type: "button", class: "card-key", title: card.number, onclick: () => turnTo(each) }));
  let inUse = 0;
  const name = () => keys.forEach((key, each) => {
    key.textContent = `${word("sim")}${each + 1}`;
    key.setAttribute("aria-pressed", String(each === inUse));
  });
  onLanguage(name);
  const show = (card) => {
    inUse = card;
    keys[card].classList.remove("has-news");
    name();
  };
  return { keys: el("span", { class: "card-keys" }, keys), show, news: (card) => keys[card].classList.add("has-news") };
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
  const from = el("span", {});
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
  const form = el("form", { class: "lcd-write" }, box, el("div", { class: "lcd-foot" }, count, from));
  form.addEventListener("submit", (event) => sendFrom(event, box, transport()));
  return { form, box, from };
}

function softkeys({ form, box }, list) {
  const scroll = (by) => list().scrollBy({ top: by, behavior: "smooth" });
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
