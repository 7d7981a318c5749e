// Rules per second of two JsonLogic engines on the rule and the rows of bench_rules.c.
import { readFileSync } from "node:fs";
import { LogicEngine } from "json-logic-engine";
import jsonLogic from "json-logic-js";

const ROWS = 100000;
const ROUNDS = 7;
const rule = JSON.parse(readFileSync(new URL("rule.json", import.meta.url)));

// The generator of bench_rules.c, step by step: both make the same rows.
let state = 0;
function roll(n) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return (state >>> 16) % n;
}

const forms = ["enterprise", "cooperative", "household"];
const sizes = ["micro", "small", "medium", "not-sme"];
const sections = ["A", "C", "F", "G", "H", "I", "J", "K", "L", "M"];

function row(percent) {
  const holds = () => roll(100) < percent;
  return {
    form: forms[holds() ? 0 : 1 + roll(2)],
    size_class: sizes[holds() ? roll(3) : 3],
    section: sections[holds() ? roll(6) : 6 + roll(4)],
    employees: holds() ? roll(201) : 201 + roll(800),
    revenue_vnd: (holds() ? roll(300) : 301 + roll(700)) * 1000000000,
    age_years: holds() ? 1 + roll(30) : 0,
    level: holds() ? 2 + roll(4) : roll(2),
    private_sector: holds(),
  };
}

const compiled = new LogicEngine().build(rule);
const engines = {
  "json-logic-engine-compiled": (data) => compiled(data),
  "json-logic-js": (data) => jsonLogic.apply(rule, data),
};

for (const [kind, percent] of [["mixed", 79], ["all-true", 100]]) {
  state = 2026;
  const rows = Array.from({ length: ROWS }, () => row(percent));
  for (const [name, test] of Object.entries(engines)) {
    const rates = [];
    let eligible = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const passes = name === "json-logic-js" ? 1 : 10;
      const start = process.hrtime.bigint();
      for (let pass = 0; pass < passes; pass++) {
        eligible = 0;
        for (let i = 0; i < ROWS; i++) eligible += test(rows[i]) ? 1 : 0;
      }
      rates.push((ROWS * passes * 1e9) / Number(process.hrtime.bigint() - start));
    }
    rates.sort((a, b) => a - b);
    console.log(`${name} ${kind} ${Math.round(rates[ROUNDS >> 1])} ${eligible}`);
  }
}
