/** Tokens at API servers: service accounts, outside providers, and what bindings give. */

import type { MintRequest } from "../../../../local-clouds/probe/token/mint.ts";
import type { JsonObject, ValueObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab, Made } from "../../kit/lab.ts";
import { account, eksCluster } from "./aws-world.ts";
import { type Presentation, type Row, reheaded, type TestWorld, table, tampered } from "./kit.ts";

const bound = "Kubernetes docs, Managing Service Accounts, Bound service account tokens";
const rbac = "Kubernetes docs, Using RBAC Authorization";
const oidc = "Kubernetes docs, Authenticating, OpenID Connect Tokens";
const issuer = "https://kubernetes.default.svc.cluster.local";
const group = "kubernetes:rbac.authorization.k8s.io/v1";
const web = "system:serviceaccount:shop:web";
const becomes = { outcome: "becomes", by: "authentication: kubernetes", as: web } as const;

function cluster(world: TestWorld): Lab {
  return world.lab.with("kubernetes");
}

/** Namespace `shop` with the service account `web`. */
function makeAccount(world: TestWorld): Made {
  const lab = cluster(world);
  lab.create("kubernetes:core/v1:Namespace", "shop", { metadata: { name: "shop" } });
  return lab.create("kubernetes:core/v1:ServiceAccount", "web", {
    metadata: { name: "web", namespace: "shop" },
  });
}

/** That account, and its token. */
function authenticated(token: Partial<MintRequest> = {}): (world: TestWorld) => Presentation {
  return (world) => {
    makeAccount(world);
    const { claims, ...rest } = token;
    return {
      to: "kubernetes",
      mint: { issuer: "kubernetes", claims: { sub: web, ...claims }, ...rest },
    };
  };
}

/** That account under further objects. */
function having(
  ...objects: readonly (readonly [string, ValueObject])[]
): (world: TestWorld) => Presentation {
  return (world) => {
    const shown = authenticated()(world);
    objects.forEach(([kind, inputs], i) => {
      cluster(world).create(`${group}:${kind}`, `object-${i}`, inputs);
    });
    return shown;
  };
}

const reader: ValueObject = {
  metadata: { name: "reader", namespace: "shop" },
  rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }],
};

function binding(
  kind: "RoleBinding" | "ClusterRoleBinding",
  subject: JsonObject,
  role: JsonObject,
  namespace = "shop",
): readonly [string, ValueObject] {
  const metadata = kind === "RoleBinding" ? { name: "bind", namespace } : { name: "bind" };
  return [
    kind,
    { metadata, subjects: [subject], roleRef: { apiGroup: "rbac.authorization.k8s.io", ...role } },
  ];
}

const itself = { kind: "ServiceAccount", name: "web", namespace: "shop" };
const toReader = { kind: "Role", name: "reader" };

