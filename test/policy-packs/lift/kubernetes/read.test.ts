/** What is read of manifests, and what is refused with its place. */
import assert from "node:assert/strict";
import { joinClusters } from "../../../../policy-packs/lift/kubernetes/cluster.ts";
import { anyPlugin } from "../../../../policy-packs/lift/kubernetes/plugin.ts";
import { arrives, lift, policy, read, shop } from "./cluster.ts";

function template(labels: string): string {
  return `template: {metadata: {labels: ${labels}}, spec: {hostNetwork: true, containers: [{ports: [{name: http, containerPort: 80}]}]}}`;
}

const made = template("{app: x}");
const kinds: Readonly<Record<string, string>> = {
  Deployment: `{apiVersion: apps/v1, kind: Deployment, metadata: {name: x}, spec: {${made}}}`,
  ReplicaSet: `{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: x}, spec: {${made}}}`,
  StatefulSet: `{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: x}, spec: {${made}}}`,
  DaemonSet: `{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: x}, spec: {${made}}}`,
  ReplicationController: `{apiVersion: v1, kind: ReplicationController, metadata: {name: x}, spec: {${made}}}`,
  Job: `{apiVersion: batch/v1, kind: Job, metadata: {name: x}, spec: {${made}}}`,
  CronJob: `{apiVersion: batch/v1, kind: CronJob, metadata: {name: x}, spec: {jobTemplate: {spec: {${made}}}}}`,
  VirtualMachine: `{apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: {name: x}, spec: {${made}}}`,
  VirtualMachineInstance: `{apiVersion: kubevirt.io/v1, kind: VirtualMachineInstance, metadata: {name: x, labels: {app: x}}, spec: {hostNetwork: true, containers: [{ports: [{name: http, containerPort: 80}]}]}}`,
  Pod: `{apiVersion: v1, kind: Pod, metadata: {name: x, labels: {app: x}}, spec: {hostNetwork: true, containers: [{ports: [{name: http, containerPort: 80}]}]}}`,
};

describe("workloads", () => {
  for (const [kind, yaml] of Object.entries(kinds)) {
    it(`are read from a ${kind}`, () => {
      const { workloads, problems } = read(yaml);
      assert.deepEqual(problems, []);
      assert.deepEqual(workloads, [
        {
          namespace: "default",
          owner: "x",
          kind,
          labels: { app: "x" },
          ports: [{ name: "http", protocol: 6, port: 80 }],
          hostNetwork: true,
          serviceAccount: "default",
          addresses: [],
          urn: `test.yaml ${kind} default/x`,
        },
      ]);
    });
  }

  it("of one owner are one endpoint, unless their labels differ", () => {
    const pod = (name: string, labels: string) =>
      `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: ${labels}, ownerReferences: [{kind: Job, name: other}, {kind: ReplicaSet, name: web-1, controller: true}]}}`;
    const yaml = [pod("a", "{x: y}"), pod("b", "{x: y}"), pod("c", "{x: z}")].join("\n---\n");
    const { topology } = lift(yaml);
    assert.deepEqual(
      topology.endpoints.map(({ id, name }) => [id, name]),
      [
        ["default/web-1[ReplicaSet]", "default/web-1[ReplicaSet]"],
        ["default/web-1[ReplicaSet]#2", "default/web-1[ReplicaSet]"],
      ],
    );
  });

  it("have a sidecar's ports, but not those of what only runs before", () => {
    const spec =
      "{initContainers: [{restartPolicy: Always, ports: [{name: a, containerPort: 1}]}, {ports: [{name: b, containerPort: 2}]}], containers: []}";
    const { workloads } = read(`{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: ${spec}}`);
    assert.deepEqual(
      workloads[0]?.ports.map(({ name }) => name),
      ["a"],
    );
  });
});

