/** Two services and one call, as a cluster's policies say it, right and wrong. */
import type { MeshIntent } from "../../../model/mesh/intent.ts";
import { principalOf, rootNamespace } from "../../../model/mesh/intent.ts";
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { meshClusterType } from "../../lift/mesh.ts";

/** The component that carries the declared calls. */
export const meshType = "bulkhead:index:ServiceMesh";

const trustDomain = "cluster.local";
const providerType = "pulumi:providers:kubernetes";

const intent: MeshIntent = {
  id: "mesh",
  trustDomain,
  istio: {
    version: "1.31.0",
    chartRepository: "https://istio-release.storage.googleapis.com/charts",
    hub: "docker.io/istio",
  },
  certificates: { rootHours: 87600, intermediateHours: 8760, renewalHours: 720 },
  clusters: [
    {
      name: "here",
      cloud: "aws",
      network: "here",
      ranges: ["10.1.0.0/16"],
      apiServer: ["10.1.0.0/28"],
    },
  ],
  services: [
    { namespace: "shop", name: "web", offers: { port: 80, protocol: "http" } },
    { namespace: "shop", name: "cart", offers: { port: 7070, protocol: "grpc" } },
  ],
  calls: [{ from: "shop/web", to: "shop/cart", because: "pages show the cart" }],
};

function object(type: string, name: string, namespace: string, spec: Json): ExampleResource {
  const props = { metadata: { name, namespace }, spec };
  return { type, name: `${namespace}-${name}`, props, provider: "cluster", parent: "mesh-here" };
}

const { peerAuthentication, authorizationPolicy } = kubernetesTypes;
const strict = object(peerAuthentication, "default", rootNamespace, { mtls: { mode: "STRICT" } });
const nothing = object(authorizationPolicy, "allow-nothing", rootNamespace, {});

function call(from: string, to: string, port: Json): ExampleResource {
  return object(authorizationPolicy, `${to}-from-${from}`, "shop", {
    action: "ALLOW",
    selector: { matchLabels: { app: to } },
    rules: [
      {
        from: [{ source: { principals: [principalOf(trustDomain, "shop", from)] } }],
        to: [{ operation: { ports: [port] } }],
      },
    ],
  });
}

const declared = call("web", "cart", "7070");

function plan(...policies: ExampleResource[]): Example["resources"] {
  return [
    { type: meshType, name: "mesh", props: { intent: intent as unknown as Json } },
    { type: meshClusterType, name: "mesh-here", props: { cluster: "here" }, parent: "mesh" },
    { type: providerType, name: "cluster", props: {} },
    {
      type: kubernetesTypes.namespace,
      name: "shop",
      props: { metadata: { name: "shop" } },
      provider: "cluster",
      parent: "mesh-here",
    },
    ...policies,
  ];
}

/** Right and wrong policies of a cluster. */
export const meshExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "a policy written by hand lets an undeclared call through",
    expect: "fail",
    resources: plan(strict, nothing, declared, call("cart", "web", "80")),
    path: "spec",
    witness: "shop/cart",
  },
  {
    kind: "violating",
    says: "PERMISSIVE in one namespace",
    expect: "fail",
    resources: plan(
      strict,
      nothing,
      declared,
      object(peerAuthentication, "default", "shop", { mtls: { mode: "PERMISSIVE" } }),
    ),
    witness: "PeerAuthentication shop/default",
  },
  {
    kind: "violating",
    says: "a declared call that no policy allows",
    expect: "fail",
    resources: plan(strict, nothing),
    witness: "is declared but refused",
  },
  {
    kind: "clean",
    says: "as declared",
    expect: "pass",
    resources: plan(strict, nothing, declared),
  },
  {
    kind: "unknown",
    says: "a port is not known",
    expect: "unknown",
    resources: plan(strict, nothing, call("web", "cart", unknownHere)),
    path: "spec.rules[0].to[0].operation.ports[0]",
  },
  {
    kind: "absent",
    says: "no policies: Istio lets everything through",
    expect: "fail",
    resources: plan(),
    witness: "is let through but not declared",
  },
];
