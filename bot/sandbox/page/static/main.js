// The stage: a place for each phone, a tab for each place, and the line that keeps them up to date.

import { bindWinding, showClock, toast } from "./clock.js";
import { el } from "./dom.js";
import { askWhichPhone } from "./handover.js";
import { keypad } from "./keypad.js";
import { live } from "./live.js";
import { smartphone } from "./smartphone.js";
import { learn, onLanguage, say, switchLanguage, word } from "./words.js";

const boot = JSON.parse(document.getElementById("boot").textContent);
const narrow = window.matchMedia("(max-width: 759px)");
const places = new Map();
let inFront = null;

learn(boot.words, boot.language);
const stage = document.getElementById("stage");
stage.style.setProperty("--abreast", Math.min(Math.max(boot.phones.length, 1), 5));
boot.phones.forEach(setUp);
toFront(boot.phones[0]?.id);
bindWinding();
bindBar();
showClock(boot.clock);
keepUp();

function setUp(phone) {
  const badge = el("span", { class: "badge", hidden: true });
  const tab = el("button", { type: "button", class: "tab", role: "tab", id: `tab-${phone.id}`, "aria-controls": `place-${phone.id}`, onclick: () => toFront(phone.id) },
    phone.owner, badge);
  const device = (phone.smartphone ? smartphone : keypad)(phone, {
    inView: () => !narrow.matches || inFront === phone.id,
    unread: (count) => {
      badge.hidden = count === 0;
      badge.textContent = String(count);
    },
    passOn: (address, words) => passOn(phone.id, address, words).catch(notSent),
  });
  const place = el("section", { class: "place", id: `place-${phone.id}`, "aria-label": phone.owner },
    caption(phone), device.node, tries(phone, device));
  document.getElementById("tabs").append(tab);
  stage.append(place);
  places.set(phone.id, { tab, place, device });
}

function caption(phone) {
  return el("header", { class: "caption" },
    el("h2", { class: "caption-head" }, el("span", {}, phone.owner), translated("span", phone.role, { class: "role" })),
    translated("p", phone.caption, { class: "hint" }));
}

function tries(phone, device) {
  return el("div", { class: "tries", role: "group", "aria-label": word("try"), "data-word-label": "try" },
    phone.suggestions.map(({ text, gloss }) => {
      const meaning = el("small", {});
      const mean = () => { meaning.textContent = gloss && document.documentElement.lang === "en" ? gloss : ""; };
      mean();
      onLanguage(mean);
      const act = () => device.say(text).catch(notSent);
      return el("button", { type: "button", class: "try", onclick: act }, text, meaning);
    }));
}

async function passOn(from, address, words) {
  const phones = boot.phones.filter((phone) => phone.smartphone);
  const id = await askWhichPhone({ phones, from, words });
  if (id === null) return;
  toFront(id);
  await places.get(id).device.openLink(address);
}

function notSent() {
  toast(word("failed"), [], 5000);
}

function translated(tag, pair, given = {}) {
  const node = el(tag, given, say(pair));
  onLanguage(() => { node.textContent = say(pair); });
  return node;
}

function toFront(id) {
  inFront = id;
  for (const [each, { tab, place, device }] of places) {
    const front = each === id;
    tab.setAttribute("aria-selected", String(front));
    place.toggleAttribute("data-shown", front);
    if (front) {
      device.seen();
      tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
}

function bindBar() {
  document.getElementById("language").addEventListener("click", switchLanguage);
  const about = document.getElementById("about");
  document.getElementById("about-link").addEventListener("click", (event) => {
    event.preventDefault();
    about.showModal();
  });
  about.addEventListener("click", (event) => event.target === about && about.close());
}

function keepUp() {
  let cut = null;
  let timer = null;
  const tell = () => { cut = toast(word("reconnecting"), [], 600000); };
  live({
    phone: (now) => places.get(now.id)?.device.update(now),
    clock: (now) => {
      showClock(now);
      places.forEach(({ device }) => device.clock(now));
    },
    connected: (yes) => {
      // A cut of a moment is nobody's business; each vain attempt reports again, and says it once.
      if (!yes) timer ??= setTimeout(tell, 1200);
      if (!yes) return;
      clearTimeout(timer);
      timer = null;
      cut?.remove();
    },
  });
}