describe("manifests", () => {
  it("may be lists, whose items need not say their kind", () => {
    const pods = "{apiVersion: v1, kind: PodList, items: [{metadata: {name: a}}]}";
    const list = `{apiVersion: v1, kind: List, items: [${pods}, {apiVersion: v1, kind: Pod, metadata: {name: b}}]}`;
    const { workloads, problems } = read(list);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      workloads.map(({ urn }) => urn),
      ["test.yaml.items[0].items[0] Pod default/a", "test.yaml.items[1] Pod default/b"],
    );
  });

  it("with generated names may be there several times", () => {
    const pod = "{apiVersion: v1, kind: Pod, metadata: {generateName: web-}}";
    const parts = joinClusters([read(`${pod}\n---\n${pod}`)]);
    assert.deepEqual(parts.problems, []);
    assert.equal(parts.workloads.length, 2);
  });

  it("of other kinds have no say, and what is no object is told", () => {
    const { workloads, problems, passedOver } = read(
      "{apiVersion: v1, kind: ConfigMap, metadata: {}}\n---\n[1, 2]\n---\nreplicas: 3\n---\n",
    );
    assert.deepEqual(workloads, []);
    assert.deepEqual(problems, []);
    assert.deepEqual(passedOver, ["test.yaml#2", "test.yaml#3"]);
  });

  for (const foreign of [
    "apiVersion: crd.projectcalico.org/v1, kind: NetworkPolicy",
    "apiVersion: crd.projectcalico.org/v1, kind: GlobalNetworkPolicy",
    "apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy",
    "apiVersion: networking.k8s.aws/v1alpha1, kind: ClusterNetworkPolicy",
    "apiVersion: networking.k8s.aws/v1alpha1, kind: ApplicationNetworkPolicy",
  ]) {
    it(`keep the verdict open where nobody reads them: ${foreign}`, () => {
      const object = `{${foreign}, metadata: {name: x, namespace: shop}, spec: {}}`;
      const lifted = lift(`${shop}\n---\n${object}`, anyPlugin);
      assert.equal(lifted.topology.unknowns.length, 1);
      assert.equal(arrives(lifted, "internet", "shop/web", "tcp/80"), "perhaps");
      assert.deepEqual(lifted.ties, []);
      const everywhere = /Global|Cluster/.test(foreign);
      assert.equal(
        arrives(lifted, "internet", "jobs/batch", "tcp/80"),
        everywhere ? "perhaps" : "yes",
      );
    });
  }

  const refused: Readonly<Record<string, [yaml: string, place: RegExp, code: string]>> = {
    "an object without a kind": ["{apiVersion: v1}", /^test.yaml: kind$/, "input-type"],
    "an object without a version": ["{kind: Pod}", /^test.yaml: apiVersion$/, "input-type"],
    "a pod without a name": [
      "{apiVersion: v1, kind: Pod}",
      /^test.yaml: metadata.name$/,
      "input-type",
    ],
    "a label that is no text": [
      "{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {version: 1}}}",
      /Pod default\/a: metadata.labels.version$/,
      "input-type",
    ],
    "an unknown field of a policy": [
      policy("{podSelector: {}, ingres: []}"),
      /NetworkPolicy shop\/p: spec.ingres$/,
      "input-unknown",
    ],
    "a peer that is nothing": [policy("{ingress: [{from: [{}]}]}"), /from\[0\]$/, "input-type"],
    "a peer that is both": [
      policy("{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}]}"),
      /from\[0\]$/,
      "input-type",
    ],
    "a prefix that is none": [
      policy("{ingress: [{from: [{ipBlock: {cidr: 10.0.0/8}}]}]}"),
      /ipBlock.cidr$/,
      "address-invalid",
    ],
    "a prefix with host bits": [
      policy("{ingress: [{from: [{ipBlock: {cidr: 10.1.2.3/8}}]}]}"),
      /ipBlock.cidr$/,
      "address-invalid",
    ],
    "IPv4 in IPv6's clothes": [
      policy('{ingress: [{from: [{ipBlock: {cidr: "::ffff:10.0.0.0/104"}}]}]}'),
      /ipBlock.cidr$/,
      "address-invalid",
    ],
    "half a port": [policy("{ingress: [{ports: [{port: 80.5}]}]}"), /port$/, "input-type"],
    "a protocol's number": [
      policy("{ingress: [{ports: [{protocol: 6, port: 80}]}]}"),
      /protocol$/,
      "input-type",
    ],
    "a label that no object can have": [
      policy('{podSelector: {matchLabels: {app: "web tier"}}}'),
      /matchLabels.app$/,
      "input-type",
    ],
    "a key of a label that is none": [
      policy("{podSelector: {matchExpressions: [{key: a b, operator: Exists}]}}"),
      /matchExpressions\[0\].key$/,
      "input-type",
    ],
    "a kind with a slip": [
      "{apiVersion: networking.k8s.io/v1, kind: NetworkPolcy, metadata: {name: a}, spec: {}}",
      /^test.yaml: kind$/,
      "input-unknown",
    ],
    "a namespace that is no text": [
      "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: 1}}",
      /metadata.namespace$/,
      "input-type",
    ],
    "names that act on terminals": [
      '{apiVersion: v1, kind: Pod, metadata: {name: "\\e[2J"}}',
      /metadata.name$/,
      "input-type",
    ],
    "a host's network that is neither": [
      '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostNetwork: "yes"}}',
      /spec.hostNetwork$/,
      "input-type",
    ],
    "a named port out of range": [
      "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{ports: [{name: a, containerPort: 70000}]}]}}",
      /containers\[0\].ports\[0\].containerPort$/,
      "input-type",
    ],
    "an exception outside": [
      policy("{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/8]}}]}]}"),
      /except\[0\]$/,
      "input-type",
    ],
    "an exception that is everything": [
      policy("{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]}]}"),
      /except\[0\]$/,
      "input-type",
    ],
    "a port out of range": [policy("{ingress: [{ports: [{port: 65536}]}]}"), /port$/, "input-type"],
    "port 0": [policy("{ingress: [{ports: [{port: 0}]}]}"), /port$/, "input-type"],
    "reversed ports": [
      policy("{ingress: [{ports: [{port: 9, endPort: 8}]}]}"),
      /endPort$/,
      "input-type",
    ],
    "endPort after a name": [
      policy("{ingress: [{ports: [{port: http, endPort: 8}]}]}"),
      /endPort$/,
      "input-type",
    ],
    "a name that is none": [policy("{ingress: [{ports: [{port: A_b}]}]}"), /port$/, "input-type"],
    "another protocol": [
      policy("{ingress: [{ports: [{protocol: ICMP}]}]}"),
      /protocol$/,
      "input-type",
    ],
    "another type": [policy("{policyTypes: [ingress]}"), /policyTypes\[0\]$/, "input-type"],
    "In without values": [
      policy("{podSelector: {matchExpressions: [{key: a, operator: In}]}}"),
      /values$/,
      "input-type",
    ],
    "Exists with values": [
      policy("{podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}"),
      /values$/,
      "input-type",
    ],
  };
  for (const [what, [yaml, place, code]] of Object.entries(refused)) {
    it(`refuse ${what}`, () => {
      const { problems } = read(yaml);
      assert.equal(problems.length, 1);
      assert.match(problems[0]?.place ?? "", place);
      assert.equal(problems[0]?.code, code);
      assert.notEqual(problems[0]?.next, "");
    });
  }
});
