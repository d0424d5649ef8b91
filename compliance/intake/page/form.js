// The form of one outlet: visit, outlet, questions, lists, findings, export; and the bar that
// says at every moment what is still missing.

function Form(entry, app) {
  const statuses = new Map(); // by fact, where its outcomes are said
  const findings = el("div", { class: "result" });
  const missing = el("div", {});
  const status = el("p", { role: "status" });
  const count = el("p", { class: "count" });
  const progress = el("progress", { max: DATA.questions.length, "aria-label": say("progress") });
  const next = button(say("next"), () => goOn(), { class: "primary" });
  let found = null;

  function goOn() {
    const fault = Model.faults(entry)[0];
    if (found.gaps.length > 0) show(Model.targetOf(found.gaps[0].gap));
    else show(fault ? fault.target : "export");
  }

  function changed() {
    Notice.clear();
    app.keep(entry);
    refresh();
  }

  function write(held, name, value) {
    if (value === null || value === "") delete held[name];
    else held[name] = value;
    changed();
  }

  function refresh() {
    found = Model.answer(entry);
    const faults = Model.faults(entry);
    const observed = Model.observed(entry);
    const failed = found.verdicts.filter((each) => each.outcome === "fail" && binding(each)).length;
    const parts = [say("observed", { count: observed, total: DATA.questions.length })];
    if (failed > 0) parts.push(say("failed", { count: failed }));
    if (found.gaps.length > 0) parts.push(say("waiting", { count: found.gaps.length }));
    else if (faults.length > 0) parts.push(say("entries", { count: faults.length }));
    progress.value = observed;
    count.textContent = parts.join(say("dot"));
    const text = opinionText(found);
    if (status.textContent !== text) status.textContent = text;
    status.className = "status " + (found.opinion || "none");
    drawFindings(findings, found, entry);
    drawMissing(faults);
    statuses.forEach((place, name) => drawStatus(place, name));
  }

  function binding(verdict) {
    return DATA.program.rules.find((rule) => rule.id === verdict.rule).binding;
  }

  // Under a question: the findings that it alone or in part decides.
  function drawStatus(place, name) {
    const rules = DATA.reads[name] || [];
    const said = found.verdicts.filter((each) => rules.includes(each.rule) && each.outcome === "fail");
    const lines = said.map((verdict) => {
      const rule = ruleOf(verdict);
      return el(
        "p",
        {},
        el("b", {}, said.length > 1 || rule.marks.length > 0 ? rule.title[lang] + say("colon") : ""),
        initial(say(rule.marks.includes("advice") ? "advice_fails" : "outcome_fail")),
        say("full_stop"),
        rule.remedy[lang]
      );
    });
    place.replaceChildren(...lines);
    place.hidden = lines.length === 0;
  }

  function drawMissing(faults) {
    const items = faults.map((each) =>
      el("li", {}, button(faultText(each, entry), () => show(each.target), { class: "goto" }))
    );
    const parts = [
      el("p", { class: "outlook" }, say(faults.length > 0 ? "export_needs" : "export_ready")),
      faults.length > 0 ? el("ul", { class: "next" }, ...items) : null,
    ];
    missing.replaceChildren(...parts.filter(Boolean));
  }

  function part(name) {
    const fields = DATA.parts[name].map((field) =>
      input(Model.target(name, field.name), field, entry[name][field.name], entry, (value) =>
        write(entry[name], field.name, value)
      )
    );
    return el("div", { class: "card" }, ...fields);
  }

  function outletPart() {
    if (!entry.listed) return section("outlet_title", part("outlet"));
    const folded = el("details", { class: "fold" }, el("summary", {}, say("outlet_title")), part("outlet"));
    return el("section", {}, folded);
  }

  function question(asked) {
    const name = asked.name;
    const keep = (value) => write(entry.observations, name, value);
    const said = el("div", { class: "said", hidden: true });
    const notes = note(asked, entry, changed);
    const shots = photos(asked, entry, app.store, changed);
    const clause = asked.clauses.length > 0 ? el("span", { class: "clause" }, asked.clauses.join(say("comma"))) : "";
    statuses.set(name, said);
    return el(
      "div",
      { class: "card question", "data-fact": name },
      el("h3", { class: "caption" }, asked.caption[lang], clause),
      answerPart(asked, keep),
      el("div", { class: "tools" }, notes.open, shots.open),
      notes.area,
      shots.strip,
      said
    );
  }

  function answerPart(asked, keep) {
    const id = Model.target(asked.name);
    const text = asked.question[lang];
    const given = entry.observations[asked.name];
    if (asked.type === "boolean") return choice(id, given, [el("span", { class: "asked" }, text)], keep);
    if (asked.type !== "list") return input(id, asked, given, entry, keep);
    return el("div", {}, el("p", { class: "asked" }, text), list(asked, entry, changed));
  }

  function section(title, ...children) {
    return el("section", {}, el("h2", {}, say(title)), ...children);
  }

  const plain = DATA.questions.filter((asked) => asked.type !== "list").map(question);
  const lists = DATA.questions.filter((asked) => asked.type === "list").map(question);
  const place = el(
    "main",
    {},
    app.several() ? button([icon("back"), say("outlets")], app.overview, { class: "back" }) : null,
    el("h1", { tabindex: -1, id: "top" }, entry.outlet.name || say("untitled")),
    el("p", { class: "quiet" }, [entry.outlet.id, entry.outlet.bank].filter(Boolean).join(say("dot"))),
    app.store.kept ? null : el("p", { class: "warning" }, say("not_kept")),
    section("visit_title", part("inspection")),
    outletPart(),
    section("questions_title", ...plain),
    lists.length > 0 ? section("lists_title", ...lists) : null,
    section("result_title", el("div", { class: "card", id: "result", tabindex: -1 }, findings)),
    section("export_title", el("div", { class: "card", id: "export", tabindex: -1 }, missing, exportButtons(app, entry)))
  );
  const bar = el(
    "footer",
    { class: "bar" },
    progress,
    el(
      "div",
      { class: "row" },
      el("div", { class: "sum" }, status, count),
      button(say("result"), () => show("result")),
      next
    )
  );
  refresh();
  return [place, bar];
}

function faultText({ steps, field, fault }, entry) {
  const question = DATA.questions.find((each) => each.name === steps[0]);
  const inList = steps.length === 3;
  const what = inList ? memberText(question, null, steps[1], field) : field.caption[lang];
  const why = say(fault, { date: entry.inspection.date });
  return say("said", { fact: what, value: why });
}
