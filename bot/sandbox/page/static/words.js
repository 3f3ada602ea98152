// The page's own words in the visitor's language. What the program says stays as the program says it.

let words = {};
let language = "zh";
const hearers = new Set();

export function learn(dictionary, first) {
  words = dictionary;
  language = first;
}

export const word = (key) => words[key]?.[language === "zh" ? 0 : 1] ?? key;
export const say = (pair) => pair[language] || pair.zh;
export const speaking = () => language;

export function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  document.cookie = `language=${language}; path=/; max-age=31536000; samesite=strict`;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = `${word("product")} · ${word("subtitle")}`;
  translate(document);
  hearers.forEach((hear) => hear());
}

export function onLanguage(hear) {
  hearers.add(hear);
}

// Elements name their word: data-word for the text, data-word-label for what a screen reader says.
export function translate(root) {
  for (const node of root.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  for (const node of root.querySelectorAll("[data-word-label]")) node.setAttribute("aria-label", word(node.dataset.wordLabel));
  for (const node of root.querySelectorAll("[data-word-hint]")) node.placeholder = word(node.dataset.wordHint);
}

// "2026-03-02" as a divider between messages.
export function dayInWords(day) {
  const [year, month, date] = day.split("-").map(Number);
  const when = new Date(Date.UTC(year, month - 1, date));
  const [locale, length] = language === "zh" ? ["zh-CN", "long"] : ["en-GB", "short"];
  const inWords = (form) => new Intl.DateTimeFormat(locale, { ...form, timeZone: "UTC" }).format(when);
  const [named, weekday] = [inWords({ month: length, day: "numeric" }), inWords({ weekday: "short" })];
  return language === "zh" ? `${named} ${weekday}` : `${weekday}, ${named}`;
}
