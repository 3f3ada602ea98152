// A chat with the bot, as a part of its own: this file and chat.css know nothing of phones, clocks or
// the demo. They speak to a transport with `send(text)`, `press(messageId, row, column)` and
// `onMessages(callback)`, so the same chat could one day be a door by itself: a web chat behind a link
// in a text message, for who has a browser and no chat app. What else a transport can do is optional:
// `shareContact()`, `attach(file)`, `openLink(address, wordsAroundIt)`, `block(yes)`.
//
// The callback gets {messages, keyboard, asksContact, commands, blocked, isNew}: `keyboard` is rows of labels, and
// the label equal to `asksContact` shares the person's own number; all but `messages` may be missing.

import { bubble } from "./bubble.js";
import { composer } from "./composer.js";
import { el } from "./dom.js";
import { mountLog } from "./log.js";
import { onLanguage, word } from "./words.js";

export function mountChat(root, transport) {
  const list = el("div", { class: "log", "data-word-label": "chat", "aria-label": word("chat") });
  const desk = el("div", { class: "desk" });
  root.append(el("div", { class: "chat" }, list, desk));

  const jump = el("button", { type: "button", class: "jump", hidden: true, onclick: () => log.toBottom() });
  list.addEventListener("scroll", () => {
    if (list.scrollHeight - list.scrollTop - list.clientHeight < 60) jump.hidden = true;
  }, { passive: true });
  const nameJump = () => { jump.textContent = `${word("new_messages")} ↓`; };
  nameJump();
  onLanguage(nameJump);

  const notices = noticeBoard(desk);
  const attempt = attempts(notices);
  let pressedId = null;
  const doings = {
    press: (id, row, column) => {
      pressedId = id;
      return attempt(() => transport.press(id, row, column));
    },
    openLink: transport.openLink && ((address, words) => attempt(() => transport.openLink(address, words))),
  };

  const log = mountLog(list, {
    draw: (message) => bubble(message, doings),
    empty: "empty_chat",
    fresh: () => { jump.hidden = false; },
  });
  const composing = composer(transport, attempt);
  desk.append(jump, composing.node);

  transport.onMessages((thread) => {
    log.show(thread.messages);
    composing.show(thread);
    const answered = thread.messages.find((message) => message.id === pressedId && message.toast);
    if (answered) {
      pressedId = null;
      notices(answered.toast);
    }
  });
}

// Resolves to true where it went through; otherwise the person is told, and what they typed is kept.
function attempts(notices) {
  return async (act) => {
    try {
      await act();
      return true;
    } catch {
      notices(word("failed"));
      return false;
    }
  };
}

function noticeBoard(desk) {
  let last;
  return (text) => {
    last?.remove();
    const note = el("div", { class: "notice", role: "status" }, text);
    last = note;
    desk.append(note);
    setTimeout(() => note.remove(), 3500);
  };
}