const tokens: readonly Row[] = [
  {
    says: "a token of the cluster's own issuer is its service account",
    source: bound,
    set: authenticated(),
    expect: becomes,
  },
  {
    says: "a token of another issuer is not",
    source: "kube-apiserver reference, --service-account-issuer",
    set: authenticated({ issuer: "https://other.example.com" }),
    expect: { outcome: "refused", by: "issuer: service account issuer" },
  },
  {
    says: "a token for another audience is not for the API server",
    source: "kube-apiserver reference, --api-audiences",
    set: authenticated({ audience: ["vault"] }),
    expect: { outcome: "refused", by: "audience: API audiences", got: "vault" },
  },
  {
    says: "one of several audiences suffices",
    source: "kube-apiserver reference, --api-audiences",
    set: authenticated({ audience: ["vault", issuer] }),
    expect: becomes,
  },
  {
    says: "an expired token is refused",
    source: bound,
    set: authenticated({ expired: true }),
    expect: { outcome: "refused", by: "time: exp" },
  },
  {
    says: "a service account that does not exist is nobody",
    source: bound,
    set: authenticated({ claims: { sub: "system:serviceaccount:shop:ghost" } }),
    expect: { outcome: "refused", by: "service account: sub", got: "ghost" },
  },
  {
    says: "a subject that is no service account is not one of the cluster",
    source: bound,
    set: authenticated({ claims: { sub: "alice" } }),
    expect: { outcome: "refused", by: "service account: sub", got: "alice" },
  },
  {
    says: "a service account that was deleted and made anew is another",
    source: bound,
    set: (world) => {
      const shown = authenticated()(world);
      const token = world.mint({
        issuer: "kubernetes",
        claims: {
          sub: web,
          "kubernetes.io": {
            namespace: "shop",
            serviceaccount: { name: "web", uid: "00000000-0000-4000-8000-000000000001" },
          },
        },
      });
      return { to: shown.to, token };
    },
    expect: { outcome: "refused", by: "service account: uid" },
  },
  {
    says: "a token bound to a pod is invalid once the pod is gone",
    source: bound,
    set: authenticated({
      claims: {
        "kubernetes.io": {
          namespace: "shop",
          serviceaccount: { name: "web" },
          pod: { name: "web-1", uid: "00000000-0000-4000-8000-000000000002" },
        },
      },
    }),
    expect: { outcome: "refused", by: "pod: web-1" },
  },
  {
    says: "a token bound to a pod is valid while the pod is there",
    source: bound,
    set: (world) => {
      const shown = authenticated()(world);
      const pod = cluster(world).create("kubernetes:core/v1:Pod", "web-1", {
        metadata: { name: "web-1", namespace: "shop" },
        spec: { containers: [{ name: "web", image: "web" }] },
      });
      const { uid = "" } = pod.outputs["metadata"] as { uid?: string };
      const claims = {
        sub: web,
        "kubernetes.io": {
          namespace: "shop",
          serviceaccount: { name: "web" },
          pod: { name: "web-1", uid },
        },
      };
      return { ...shown, mint: { issuer: "kubernetes", claims } };
    },
    expect: becomes,
  },
  {
    says: "every namespace has a default account",
    source: "Kubernetes docs, Configure Service Accounts for Pods",
    set: authenticated({ claims: { sub: "system:serviceaccount:kube-system:default" } }),
    expect: {
      outcome: "becomes",
      by: "authentication",
      as: "system:serviceaccount:kube-system:default",
    },
  },
  {
    says: "changed claims break the signature",
    source: bound,
    set: (world) => {
      const shown = authenticated()(world);
      return {
        to: shown.to,
        token: tampered(world.mint({ issuer: "kubernetes", claims: { sub: web } }), {
          sub: "system:serviceaccount:kube-system:default",
        }),
      };
    },
    expect: { outcome: "refused", by: "signature:" },
  },
  {
    says: "an unsigned token is refused",
    source: "RFC 8725, JSON Web Token Best Current Practices, 3.2",
    set: (world) => {
      const shown = authenticated()(world);
      return {
        to: shown.to,
        token: reheaded(world.mint({ issuer: "kubernetes", claims: { sub: web } }), {
          alg: "none",
        }),
      };
    },
    expect: { outcome: "refused", by: "signature:", got: "alg none" },
  },
];

const bindings: readonly Row[] = [
  {
    says: "a role binding gives a role in its namespace",
    source: rbac,
    set: having(["Role", reader], binding("RoleBinding", itself, toReader)),
    expect: { ...becomes, holds: "get,list pods in shop (Role reader by RoleBinding bind)" },
  },
  {
    says: "a binding for a group of service accounts is one for each in the namespace",
    source: rbac,
    set: having(
      ["Role", reader],
      binding("RoleBinding", { kind: "Group", name: "system:serviceaccounts:shop" }, toReader),
    ),
    expect: { ...becomes, holds: "get,list pods in shop" },
  },
  {
    says: "a service account is also a user of its long name",
    source: rbac,
    set: having(["Role", reader], binding("RoleBinding", { kind: "User", name: web }, toReader)),
    expect: { ...becomes, holds: "get,list pods in shop" },
  },
  {
    says: "a cluster role binding gives a role everywhere",
    source: rbac,
    set: having(
      [
        "ClusterRole",
        {
          metadata: { name: "nodes" },
          rules: [{ apiGroups: [""], resources: ["nodes"], verbs: ["list"] }],
        },
      ],
      binding("ClusterRoleBinding", itself, { kind: "ClusterRole", name: "nodes" }),
    ),
    expect: { ...becomes, holds: "list nodes everywhere" },
  },
  {
    says: "a role binding to a cluster role gives it in its namespace alone",
    source: rbac,
    set: having(
      [
        "ClusterRole",
        {
          metadata: { name: "secrets" },
          rules: [
            { apiGroups: [""], resources: ["secrets"], resourceNames: ["db"], verbs: ["get"] },
          ],
        },
      ],
      binding("RoleBinding", itself, { kind: "ClusterRole", name: "secrets" }),
    ),
    expect: { ...becomes, holds: "get secrets named db in shop" },
  },
  {
    says: "cluster-admin is there in every cluster",
    source: `${rbac}, Default roles and role bindings`,
    set: having(
      binding("ClusterRoleBinding", itself, { kind: "ClusterRole", name: "cluster-admin" }),
    ),
    expect: { ...becomes, holds: "* *.* everywhere" },
  },
  {
    says: "an aggregated role has the rules of the roles that it selects",
    source: `${rbac}, Aggregated ClusterRoles`,
    set: having(
      [
        "ClusterRole",
        {
          metadata: { name: "monitoring" },
          aggregationRule: { clusterRoleSelectors: [{ matchLabels: { monitor: "yes" } }] },
          rules: [],
        },
      ],
      [
        "ClusterRole",
        {
          metadata: { name: "part", labels: { monitor: "yes" } },
          rules: [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["watch"] }],
        },
      ],
      binding("ClusterRoleBinding", itself, { kind: "ClusterRole", name: "monitoring" }),
    ),
    expect: { ...becomes, holds: "watch deployments.apps everywhere (ClusterRole monitoring" },
  },
];

