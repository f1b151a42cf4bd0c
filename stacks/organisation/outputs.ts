/**
 * What the organisation's stack gives to environments, by the names of its outputs. An environment
 * reads them through a stack reference (`organization/bulkhead-organisation/NAME`).
 */

import type { Problem } from "../../model/base/problem.ts";
import { ProblemError } from "../../model/base/problem.ts";
import type { OrganisationIdentities } from "../../model/identity/intent.ts";

/** Every output of the stack. */
export interface OrganisationOutputs {
  /** What {@link OrganisationIdentities} holds, as one value. */
  readonly identities: OrganisationIdentities;
  /** Where the organisation's own logs are, for reports. */
  readonly logs: {
    readonly trailArn: string;
    readonly entraAccountId: string;
    readonly gcpBucket: string;
  };
}

/** The texts an environment needs, by group. */
const required = {
  aws: ["githubProviderArn", "ssoInstanceArn", "workforceGroupId"],
  azure: ["workforceGroupId"],
  gcp: ["workforcePoolId", "workforceGroupId"],
} as const;

/**
 * Reads the output `identities` as a stack reference gives it: of unknown type, and absent where
 * the organisation was never updated. Throws a ProblemError naming everything that is missing.
 */
export function readIdentities(value: unknown, stack: string): OrganisationIdentities {
  const given = isRecord(value) ? value : {};
  const missing = Object.entries(required).flatMap(([group, keys]) => {
    const texts = isRecord(given[group]) ? given[group] : {};
    return keys.filter((key) => !isText(texts[key])).map((key) => `${group}.${key}`);
  });
  if (missing.length > 0) throw new ProblemError(missing.map((key) => absent(key, stack)));
  return given as unknown as OrganisationIdentities;
}

function absent(key: string, stack: string): Problem {
  return {
    code: "input-missing",
    place: `${stack}: identities.${key}`,
    got: "nothing",
    allowed: "a text, put there by the organisation's stack",
    next: "Update the organisation's stack first.",
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
