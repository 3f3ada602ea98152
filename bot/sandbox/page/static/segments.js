// How the network will cut a text message: 70 characters, or 67 a part; 160 and 153 where all are Latin; an empty one is taken for Chinese.
// 3GPP TS 23.040 and 23.038.

const LATIN = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ!\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑܧ¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€",
);
const DOUBLE = new Set("^{}\\[~]|€");

export function segments(text) {
  const latin = text !== "" && [...text].every((char) => LATIN.has(char));
  const length = latin ? text.length + [...text].filter((char) => DOUBLE.has(char)).length : text.length;
  const [single, part] = latin ? [160, 153] : [70, 67];
  return { length, room: length <= single ? single : part, parts: length <= single ? 1 : Math.ceil(length / part) };
}
