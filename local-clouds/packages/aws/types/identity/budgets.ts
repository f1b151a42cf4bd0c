/** Budgets of an account (AWS Budgets API reference). They have no region. */

import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf } from "../common.ts";
import { error, ordinary } from "../ordinary.ts";

const kinds = [
  "USAGE",
  "COST",
  "RI_UTILIZATION",
  "RI_COVERAGE",
  "SAVINGS_PLANS_UTILIZATION",
  "SAVINGS_PLANS_COVERAGE",
];

const budget = ordinary("aws:budgets/budget:Budget", {
  global: true,
  id: "{account}:{name}",
  arn: "arn:{partition}:budgets::{account}:budget/{name}",
  name: 100,
  prefixed: true,
  defaults: { timePeriodEnd: "2087-06-15_00:00" },
  check: (r) => [
    ...oneOf(r.text("budgetType"), "budgetType", kinds),
    ...oneOf(r.text("timeUnit"), "timeUnit", [
      "DAILY",
      "MONTHLY",
      "QUARTERLY",
      "ANNUALLY",
      "CUSTOM",
    ]),
  ],
  outputs: {
    accountId: (r) => r.account,
    billingViewArn: "",
    timePeriodStart: (r) => `${r.createdAt.slice(0, 8)}01_00:00`,
  },
  taken: error(
    "DuplicateRecordException",
    "Error creating budget: {leaf} - the budget already exists.",
  ),
});

/** The entries of budgets. */
export const budgetTypes: readonly TypeEntry[] = [budget];
