/** Mutual TLS and authorization of a mesh, as Istio's documentation describes them. */

import { type Row, testRows } from "../rows.ts";
import { Cluster, cluster, principal } from "./world.ts";

const peers = "Istio: PeerAuthentication";
const page = "Istio: Authorization Policy";
const concepts = "Istio: Security, Authorization";
const web = `${cluster}/shop/web`;
const app = `${cluster}/shop/app`;
const stranger = `${cluster}/other/stranger`;
const tls = "Istio mutual TLS";
const stage = "Istio authorization";
const appOnly = { matchLabels: { app: "app" } };
const fromWeb = [{ source: { principals: [principal("web")] } }];

const rows: readonly Row<Cluster>[] = [
  {
    name: "without policies the mesh lets everything in",
    document: `${concepts}, Implicit enablement`,
    says: "Without any policy for a workload all requests are allowed.",
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "arrives",
    stage,
    rule: /no ALLOW policy applies/,
  },
  {
    name: "the default mode takes plain text, too",
    document: peers,
    says: "Without a policy the mode is PERMISSIVE: plain text and mutual TLS are taken.",
    world: (w) => w.inject("other", "disabled"),
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "arrives",
    stage: tls,
    rule: /PERMISSIVE by the default: plain text/,
  },
  {
    name: "between members of the mesh mutual TLS is used by itself",
    document: "Istio: Security, Auto mutual TLS",
    says: "Proxies send mutual TLS to workloads with proxies without being told.",
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: tls,
    rule: /PERMISSIVE by the default: mutual TLS/,
  },
  {
    name: "STRICT refuses plain text",
    document: peers,
    says: "With STRICT workloads take mutual TLS only.",
    world: (w) => {
      w.inject("other", "disabled");
      w.peerAuthentication("shop", { mtls: { mode: "STRICT" } });
    },
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "dropped",
    stage: tls,
    rule: /STRICT by shop\/default/,
  },
  {
    name: "STRICT takes members of the mesh",
    document: peers,
    says: "Workloads with a proxy speak mutual TLS.",
    world: (w) => w.peerAuthentication("shop", { mtls: { mode: "STRICT" } }),
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "arrives",
    stage: tls,
    rule: /STRICT by shop\/default: mutual TLS/,
  },
  {
    name: "the root namespace's policy holds for the mesh",
    document: peers,
    says: "A policy of the root namespace without selector applies to all workloads.",
    world: (w) => {
      w.inject("other", "disabled");
      w.peerAuthentication("istio-system", { mtls: { mode: "STRICT" } });
    },
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "dropped",
    stage: tls,
    rule: /STRICT by istio-system\/default/,
  },
  {
    name: "the namespace's policy comes before the mesh's",
    document: peers,
    says: "The narrower policy takes precedence.",
    world: (w) => {
      w.inject("other", "disabled");
      w.peerAuthentication("istio-system", { mtls: { mode: "STRICT" } });
      w.peerAuthentication("shop", { mtls: { mode: "PERMISSIVE" } });
    },
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "arrives",
    stage: tls,
    rule: /PERMISSIVE by shop\/default/,
  },
  {
    name: "the workload's policy comes before the namespace's",
    document: peers,
    says: "A policy with a selector takes precedence for its workloads.",
    world: (w) => {
      w.inject("other", "disabled");
      w.peerAuthentication("shop", { mtls: { mode: "PERMISSIVE" } });
      w.peerAuthentication("shop", { selector: appOnly, mtls: { mode: "STRICT" } }, "app");
    },
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "dropped",
    stage: tls,
    rule: /STRICT by shop\/app/,
  },
  {
    name: "a port may have a mode of its own",
    document: peers,
    says: "portLevelMtls overrides the mode for a port.",
    world: (w) => {
      w.inject("other", "disabled");
      const portLevelMtls = { "8080": { mode: "DISABLE" } };
      w.peerAuthentication(
        "shop",
        { selector: appOnly, mtls: { mode: "STRICT" }, portLevelMtls },
        "app",
      );
    },
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "arrives",
    stage: tls,
    rule: /DISABLE by shop\/app port 8080/,
  },
  {
    name: "UNSET inherits",
    document: peers,
    says: "UNSET takes the mode of the parent.",
    world: (w) => {
      w.inject("other", "disabled");
      w.peerAuthentication("istio-system", { mtls: { mode: "STRICT" } });
      w.peerAuthentication("shop", { mtls: { mode: "UNSET" } });
    },
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "dropped",
    stage: tls,
    rule: /STRICT by istio-system\/default/,
  },
  {
    name: "an empty policy allows nothing",
    document: `${concepts}, Allow-nothing`,
    says: "An ALLOW policy without rules never matches, so everything is denied.",
    world: (w) => w.authorize("allow-nothing", {}),
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage,
    rule: /no rule of shop\/allow-nothing allows/,
  },
  {
    name: "an empty rule allows everything",
    document: `${concepts}, Allow-all`,
    says: "A rule without fields always matches.",
    world: (w) => w.authorize("allow-all", { rules: [{}] }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage,
    rule: /ALLOW shop\/allow-all rules\[0\]/,
  },
  {
    name: "an identity is allowed by its principal",
    document: `${page}, Source`,
    says: "principals are the peer's identities, from mutual TLS.",
    world: (w) => w.authorize("app", { selector: appOnly, rules: [{ from: fromWeb }] }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage,
    rule: /ALLOW shop\/app rules\[0\] cluster\.local\/ns\/shop\/sa\/web/,
  },
  {
    name: "another identity is not allowed",
    document: `${page}, Source`,
    says: "Without a matching rule the request is denied.",
    world: (w) => w.authorize("app", { selector: appOnly, rules: [{ from: fromWeb }] }),
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "dropped",
    stage,
    rule: /allows cluster\.local\/ns\/other\/sa\/stranger/,
  },
  {
    name: "plain text has no identity",
    document: `${page}, Source`,
    says: "principals, namespaces and service accounts need mutual TLS.",
    world: (w) => {
      w.inject("other", "disabled");
      w.authorize("app", { rules: [{ from: [{ source: { namespaces: ["other"] } }] }] });
    },
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "dropped",
    stage,
    rule: /a caller without identity/,
  },
  {
    name: "a negative match takes in callers without identity",
    document: "Istio: Security best practices, Understand traffic capture limitations",
    says: "notPrincipals matches where there is no principal.",
    world: (w) => {
      w.inject("other", "disabled");
      w.authorize("app", {
        rules: [{ from: [{ source: { notPrincipals: [principal("web")] } }] }],
      });
    },
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "arrives",
    stage,
    rule: /ALLOW shop\/app rules\[0\] without identity/,
  },
  {
    name: "a policy for other workloads does not hold",
    document: `${concepts}, Policy target`,
    says: "selector limits a policy to the workloads it selects.",
    world: (w) => w.authorize("web-only", { selector: { matchLabels: { app: "web" } } }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage,
    rule: /no ALLOW policy applies/,
  },
  {
    name: "a policy of another namespace does not hold",
    document: `${concepts}, Policy target`,
    says: "A policy applies to its own namespace.",
    world: (w) => w.authorize("nothing", {}, "other"),
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage,
    rule: /no ALLOW policy applies/,
  },
  {
    name: "a policy of the root namespace holds everywhere",
    document: `${concepts}, Policy target`,
    says: "In the root namespace a policy applies to all namespaces.",
    world: (w) => w.authorize("nothing", {}, "istio-system"),
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage,
    rule: /istio-system\/nothing/,
  },
  {
    name: "DENY comes before ALLOW",
    document: `${concepts}, Policy precedence`,
    says: "Deny policies are checked before allow policies.",
    world: (w) => {
      w.authorize("allow", { rules: [{}] });
      w.authorize("deny", { action: "DENY", rules: [{ from: fromWeb }] });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage,
    rule: /DENY shop\/deny rules\[0\]/,
  },
  {
    name: "CUSTOM comes first, and what it answers is not in the world",
    document: `${concepts}, Policy precedence`,
    says: "Custom policies are checked by an external authorizer before all others.",
    world: (w) => {
      w.authorize("ext", { action: "CUSTOM", provider: { name: "opa" }, rules: [{}] });
      w.authorize("deny", { action: "DENY", rules: [{}] });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "cannot tell",
    stage,
    rule: /external authorizer/,
  },
  {
    name: "a port limits a rule",
    document: `${page}, Operation`,
    says: "ports lists the destination ports.",
    world: (w) =>
      w.authorize("app", { rules: [{ from: fromWeb, to: [{ operation: { ports: ["9090"] } }] }] }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage,
    rule: /no rule of shop\/app/,
  },
  {
    name: "all fields of a source must match",
    document: `${page}, Source`,
    says: "Fields of one source are and-ed.",
    world: (w) =>
      w.authorize("app", {
        rules: [{ from: [{ source: { principals: ["*"], notNamespaces: ["shop"] } }] }],
      }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage,
    rule: /no rule of shop\/app/,
  },
  {
    name: "a prefix matches",
    document: `${page}, Rule`,
    says: "abc* matches texts that begin with abc.",
    world: (w) =>
      w.authorize("app", {
        rules: [{ from: [{ source: { principals: ["cluster.local/ns/shop/*"] } }] }],
      }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage,
    rule: /ALLOW shop\/app/,
  },
  {
    name: "a suffix matches",
    document: `${page}, Rule`,
    says: "*abc matches texts that end with abc.",
    world: (w) =>
      w.authorize("app", { rules: [{ from: [{ source: { principals: ["*/sa/stranger"] } }] }] }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage,
    rule: /no rule/,
  },
  {
    name: "a service account may be named alone",
    document: `${page}, Source`,
    says: "serviceAccounts are NAMESPACE/NAME, or NAME of the policy's namespace.",
    world: (w) =>
      w.authorize("app", { rules: [{ from: [{ source: { serviceAccounts: ["shop/web"] } }] }] }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage,
    rule: /ALLOW shop\/app/,
  },
  {
    name: "a service account named alone is not one of another namespace",
    document: `${page}, Source`,
    says: "Without a namespace the policy's own is meant.",
    world: (w) => {
      w.deploy("other", "web");
      w.authorize("app", { rules: [{ from: [{ source: { serviceAccounts: ["web"] } }] }] });
    },
    packet: `${cluster}/other/web ${app} tcp 8080`,
    verdict: "dropped",
    stage,
    rule: /no rule/,
  },
  {
    name: "an ALLOW rule with HTTP fields never matches on a TCP port",
    document: "Istio: Authorization for TCP traffic",
    says: "HTTP-only fields make an ALLOW rule invalid for TCP, and it is ignored.",
    world: (w) => {
      w.service("app", { name: "tcp-app", port: 8080, targetPort: 8080 });
      w.authorize("app", { rules: [{ to: [{ operation: { methods: ["GET"] } }] }] });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage,
    rule: /no rule of shop\/app/,
  },
  {
    name: "a DENY rule with HTTP fields denies all on a TCP port",
    document: "Istio: Authorization for TCP traffic",
    says: "On TCP ports the HTTP fields are ignored, so the DENY rule denies everything.",
    world: (w) => {
      w.service("app", { name: "tcp-app", port: 8080, targetPort: 8080 });
      w.authorize("deny", {
        action: "DENY",
        rules: [{ to: [{ operation: { methods: ["GET"] } }] }],
      });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage,
    rule: /DENY shop\/deny/,
  },
  {
    name: "on an HTTP port a method decides about requests",
    document: `${page}, Operation`,
    says: "methods match HTTP requests; the connection is taken.",
    world: (w) => {
      w.service("app", { name: "http-app", port: 80, targetPort: 8080 });
      w.authorize("app", { rules: [{ from: fromWeb, to: [{ operation: { methods: ["GET"] } }] }] });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage,
    rule: /for the requests it names/,
  },
  {
    name: "what a port of unknown protocol carries is not known",
    document: "Istio: Protocol Selection",
    says: "Without a name or appProtocol the protocol is detected from the first bytes.",
    world: (w) => w.authorize("app", { rules: [{ to: [{ operation: { methods: ["GET"] } }] }] }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "cannot tell",
    stage,
    rule: /whether ALLOW shop\/app/,
  },
  {
    name: "source.ip of no IPv4 address is nobody of IPv4",
    document: `${page}, Condition`,
    says: "notValues of source.ip excludes addresses; 0.0.0.0/0 excludes all of IPv4.",
    world: (w) =>
      w.authorize("app", { rules: [{ when: [{ key: "source.ip", notValues: ["0.0.0.0/0"] }] }] }),
    packet: `192.0.2.9 ${app} tcp 8080`,
    verdict: "dropped",
    stage,
    rule: /no rule of shop\/app/,
  },
  {
    name: "cluster.local stands for the mesh's own trust domain",
    document: "Istio: Trust Domain Migration",
    says: "cluster.local in a principal means the current trust domain.",
    world: (w) => {
      w.trust("shop.example");
      w.authorize("app", { rules: [{ from: fromWeb }] });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage,
    rule: /shop\.example\/ns\/shop\/sa\/web/,
  },
  {
    name: "a pod kept out of the mesh has no policies of it",
    document: "Istio: Installing the Sidecar, Controlling the injection policy",
    says: "The label sidecar.istio.io/inject=false keeps a pod out.",
    world: (w) => {
      w.deploy(
        "shop",
        "plain",
        {},
        { labels: { app: "plain", "sidecar.istio.io/inject": "false" } },
      );
      w.authorize("nothing", {});
    },
    packet: `${web} ${cluster}/shop/plain tcp 8080`,
    verdict: "arrives",
    stage: "pod isolation, ingress",
    rule: /no policy selects/,
  },
  {
    name: "in the ambient mesh ztunnel enforces policies by identity",
    document: "Istio: Ambient mesh, Use Layer 4 security policy",
    says: "ztunnel enforces authorization policies at the receiver, by principals, namespaces and ports.",
    world: (w) => {
      w.ambient("shop");
      w.authorize("app", { selector: appOnly, rules: [{ from: fromWeb }] });
    },
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "dropped",
    stage,
    rule: /allows cluster\.local\/ns\/other\/sa\/stranger/,
  },
  {
    name: "whether a waypoint stands in the way is not known",
    document: "Istio: Ambient mesh, Use Layer 7 features",
    says: "Policies with targetRefs are enforced by the waypoint they are attached to.",
    world: (w) => {
      w.ambient("shop");
      w.authorize("gate", {
        targetRefs: [{ kind: "Service", group: "", name: "app" }],
        rules: [{}],
      });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "cannot tell",
    stage,
    rule: /whether a waypoint asks shop\/gate/,
  },
  {
    name: "a policy with targetRefs is no sidecar's",
    document: `${concepts}, Policy target`,
    says: "targetRefs attach a policy to gateways and waypoints.",
    world: (w) =>
      w.authorize("gate", { targetRefs: [{ kind: "Service", group: "", name: "app" }] }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage,
    rule: /no ALLOW policy applies/,
  },
  {
    name: "UDP passes the mesh by",
    document: "Istio: Traffic routing, Unsupported protocols",
    says: "Proxies capture TCP; UDP is not routed by them.",
    world: (w) => w.authorize("nothing", {}),
    packet: `${web} ${app} udp 8080`,
    verdict: "arrives",
    stage: "pod isolation, ingress",
    rule: /no policy selects/,
  },
  {
    name: "policies of the cluster come before the mesh's",
    document: "Istio: Security best practices, Defense in depth with NetworkPolicy",
    says: "NetworkPolicies are enforced below the proxies.",
    world: (w) => {
      w.isolate();
      w.authorize("all", { rules: [{}] });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: "NetworkPolicy, egress",
    rule: /isolated/,
  },
];

describe("packet probe: Istio", () => {
  testRows(rows, () => {
    const world = new Cluster();
    world.mesh();
    return world;
  });
});
