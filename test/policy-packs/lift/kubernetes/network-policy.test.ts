/** NetworkPolicy as the API reference and "Network Policies" of the Kubernetes documents say it. */
import assert from "node:assert/strict";
import { arrives, lift, policy, shop } from "./cluster.ts";

interface Row {
  /** What the documents say. */
  readonly says: string;
  readonly policies: readonly string[];
  /** Packets with whether they arrive: `from to ports`. */
  readonly packets: Readonly<Record<string, "yes" | "no" | "perhaps">>;
}

const web = "podSelector: {matchLabels: {app: web}}";
const fromApp = "from: [{podSelector: {matchLabels: {app: app}}}]";

const rows: readonly Row[] = [
  {
    says: "pods that no policy selects are not isolated",
    policies: [],
    packets: { "shop/app shop/web tcp/80": "yes", "internet shop/web tcp/80": "yes" },
  },
  {
    says: "without policyTypes, ingress is always isolated",
    policies: [`{${web}}`],
    packets: {
      "shop/app shop/web tcp/80": "no",
      "internet shop/web udp/53": "no",
      "shop/web shop/app tcp/80": "yes",
      "shop/app shop/data tcp/80": "yes",
    },
  },
  {
    says: "without policyTypes, egress is isolated where it has rules",
    policies: [`{${web}, egress: [{to: [{podSelector: {matchLabels: {app: app}}}]}]}`],
    packets: {
      "shop/web shop/app tcp/80": "yes",
      "shop/web shop/data tcp/80": "no",
      "shop/app shop/web tcp/80": "no",
    },
  },
  {
    says: "an empty egress without policyTypes isolates ingress alone",
    policies: [`{${web}, egress: []}`],
    packets: { "shop/web shop/app tcp/80": "yes", "shop/app shop/web tcp/80": "no" },
  },
  {
    says: "policyTypes Egress leaves ingress alone, whatever ingress says",
    policies: [`{${web}, policyTypes: [Egress], ingress: []}`],
    packets: { "shop/app shop/web tcp/80": "yes", "shop/web internet tcp/443": "no" },
  },
  {
    says: "an empty podSelector selects all pods of the namespace",
    policies: ["{podSelector: {}}"],
    packets: {
      "jobs/batch shop/app tcp/80": "no",
      "shop/web shop/data tcp/80": "no",
      "shop/web jobs/batch tcp/80": "yes",
    },
  },
  {
    says: "an empty rule lets everything in",
    policies: [`{${web}, ingress: [{}]}`],
    packets: { "internet shop/web tcp/80": "yes", "shop/app shop/web sctp/9": "yes" },
  },
  {
    says: "empty from matches all sources, empty ports all ports",
    policies: [`{${web}, ingress: [{from: [], ports: []}]}`],
    packets: { "internet shop/web tcp/80": "yes" },
  },
  {
    says: "policies add up: what one allows is allowed",
    policies: [`{${web}}`, `{${web}, ingress: [{${fromApp}, ports: [{port: 80}]}]}`],
    packets: { "shop/app shop/web tcp/80": "yes", "shop/app shop/web tcp/81": "no" },
  },
  {
    says: "a connection needs the source's egress and the destination's ingress",
    policies: [
      `{${web}, policyTypes: [Egress], egress: [{ports: [{port: 80}]}]}`,
      "{podSelector: {matchLabels: {app: app}}, ingress: [{ports: [{port: 80}, {port: 81}]}]}",
    ],
    packets: { "shop/web shop/app tcp/80": "yes", "shop/web shop/app tcp/81": "no" },
  },
  {
    says: "a podSelector alone stays in the policy's namespace",
    policies: [`{${web}, ingress: [{from: [{podSelector: {matchLabels: {common: "yes"}}}]}]}`],
    packets: { "shop/app shop/web tcp/80": "yes", "jobs/batch shop/web tcp/80": "no" },
  },
  {
    says: "a namespaceSelector alone selects all pods there",
    policies: [`{${web}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: jobs}}}]}]}`],
    packets: { "jobs/batch shop/web tcp/80": "yes", "shop/app shop/web tcp/80": "no" },
  },
  {
    says: "both selectors in one element must hold, in two elements either",
    policies: [
      `{${web}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: jobs}}, podSelector: {matchLabels: {app: app}}}]}]}`,
    ],
    packets: { "jobs/batch shop/web tcp/80": "no", "shop/app shop/web tcp/80": "no" },
  },
  {
    says: "namespaces have the label kubernetes.io/metadata.name",
    policies: [
      `{${web}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: jobs}}}]}]}`,
    ],
    packets: { "jobs/batch shop/web tcp/80": "yes", "shop/app shop/web tcp/80": "no" },
  },
  {
    says: "matchExpressions know In, NotIn, Exists and DoesNotExist",
    policies: [
      `{${web}, ingress: [{from: [{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [data]}, {key: app, operator: Exists}, {key: none, operator: DoesNotExist}, {key: common, operator: In, values: ["yes", "no"]}]}}]}]}`,
    ],
    packets: { "shop/app shop/web tcp/80": "yes", "shop/data shop/web tcp/80": "no" },
  },
  {
    says: "NotIn selects what lacks the label too",
    policies: [
      `{${web}, ingress: [{from: [{podSelector: {matchExpressions: [{key: none, operator: NotIn, values: [x]}]}}]}]}`,
    ],
    packets: { "shop/app shop/web tcp/80": "yes" },
  },
  {
    says: "an ipBlock is its cidr without its exceptions",
    policies: [
      `{${web}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.0/30]}}]}]}`,
      `{podSelector: {matchLabels: {app: app}}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.4/30]}}]}]}`,
    ],
    packets: { "internet shop/web tcp/80": "yes", "internet shop/app tcp/80": "no" },
  },
  {
    says: "ports are TCP unless they say otherwise",
    policies: [`{${web}, ingress: [{ports: [{port: 80}, {port: 53, protocol: UDP}]}]}`],
    packets: {
      "internet shop/web tcp/80": "yes",
      "internet shop/web udp/80": "no",
      "internet shop/web udp/53": "yes",
      "internet shop/web tcp/53": "no",
    },
  },
  {
    says: "a protocol without a port is all its ports",
    policies: [`{${web}, ingress: [{ports: [{protocol: SCTP}]}]}`],
    packets: { "internet shop/web sctp/1": "yes", "internet shop/web tcp/1": "no" },
  },
  {
    says: "endPort makes a range, both ends in it",
    policies: [`{${web}, ingress: [{ports: [{port: 80, endPort: 90}]}]}`],
    packets: {
      "internet shop/web tcp/79": "no",
      "internet shop/web tcp/80": "yes",
      "internet shop/web tcp/90": "yes",
      "internet shop/web tcp/91": "no",
    },
  },
  {
    says: "a named port of ingress is what the selected pod calls so, in that protocol",
    policies: ["{podSelector: {}, ingress: [{ports: [{port: http}]}]}"],
    packets: {
      "internet shop/web tcp/8080": "yes",
      "internet shop/app tcp/9090": "yes",
      "internet shop/app tcp/8080": "no",
      "internet shop/data udp/53": "no",
    },
  },
  {
    says: "a named port of egress is what each destination calls so",
    policies: [`{${web}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]}`],
    packets: {
      "shop/web shop/app tcp/9090": "yes",
      "shop/web shop/app tcp/8080": "no",
      "shop/web jobs/batch tcp/8080": "no",
      "shop/web internet tcp/8080": "no",
    },
  },
  {
    says: "a named port with a selector is asked among the selected alone",
    policies: [
      `{${web}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: data}}}], ports: [{port: http, protocol: UDP}]}]}`,
    ],
    packets: { "shop/web shop/data udp/53": "yes", "shop/web shop/app tcp/9090": "no" },
  },
];

