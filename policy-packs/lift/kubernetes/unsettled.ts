/** Policies of which nobody knows what they say: they keep open whatever they may decide. */
import { everything } from "./labels.ts";
import type { Policy, PolicyRule } from "./policy.ts";

/** Before every policy that is read; priorities of the API are not negative. */
const unsettledPriority = -1;

interface Unread {
  readonly name: string;
  readonly urn: string;
  /** Of the pods that it may bear on; absent where these may be all. */
  readonly namespace: string | undefined;
}

/** A NetworkPolicy that cannot be read: it isolates whom it selects, and adds to what is allowed. */
export function unsettledAddition(unread: Unread): Policy {
  return { ...unsettled(unread, [rule("allow")]), tier: "namespace" };
}

/** A policy that may allow or deny anything before all others. */
export function unsettledDecision(unread: Unread): Policy {
  return unsettled(unread, [rule("allow"), rule("deny")]);
}

function unsettled({ name, urn, namespace }: Unread, rules: readonly PolicyRule[]): Policy {
  const namespaces = namespace === undefined ? everything : { name: namespace };
  return {
    tier: "admin",
    priority: unsettledPriority,
    subject: { namespaces, pods: everything },
    name,
    urn,
    rules: { in: rules, out: rules },
  };
}

function rule(action: PolicyRule["action"]): PolicyRule {
  return { action, peers: [{ kind: "unsettled", path: "spec" }], ports: undefined, path: "spec" };
}
