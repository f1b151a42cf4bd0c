/** Decisions of API servers: Kubernetes docs, "Using RBAC Authorization". */

import type { JsonObject, ValueObject } from "../../../local-clouds/protocol/value.ts";
import { account, role as awsRole, eksCluster, policy } from "../probe/token/aws-world.ts";
import type { TestWorld } from "../probe/token/kit.ts";
import { type Row, table, type Wish } from "./kit.ts";

const rbac = "Kubernetes docs, Using RBAC Authorization";
const escalation = `${rbac}, Privilege escalation prevention and bootstrapping`;
const group = "kubernetes:rbac.authorization.k8s.io/v1";
const web = "system:serviceaccount:shop:web";
const api = "rbac.authorization.k8s.io";

/** Namespace `shop`, service account `web`, and objects of RBAC. */
function having(...objects: readonly (readonly [kind: string, inputs: ValueObject])[]) {
  return (world: TestWorld): void => {
    const lab = world.lab.with("kubernetes");
    lab.create("kubernetes:core/v1:Namespace", "shop", { metadata: { name: "shop" } });
    lab.create("kubernetes:core/v1:ServiceAccount", "web", {
      metadata: { name: "web", namespace: "shop" },
    });
    objects.forEach(([kind, inputs], i) => {
      lab.create(`${group}:${kind}`, `o${i}`, inputs);
    });
  };
}

const role = (rules: readonly JsonObject[], name = "own"): readonly [string, ValueObject] => [
  "Role",
  { metadata: { name, namespace: "shop" }, rules: rules as readonly ValueObject[] },
];
const bind = (
  kind: string,
  name: string,
  of = "own-binding",
  wide = false,
): readonly [string, ValueObject] => [
  wide ? "ClusterRoleBinding" : "RoleBinding",
  {
    metadata: wide ? { name: of } : { name: of, namespace: "shop" },
    roleRef: { apiGroup: api, kind, name },
    subjects: [{ kind: "ServiceAccount", name: "web", namespace: "shop" }],
  },
];
const rule = (resources: string[], verbs: string[], more: JsonObject = {}) => ({
  apiGroups: [""],
  resources,
  verbs,
  ...more,
});
const asWeb = (action: string, resource: string, given: JsonObject = {}): Wish => ({
  as: web,
  action,
  resource,
  with: given,
});

/** A row about what `web` may under a role of these rules. */
function under(
  says: string,
  rules: readonly JsonObject[],
  wish: Wish,
  outcome: Row["outcome"],
  by: string,
): Row {
  return {
    says,
    source: rbac,
    set: (world) => {
      having(role(rules), bind("Role", "own"))(world);
      return wish;
    },
    outcome,
    by,
  };
}

const newBinding = (kind: string, name: string): JsonObject => ({
  metadata: { name: "more" },
  roleRef: { apiGroup: api, kind, name },
  subjects: [{ kind: "ServiceAccount", name: "web", namespace: "shop" }],
});
const bindings = { apiGroups: [api], resources: ["rolebindings"], verbs: ["create"] };

