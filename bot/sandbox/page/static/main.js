// The stage: a place for each phone, a tab for each place, and the line that keeps them up to date.

import { askWhoComes, dismiss } from "./casting.js";
import { bindWinding, showClock, toast } from "./clock.js";
import { el } from "./dom.js";
import { askWhichPhone, askWhoseCard } from "./handover.js";
import { keypad } from "./keypad.js";
import { bindFlood } from "./flood.js";
import { bindGateway, showGateway } from "./gateway.js";
import { live } from "./live.js";
import { smartphone } from "./smartphone.js";
import { post } from "./transport.js";
import { waysLine } from "./ways.js";
import { learn, onLanguage, say, switchLanguage, word } from "./words.js";

const boot = JSON.parse(document.getElementById("boot").textContent);
const narrow = window.matchMedia("(max-width: 759px)");
const places = new Map();
let inFront = null;
let lastClock = boot.clock;

learn(boot.words, boot.language);
const stage = document.getElementById("stage");
let lineUp = [];
takePlaces(boot.phones);
toFront(boot.phones[0]?.id);
bindWinding();
bindBar();
bindFlood();
bindGateway();
showGateway(boot.gateway);
showClock(boot.clock);
keepUp();

// Whoever came is set up at the end, whoever left is taken down; all others stay as they are.
function takePlaces(phones) {
  lineUp = phones;
  stage.style.setProperty("--abreast", Math.min(Math.max(phones.length, 1), 5));
  const staying = new Set(phones.map((phone) => phone.id));
  for (const id of places.keys()) if (!staying.has(id)) takeDown(id);
  for (const phone of phones) if (!places.has(phone.id)) setUp(phone);
}

function takeDown(id) {
  const { tab, place } = places.get(id);
  tab.remove();
  place.remove();
  places.delete(id);
  if (inFront === id) toFront(lineUp[0]?.id);
}

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
    passOn: (address, words, mine) => passOn(address, words, mine ? phone.id : null).catch(notSent),
    shareCard: () => shareCard(phone.id).catch(notSent),
  });
  const ways = waysLine();
  const place = el("section", { class: "place", id: `place-${phone.id}`, "aria-label": phone.owner },
    caption(phone), device.node, el("div", { class: "under" }, ways.node, tries(phone, device)));
  document.getElementById("more-tabs").before(tab);
  stage.append(place);
  device.clock(lastClock);
  places.set(phone.id, { tab, place, device, ways });
}

function caption(phone) {
  return el("header", { class: "caption" },
    el("h2", { class: "caption-head" }, el("span", {}, phone.owner), translated("span", phone.role, { class: "role" }), phone.guest && off(phone)),
    translated("p", phone.caption, { class: "hint" }));
}

function off(phone) {
  return el("button", { type: "button", class: "off", "data-word-label": "dismiss", "aria-label": word("dismiss"),
    onclick: () => dismiss(phone.id).catch(notSent) }, "×");
}

function tries(phone, device) {
  return el("div", { class: "tries", role: "group", "aria-label": word("try"), "data-word-label": "try" },
    phone.suggestions.map(({ text, gloss }) => {
      const chip = el("button", { type: "button", class: "try", title: text, onclick: () => device.say(text).catch(notSent) });
      // In English a phrase gives way to its meaning: both together would not fit under the phone.
      const mean = () => { chip.textContent = (document.documentElement.lang === "en" && gloss) || text; };
      mean();
      onLanguage(mean);
      return chip;
    }));
}

async function passOn(address, words, holder) {
  const id = await askWhichPhone({ phones: lineUp.filter((phone) => phone.smartphone), words, holder });
  if (id === null) return;
  await standing(id);
  toFront(id);
  await places.get(id).device.openLink(address);
}

async function shareCard(from) {
  const of = await askWhoseCard({ phones: lineUp, from });
  if (of !== null) await post(`/phones/${from}/contact`, { of });
}

async function bringSomebody() {
  const id = await askWhoComes();
  if (id === null) return;
  await standing(id);
  toFront(id);
  stage.scrollTo({ left: stage.scrollWidth, behavior: "smooth" });
}

// Resolves once the line has told of that phone.
async function standing(id) {
  for (let tries = 0; tries < 100 && !places.has(id); tries += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
}

// On that phone the bot is blocked, so there is nowhere to type; or it is off.
function notSent(error) {
  toast(word({ blocked: "blocked_note", off: "off_first" }[error?.word] ?? "failed"), [], 5000);
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
  for (const button of document.querySelectorAll("[data-bring]")) button.addEventListener("click", () => bringSomebody().catch(notSent));
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
    stage: ({ phones, gateway }) => {
      takePlaces(phones);
      showGateway(gateway);
    },
    phone: (now) => {
      places.get(now.id)?.device.update(now);
      places.get(now.id)?.ways.show(now.ways);
    },
    clock: (now) => {
      lastClock = now;
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
