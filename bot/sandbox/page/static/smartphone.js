// A smartphone: one screen, a switch between its threads (chat, groups, SMS), a small menu.

import { mountChat } from "./chat.js";
import { el, icon } from "./dom.js";
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
  const glass = el("div", { class: "glass" },
    el("div", { class: "status", "aria-hidden": "true" }, time, el("span", { class: "status-icons" }, icon("signal"), icon("battery", 32))),
    el("div", { class: "head" }, tabs, menu.button), menu.list);

  function thread(key, label, mount, transport) {
    const badge = el("span", { class: "badge", hidden: true });
    const tab = el("button", { type: "button", role: "tab", "aria-selected": "false", onclick: () => turnTo(key) }, label, badge);
    const root = el("div", { class: "thread", role: "tabpanel", hidden: true });
    const news = unreadCount(() => open === key && inView(), (count) => {
      badge.hidden = count === 0;
      badge.textContent = String(count);
      badge.setAttribute("aria-label", `${count} ${word("unread")}`);
      unread([...threads.values()].reduce((sum, each) => sum + each.news.count(), 0));
    });
    tabs.append(tab);
    glass.append(root);
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

  function update(now) {
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
    openLink: (address) => {
      turnTo("chat");
      return threads.get("chat").transport.openLink(address);
    },
    say: (text) => {
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

  function card() {
    return el("button", { type: "button", "data-word": "share_card", onclick: () => { open(false); shareCard(); } }, word("share_card"));
  }

  function show(blocked) {
    const act = blocked ? "unblock" : "block";
    if (list.dataset.act === act) return;
    list.dataset.act = act;
    list.replaceChildren(card(), el("button", { type: "button", "data-word": act, onclick: () => {
      open(false);
      post(`/phones/${phoneId}/block`, { blocked: !blocked }).catch(() => {});
    } }, word(act)));
  }
  return { button, list, show };
}
