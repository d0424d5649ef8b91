// A list question: what was seen, one card a member; or that there is none at all.

function list(question, entry, change) {
  const name = question.name;
  const body = el("div", { class: "members" });
  const members = () => entry.observations[name] || null;

  function put(value) {
    if (value === null) delete entry.observations[name];
    else entry.observations[name] = value;
    change();
    draw();
  }

  function add() {
    put([...(members() || []), {}]);
    const at = members().length - 1;
    show(Model.target(name, at, question.fields[0].name));
  }

  function drop(at) {
    const before = members();
    const after = before.filter((_, other) => other !== at);
    // With the last one gone, nothing says that there is none: that is for the inspector to say.
    put(after.length > 0 ? after : null);
    const what = called(question, before[at], at);
    Notice.tell(say("removed", { what }), () => put(before));
    const adder = document.getElementById(Model.target(name));
    if (adder) adder.focus();
  }

  function write(at, field, value) {
    const member = { ...members()[at], [field.name]: value };
    if (value === null || value === "") delete member[field.name];
    entry.observations[name] = members().map((each, other) => (other === at ? member : each));
    const text = called(question, member, at);
    const head = document.getElementById(Model.target("head", name, at));
    head.textContent = text;
    head.nextElementSibling.setAttribute("aria-label", say("remove_what", { what: text }));
    change();
  }

  function card(member, at) {
    const text = called(question, member, at);
    const head = el("h4", { id: Model.target("head", name, at) }, text);
    const fields = question.fields.map((field) => {
      const id = Model.target(name, at, field.name);
      const given = member[field.name];
      const put = (value) => write(at, field, value);
      if (field.type !== "boolean") return input(id, field, given, entry, put);
      const legend = [el("span", { class: "asked" }, (field.question || field.caption)[lang])];
      return choice(id, given, legend, put);
    });
    const bin = button(icon("bin"), () => drop(at), {
      class: "icon",
      "aria-label": say("remove_what", { what: text }),
    });
    return el("li", { class: "member" }, el("div", { class: "head" }, head, bin), ...fields);
  }

  function none(held) {
    const id = Model.target("none", name);
    const box = el("input", {
      type: "checkbox",
      id,
      checked: held !== null,
      onchange: () => {
        put(box.checked ? [] : null);
        document.getElementById(id).focus();
      },
    });
    return el("div", { class: "nothing" }, box, el("label", { for: id }, say("none_of", { fact: question.caption[lang] })));
  }

  function draw() {
    const held = members();
    const some = held !== null && held.length > 0;
    const text = say("add", { fact: question.caption[lang] });
    body.replaceChildren(
      some ? el("ul", {}, ...held.map(card)) : none(held),
      button([icon("plus"), text], add, { class: "add", id: Model.target(name) })
    );
  }

  draw();
  return body;
}

// A member by its position and, where it has one, its name or title.
function called(question, member, at) {
  const names = question.fields.some((field) => field.name === "name");
  const said = (member && (member.name || member.title || member.date)) || "";
  return say(names ? "person" : "item", { number: at + 1, name: said }).trim();
}
