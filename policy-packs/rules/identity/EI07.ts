/**
 * Microsoft Learn, "Application management policies": lifetimes of secrets and certificates. Where no
 * end is said, the provider lets Entra decide, which is two years or so. An end without a start, or
 * the other way round, cannot be measured without a clock.
 */
import type { Edit } from "../../../model/policy/remedy.ts";
import type { Example, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";

const day_ms = 24 * 3600 * 1000;

/** Days that a credential of a type may live. */
const longest_d: Readonly<Record<string, number>> = {
  "azuread:index/applicationCertificate:ApplicationCertificate": 365,
  "azuread:index/applicationPassword:ApplicationPassword": 90,
  "azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate": 365,
  "azuread:index/servicePrincipalPassword:ServicePrincipalPassword": 90,
};

export const EI07: Rule = {
  id: "EI07",
  sentence: "Secrets of applications end within 90 days, certificates within a year.",
  why: "A copied secret works until its end, and nobody notices that two use it.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["IA-5", "IA-5(1)"],
  fix: "Set endDateRelative to 2160h or less, or use a federated credential, which needs no secret.",
  remedy: {
    // Whoever uses the secret has to take a new one in time.
    kind: "opt-in",
    edits: ({ type, inputs }) => shortened(inputs, longest_d[type] ?? 0),
  },
  subjects: Object.keys(longest_d),
  needs: "resource",
  check: ({ urn, type, inputs }, judge) => {
    const long = isLong(inputs, longest_d[type] ?? 0);
    if (long === undefined) return judge.notApplicable("from when it counts is not said");
    if (!long) return;
    const end = ["endDateRelative", "endDate"].map((one) => inputs.at(one));
    const at = end.find(({ state }) => state !== "absent") ?? { urn, path: "" };
    judge.fail(at, "a token, got with a secret that was copied long ago");
  },
  examples: [
    ...Object.entries(longest_d).flatMap(([type, days]) => examplesOf(type, days)),
    {
      kind: "clean",
      says: "an end from now on",
      expect: "not-applicable",
      resources: alone("azuread:index/applicationPassword:ApplicationPassword", {
        endDate: "2026-12-01T00:00:00Z",
      }),
    },
  ],
};

/** Whether it lives longer than so many days; undefined where its start is not said. */
function isLong(inputs: View, days: number): boolean | undefined {
  const relative = inputs.at("endDateRelative").text();
  if (relative !== undefined) return hoursOf(inputs.at("endDateRelative"), relative) > days * 24;
  const end = inputs.at("endDate");
  if (end.text() === undefined) return true;
  const start = inputs.at("startDate");
  if (start.text() === undefined) return undefined;
  return timeOf(end) - timeOf(start) > days * day_ms;
}

function shortened(inputs: View, days: number): readonly Edit[] {
  if (isLong(inputs, days) !== true) return [];
  if (inputs.at("endDateRelative").state === "absent" && inputs.at("endDate").state === "known") {
    const end = new Date(timeOf(inputs.at("startDate")) + days * day_ms);
    return [{ path: ["endDate"], value: end.toISOString().replace(".000Z", "Z") }];
  }
  return [{ path: ["endDateRelative"], value: `${days * 24}h` }];
}

function timeOf(view: View): number {
  const time_ms = Date.parse(view.text() ?? "");
  if (Number.isNaN(time_ms)) throw new Undecided(view.urn, view.path, "unreadable");
  return time_ms;
}

/** Hours of a duration such as `240h30m`. */
function hoursOf(view: View, text: string): number {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
  if (match === null || text === "") throw new Undecided(view.urn, view.path, "unreadable");
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return hours + minutes / 60 + seconds / 3600;
}

function examplesOf(type: string, days: number): Example[] {
  return [
    {
      kind: "violating",
      says: `an hour too long, in ${type}`,
      expect: "fail",
      resources: alone(type, { endDateRelative: `${days * 24}h1m` }),
      path: "endDateRelative",
    },
    {
      kind: "violating",
      says: `two years, in ${type}`,
      expect: "fail",
      resources: alone(type, {
        startDate: "2026-01-01T00:00:00Z",
        endDate: "2028-01-01T00:00:00Z",
      }),
      path: "endDate",
    },
    {
      kind: "clean",
      says: `as long as may be, in ${type}`,
      expect: "pass",
      resources: alone(type, { endDateRelative: `${days * 24}h` }),
    },
    {
      kind: "unknown",
      says: `an unknown end, in ${type}`,
      expect: "unknown",
      resources: alone(type, { endDateRelative: unknownHere }),
      path: "endDateRelative",
    },
    { kind: "absent", says: `no end, in ${type}`, expect: "fail", resources: alone(type, {}) },
  ];
}