const rows: readonly Row[] = [
  {
    says: "without a binding nothing is allowed",
    source: rbac,
    set: (world) => {
      having()(world);
      return asWeb("secrets get", "shop/key");
    },
    outcome: "denied",
    by: "no rule allows it",
  },
  under(
    "a rule allows its verbs on its resources",
    [rule(["secrets"], ["get"])],
    asWeb("secrets get", "shop/key"),
    "allowed",
    "Role own",
  ),
  under(
    "another verb is not allowed",
    [rule(["secrets"], ["get"])],
    asWeb("secrets list", "shop"),
    "denied",
    "no rule",
  ),
  under(
    "another namespace is not reached by a RoleBinding",
    [rule(["secrets"], ["get"])],
    asWeb("secrets get", "other/key"),
    "denied",
    "no rule",
  ),
  under(
    "resourceNames limit a rule to objects",
    [rule(["secrets"], ["get"], { resourceNames: ["key"] })],
    asWeb("secrets get", "shop/other"),
    "denied",
    "no rule",
  ),
  under(
    "resourceNames let their object through",
    [rule(["secrets"], ["get"], { resourceNames: ["key"] })],
    asWeb("secrets get", "shop/key"),
    "allowed",
    "Role own",
  ),
  under(
    "a list cannot be limited to names",
    [rule(["secrets"], ["list"], { resourceNames: ["key"] })],
    asWeb("secrets list", "shop"),
    "denied",
    "no rule",
  ),
  under(
    "a subresource is not part of its resource",
    [rule(["pods"], ["create"])],
    asWeb("pods/exec create", "shop/web-1"),
    "denied",
    "no rule",
  ),
  under(
    "a command in a pod needs create on pods/exec",
    [rule(["pods/exec"], ["create"])],
    asWeb("pods/exec create", "shop/web-1"),
    "allowed",
    "Role own",
  ),
  under(
    "the star stands for every resource and subresource",
    [rule(["*"], ["*"])],
    asWeb("pods/exec create", "shop/web-1"),
    "allowed",
    "Role own",
  ),
  under(
    "a rule for the core group says nothing of others",
    [rule(["deployments"], ["get"])],
    asWeb("deployments get", "shop/web"),
    "denied",
    "no rule",
  ),
  {
    says: "view sees no secrets",
    source: `${rbac}, User-facing roles`,
    set: (world) => {
      having(bind("ClusterRole", "view"))(world);
      return asWeb("secrets get", "shop/key");
    },
    outcome: "denied",
    by: "no rule",
  },
  {
    says: "edit sees secrets, in the namespace of its binding",
    source: `${rbac}, User-facing roles`,
    set: (world) => {
      having(bind("ClusterRole", "edit"))(world);
      return asWeb("secrets get", "shop/key");
    },
    outcome: "allowed",
    by: "ClusterRole edit",
  },
  {
    says: "cluster-admin by a ClusterRoleBinding may everything everywhere",
    source: `${rbac}, User-facing roles`,
    set: (world) => {
      having(bind("ClusterRole", "cluster-admin", "all", true))(world);
      return asWeb("secrets get", "other/key");
    },
    outcome: "allowed",
    by: "ClusterRole cluster-admin",
  },
  {
    says: "nobody binds a role of which they do not hold all",
    source: escalation,
    set: (world) => {
      having(role([bindings]), bind("Role", "own"))(world);
      return asWeb("rolebindings create", "shop", newBinding("ClusterRole", "cluster-admin"));
    },
    outcome: "denied",
    by: "privilege escalation prevention",
  },
  {
    says: "the verb bind lets a role be bound all the same",
    source: escalation,
    set: (world) => {
      const verb = {
        apiGroups: [api],
        resources: ["clusterroles"],
        verbs: ["bind"],
        resourceNames: ["cluster-admin"],
      };
      having(role([bindings, verb]), bind("Role", "own"))(world);
      return asWeb("rolebindings create", "shop", newBinding("ClusterRole", "cluster-admin"));
    },
    outcome: "allowed",
    by: "Role own",
    makes: `${group}:RoleBinding`,
  },
  {
    says: "a role of AWS acts as the user and the groups of its access entry",
    source: "Amazon EKS user guide, Grant IAM users access to Kubernetes with EKS access entries",
    set: (world) => {
      awsRole(world, "deploy", policy());
      const arn = `arn:aws:iam::${account}:role/deploy`;
      eksCluster(world, "API");
      const entry = {
        clusterName: "shop",
        principalArn: arn,
        kubernetesGroups: ["system:masters"],
      };
      world.insert("aws:eks/accessEntry:AccessEntry", account, "e", entry, "eu-central-1");
      return { as: arn, action: "secrets get", resource: "shop/key" };
    },
    outcome: "allowed",
    by: "system:masters",
  },
  {
    says: "the group system:masters may do everything",
    source: rbac,
    set: (world) => {
      having()(world);
      return { as: "kubernetes:root+system:masters", action: "secrets get", resource: "shop/key" };
    },
    outcome: "allowed",
    by: "system:masters",
  },
];

table("actions in Kubernetes", rows, 15);
