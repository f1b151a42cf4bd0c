/** The pod of a planned workload, as far as anybody here reads it. */
import type { Plan, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { kubernetesTypes } from "../kubernetes.ts";
import { settle } from "../uncertain.ts";
import { unsettledAccount } from "./workload.ts";

/** The manifest of the pod or template at a view. Throws {@link Undecided}; an unknown image keeps nothing open. */
export function podOf(plan: Plan, view: View): Record<string, unknown> {
  const spec = view.at("spec");
  const containersOf = (key: string) =>
    spec
      .at(key)
      .items()
      .map((container) => ({
        ports: container
          .at("ports")
          .items()
          .map((port) => port.plain()),
        restartPolicy: container.at("restartPolicy").plain(),
      }));
  return {
    metadata: metadataOf(view.at("metadata")),
    spec: {
      containers: containersOf("containers"),
      initContainers: containersOf("initContainers"),
      hostNetwork: spec.at("hostNetwork").plain(),
      serviceAccountName: accountOf(plan, spec),
    },
  };
}

/** The part of an object's metadata by which others know it. Throws {@link Undecided}. */
export function metadataOf(view: View): Record<string, unknown> {
  const entries = ["name", "namespace", "labels", "annotations", "ownerReferences"].map(
    (key): [string, unknown] => [key, view.at(key).plain()],
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The account by its name or, where that is not known yet, by what it is planned to be called. */
function accountOf(plan: Plan, spec: View): unknown {
  const named = spec.at("serviceAccountName");
  const view = named.state === "absent" ? spec.at("serviceAccount") : named;
  if (view.state !== "unknown") return view.plain();
  const found = settle(() => plan.follow(view, kubernetesTypes.serviceAccount));
  if (found instanceof Undecided || found.state !== "resource") return unsettledAccount;
  const planned = settle(() => found.resource.inputs.at("metadata", "name").text());
  return typeof planned === "string" ? planned : unsettledAccount;
}
