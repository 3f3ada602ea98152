// A smartphone: one screen, a switch between its threads (chat, groups, SMS), a small menu.

import { mountChat } from "./chat.js";
import { el, icon } from "./dom.js";
import { darkScreen, powerKey, switchedOff, turnPower } from "./power.js";
import { isChat } from "./prose.js";
import { mountSms } from "./sms.js";
import { chatTransport, post, smsTransport } from "./transport.js";
import { unreadCount } from "./unread.js";
import { word } from "./words.js";

export function smartphone(phone, { inView, unread, passOn, shareCard }) {
  const threads = new Map();
  let open = "chat";
  const time = el("span", {});
  const tabs = el("div", { class: "switch", role: "tablist" });
  const menu = phoneMenu(phone.id, shareCard);
  const power = powerKey(phone.id);
  const dark = darkScreen(phone.id);
  const lit = el("div", { class: "lit" },
    el("div", { class: "status" }, time, el("span", { class: "status-icons" }, icon("signal"), icon("battery", 32), power.key)),
    el("div", { class: "head" }, tabs, menu.button), menu.list);
  const glass = el("div", { class: "glass" }, lit, dark.node);
  let off = false;

  function thread(key, label, mount, transport) {
    const badge = el("span", { class: "badge", hidden: true });
    const tab = el("button", { type: "button", role: "tab", "aria-selected": "false", onclick: () => turnTo(key) }, label, badge);
    const root = el("div", { class: "thread", role: "tabpanel", hidden: true });
    const news = unreadCount(() => open === key && !off && inView(), (count) => {
      badge.hidden = count === 0;
      badge.textContent = String(count);
      badge.setAttribute("aria-label", `${count} ${word("unread")}`);
      unread([...threads.values()].reduce((sum, each) => sum + each.news.count(), 0));
    });
    tabs.append(tab);
    lit.append(root);
    // A chat's link is mostly passed on to somebody; a text message came to the one whom it means.
    const mine = key === "sms" || key === "spare";
    const openLink = (address, words) => (isChat(address) ? turnTo("chat") : passOn(address, words, mine));
    mount(root, { ...transport, openLink });
    threads.set(key, { tab, root, news, transport });
  }

  function turnTo(key) {
    open = key;
    for (const [each, { tab, root }] of threads) {
      tab.setAttribute("aria-selected", String(each === key));
      root.hidden = each !== key;
    }
    threads.get(key).news.seen();
  }

  thread("chat", el("span", { "data-word": "chat" }, word("chat")), mountChat, chatTransport(phone.id, {}));
  for (const group of phone.groups) {
    const mount = (root, transport) => {
      root.append(el("div", { class: "strip" }, group.title));
      mountChat(root, transport);
    };
    thread(group.id, el("span", { "data-word": "group", title: group.title }, word("group")), mount, chatTransport(phone.id, { group: group.id }));
  }
  thread("sms", el("span", { "data-word": "sms" }, word("sms")), mountSms, smsTransport(phone.id));
  if (phone.spare) {
    const mount = (root, transport) => {
      root.append(el("div", { class: "strip" }, phone.spare.number));
      mountSms(root, transport);
    };
    thread("spare", el("span", { "data-word": "spare" }, word("spare")), mount, smsTransport(phone.spare.id));
  }
  turnTo("chat");

  // Whoever goes by keyboard is not left on a screen that went dark, nor behind one that lit up.
  function sleep(now) {
    if (off === now) return;
    const inHand = glass.contains(document.activeElement);
    off = now;
    dark.node.hidden = !off;
    lit.inert = off;
    if (inHand) (off ? dark.wake : menu.button).focus({ preventScroll: true });
    if (!off && inView()) threads.get(open).news.seen();
  }

  function update(now) {
    sleep(now.off);
    menu.show(now.chat.blocked);
    tell("chat", now.chat, now.chat.messages);
    for (const group of now.groups) tell(group.id, group, group.messages);
    tell("sms", now.sms, now.sms);
    tell("spare", now.spare, now.spare);
  }

  function tell(key, news, messages) {
    const at = threads.get(key);
    if (!at) return;
    at.transport.tell(news);
    at.news.take(messages);
  }

  return {
    node: el("div", { class: "smart" }, glass),
    update,
    seen: () => threads.get(open).news.seen(),
    clock: (now) => { time.textContent = now.time; },
    openLink: async (address) => {
      if (off) throw switchedOff();
      turnTo("chat");
      return threads.get("chat").transport.openLink(address);
    },
    say: async (text) => {
      if (off) throw switchedOff();
      turnTo("chat");
      return threads.get("chat").transport.send(text);
    },
  };
}

function phoneMenu(phoneId, shareCard) {
  const list = el("div", { class: "drop", hidden: true });
  const button = el("button", { type: "button", class: "more", "aria-expanded": "false", "data-word-label": "menu", "aria-label": word("menu"),
    onclick: () => open(list.hidden) }, icon("dots"));
  const open = (yes) => {
    list.hidden = !yes;
    button.setAttribute("aria-expanded", String(yes));
    if (yes) list.querySelector("button").focus();
  };
  list.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { open(false); button.focus(); }
  });
  document.addEventListener("click", (event) => {
    if (!button.contains(event.target) && !list.contains(event.target)) open(false);
  });

  // Whoever chose by keyboard is back at the key that opened the menu, and never nowhere.
  function choice(key, act) {
    const chosen = () => { open(false); button.focus({ preventScroll: true }); act(); };
    return el("button", { type: "button", "data-word": key, onclick: chosen }, word(key));
  }

  function show(blocked) {
    const act = blocked ? "unblock" : "block";
    if (list.dataset.act === act) return;
    list.dataset.act = act;
    list.replaceChildren(
      choice("share_card", shareCard),
      choice(act, () => post(`/phones/${phoneId}/block`, { blocked: !blocked }).catch(() => {})),
      choice("switch_off", () => turnPower(phoneId, false)));
  }
  return { button, list, show };
}
