/** Service perimeters in force, on trial and with holes. */
import type { Example } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "./alone.ts";

const type = "gcp:accesscontextmanager/servicePerimeter:ServicePerimeter";
const manyType = "gcp:accesscontextmanager/servicePerimeters:ServicePerimeters";
const ingressType =
  "gcp:accesscontextmanager/servicePerimeterIngressPolicy:ServicePerimeterIngressPolicy";

const from = (accessLevel: string) => ({ ingressFrom: { sources: [{ accessLevel }] } });

const status = (...ingressPolicies: Json[]) => ({
  status: { restrictedServices: ["storage.googleapis.com"], ingressPolicies },
});

export const perimeterExamples: readonly Example[] = [
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
];
