/** Who may do what, beyond roles: groups, users, organisations, shares, policy stores. */

import type { TypeEntry } from "../../../../types/type.ts";
import { budgetTypes } from "./budgets.ts";
import { organizationTypes } from "./organizations.ts";
import { personTypes } from "./persons.ts";
import { shareTypes } from "./shares.ts";

/** The entries of persons, groups and organisations. */
export const identityTypes: readonly TypeEntry[] = [
  ...personTypes,
  ...organizationTypes,
  ...shareTypes,
  ...budgetTypes,
];