describe("NetworkPolicy", () => {
  for (const { says, policies, packets } of rows) {
    it(says, () => {
      const documents = policies.map((spec, index) => policy(spec, `p${index}`));
      const lifted = lift([shop, ...documents].join(""));
      const verdicts = Object.keys(packets).map((packet) => {
        const [from = "", to = "", ports = ""] = packet.split(" ");
        return [packet, arrives(lifted, from, to, ports)];
      });
      assert.deepEqual(Object.fromEntries(verdicts), packets);
    });
  }

  it("asks what a destination calls its port in a block, too, where blocks mean pods", () => {
    const plugin = { enforces: true, blocksMatchPods: true, bindsHostNetwork: true };
    const egress = "[{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: http}]}]";
    const spec = `{${web}, policyTypes: [Egress], egress: ${egress}}`;
    const lifted = lift(shop + policy(spec), plugin);
    const said = ["shop/app tcp/9090", "shop/app tcp/8080", "internet tcp/8080"].map((text) => {
      const [to = "", ports = ""] = text.split(" ");
      return arrives(lifted, "shop/web", to, ports);
    });
    assert.deepEqual(said, ["yes", "no", "no"]);
  });

  it("has no effect where no plugin enforces it", () => {
    const plugin = { enforces: false, blocksMatchPods: false, bindsHostNetwork: true };
    const lifted = lift(shop + policy("{podSelector: {}}"), plugin);
    assert.equal(arrives(lifted, "internet", "shop/web", "tcp/80"), "yes");
  });

  it("names the rule and the document that decided", () => {
    const { topology } = lift(shop + policy(`{${web}, ingress: [{${fromApp}}]}`));
    const origins = topology.stages.flatMap(({ tiers }) =>
      tiers.flatMap((tier) => tier.rules.map(({ origin }) => origin)),
    );
    const urn = "test.yaml#7 NetworkPolicy shop/p";
    assert.deepEqual(origins, [{ urn, path: "spec.ingress[0]" }]);
  });
});
