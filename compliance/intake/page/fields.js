// The parts of the form that hold one value each: choices, texts, notes, photos.

// Yes, no or not inspected, as a group of radio buttons.
function choice(id, value, legend, change) {
  const options = [[true, "yes"], [false, "no"], [null, "unseen"]];
  const held = value === undefined ? null : value;
  const items = options.map(([answer, key], at) => {
    const own = at === 0 ? id : id + "-" + key;
    const given = { type: "radio", id: own, name: id, checked: held === answer };
    return el(
      "span",
      { class: "option " + key },
      el("input", { ...given, onchange: () => change(answer) }),
      el("label", { for: own }, say(key))
    );
  });
  return el(
    "fieldset",
    { class: "choice" },
    el("legend", {}, ...legend),
    el("div", { class: "options" }, ...items)
  );
}

const MODES = { integer: "numeric", phone: "tel", id_number: "text" };

// An input with its label and the place for what is wrong with it.
function input(id, field, value, entry, change) {
  const kind = Model.kindOf(field);
  const said = el("p", { class: "wrong", id: id + "-wrong", hidden: true });
  const judge = () => {
    const fault = Model.faultOf(field, box.value, entry);
    said.textContent = fault ? say(fault, { date: entry.inspection.date }) : "";
    said.hidden = !fault;
    if (fault) box.setAttribute("aria-invalid", "true");
    else box.removeAttribute("aria-invalid");
  };
  let last = null;
  const write = () => {
    if (box.value !== last) change(box.value);
    last = box.value;
  };
  const box = el("input", {
    id,
    type: kind === "date" ? "date" : "text",
    inputmode: MODES[kind],
    maxlength: kind === "date" ? null : 10000,
    min: kind === "date" ? "1900-01-01" : null,
    autocomplete: "off",
    autocapitalize: kind === "id_number" ? "characters" : null,
    "aria-required": field.required ? "true" : null,
    "aria-describedby": said.id,
    value: value === null || value === undefined ? "" : String(value),
    oninput: () => {
      write();
      if (box.hasAttribute("aria-invalid")) judge();
    },
    onchange: () => {
      if (kind === "id_number") box.value = box.value.trim().toUpperCase();
      write();
      afterTap(judge);
    },
  });
  last = box.value;
  if (value) judge();
  const today = kind === "date" && id === "f-inspection-date" ? todayButton(box) : null;
  return el(
    "div",
    { class: "field" },
    el("label", { for: id }, field.caption[lang], field.required ? mark() : null),
    field.question ? el("p", { class: "quiet" }, field.question[lang]) : null,
    today ? el("div", { class: "with" }, box, today) : box,
    said
  );
}

// A finger that leaves a field for a button must find it where it was: nothing moves before the
// tap is over.
let pressed = false;
for (const kind of ["pointerdown", "pointerup", "pointercancel"]) {
  document.addEventListener(kind, () => (pressed = kind === "pointerdown"), true);
}

function afterTap(act) {
  const later = () => setTimeout(act, 50);
  if (pressed) document.addEventListener("pointerup", later, { once: true });
  else later();
}

function mark() {
  return el("span", { class: "must" }, say("must"));
}

// The day by the phone's clock and its time zone, on request alone.
function todayButton(box) {
  const two = (number) => String(number).padStart(2, "0");
  return button(say("today"), () => {
    const now = new Date();
    box.value = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
    box.dispatchEvent(new Event("change"));
  });
}

// A note of a fact: a button until it is wanted.
function note(question, entry, change) {
  const id = Model.target("note", question.name);
  const held = entry.notes[question.name] || "";
  const box = el("textarea", {
    id,
    rows: 2,
    maxlength: 10000,
    value: held,
    oninput: () => {
      if (box.value) entry.notes[question.name] = box.value;
      else delete entry.notes[question.name];
      change();
    },
  });
  const area = el("div", { class: "note", hidden: !held }, el("label", { for: id }, say("note")), box);
  const open = button([icon("note"), say("note")].flat(), () => {
    area.hidden = !area.hidden;
    open.setAttribute("aria-expanded", String(!area.hidden));
    if (!area.hidden) box.focus();
  });
  open.classList.add("tool");
  open.setAttribute("aria-expanded", String(Boolean(held)));
  open.setAttribute("aria-label", say("note_on", { fact: question.caption[lang] }));
  return { open, area };
}

// The photos of a fact, scaled down before they are kept.
function photos(question, entry, store, change) {
  const name = question.name;
  const strip = el("ul", { class: "photos", "aria-label": say("photos_on", { fact: question.caption[lang] }) });
  const files = () => entry.photos[name] || [];

  function put(list) {
    if (list.length > 0) entry.photos[name] = list;
    else delete entry.photos[name];
    change();
    draw();
  }

  function drop(file) {
    const before = files();
    put(before.filter((each) => each !== file));
    Notice.tell(say("photo_removed"), () => put(before));
  }

  async function draw() {
    const pictures = await Promise.all(files().map((file) => store.photo(file.sha256)));
    const items = files().map((file, at) => {
      const text = say("photo_of", { fact: question.caption[lang], number: at + 1 });
      const given = { "aria-label": say("remove_what", { what: text }), class: "close" };
      return el(
        "li",
        {},
        el("img", { src: "data:image/jpeg;base64," + pictures[at], alt: text }),
        button(icon("close"), () => drop(file), given)
      );
    });
    strip.replaceChildren(...items);
    strip.hidden = items.length === 0;
  }

  async function take() {
    for (const chosen of Array.from(box.files)) await add(chosen);
    box.value = "";
  }

  async function add(chosen) {
    let made = null;
    try {
      made = await Photos.shrunk(chosen);
    } catch (unreadable) {
      Notice.tell(say("no_picture", { name: chosen.name }), null, "bad");
      return;
    }
    if (files().some((file) => file.sha256 === made.sha256)) return;
    if (!(await store.keepPhoto(made))) return;
    const file = name + "-" + made.sha256.slice(0, 12) + ".jpg";
    put([...files(), { file, sha256: made.sha256 }]);
  }

  const id = Model.target("photo", name);
  const box = el("input", { type: "file", id, accept: "image/*", capture: "environment", onchange: take });
  box.setAttribute("aria-label", say("photo_for", { fact: question.caption[lang] }));
  const open = el("span", { class: "tool" }, box, el("label", { for: id }, icon("camera"), say("photo")));
  draw();
  return { open, strip };
}
