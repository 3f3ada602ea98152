// One message of a chat: words, picture, document, contact card and the buttons under it.

import { el, icon } from "./dom.js";
import { isInvitation, prose } from "./prose.js";
import { word } from "./words.js";

export function bubble(message, { press, openLink }) {
  return el("article", { class: message.mine ? "message mine" : "message", "data-id": message.id },
    el("div", { class: "bubble" },
      message.speaker && el("div", { class: "speaker" }, message.speaker),
      message.picture && picture(message.picture),
      message.document && documentCard(message.document),
      message.contact && contactCard(message.contact),
      message.text && el("div", { class: "words" }, prose(message.text, openLink)),
      el("div", { class: "foot" }, message.edited && el("span", {}, word("edited")), el("span", {}, message.time)),
    ),
    message.buttons.length > 0 && choices(message, press, openLink),
  );
}

function picture({ url, name, width, height }) {
  const title = name || word("picture");
  const image = el("img", { src: url, alt: title, width: width || null, height: height || null });
  return el("button", { type: "button", class: "picture", "aria-label": word("enlarge"), onclick: () => enlarge(url, title) }, image);
}

function enlarge(url, title) {
  const close = el("button", { class: "lightbox-close", "aria-label": word("close") }, el("img", { src: url, alt: title }));
  const box = el("dialog", { class: "lightbox", onclose: () => box.remove(), onclick: (event) => event.target === box && box.close() },
    el("form", { method: "dialog" }, close));
  document.body.append(box);
  box.showModal();
}

function documentCard({ url, name, size }) {
  return el("a", { class: "file", href: url, download: name },
    el("span", { class: "file-icon" }, icon("paper")),
    el("span", { class: "file-name" }, name),
    el("span", { class: "file-size" }, `${weight(size)} · ${word("download")}`),
  );
}

function contactCard({ name, number }) {
  return el("div", { class: "file" },
    el("span", { class: "file-icon" }, icon("card")),
    el("span", { class: "file-name" }, name || word("shared_number")),
    el("span", { class: "file-size" }, number),
  );
}

function choices(message, press, openLink) {
  return el("div", { class: "choices" }, message.buttons.map((row, at) =>
    el("div", { class: "choices-row" }, row.map((button, column) => {
      if (button.url && !(openLink && isInvitation(button.url))) {
        return el("a", { class: "choice", href: safe(button.url), target: "_blank", rel: "noopener noreferrer" }, button.label);
      }
      const act = button.url ? () => openLink(button.url, message.text) : () => press(message.id, at, column);
      return el("button", { type: "button", class: "choice", onclick: (event) => busyWhile(event.currentTarget, act) }, button.label);
    }))));
}

const safe = (address) => (/^https?:\/\//.test(address) ? address : "#");

async function busyWhile(button, act) {
  button.setAttribute("aria-busy", "true");
  await act();
  setTimeout(() => button.removeAttribute("aria-busy"), 400);
}

function weight(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
