/** Two workloads and one flow, as a cluster's policies say it, right and wrong. */
import type { NetworkIntent } from "../../../model/network/intent.ts";
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { clusterSegmentationType } from "./cluster-proof.ts";

const intent: NetworkIntent = {
  places: [{ name: "here", cloud: "aws", region: "somewhere", cidr4: "10.1.0.0/16" }],
  segments: [
    { name: "web", purpose: "pages", egress: "none", members: [{ workload: "shop/web" }] },
    { name: "app", purpose: "logic", egress: "none", members: [{ workload: "shop/app" }] },
  ],
  flows: [{ from: "web", to: "app", ports: "tcp/8080", because: "pages need logic" }],
};

type Rules = { readonly [key: string]: Json };

function policy(name: string, spec: Json, parent = "pods"): ExampleResource {
  const props = { metadata: { name, namespace: "shop" }, spec };
  return { type: kubernetesTypes.networkPolicy, name, props, provider: "cluster", parent };
}

function allowing(app: string, rules: Rules): ExampleResource {
  const podSelector = { matchLabels: { app } };
  return policy(app, { podSelector, policyTypes: ["Ingress", "Egress"], ...rules });
}

const pods = (namespace: string, podSelector: Json): Json => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
  podSelector,
});
const named = (app: string): Json => pods("shop", { matchLabels: { app } });
/** Segments have subnets too, in which machines may stand. */
const machines = { web: "10.1.0.0/20", app: "10.1.16.0/20" } as const;
const segment = (app: keyof typeof machines): Json => [
  named(app),
  { ipBlock: { cidr: machines[app] } },
];
const logic: Json = [{ port: 8080 }];
const names: Json = {
  to: [pods("kube-system", { matchLabels: { "k8s-app": "kube-dns" } })],
  ports: [{ port: 53 }, { port: 53, protocol: "UDP" }],
};

const shut = policy("shut", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
const web = allowing("web", { egress: [{ to: segment("app"), ports: logic }, names] });
const app = allowing("app", { ingress: [{ from: segment("web"), ports: logic }], egress: [names] });
const open = policy("open", { podSelector: {}, ingress: [{}] }, "others");

function plan(...policies: ExampleResource[]): Example["resources"] {
  const props = { intent: intent as unknown as Json, place: "here" };
  return [
    { type: clusterSegmentationType, name: "pods", props },
    { type: "bulkhead:index:Others", name: "others", props: {} },
    { type: "pulumi:providers:kubernetes", name: "cluster", props: {} },
    ...policies,
  ];
}

/** Right and wrong plans. */
export const clusterExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "a policy written by hand beside them lets everybody in",
    expect: "fail",
    resources: plan(shut, web, app, open),
    witness: "is let through but not declared",
  },
  {
    kind: "violating",
    says: "a declared flow that no policy allows at its other end",
    expect: "fail",
    resources: plan(shut, web, allowing("app", { egress: [names] })),
    path: "intent.flows",
    witness: "is declared but stopped",
  },
  {
    kind: "clean",
    says: "nothing but the declared flow, and names",
    expect: "pass",
    resources: plan(shut, web, app),
  },
  {
    kind: "unknown",
    says: "whom a policy lets in is not known",
    expect: "unknown",
    resources: plan(shut, web, app, allowing("app", { ingress: unknownHere })),
  },
  {
    kind: "absent",
    says: "no policy is planned: nothing says to which cluster it belongs",
    expect: "unknown",
    resources: plan(),
  },
];
