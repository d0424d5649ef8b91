// What the rules say of what was observed: three values, as the engines in Python have them.
// Pure: no page, no clock. `program` is what program.py made; `facts` maps names to values,
// lists to arrays of members; absent or null is not observed. Dates are texts YYYY-MM-DD.

const Evaluator = (() => {
  "use strict";

  const OUTCOMES = new Map([[true, "pass"], [false, "fail"], [null, "not_observed"]]);

  function held(values, name) {
    // A fact may be called `constructor`, which every object answers to.
    const own = Object.prototype.hasOwnProperty.call(values, name);
    return own && values[name] !== undefined ? values[name] : null;
  }

  function read(ref, top, own) {
    return held(ref.own ? own : top, ref.fact);
  }

  function monthNumber(day) {
    return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  }

  function monthText(number) {
    const year = String(Math.floor(number / 12)).padStart(4, "0");
    return year + "-" + String((number % 12) + 1).padStart(2, "0");
  }

  // Days of the Gregorian calendar, counted without Date, whose days depend on a time zone.
  function dayNumber(day) {
    const month = Number(day.slice(5, 7));
    const year = Number(day.slice(0, 4)) - (month <= 2 ? 1 : 0);
    const fromMarch = (month + 9) % 12;
    const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
    return year * 365 + leapDays + Math.floor((153 * fromMarch + 2) / 5) + Number(day.slice(8, 10));
  }

  const COMPARE = {
    equals: (value, other) => value === other,
    one_of: (value, other) => other.includes(value),
    contains: (value, other) => value.includes(other),
    at_least: (value, other) => value >= other,
    at_most: (value, other) => value <= other,
    on_or_before: (value, other) => value <= other,
    on_or_after: (value, other) => value >= other,
    in_month_of: (value, other) => value.slice(0, 7) === other.slice(0, 7),
    in_month_before: (value, other) => monthNumber(value) + 1 === monthNumber(other),
    within_days: (value, days, inspected) => {
      const passed = dayNumber(inspected) - dayNumber(value);
      return passed >= 0 && passed <= days;
    },
  };

  // true, false, or null where a value is missing
  function test(tested, top, own) {
    const value = read(tested, top, own);
    const operand = tested.operand;
    const other = "value" in operand ? operand.value : read(operand, top, own);
    const inspected = held(top, "inspection.date");
    if (value === null || other === null) return null;
    if (tested.op === "within_days" && inspected === null) return null;
    return COMPARE[tested.op](value, other, inspected);
  }

  function matches(formula, top, own) {
    if (formula.test) return test(formula.test, top, own) === formula.holds;
    if (formula.and) return formula.and.every((item) => matches(item, top, own));
    return formula.or.some((item) => matches(item, top, own));
  }

  function truth(branches, top, own) {
    if (branches === null || matches(branches.satisfied, top, own)) return true;
    return matches(branches.violated, top, own) ? false : null;
  }

  function positions(items, wanted) {
    return items.map((item, at) => (item === wanted ? at : -1)).filter((at) => at >= 0);
  }

  function counted(rule, truths) {
    const satisfied = positions(truths, true).length;
    const violated = positions(truths, false).length;
    if (rule.kind === "at_least") {
      if (satisfied >= rule.count) return true;
      return truths.length - violated < rule.count ? false : null;
    }
    if (truths.length === 0) return rule.allow_none;
    if (violated > 0) return false;
    return satisfied === truths.length ? true : null;
  }

  function verdict(rule, holds, members, months) {
    const outcome = OUTCOMES.get(holds);
    return { rule: rule.id, outcome, members: members || [], months: months || [] };
  }

  function overMonths(rule, facts, members) {
    const since = held(facts, rule.since);
    const inspected = held(facts, "inspection.date");
    if (since === null || inspected === null) return verdict(rule, null);
    const sure = new Set();
    const possible = new Set();
    let anywhere = false;
    for (const member of members) {
      const holds = truth(rule.that, facts, member);
      const dated = held(member, rule.dated_by);
      if (holds === false) continue;
      if (dated === null) anywhere = true;
      else (holds ? sure : possible).add(dated.slice(0, 7));
    }
    const months = [];
    for (let n = monthNumber(since); n <= monthNumber(inspected); n += 1) months.push(monthText(n));
    const truths = months.map((month) => {
      if (sure.has(month)) return true;
      return anywhere || possible.has(month) ? null : false;
    });
    const known = truths.includes(null) ? null : true;
    const holds = truths.includes(false) || truths.length === 0 ? false : known;
    return verdict(rule, holds, [], positions(truths, holds).map((at) => months[at]));
  }

  function judge(rule, facts) {
    // Whether a rule with a term is in force cannot be said without the day.
    if (undated(rule, facts)) return verdict(rule, null);
    const applies = truth(rule.when, facts, facts);
    if (applies === null) return verdict(rule, null);
    if (!applies) return { ...verdict(rule, null), outcome: "not_applicable" };
    if (rule.kind === "holds") return verdict(rule, truth(rule.that, facts, facts));
    const members = held(facts, rule.of);
    if (members === null) return verdict(rule, null);
    if (rule.kind === "every_month_since") return overMonths(rule, facts, members);
    const truths = members.map((member) => truth(rule.that, facts, member));
    const holds = counted(rule, truths);
    return verdict(rule, holds, positions(truths, holds));
  }

  function undated(rule, facts) {
    return Boolean(rule.from || rule.to) && held(facts, "inspection.date") === null;
  }

  function inForce(program, facts) {
    const day = held(facts, "inspection.date");
    const within = (rule) => (!rule.from || rule.from <= day) && (!rule.to || day <= rule.to);
    return program.rules.filter((rule) => day === null || within(rule));
  }

  // {verdicts: [{rule, outcome, members, months}], opinion, reasons}
  function answer(program, facts) {
    const rules = inForce(program, facts);
    const verdicts = rules.map((rule) => judge(rule, facts));
    if (!program.opinion) return { verdicts, opinion: null, reasons: [] };
    const binds = (at) => rules[at].binding && verdicts[at].outcome !== "not_applicable";
    const counts = [...rules.keys()].filter(binds);
    const failed = counts.filter((at) => verdicts[at].outcome === "fail");
    const given = failed.map((at) => rules[at].reason);
    const reasons = program.reasons.filter((reason) => given.includes(reason));
    const passed = counts.every((at) => verdicts[at].outcome === "pass");
    const settled = counts.length > 0 && passed ? "conforming" : "pending";
    return { verdicts, opinion: failed.length > 0 ? "non_conforming" : settled, reasons };
  }

  // What is missing of a formula: true or false where it is settled, else the list of the gaps
  // that can still settle it. Each gap is {fact, member, field}; `at` is the member's position.
  function open(formula, top, own, at) {
    if (formula.test) {
      const found = test(formula.test, top, own);
      if (found !== null) return found === formula.holds;
      const refs = [formula.test, formula.test.operand].filter((ref) => "fact" in ref);
      const names = refs.filter((ref) => read(ref, top, own) === null).map(gap(at));
      const inspected = held(top, "inspection.date") !== null;
      return formula.test.op === "within_days" && !inspected ? [...names, DATE] : names;
    }
    const settles = Boolean(formula.or);
    const items = (formula.or || formula.and).map((item) => open(item, top, own, at));
    if (items.includes(settles)) return settles;
    const left = items.filter(Array.isArray);
    return left.length > 0 ? left.flat() : !settles;
  }

  const DATE = { fact: "inspection.date", member: null, field: null };

  function gap(at) {
    return (ref) => (ref.own ? { fact: null, member: at, field: ref.fact } : whole(ref.fact));
  }

  function whole(fact) {
    return { fact, member: null, field: null };
  }

  function openBranches(branches, top, own, at) {
    const left = branches === null ? true : open(branches.satisfied, top, own, at);
    return Array.isArray(left) ? left : [];
  }

  function openMember(rule, facts, member, at, counts) {
    const left = openBranches(rule.that, facts, member, at);
    if (rule.kind !== "every_month_since") return left;
    if (truth(rule.that, facts, member) === false) return [];
    const dated = held(member, rule.dated_by);
    if (dated === null) return [...left, { fact: null, member: at, field: rule.dated_by }];
    return counts(dated.slice(0, 7)) ? left : [];
  }

  function settledByMembers(rule, facts, members) {
    if (rule.kind === "every_month_since") return false;
    return counted(rule, members.map((member) => truth(rule.that, facts, member))) !== null;
  }

  function openRule(rule, facts, found) {
    const left = [...(undated(rule, facts) ? [DATE] : []), ...openBranches(rule.when, facts, facts)];
    if (rule.kind === "holds") return [...left, ...openBranches(rule.that, facts, facts)];
    if (rule.kind === "every_month_since") {
      const needed = [rule.since, "inspection.date"];
      left.push(...needed.filter((name) => held(facts, name) === null).map(whole));
    }
    const members = held(facts, rule.of);
    if (members === null) return [...left, whole(rule.of)];
    if (settledByMembers(rule, facts, members)) return left;
    // Which months are undecided is said only where the rule is known to apply.
    const counts = (month) => found.months.length === 0 || found.months.includes(month);
    const inside = members.map((member, at) => openMember(rule, facts, member, at, counts)).flat();
    return [...left, ...inside.map((each) => (each.fact ? each : { ...each, fact: rule.of }))];
  }

  // The gaps that can still change what a binding rule says: [{fact, member, field}], each once.
  // None that can is left out; where a condition tests one fact twice, one may be named that
  // cannot.
  function gaps(program, facts) {
    const found = new Map();
    for (const rule of inForce(program, facts)) {
      const said = judge(rule, facts);
      if (!rule.binding || said.outcome !== "not_observed") continue;
      for (const each of openRule(rule, facts, said)) {
        found.set([each.fact, each.member, each.field].join(" "), each);
      }
    }
    return [...found.values()];
  }

  return { answer, gaps, dayNumber };
})();
