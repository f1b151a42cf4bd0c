/**
 * Whether an API server lets a request through (Kubernetes docs, "Using RBAC Authorization": what no
 * role allows is forbidden, and nothing denies).
 */

import { type BoundRole, rolesOf } from "../../probe/token/kubernetes/rbac.ts";
import type { LiveWorld } from "../../probe/token/live.ts";
import { objectsAt, textAt, textsAt } from "../../probe/token/live.ts";
import { because, type Check, no, type Reason, unclear } from "../../probe/token/verdict.ts";
import type { JsonObject } from "../../protocol/value.ts";
import type { KubernetesActor } from "./actor.ts";
import { usualRoles } from "./usual-roles.ts";

const source = "Kubernetes docs, Using RBAC Authorization";

/** A request as RBAC sees it ("Authorization, Review your request attributes"). */
export interface Attributes {
  readonly verb: string;
  readonly group: string;
  /** Plural, with its subresource: `pods/exec`. */
  readonly resource: string;
  /** `""` for what is of the whole cluster. */
  readonly namespace: string;
  /** `""` for lists and creations. */
  readonly name: string;
}

/** Whether an actor may. */
export function decideKubernetes(
  live: LiveWorld,
  actor: KubernetesActor,
  wanted: Attributes,
): Check {
  const { subject, cluster } = actor;
  const reason: Reason = {
    stage: "RBAC",
    rule: "no rule allows it",
    got: `${subject.user} in ${subject.groups.join(", ") || "no group"}`,
    wanted: attributesText(wanted),
    source,
  };
  if (subject.groups.includes("system:masters")) {
    return because({ ...reason, rule: "group system:masters may do everything" });
  }
  const roles = rolesOf(live, cluster, subject).filter(
    ({ namespace }) => namespace === "" || namespace === wanted.namespace,
  );
  const won = roles.find((role) => rulesOf(role)?.some((rule) => covers(rule, wanted)) === true);
  if (won !== undefined) return because({ ...reason, rule: roleText(won) });
  // System roles of the cluster are not among its objects, and not all of them are listed here.
  const unread = roles.find((role) => rulesOf(role) === undefined && /^system:/.test(role.name));
  if (unread !== undefined)
    return unclear({ ...reason, rule: roleText(unread), got: "a role of the cluster's own" });
  const open = cloudGrants(live, actor);
  return open === undefined
    ? no({
        ...reason,
        got: `${reason.got}; bound are ${roles.map(roleText).join(", ") || "no roles"}`,
      })
    : unclear({ ...reason, rule: open, got: "an authorizer of the cloud, beside RBAC" });
}

/** Access policies of EKS authorize beside RBAC ("Associate access policies with access entries"). */
function cloudGrants(live: LiveWorld, { subject }: KubernetesActor): string | undefined {
  const entry = live
    .of("aws:eks/accessEntry:AccessEntry")
    .find(
      ({ properties }) =>
        textAt(properties, "userName") === subject.user ||
        textAt(properties, "principalArn") === subject.user,
    );
  const principal = textAt(entry?.properties, "principalArn");
  const found = live
    .of("aws:eks/accessPolicyAssociation:AccessPolicyAssociation")
    .find(({ properties }) => principal !== "" && textAt(properties, "principalArn") === principal);
  return found === undefined ? undefined : textAt(found.properties, "policyArn");
}

function rulesOf({ rules, kind, name }: BoundRole): readonly JsonObject[] | undefined {
  return rules ?? (kind === "ClusterRole" ? usualRoles[name] : undefined);
}

/** A rule covers what its verbs, groups, resources and names all cover ("Referring to resources"). */
export function covers(rule: JsonObject, wanted: Attributes): boolean {
  const has = (key: string, value: string) => {
    const values = textsAt(rule, key);
    return values.includes("*") || values.includes(value);
  };
  const [base = "", sub] = wanted.resource.split("/");
  const resource =
    has("resources", wanted.resource) || (sub !== undefined && has("resources", `*/${sub}`));
  const names = textsAt(rule, "resourceNames");
  // Lists and creations cannot be limited to names.
  const named = names.length === 0 || (wanted.name !== "" && names.includes(wanted.name));
  return (
    base !== "" && has("verbs", wanted.verb) && has("apiGroups", wanted.group) && resource && named
  );
}

/**
 * Nobody hands on what they do not hold: whoever makes a binding needs all permissions of its role, or
 * the verb `bind` on it; whoever makes a role the same, or `escalate` ("Privilege escalation prevention
 * and bootstrapping").
 */
export function mayHandOn(
  live: LiveWorld,
  actor: KubernetesActor,
  wanted: Attributes,
  rules: readonly JsonObject[] | undefined,
  verb: { readonly verb: "bind" | "escalate"; readonly resource: string; readonly name: string },
): Check {
  const asked = { ...wanted, ...verb };
  const byVerb = decideKubernetes(live, actor, asked);
  if (byVerb.says === "yes") return byVerb;
  const reason: Reason = {
    stage: "privilege escalation prevention",
    rule: `${verb.verb} on ${verb.resource} ${verb.name}`,
    got: `${actor.subject.user} does not hold all that the role gives`,
    wanted: "all its permissions, or that verb",
    source: `${source}, Privilege escalation prevention and bootstrapping`,
  };
  if (rules === undefined)
    return unclear({ ...reason, got: "a role whose rules are not in the world" });
  const held = rulesFor(live, actor, wanted.namespace);
  const missing = rules.find((rule) => !held.some((own) => includes(own, rule)));
  return missing === undefined
    ? because(reason)
    : no({ ...reason, got: `${reason.got}: ${JSON.stringify(missing)}` });
}

function rulesFor(live: LiveWorld, { cluster, subject }: KubernetesActor, namespace: string) {
  if (subject.groups.includes("system:masters")) return usualRoles["cluster-admin"] ?? [];
  return rolesOf(live, cluster, subject)
    .filter((role) => role.namespace === "" || role.namespace === namespace)
    .flatMap((role) => rulesOf(role) ?? []);
}

function includes(own: JsonObject, rule: JsonObject): boolean {
  return (
    ["verbs", "apiGroups", "resources"].every((key) => {
      const held = textsAt(own, key);
      return held.includes("*") || textsAt(rule, key).every((one) => held.includes(one));
    }) && textsAt(own, "resourceNames").length === 0
  );
}

function roleText({ kind, name, namespace, by }: BoundRole): string {
  return `${kind} ${name} by ${by}${namespace === "" ? "" : ` in ${namespace}`}`;
}

/** As `kubectl auth can-i` would say it. */
export function attributesText({ verb, group, resource, namespace, name }: Attributes): string {
  const what = group === "" ? resource : `${resource}.${group}`;
  return `${verb} ${what}${name === "" ? "" : ` ${name}`}${namespace === "" ? "" : ` in ${namespace}`}`;
}

/** Rules of a role that is deployed, or that every cluster has. */
export function rulesNamed(
  live: LiveWorld,
  server: string,
  kind: string,
  name: string,
  namespace: string,
): readonly JsonObject[] | undefined {
  const id = kind === "Role" ? `${namespace}/${name}` : name;
  const found = live
    .of(`kubernetes:rbac.authorization.k8s.io/v1:${kind}`)
    .find((one) => one.account === server && one.id === id);
  if (found === undefined) return kind === "ClusterRole" ? usualRoles[name] : undefined;
  return objectsAt(found.properties, "rules");
}
