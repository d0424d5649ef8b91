// What has been filled in, entry by entry (one an outlet), and what follows from it: facts for
// the evaluator, what is missing or wrong, the record. Written values are kept as texts until
// then, so that what cannot be read still stands where it was typed.

const DATA = JSON.parse(document.getElementById("data").textContent);

const Model = (() => {
  "use strict";

  const LISTS = DATA.questions.filter((question) => question.type === "list");
  const PARTS = DATA.parts; // {inspection: [field…], outlet: [field…]}

  function blank(key, outlet) {
    return { key, inspection: {}, outlet: { ...outlet }, observations: {}, notes: {}, photos: {} };
  }

  // An element of the form is named by the way to its value.
  function target(...steps) {
    return ["f", ...steps].join("-");
  }

  // Where the value of a gap of the evaluator is filled in.
  function targetOf(gap) {
    if (gap.member === null) return target(...gap.fact.split("."));
    return target(gap.fact, gap.member, gap.field);
  }

  function kindOf(field) {
    return field.name === "id_number" || field.name === "phone" ? field.name : field.type;
  }

  function faultOf(field, written, entry) {
    if (written === null || written === undefined || typeof written === "boolean") return null;
    const kind = kindOf(field);
    const value = Checks.valueOf(kind, written);
    return value === null ? null : Checks.check(kind, String(written).trim(), entry.inspection.date);
  }

  // The value of a field, null where nothing was written.
  function plain(field, written) {
    if (written === null || written === undefined) return null;
    return typeof written === "boolean" ? written : Checks.valueOf(kindOf(field), written);
  }

  // The value as the rules may read it: what is wrong was not observed.
  function sound(field, written, entry) {
    return faultOf(field, written, entry) === null ? plain(field, written) : null;
  }

  function each(fields, held, value) {
    const found = {};
    for (const field of fields) {
      const given = value(field, held[field.name]);
      if (given !== null) found[field.name] = given;
    }
    return found;
  }

  function observations(entry, value) {
    const given = (question, written) => {
      if (question.type !== "list") return value(question, written);
      return written ? written.map((member) => each(question.fields, member, value)) : null;
    };
    return each(DATA.questions, entry.observations, given);
  }

  function facts(entry) {
    const value = (field, written) => sound(field, written, entry);
    const dated = { type: "date", name: "" };
    return {
      ...observations(entry, value),
      "inspection.date": value(dated, entry.inspection.date),
      "inspection.previous_inspection_date": value(dated, entry.inspection.previous_inspection_date),
      "outlet.listed_on": value(dated, entry.outlet.listed_on),
    };
  }

  function fieldsOf(entry) {
    const found = [];
    const add = (fields, held, ...steps) =>
      fields.forEach((field) =>
        found.push({ field, written: held[field.name], steps: [...steps, field.name] })
      );
    for (const part of ["inspection", "outlet"]) add(PARTS[part], entry[part], part);
    add(DATA.questions.filter((question) => question.type !== "list"), entry.observations);
    for (const question of LISTS) {
      const members = entry.observations[question.name] || [];
      members.forEach((member, at) => add(question.fields, member, question.name, at));
    }
    return found;
  }

  // What keeps an entry from being exported: [{target, steps, field, fault}]; `fault` is a key
  // of the words.
  function faults(entry) {
    const said = [];
    for (const { field, written, steps } of fieldsOf(entry)) {
      const missing = field.required && plain(field, written) === null;
      const fault = missing ? "required" : faultOf(field, written, entry);
      if (fault) said.push({ target: target(...steps), steps, field, fault });
    }
    return said;
  }

  function observed(entry) {
    const found = facts(entry);
    return DATA.questions.filter((question) => question.name in found).length;
  }

  // Whether somebody has written anything into the entry that was not there from the start.
  function begun(entry) {
    const held = [entry.observations, entry.notes, entry.photos];
    const visited = entry.inspection.id || entry.inspection.date;
    const added = !entry.listed && PARTS.outlet.some((field) => entry.outlet[field.name]);
    return Boolean(visited || added) || held.some((part) => Object.keys(part).length > 0);
  }

  function filled(object) {
    return Object.keys(object).length > 0;
  }

  // The entry as a record (design, section 5).
  function record(entry) {
    const texts = DATA.questions.map((question) => ({ name: question.name, type: "text" }));
    const photos = Object.entries(entry.photos).filter(([, files]) => files.length > 0);
    const parts = {
      inspection: { ...each(PARTS.inspection, entry.inspection, plain), stage: DATA.stage },
      outlet: { ...unasked(entry.outlet), ...each(PARTS.outlet, entry.outlet, plain), type: DATA.type },
      observations: observations(entry, plain),
      notes: each(texts, entry.notes, plain),
      evidence: Object.fromEntries(photos),
      vocabulary: DATA.vocabulary,
    };
    const wanted = (name) => !["notes", "evidence"].includes(name) || filled(parts[name]);
    return Object.fromEntries(Object.entries(parts).filter(([name]) => wanted(name)));
  }

  // What the list of outlets said and the form does not ask.
  function unasked(outlet) {
    const asked = PARTS.outlet.map((field) => field.name);
    return Object.fromEntries(Object.entries(outlet).filter(([name]) => !asked.includes(name)));
  }

  function answer(entry) {
    const given = facts(entry);
    return { ...Evaluator.answer(DATA.program, given), gaps: gaps(given, entry) };
  }

  // The gaps that can still change a binding outcome, in the order of the form, each with what
  // a yes and a no alone would make of the opinion: {gap, effects: [{value, opinion}]}.
  function gaps(given) {
    const before = Evaluator.answer(DATA.program, given).opinion;
    const order = ["inspection.date", "inspection.previous_inspection_date", "outlet.listed_on"];
    order.push(...DATA.questions.map((question) => question.name));
    const rank = (gap) => order.indexOf(gap.fact) * 1e6 + (gap.member === null ? -1 : gap.member);
    const found = Evaluator.gaps(DATA.program, given).sort((a, b) => rank(a) - rank(b));
    return found.map((gap) => ({ gap, effects: effects(given, gap, before) }));
  }

  function fieldOf(gap) {
    const question = DATA.questions.find((each) => each.name === gap.fact);
    if (!question || gap.member === null) return question || null;
    return question.fields.find((field) => field.name === gap.field);
  }

  function effects(given, gap, before) {
    const field = fieldOf(gap);
    if (!field || field.type !== "boolean") return [];
    const after = (value) => Evaluator.answer(DATA.program, withValue(given, gap, value)).opinion;
    const found = [true, false].map((value) => ({ value, opinion: after(value) }));
    return found.filter((each) => each.opinion !== before);
  }

  function withValue(given, gap, value) {
    if (gap.member === null) return { ...given, [gap.fact]: value };
    const members = given[gap.fact].map((member, at) =>
      at === gap.member ? { ...member, [gap.field]: value } : member
    );
    return { ...given, [gap.fact]: members };
  }

  return { blank, target, targetOf, faultOf, kindOf, faults, observed, begun, record, answer, fieldOf };
})();