/** A world in which nothing of some bindings may be held. */
function without(
  part: string,
  set: (world: TestWorld) => Presentation,
): (world: TestWorld) => Presentation {
  return (world) => {
    const shown = set(world);
    const lines = world.probe(shown).flatMap(({ holds }) => holds);
    if (lines.some((line) => line.includes(part)))
      throw new Error(`${part} is held: ${lines.join("; ")}`);
    return shown;
  };
}

const nothing: readonly Row[] = [
  {
    says: "a binding for another account gives this one nothing",
    source: rbac,
    set: without(
      "pods",
      having(["Role", reader], binding("RoleBinding", { ...itself, name: "batch" }, toReader)),
    ),
    expect: becomes,
  },
  {
    says: "a binding for the same name in another namespace gives this one nothing",
    source: rbac,
    set: without(
      "pods",
      having(["Role", reader], binding("RoleBinding", { ...itself, namespace: "pay" }, toReader)),
    ),
    expect: becomes,
  },
  {
    says: "a binding to a role that is not there gives nothing",
    source: rbac,
    set: without(
      "in shop",
      having(binding("RoleBinding", itself, { kind: "Role", name: "missing" })),
    ),
    expect: becomes,
  },
  {
    says: "a role binding does not find a role of another namespace",
    source: rbac,
    set: without(
      "pods",
      having(["Role", reader], binding("RoleBinding", itself, toReader, "default")),
    ),
    expect: becomes,
  },
];

/** An EKS cluster that takes tokens of an outside provider. */
function outside(
  config: JsonObject,
  token: Partial<MintRequest> = {},
): (world: TestWorld) => Presentation {
  return (world) => {
    eksCluster(world);
    world.insert(
      "aws:eks/identityProviderConfig:IdentityProviderConfig",
      account,
      "shop:okta",
      {
        clusterName: "shop",
        oidc: {
          identityProviderConfigName: "okta",
          clientId: "kubernetes",
          issuerUrl: "https://example.okta.com",
          ...config,
        },
      },
      "eu-central-1",
    );
    return { to: "eks/shop by okta", mint: { issuer: "okta", audience: ["kubernetes"], ...token } };
  };
}

const externals: readonly Row[] = [
  {
    says: "names of an outside provider are prefixed by its issuer",
    source: oidc,
    set: outside({}),
    expect: {
      outcome: "becomes",
      by: "authentication: eks/shop",
      as: "https://example.okta.com#00u1a2b3c4d5e6f7g8h9",
    },
  },
  {
    says: "another claim may be the name, under a prefix of one's own",
    source: oidc,
    set: outside({ usernameClaim: "email", usernamePrefix: "okta:" }),
    expect: { outcome: "becomes", by: "authentication", as: "okta:alice@example.com" },
  },
  {
    says: "the audience must be the client id",
    source: oidc,
    set: outside({}, { audience: ["other"] }),
    expect: { outcome: "refused", by: "audience: clientId", got: "other" },
  },
  {
    says: "required claims must be there with their values",
    source: oidc,
    set: outside({ requiredClaims: { department: "ops" } }),
    expect: { outcome: "refused", by: "required claim: department" },
  },
  {
    says: "an address that is not verified is no name",
    source: oidc,
    set: outside({ usernameClaim: "email" }, { claims: { email_verified: false } }),
    expect: { outcome: "refused", by: "user name: email_verified" },
  },
  {
    says: "only RS256 is taken unless set otherwise",
    source: "kube-apiserver reference, --oidc-signing-algs",
    set: outside({}, { algorithm: "ES256" }),
    expect: { outcome: "refused", by: "signature: signing algorithms", got: "ES256" },
  },
];

table("tokens at Kubernetes", [...tokens, ...bindings, ...nothing, ...externals], 20);
