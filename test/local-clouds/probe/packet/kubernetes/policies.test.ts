/** Policies of a cluster, as the Kubernetes and Network Policy API documentation describe them. */

import { type Row, testRows } from "../rows.ts";
import { Cluster, cluster } from "./world.ts";

const page = "Kubernetes: Network Policies";
const isolation = `${page}, The two sorts of pod isolation`;
const resource = `${page}, The NetworkPolicy resource`;
const selectors = `${page}, Behavior of to and from selectors`;
const tiers = "Network Policy API: ClusterNetworkPolicy";
const web = `${cluster}/shop/web`;
const app = `${cluster}/shop/app`;
const stranger = `${cluster}/other/stranger`;
const into = "NetworkPolicy, ingress";
const out = "NetworkPolicy, egress";
const appOnly = { matchLabels: { app: "app" } };
const webOnly = { matchLabels: { app: "web" } };
const tcp8080 = { protocol: "TCP", port: 8080 };

const rows: readonly Row<Cluster>[] = [
  {
    name: "without a policy everything is allowed",
    document: isolation,
    says: "By default a pod is not isolated; all connections are allowed.",
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "arrives",
    stage: "pod isolation, ingress",
    rule: /no policy selects the pod/,
  },
  {
    name: "a policy without rules isolates the pods it selects",
    document: `${page}, Default deny all ingress traffic`,
    says: "An empty selector selects all pods of the namespace; without ingress rules nothing is allowed.",
    world: (w) => w.isolateIngress(),
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: into,
    rule: /isolated by shop\/default-deny/,
  },
  {
    name: "a policy isolates pods of its own namespace only",
    document: resource,
    says: "A policy applies to pods of its namespace.",
    world: (w) => w.isolateIngress(),
    packet: `${web} ${stranger} tcp 8080`,
    verdict: "arrives",
    stage: "pod isolation, ingress",
    rule: /no policy selects/,
  },
  {
    name: "a pod that no policy selects is not isolated",
    document: isolation,
    says: "A pod is isolated only if a policy selects it.",
    world: (w) => w.policy("deny-app", appOnly, { policyTypes: ["Ingress"] }),
    packet: `${stranger} ${web} tcp 8080`,
    verdict: "arrives",
    stage: "pod isolation, ingress",
    rule: /no policy selects/,
  },
  {
    name: "policies add up",
    document: isolation,
    says: "Policies do not conflict; what any of them allows is allowed.",
    world: (w) => {
      w.isolateIngress();
      w.policy("from-web", appOnly, {
        ingress: [{ from: [{ podSelector: webOnly }], ports: [tcp8080] }],
      });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: into,
    rule: /shop\/from-web ingress\[0\]/,
  },
  {
    name: "both ends must allow",
    document: isolation,
    says: "The sender's egress policies and the receiver's ingress policies both have to allow.",
    world: (w) => {
      w.isolate();
      w.policy("from-web", appOnly, { ingress: [{ from: [{ podSelector: webOnly }] }] });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: out,
    rule: /isolated by shop\/default-deny/,
  },
  {
    name: "egress allowed at the sender, ingress at the receiver",
    document: isolation,
    says: "If either side does not allow, the connection does not happen; with both it does.",
    world: (w) => {
      w.isolate();
      w.policy("to-app", webOnly, {
        policyTypes: ["Egress"],
        egress: [{ to: [{ podSelector: appOnly }], ports: [tcp8080] }],
      });
      w.policy("from-web", appOnly, { ingress: [{ from: [{ podSelector: webOnly }] }] });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: out,
    rule: /shop\/to-app egress\[0\]/,
  },
  {
    name: "a policy with egress rules is of both types",
    document: resource,
    says: "Without policyTypes Ingress is always set, and Egress if there are egress rules.",
    world: (w) => w.policy("both", appOnly, { egress: [{}] }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: into,
    rule: /isolated by shop\/both/,
  },
  {
    name: "a policy without egress rules does not isolate egress",
    document: resource,
    says: "Egress is set only if there are egress rules.",
    world: (w) => w.policy("in-only", webOnly, { ingress: [] }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: "pod isolation, egress",
    rule: /no policy selects/,
  },
  {
    name: "a rule without peers means everybody",
    document: `${page}, Allow all ingress traffic`,
    says: "An empty rule allows all.",
    world: (w) => w.policy("open", appOnly, { ingress: [{}] }),
    packet: `${stranger} ${app} udp 9999`,
    verdict: "arrives",
    stage: into,
    rule: /shop\/open ingress\[0\]/,
  },
  {
    name: "a pod selector alone means the policy's namespace",
    document: selectors,
    says: "podSelector selects pods in the same namespace as the policy.",
    world: (w) => {
      w.deploy("other", "web");
      w.policy("from-web", appOnly, { ingress: [{ from: [{ podSelector: webOnly }] }] });
    },
    packet: `${cluster}/other/web ${app} tcp 8080`,
    verdict: "dropped",
    stage: into,
    rule: /no rule allows it/,
  },
  {
    name: "a namespace selector means all pods of the namespaces",
    document: selectors,
    says: "namespaceSelector selects namespaces of which all pods are allowed.",
    world: (w) =>
      w.policy("from-other", appOnly, {
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: "other" } } }] }],
      }),
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "arrives",
    stage: into,
    rule: /from-other ingress\[0\]/,
  },
  {
    name: "both selectors of one item must match",
    document: selectors,
    says: "An item with both selects certain pods in certain namespaces.",
    world: (w) =>
      w.policy("picky", appOnly, {
        ingress: [
          {
            from: [{ namespaceSelector: { matchLabels: { team: "other" } }, podSelector: webOnly }],
          },
        ],
      }),
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "dropped",
    stage: into,
    rule: /no rule allows it/,
  },
  {
    name: "two items are alternatives",
    document: selectors,
    says: "Items of from are or-ed: here all pods of the namespace, or web of its own.",
    world: (w) =>
      w.policy("either", appOnly, {
        ingress: [
          {
            from: [
              { namespaceSelector: { matchLabels: { team: "other" } } },
              { podSelector: webOnly },
            ],
          },
        ],
      }),
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "arrives",
    stage: into,
    rule: /either ingress\[0\]/,
  },
  {
    name: "a namespace is known by its name's label",
    document: `${page}, Targeting a Namespace by its name`,
    says: "The control plane sets kubernetes.io/metadata.name on every namespace.",
    world: (w) =>
      w.policy("by-name", appOnly, {
        ingress: [
          {
            from: [
              { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "other" } } },
            ],
          },
        ],
      }),
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "arrives",
    stage: into,
    rule: /by-name/,
  },
  {
    name: "expressions of a selector must all hold",
    document: "Kubernetes: Labels and Selectors, Resources that support set-based requirements",
    says: "matchExpressions with In, NotIn, Exists and DoesNotExist are and-ed.",
    world: (w) =>
      w.policy("set", appOnly, {
        ingress: [
          {
            from: [
              {
                podSelector: {
                  matchExpressions: [
                    { key: "app", operator: "In", values: ["web", "batch"] },
                    { key: "banned", operator: "DoesNotExist" },
                    { key: "app", operator: "NotIn", values: ["batch"] },
                    { key: "app", operator: "Exists" },
                  ],
                },
              },
            ],
          },
        ],
      }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: into,
    rule: /shop\/set/,
  },
  {
    name: "another port is not allowed",
    document: resource,
    says: "A rule allows traffic that matches both its peers and its ports.",
    world: (w) => w.policy("port", appOnly, { ingress: [{ ports: [tcp8080] }] }),
    packet: `${web} ${app} tcp 9090`,
    verdict: "dropped",
    stage: into,
    rule: /no rule allows it/,
  },
  {
    name: "a port without protocol is TCP",
    document: "Kubernetes API: NetworkPolicyPort",
    says: "protocol defaults to TCP.",
    world: (w) => w.policy("port", appOnly, { ingress: [{ ports: [{ port: 53 }] }] }),
    packet: `${web} ${app} udp 53`,
    verdict: "dropped",
    stage: into,
    rule: /no rule allows it/,
  },
  {
    name: "endPort makes a range",
    document: `${page}, Targeting a range of ports`,
    says: "With endPort the range from port to endPort is targeted.",
    world: (w) =>
      w.policy("range", appOnly, {
        ingress: [{ ports: [{ protocol: "TCP", port: 8000, endPort: 8080 }] }],
      }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: into,
    rule: /shop\/range/,
  },
  {
    name: "beyond endPort nothing is allowed",
    document: `${page}, Targeting a range of ports`,
    says: "The range ends with endPort.",
    world: (w) =>
      w.policy("range", appOnly, {
        ingress: [{ ports: [{ protocol: "TCP", port: 8000, endPort: 8079 }] }],
      }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: into,
    rule: /no rule allows it/,
  },
  {
    name: "a named port is looked up at the receiver",
    document: "Kubernetes API: NetworkPolicyPort",
    says: "port may be a number or the name of a port on a pod.",
    world: (w) => w.policy("named", appOnly, { ingress: [{ ports: [{ port: "http" }] }] }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: into,
    rule: /shop\/named/,
  },
  {
    name: "a name that the receiver's pod does not have matches nothing",
    document: "Kubernetes API: NetworkPolicyPort",
    says: "The name is one of the pod's own ports.",
    world: (w) => w.policy("named", appOnly, { ingress: [{ ports: [{ port: "grpc" }] }] }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: into,
    rule: /no rule allows it/,
  },
  {
    name: "SCTP is a protocol of policies",
    document: resource,
    says: "Protocols are TCP, UDP and SCTP.",
    world: (w) =>
      w.policy("sctp", appOnly, { ingress: [{ ports: [{ protocol: "SCTP", port: 38412 }] }] }),
    packet: `${web} ${app} sctp 38412`,
    verdict: "arrives",
    stage: into,
    rule: /shop\/sctp/,
  },
  {
    name: "what happens to ICMP is the plugin's",
    document: `${page}, The NetworkPolicy resource, protocols`,
    says: "For other protocols than TCP, UDP and SCTP the behaviour may vary across network plugins.",
    world: (w) => w.isolateIngress(),
    packet: `${web} ${app} icmp`,
    verdict: "cannot tell",
    stage: into,
    rule: /other protocols/,
  },
  {
    name: "an ipBlock means addresses outside of the cluster",
    document: selectors,
    says: "ipBlock selects ranges, which should be outside of the cluster.",
    world: (w) =>
      w.policy("from-net", appOnly, {
        ingress: [{ from: [{ ipBlock: { cidr: "192.0.2.0/24" } }], ports: [tcp8080] }],
      }),
    packet: `192.0.2.9 ${app} tcp 8080`,
    verdict: "arrives",
    stage: into,
    rule: /from-net/,
  },
  {
    name: "except cuts a range out",
    document: "Kubernetes API: IPBlock",
    says: "except lists ranges that are not included.",
    world: (w) =>
      w.policy("from-net", appOnly, {
        ingress: [{ from: [{ ipBlock: { cidr: "192.0.2.0/24", except: ["192.0.2.0/28"] } }] }],
      }),
    packet: `192.0.2.9 ${app} tcp 8080`,
    verdict: "dropped",
    stage: into,
    rule: /no rule allows it/,
  },
  {
    name: "a selector means no address outside",
    document: selectors,
    says: "Selectors select pods and namespaces of the cluster.",
    world: (w) => w.policy("pods", appOnly, { ingress: [{ from: [{ namespaceSelector: {} }] }] }),
    packet: `192.0.2.9 ${app} tcp 8080`,
    verdict: "dropped",
    stage: into,
    rule: /no rule allows it/,
  },
  {
    name: "whether a range holds a pod's address is not known",
    document: selectors,
    says: "Pod addresses are ephemeral, and whether ipBlock sees them is undefined.",
    world: (w) =>
      w.policy("narrow", appOnly, {
        ingress: [{ from: [{ ipBlock: { cidr: "10.244.0.0/16" } }] }],
      }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "cannot tell",
    stage: into,
    rule: /ipBlock of shop\/narrow/,
  },
  {
    name: "a pod reaches itself",
    document: isolation,
    says: "A pod cannot block access to itself.",
    world: (w) => w.isolate(),
    packet: `${app} ${app} tcp 8080`,
    verdict: "arrives",
    stage: "pod isolation, ingress",
    rule: /itself/,
  },
  {
    name: "pods in the host's network are the plugin's",
    document: `${page}, NetworkPolicy and hostNetwork pods`,
    says: "Behaviour for hostNetwork pods is undefined.",
    world: (w) => {
      w.deploy("shop", "agent", { hostNetwork: true });
      w.isolateIngress();
    },
    packet: `${web} ${cluster}/shop/agent tcp 8080`,
    verdict: "cannot tell",
    stage: "pod isolation, ingress",
    rule: /host's network/,
  },
  {
    name: "an egress policy judges what leaves the cluster",
    document: isolation,
    says: "Isolation for egress holds for all destinations.",
    world: (w) => w.isolate(),
    packet: `${web} internet tcp 443`,
    verdict: "dropped",
    stage: out,
    rule: /isolated/,
  },
  {
    name: "where the cluster's nodes are is not known of a foreign cluster",
    document: "Kubernetes: Cluster Networking",
    says: "How nodes reach other networks is the provider's.",
    packet: `${web} internet tcp 443`,
    verdict: "cannot tell",
    stage: "node",
    rule: /where the cluster's nodes are/,
  },
  {
    name: "a service account stands for a pod that is not deployed",
    document: "Kubernetes: Service Accounts",
    says: "Pods run as a service account of their namespace.",
    world: (w) => {
      w.lab.create("kubernetes:core/v1:ServiceAccount", "later", {
        metadata: { name: "later", namespace: "shop" },
      });
      w.isolateIngress();
      w.policy("from-later", appOnly, {
        ingress: [{ from: [{ podSelector: { matchLabels: { app: "later" } } }] }],
      });
    },
    packet: `${cluster}/shop/later ${app} tcp 8080`,
    verdict: "arrives",
    stage: into,
    rule: /from-later/,
  },
  {
    name: "the Admin tier comes before NetworkPolicies",
    document: `${tiers}, Tiers`,
    says: "Rules of the Admin tier are evaluated before NetworkPolicy.",
    world: (w) => {
      w.policy("open", appOnly, { ingress: [{}] });
      w.clusterPolicy("deny", {
        tier: "Admin",
        priority: 10,
        ingress: [{ action: "Deny", from: [{ namespaces: {} }] }],
      });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: "Admin tier, ingress",
    rule: /deny ingress\[0\] denies/,
  },
  {
    name: "Accept passes NetworkPolicies by",
    document: `${tiers}, Actions`,
    says: "Accept lets the traffic pass without asking lower tiers.",
    world: (w) => {
      w.isolateIngress();
      w.clusterPolicy("monitor", {
        tier: "Admin",
        priority: 10,
        ingress: [
          {
            name: "scrape",
            action: "Accept",
            from: [{ namespaces: { matchLabels: { team: "other" } } }],
          },
        ],
      });
    },
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "arrives",
    stage: "Admin tier, ingress",
    rule: /monitor scrape accepts/,
  },
  {
    name: "Pass hands on to NetworkPolicies",
    document: `${tiers}, Actions`,
    says: "Pass skips the rest of the tier.",
    world: (w) => {
      w.isolateIngress();
      w.clusterPolicy("delegate", {
        tier: "Admin",
        priority: 10,
        ingress: [{ action: "Pass", from: [{ namespaces: {} }] }],
      });
      w.clusterPolicy("later", {
        tier: "Admin",
        priority: 20,
        ingress: [{ action: "Accept", from: [{ namespaces: {} }] }],
      });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: into,
    rule: /isolated by shop\/default-deny/,
  },
  {
    name: "the lower priority number comes first",
    document: `${tiers}, Priority`,
    says: "Policies of lower priority numbers are evaluated first.",
    world: (w) => {
      const ingress = (action: string) => [{ action, from: [{ namespaces: {} }] }];
      w.clusterPolicy("second", { tier: "Admin", priority: 20, ingress: ingress("Accept") });
      w.clusterPolicy("first", { tier: "Admin", priority: 10, ingress: ingress("Deny") });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: "Admin tier, ingress",
    rule: /first ingress\[0\]/,
  },
  {
    name: "policies of one priority that disagree are undefined",
    document: `${tiers}, Priority`,
    says: "Which of two conflicting policies of one priority applies is undefined.",
    world: (w) => {
      const ingress = (action: string) => [{ action, from: [{ namespaces: {} }] }];
      w.clusterPolicy("yes", { tier: "Admin", priority: 10, ingress: ingress("Accept") });
      w.clusterPolicy("no", { tier: "Admin", priority: 10, ingress: ingress("Deny") });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "cannot tell",
    stage: "Admin tier, ingress",
    rule: /both have priority 10/,
  },
  {
    name: "the first rule of a policy that matches decides",
    document: `${tiers}, Rules`,
    says: "Rules of one policy are evaluated in their order.",
    world: (w) =>
      w.clusterPolicy("ordered", {
        tier: "Admin",
        priority: 10,
        ingress: [
          {
            action: "Accept",
            from: [{ pods: { namespaceSelector: {}, podSelector: webOnly } }],
            protocols: [{ tcp: { destinationPort: { number: 8080 } } }],
          },
          { action: "Deny", from: [{ namespaces: {} }] },
        ],
      }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: "Admin tier, ingress",
    rule: /ordered ingress\[0\] accepts/,
  },
  {
    name: "another port falls to the next rule",
    document: `${tiers}, Rules`,
    says: "A rule with protocols matches those only.",
    world: (w) =>
      w.clusterPolicy("ordered", {
        tier: "Admin",
        priority: 10,
        ingress: [
          {
            action: "Accept",
            from: [{ namespaces: {} }],
            protocols: [{ tcp: { destinationPort: { range: { start: 8000, end: 8080 } } } }],
          },
          { action: "Deny", from: [{ namespaces: {} }] },
        ],
      }),
    packet: `${web} ${app} tcp 8081`,
    verdict: "dropped",
    stage: "Admin tier, ingress",
    rule: /ordered ingress\[1\] denies/,
  },
  {
    name: "networks of the Admin tier judge what leaves",
    document: `${tiers}, Egress peers`,
    says: "networks matches destinations by their ranges.",
    world: (w) =>
      w.clusterPolicy("no-net", {
        tier: "Admin",
        priority: 10,
        egress: [{ action: "Deny", to: [{ networks: ["192.0.2.0/24"] }] }],
      }),
    packet: `${web} internet tcp 443`,
    verdict: "dropped",
    stage: "Admin tier, egress",
    rule: /no-net egress\[0\] denies/,
  },
  {
    name: "the Baseline tier decides for pods that nothing isolates",
    document: `${tiers}, Tiers`,
    says: "Rules of the Baseline tier are evaluated after NetworkPolicy.",
    world: (w) =>
      w.clusterPolicy("base", {
        tier: "Baseline",
        priority: 10,
        ingress: [{ action: "Deny", from: [{ namespaces: {} }] }],
      }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: "Baseline tier, ingress",
    rule: /base ingress\[0\] denies/,
  },
  {
    name: "a pod that a NetworkPolicy isolates never reaches the Baseline tier",
    document: `${tiers}, Tiers`,
    says: "Baseline applies only to traffic of pods not selected by any NetworkPolicy.",
    world: (w) => {
      w.policy("open", appOnly, { ingress: [{}] });
      w.clusterPolicy("base", {
        tier: "Baseline",
        priority: 10,
        ingress: [{ action: "Deny", from: [{ namespaces: {} }] }],
      });
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: into,
    rule: /shop\/open/,
  },
  {
    name: "an AdminNetworkPolicy is of the Admin tier",
    document: "Network Policy API: AdminNetworkPolicy",
    says: "Its rules allow, deny or pass before NetworkPolicy.",
    world: (w) =>
      w.adminPolicy("AdminNetworkPolicy", "old", {
        priority: 5,
        ingress: [
          {
            action: "Deny",
            from: [{ namespaces: {} }],
            ports: [{ portNumber: { protocol: "TCP", port: 8080 } }],
          },
        ],
      }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: "Admin tier, ingress",
    rule: /old ingress\[0\] denies/,
  },
  {
    name: "a BaselineAdminNetworkPolicy comes last",
    document: "Network Policy API: BaselineAdminNetworkPolicy",
    says: "It applies where no NetworkPolicy does.",
    world: (w) =>
      w.adminPolicy("BaselineAdminNetworkPolicy", "default", {
        ingress: [{ action: "Deny", from: [{ namespaces: { matchLabels: { team: "other" } } }] }],
      }),
    packet: `${stranger} ${app} tcp 8080`,
    verdict: "dropped",
    stage: "Baseline tier, ingress",
    rule: /default ingress\[0\] denies/,
  },
  {
    name: "policies of a network plugin's own are not read",
    document: "Cilium: Network Policy, Policy enforcement modes",
    says: "CiliumNetworkPolicies apply together with NetworkPolicies of the same pods.",
    world: (w) => w.put("kubernetes:cilium.io/v2:CiliumNetworkPolicy", "shop/l7", { spec: {} }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "cannot tell",
    stage: "pod isolation, egress",
    rule: /what CiliumNetworkPolicy shop\/l7 says/,
  },
  {
    name: "a plugin's policy of another namespace does not matter",
    document: "Cilium: Network Policy, CiliumNetworkPolicy",
    says: "A CiliumNetworkPolicy applies to pods of its namespace.",
    world: (w) => w.put("kubernetes:cilium.io/v2:CiliumNetworkPolicy", "other/l7", { spec: {} }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: "pod isolation, ingress",
    rule: /no policy selects/,
  },
  {
    name: "a policy changed by hand decides at once",
    document: page,
    says: "Policies apply to connections as they are.",
    world: (w) => {
      const policy = w.policy("from-web", appOnly, {
        ingress: [{ from: [{ podSelector: webOnly }] }],
      });
      w.lab.drift(policy, "spec.ingress", []);
    },
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: into,
    rule: /isolated by shop\/from-web/,
  },
];

describe("packet probe: Kubernetes policies", () => {
  testRows(rows, () => new Cluster());
});
