// Elements made from values. Whatever a person typed becomes a text node, never markup.

export function el(tag, given = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SHAPES = {
  send: "M3.4 20.4 21 12 3.4 3.6 3.4 10l12 2-12 2z",
  clip: "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.5-8.5a3.3 3.3 0 0 1 4.700 4.700l-8.400 8.400a1.700 1.700 0 0 1-2.400-2.400l7.600-7.500",
  menu: "M5 7h14M5 12h14M5 17h9",
  keys: "M4 6h16v12H4zM8 10h.01M12 10h.01M16 10h.01M8 14h8",
  paper: "M7 3h7l5 5v12a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM14 3v5h5M9 13h6M9 17h6",
  card: "M4 5h16v14H4zM8.500 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5.500 16c.8-2 5.200-2 6 0M15 9h3M15 13h3",
  dots: "M12 4.500a1.800 1.800 0 1 0 0 3.600 1.800 1.800 0 0 0 0-3.600zM12 10.200a1.800 1.800 0 1 0 0 3.600 1.800 1.800 0 0 0 0-3.600zM12 15.900a1.800 1.800 0 1 0 0 3.600 1.800 1.800 0 0 0 0-3.600z",
  signal: "M1 16h4v6H1zM7 12h4v10H7zM13 7h4v15h-4zM19 2h4v20h-4z",
  battery: "M1 5h27v14H1zM3 7v10h23V7zM29 9h3v6h-3zM5 9h16v6H5z",
  power: "M12 3v8M7 6.500a7.500 7.500 0 1 0 10 0",
  up: "M5 15l7-7 7 7",
  down: "M5 9l7 7 7-7",
};

export function icon(name, wide = 24) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${wide} 24`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
