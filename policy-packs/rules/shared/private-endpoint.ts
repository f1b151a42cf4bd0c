/** Private endpoints of Azure: a service's address inside a network. */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { entriesOf } from "../../lift/entries.ts";
import { referring } from "./log-stores.ts";
import type { Referrers } from "./referrers.ts";
import { referrers } from "./referrers.ts";

const kinds = new Map<string, (plan: Plan) => Referrers>();

/** One kind for each type: an endpoint may wait for services of several. */
function endpointsTo(type: string): (plan: Plan) => Referrers {
  const kind =
    kinds.get(type) ?? referrers({ from: [azureTypes.privateEndpoint], to: [type], by: targets });
  kinds.set(type, kind);
  return kind;
}

function targets(inputs: View): readonly View[] {
  return ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"]
    .flatMap((list) => entriesOf(inputs.at(list)))
    .map((connection) => connection.at("privateLinkServiceId"));
}

/** Whether a planned endpoint leads to the subject; doubts are told to the judge. */
export function hasPrivateEndpoint(
  judge: Judge,
  plan: Plan,
  subject: PlannedResource,
): "yes" | "no" | "open" {
  const { of, doubts } = endpointsTo(subject.type)(plan);
  if (of(subject).length > 0) return "yes";
  for (const doubt of doubts) judge.open(doubt);
  return doubts.length > 0 ? "open" : "no";
}

/** An endpoint to the example's resource of that name. */
export function endpointTo(name: string) {
  return referring(azureTypes.privateEndpoint, "endpoint", "privateLinkServiceConnections", name);
}

/** A rule of services that leave the public network by themselves where an endpoint leads to them. */
export function unlessEndpoint(rule: Rule, property: string): Rule {
  const [type = ""] = rule.subjects;
  const resource = { type, name: "app", props: {} };
  return {
    ...rule,
    needs: "plan",
    check: (subject, judge, plan) => {
      if (subject.inputs.at(property).state === "absent") {
        if (hasPrivateEndpoint(judge, plan, subject) !== "no") return;
      }
      rule.check(subject, judge, plan);
    },
    examples: [
      ...rule.examples,
      {
        kind: "clean",
        says: "not set, but a private endpoint leads there",
        expect: "pass",
        resources: [resource, endpointTo("app")],
      },
      {
        kind: "unknown",
        says: "where an endpoint leads to is not known",
        expect: "unknown",
        resources: [resource, { ...endpointTo("app"), dependsOn: {} }],
        path: "privateLinkServiceConnections",
      },
    ],
  };
}
