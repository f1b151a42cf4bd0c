/** Private endpoints of Azure: a service's address inside a network. */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { entriesOf } from "../../lift/entries.ts";
import { referring } from "./log-stores.ts";
import type { Relation } from "./refers-to.ts";
import { referrersOf, refersBy } from "./refers-to.ts";
import { someOf } from "./some-of.ts";

const relations = new Map<string, Relation>();

/** One relation for each type: an endpoint may wait for services of several. */
function endpointsTo(type: string): Relation {
  const relation = relations.get(type) ?? {
    from: [azureTypes.privateEndpoint],
    to: type,
    properties: targets,
  };
  relations.set(type, relation);
  return relation;
}

function targets({ inputs }: PlannedResource): readonly View[] {
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
  const relation = endpointsTo(subject.type);
  return someOf(judge, referrersOf(plan, subject, relation), (one) =>
    refersBy(plan, relation, one, subject),
  );
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
