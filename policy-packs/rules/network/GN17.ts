/** VPC Service Controls documentation, "Dry run mode" and "Ingress and egress rules". */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";

const type = "gcp:accesscontextmanager/servicePerimeter:ServicePerimeter";
/** All perimeters of a policy in one resource. */
const manyType = "gcp:accesscontextmanager/servicePerimeters:ServicePerimeters";
const ingressType =
  "gcp:accesscontextmanager/servicePerimeterIngressPolicy:ServicePerimeterIngressPolicy";

const from = (accessLevel: string) => ({ ingressFrom: { sources: [{ accessLevel }] } });
const status = (...ingressPolicies: Json[]) => ({
  status: { restrictedServices: ["storage.googleapis.com"], ingressPolicies },
});

export const GN17: Rule = {
  id: "GN17",
  sentence: "A service perimeter is in force, guards services, and admits named sources only.",
  why: "A stolen token is good from everywhere: the perimeter is what asks where the call comes from.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-7", "AC-4"],
  fix: "Move what spec says into status with restrictedServices, and name access levels or networks in ingress rules.",
  subjects: [type, manyType, ingressType],
  needs: "resource",
  check: ({ type: kind, inputs }, judge) => {
    if (kind === ingressType) return judgeSources(inputs, judge);
    const all = kind === type ? [inputs] : entriesOf(inputs.at("servicePerimeters"));
    for (const perimeter of all) judge.part(() => judgePerimeter(perimeter, judge));
  },
  examples: [
    {
      kind: "violating",
      says: "a trial only",
      expect: "fail",
      resources: alone(type, { useExplicitDryRunSpec: true, spec: status().status }),
      path: "status",
    },
    {
      kind: "violating",
      says: "everywhere is a source",
      expect: "fail",
      resources: alone(type, status(from("accessPolicies/1/accessLevels/office"), from("*"))),
      path: "status.ingressPolicies[1].ingressFrom.sources[0].accessLevel",
    },
    {
      kind: "violating",
      says: "everywhere in a rule beside the perimeter",
      expect: "fail",
      resources: alone(ingressType, { perimeter: "p", ...from("*") }),
    },
    {
      kind: "violating",
      says: "one of several is a trial only",
      expect: "fail",
      resources: alone(manyType, { servicePerimeters: [status(), { title: "trial" }] }),
      path: "servicePerimeters[1].status",
    },
    {
      kind: "clean",
      says: "a bridge",
      expect: "not-applicable",
      resources: alone(type, { perimeterType: "PERIMETER_TYPE_BRIDGE" }),
    },
    {
      kind: "clean",
      says: "one access level",
      expect: "pass",
      resources: alone(type, status(from("accessPolicies/1/accessLevels/office"))),
    },
    {
      kind: "unknown",
      says: "the source is not known",
      expect: "unknown",
      resources: alone(type, status(from(unknownHere))),
      path: "status.ingressPolicies[0].ingressFrom.sources[0].accessLevel",
    },
    {
      kind: "absent",
      says: "a perimeter that guards nothing",
      expect: "fail",
      resources: alone(type, { status: { resources: ["projects/1"] } }),
      path: "status.restrictedServices",
    },
  ],
};

function judgePerimeter(perimeter: View, judge: Judge): void {
  if (perimeter.at("perimeterType").text() === "PERIMETER_TYPE_BRIDGE") {
    judge.notApplicable("a bridge joins perimeters and guards nothing itself");
    return;
  }
  const now = perimeter.at("status");
  if (now.state === "absent") {
    judge.fail(now, "any call from outside: it is written down, and answered");
    return;
  }
  judge.part(() => {
    const services = now.at("restrictedServices");
    if (isEmpty(services)) judge.fail(services, "a call of any service from outside");
  });
  for (const policy of entriesOf(now.at("ingressPolicies"))) judgeSources(policy, judge);
}

function judgeSources(policy: View, judge: Judge): void {
  judge.part(() => {
    for (const source of entriesOf(policy.at("ingressFrom", "sources"))) {
      judge.part(() => {
        const level = source.at("accessLevel");
        if (level.text() === "*") judge.fail(level, "a call from 203.0.113.7 with a stolen token");
      });
    }
  });
}
