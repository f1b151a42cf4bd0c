/** Private endpoints of Azure: a service's address inside a network. */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { entriesOf } from "../../lift/entries.ts";
import { referring } from "./log-stores.ts";
import { refersTo } from "./refers-to.ts";
import { someOf } from "./some-of.ts";

/** Whether a planned endpoint leads to the subject; doubts are told to the judge. */
export function hasPrivateEndpoint(
  judge: Judge,
  plan: Plan,
  subject: PlannedResource,
): "yes" | "no" | "open" {
  const targets = plan
    .ofType(azureTypes.privateEndpoint)
    .flatMap(({ inputs }) => [
      ...entriesOf(inputs.at("privateLinkServiceConnections")),
      ...entriesOf(inputs.at("manualPrivateLinkServiceConnections")),
    ])
    .map((connection) => connection.at("privateLinkServiceId"));
  return someOf(judge, targets, (target: View) => {
    const waits = plan.waitsFor(target.urn, target.path);
    // An id that waits for others only is theirs.
    if (target.state === "unknown" && waits.length > 0 && !waits.includes(subject.urn))
      return false;
    return refersTo(plan, target, subject);
  });
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
