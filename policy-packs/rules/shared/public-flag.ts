/** The flag by which a managed store of AWS gets a public address. */
import type { Rule } from "../../../model/policy/rule.ts";
import type { Demand } from "./flag-rule.ts";

const words: Pick<Rule, "why" | "severity" | "tenets" | "controls" | "fix"> = {
  why: "Everybody may try names, passwords and flaws of the server; a rule of a group is all that is left between.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set publiclyAccessible to false, and let callers come by the VPC, a peering or an endpoint.",
};

/** The services do not set it by themselves; taking it away cuts off who came by it. */
const demand: Demand = {
  path: ["publiclyAccessible"],
  holds: (value) => value !== "true",
  witness: "a connection from 203.0.113.7 to the server's public address",
  good: false,
  bad: true,
};

export const publicFlag = { words, demand };
