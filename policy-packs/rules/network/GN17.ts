/** VPC Service Controls documentation, "Dry run mode" and "Ingress and egress rules". */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";
import { perimeterExamples } from "../shared/perimeter-examples.ts";

const type = "gcp:accesscontextmanager/servicePerimeter:ServicePerimeter";
/** All perimeters of a policy in one resource. */
const manyType = "gcp:accesscontextmanager/servicePerimeters:ServicePerimeters";
const ingressType =
  "gcp:accesscontextmanager/servicePerimeterIngressPolicy:ServicePerimeterIngressPolicy";

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
  examples: perimeterExamples,
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
