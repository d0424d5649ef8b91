// Elements made from what the page says; a text only ever becomes a text node.

let lang = DATA.lang;

function say(key, args) {
  const text = DATA.words[key][lang];
  return text.replace(/\{(\w+)\}/g, (whole, name) => (args && name in args ? args[name] : whole));
}

// A text as the beginning of a line.
function initial(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function el(tag, given, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

function button(text, onclick, given) {
  return el("button", { type: "button", onclick, ...given }, text);
}

// The page's icons: strokes on a grid of 24.
const ICONS = {
  camera: "M4 8h3l2-3h6l2 3h3v11H4z M12 10.5a3 3 0 1 0 .01 0z",
  note: "M5 19l1-4L16 5l3 3L9 18z M14 7l3 3",
  back: "M15 5l-7 7 7 7",
  plus: "M12 5v14 M5 12h14",
  bin: "M5 7h14 M9 7V4h6v3 M7 7l1 13h8l1-13",
  close: "M6 6l12 12 M18 6L6 18",
};

function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  drawing.append(path);
  return drawing;
}

function show(target) {
  const found = document.getElementById(target);
  if (!found) return;
  const folded = found.closest("details");
  if (folded) folded.open = true;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const whole = found.closest(".field, .choice, .card") || found;
  const block = whole.offsetHeight > window.innerHeight / 2 ? "start" : "center";
  whole.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
  found.focus({ preventScroll: true });
}

// A question with two answers; resolves to whether it was confirmed.
function confirmed(text, action) {
  return new Promise((resolve) => {
    const asked = el("dialog", { class: "ask", "aria-labelledby": "ask" });
    const close = (answer) => () => {
      asked.close();
      asked.remove();
      resolve(answer);
    };
    asked.append(
      el("p", { id: "ask" }, text),
      el(
        "div",
        { class: "row" },
        button(say("cancel"), close(false), { class: "plain" }),
        button(action, close(true), { class: "danger" })
      )
    );
    asked.addEventListener("cancel", close(false));
    document.body.append(asked);
    asked.showModal();
  });
}

// One line above the bar: what just happened and, where it can be, how to take it back.
const Notice = {
  place: el("div", { class: "notice", role: "status" }),
  clear() {
    this.place.replaceChildren();
  },
  tell(text, undo, kind) {
    const take = () => {
      this.clear();
      undo();
    };
    this.place.replaceChildren(
      el(
        "div",
        { class: kind === "bad" ? "bad" : null },
        el("span", {}, text),
        undo ? button(say("undo"), take) : null,
        button(icon("close"), () => this.clear(), { "aria-label": say("close"), class: "close" })
      )
    );
  },
};
