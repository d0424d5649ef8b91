// What the findings are at this moment, why, and what can still change them.

const MARKS = { pass: "✓", fail: "✗", not_observed: "?", not_applicable: "–" };

function ruleOf(verdict) {
  return DATA.rules[verdict.rule];
}

function opinionText(found) {
  if (found.opinion === null) return say("no_opinion");
  const reasons = found.reasons.map((reason) => say("reason_" + reason));
  const text = say("opinion_" + found.opinion);
  return reasons.length > 0 ? say("with_reasons", { opinion: text, reasons: reasons.join(say("comma")) }) : text;
}

// Whether anything can still change, in one sentence.
function outlookText(found) {
  const open = found.gaps.length;
  if (found.opinion === "non_conforming") return say(open > 0 ? "stands_open" : "stands", { count: open });
  if (found.opinion === "conforming") return say("complete");
  if (open === 0) return say(found.opinion === null ? "all_settled" : "nothing_binds");
  return say(open === 1 ? "open_one" : "open", { count: open });
}

function gapText(gap, entry) {
  const question = DATA.questions.find((each) => each.name === gap.fact);
  if (!question) {
    const [part, name] = gap.fact.split(".");
    return DATA.parts[part].find((field) => field.name === name).caption[lang];
  }
  if (gap.member === null) return question.caption[lang];
  const member = entry.observations[gap.fact][gap.member];
  return memberText(question, member, gap.member, Model.fieldOf(gap));
}

// A field of a member, the list it stands in first.
function memberText(question, member, at, field) {
  const fact = question.caption[lang] + " " + called(question, member, at);
  return say("said", { fact, value: field.caption[lang] });
}

function effectText(effect) {
  return say("effect", { value: say(effect.value ? "yes" : "no"), opinion: say("opinion_" + effect.opinion) });
}

function gapItem({ gap, effects }, entry) {
  return el(
    "li",
    {},
    button(
      [el("span", {}, gapText(gap, entry)), el("small", {}, effects.map(effectText).join(say("semicolon")))],
      () => show(Model.targetOf(gap)),
      { class: "goto" }
    )
  );
}

function decided(verdict, entry) {
  const rule = DATA.program.rules.find((each) => each.id === verdict.rule);
  const question = DATA.questions.find((each) => each.name === rule.of);
  const members = verdict.members.map((at) => called(question, entry.observations[rule.of][at], at));
  return [...members, ...verdict.months].join(say("comma"));
}

function tags(rule) {
  return rule.marks.map((key) => el("span", { class: "tag" }, say("mark_" + key)));
}

function finding(verdict, entry) {
  const rule = ruleOf(verdict);
  const because = verdict.outcome === "pass" ? "" : decided(verdict, entry);
  const failed = verdict.outcome === "fail";
  return el(
    "li",
    { class: "finding " + verdict.outcome },
    el("span", { class: "sign", "aria-hidden": "true" }, MARKS[verdict.outcome]),
    el(
      "div",
      {},
      el("p", {}, el("b", {}, rule.title[lang]), el("span", { class: "clause" }, rule.clause), ...tags(rule)),
      because ? el("p", { class: "quiet" }, because) : null,
      failed ? el("p", { class: "quiet" }, rule.remedy[lang]) : null
    )
  );
}

function nextSteps(found, entry) {
  if (found.gaps.length === 0) return null;
  const items = found.gaps.map((each) => gapItem(each, entry));
  return el("div", {}, el("h3", {}, say("next_title")), el("ul", { class: "next" }, ...items));
}

function isAdvice(verdict) {
  return ruleOf(verdict).marks.includes("advice");
}

// Findings under a heading; what calls for nothing to be done is folded.
function group(title, verdicts, entry, folded) {
  if (verdicts.length === 0) return null;
  const head = say("count", { name: initial(say(title)), count: verdicts.length });
  const items = el("ul", { class: "findings" }, ...verdicts.map((verdict) => finding(verdict, entry)));
  if (!folded) return el("div", {}, el("h3", {}, head), items);
  return el("details", { "data-group": title }, el("summary", {}, head), items);
}

function groups(found, entry) {
  const having = (outcome) => found.verdicts.filter((verdict) => verdict.outcome === outcome);
  const failed = having("fail");
  const folded = ["not_observed", "pass", "not_applicable"];
  return [
    group("outcome_fail", failed.filter((verdict) => !isAdvice(verdict)), entry, false),
    nextSteps(found, entry),
    group("advice_failed", failed.filter(isAdvice), entry, false),
    ...folded.map((outcome) => group("outcome_" + outcome, having(outcome), entry, true)),
  ];
}

// Draws the findings into `place`; what was unfolded stays so.
function drawFindings(place, found, entry) {
  const unfolded = [...place.querySelectorAll("details[open]")].map((each) => each.dataset.group);
  const kind = found.opinion || "none";
  const parts = [
    el("p", { class: "opinion " + kind }, opinionText(found)),
    el("p", { class: "outlook" }, outlookText(found)),
    ...groups(found, entry),
  ];
  place.replaceChildren(...parts.filter(Boolean));
  for (const each of place.querySelectorAll("details")) each.open = unfolded.includes(each.dataset.group);
}
