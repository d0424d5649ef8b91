// What one can say of a written value at once. Each check gives the key of what is wrong, or
// null. `import` checks everything again.

const Checks = (() => {
  "use strict";

  const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const LARGEST = Number.MAX_SAFE_INTEGER;

  function isDay(text) {
    const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
    if (!parts) return false;
    const [year, month, day] = parts.slice(1).map(Number);
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const length = month === 2 && leap ? 29 : LENGTHS[month - 1];
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= length;
  }

  function date(text, inspected) {
    if (!isDay(text)) return "bad_date";
    return isDay(inspected || "") && text > inspected ? "late_date" : null;
  }

  function idNumber(text, inspected) {
    if (!/^[0-9]{17}[0-9X]$/.test(text)) return "bad_id_form";
    const born = [text.slice(6, 10), text.slice(10, 12), text.slice(12, 14)].join("-");
    if (date(born, inspected) !== null) return "bad_id_born";
    const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at]), 0);
    return "10X98765432"[sum % 11] === text[17] ? null : "bad_id_digit";
  }

  const PHONES = [
    /^(\+?86)?1[3-9][0-9]{9}$/, // mobile
    /^(\+?860?|0)((10|2[0-9])[2-9][0-9]{7}|[3-9][0-9]{2}[2-9][0-9]{6,7})$/, // landline with its area
    /^[48]00[0-9]{7}$/,
    /^(12[0-9]{3}|9[56][0-9]{3,4}|100[0-9]{2})$/, // hotlines
    /^\+(?!86)[0-9]{7,15}$/, // from elsewhere
  ];

  function phone(text) {
    const number = text.replace(/\s*转\s*[0-9]{1,6}$/, "").replace(/[() -]/g, "");
    return PHONES.some((form) => form.test(number)) ? null : "bad_phone";
  }

  function integer(text) {
    if (!/^-?[0-9]{1,16}$/.test(text)) return "bad_number";
    return Math.abs(Number(text)) <= LARGEST ? null : "bad_number";
  }

  // `kind` is a type of facts.yaml, or id_number or phone
  function check(kind, text, inspected) {
    if (kind === "date") return date(text, inspected);
    if (kind === "id_number") return idNumber(text, inspected);
    if (kind === "phone") return phone(text);
    return kind === "integer" ? integer(text) : null;
  }

  // What a written text is as a value; an empty one is not observed.
  function valueOf(kind, text) {
    const plain = text.trim();
    if (plain === "") return null;
    return kind === "integer" ? Number(plain) || 0 : plain;
  }

  return { check, valueOf, isDay };
})();
