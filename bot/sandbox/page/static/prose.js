// Text with its links made clickable, and nothing else made of it.

import { el } from "./dom.js";

// An address ends at a space, a quote, a CJK character or CJK punctuation: Chinese leaves no space after it.
const LINK = /https?:\/\/[^\s<>"'`\u2018-\u201f\u2e80-\u9fff\uff00-\uffef]+|\bt\.me\/\w+(?:\?[\w=&%.-]+)?/g;
const INVITATION = /^(?:https?:\/\/)?t\.me\/[A-Za-z0-9_]+\?(?:[^#]*&)?start=/;

// A chat of the pretend Telegram too: its address leads nowhere outside this page.
const CHAT = /^(?:https?:\/\/)?t\.me\/[A-Za-z0-9_]+$/;

// An invitation is opened by `openLink(address, text)`; any other address goes to a new tab.
export function prose(text, openLink) {
  const whole = document.createDocumentFragment();
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    const address = found[0].replace(/[.,;:!?]+$/, "");
    whole.append(text.slice(from, found.index), link(address, text, openLink));
    from = found.index + address.length;
  }
  whole.append(text.slice(from));
  return whole;
}

function link(address, text, openLink) {
  if (openLink && (isInvitation(address) || isChat(address))) {
    return el("button", { type: "button", class: "link", onclick: () => openLink(address, text) }, address);
  }
  const href = address.startsWith("http") ? address : `https://${address}`;
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, address);
}

export const isInvitation = (address) => INVITATION.test(address);
export const isChat = (address) => CHAT.test(address);
