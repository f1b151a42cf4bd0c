/** Services, as the documentation of Kubernetes describes them. */

import assert from "node:assert/strict";
import { ask, type Row, testRows } from "../rows.ts";
import { Cluster, cluster } from "./world.ts";

const page = "Kubernetes: Service";
const proxies = "Kubernetes: Virtual IPs and Service Proxies";
const web = `${cluster}/shop/web`;
const app = `${cluster}/shop/service/app`;
const open = { port: 80, targetPort: "http" };

const rows: readonly Row<Cluster>[] = [
  {
    name: "a Service sends what comes to its port to the target port of a pod",
    document: `${page}, Defining a Service`,
    says: "A Service maps any incoming port to a targetPort of the pods that its selector selects.",
    world: (w) => w.service("app", { port: 80, targetPort: 8080 }),
    packet: `${web} ${app} tcp 80`,
    verdict: "arrives",
    stage: "Service",
    rule: /TCP 80 -> port 8080 of shop\/app/,
  },
  {
    name: "without a target port it is the Service's own",
    document: `${page}, Defining a Service`,
    says: "By default the targetPort is the same as the port.",
    world: (w) => w.service("app", { port: 8080 }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: "Service",
    rule: /TCP 8080 -> port 8080/,
  },
  {
    name: "a target port may be the name of a pod's port",
    document: `${page}, Port definitions`,
    says: "A targetPort may name a port that the pods define.",
    world: (w) => w.service("app", open),
    packet: `${web} ${app} tcp 80`,
    verdict: "arrives",
    stage: "Service",
    rule: /TCP 80 -> port 8080/,
  },
  {
    name: "a name that no pod defines leads nowhere",
    document: `${page}, Port definitions`,
    says: "The name is looked up in the pods' port definitions.",
    world: (w) => w.service("app", { port: 80, targetPort: "admin" }),
    packet: `${web} ${app} tcp 80`,
    verdict: "dropped",
    stage: "Service",
    rule: /TCP 80 has no endpoint/,
  },
  {
    name: "the selector looks in the Service's own namespace only",
    document: `${page}, Defining a Service`,
    says: "A Service targets the pods of its namespace that have its selector's labels.",
    world: (w) => w.service("app", open, { selector: { app: "stranger" } }),
    packet: `${web} ${app} tcp 80`,
    verdict: "dropped",
    stage: "Service",
    rule: /no endpoint/,
  },
  {
    name: "a port that the Service does not have leads nowhere",
    document: `${proxies}, iptables proxy mode`,
    says: "Rules capture traffic to the Service's clusterIP and port.",
    world: (w) => w.service("app", open),
    packet: `${web} ${app} tcp 8080`,
    verdict: "dropped",
    stage: "Service",
    rule: /no port tcp 8080/,
  },
  {
    name: "a port is of one protocol",
    document: `${page}, Port definitions`,
    says: "The default protocol of a port is TCP.",
    world: (w) => w.service("app", open),
    packet: `${web} ${app} udp 80`,
    verdict: "dropped",
    stage: "Service",
    rule: /no port udp 80/,
  },
  {
    name: "policies judge the pod's port, not the Service's",
    document: `${proxies}, iptables proxy mode`,
    says: "The rules redirect traffic to the backends by destination NAT, the client's address stays.",
    world: (w) => {
      w.service("app", open);
      w.isolateIngress();
      w.policy(
        "app",
        { matchLabels: { app: "app" } },
        {
          ingress: [
            { from: [{ podSelector: { matchLabels: { app: "web" } } }], ports: [{ port: 8080 }] },
          ],
        },
      );
    },
    packet: `${web} ${app} tcp 80`,
    verdict: "arrives",
    stage: "NetworkPolicy, ingress",
    rule: /shop\/app ingress\[0\]/,
  },
  {
    name: "a policy for the Service's port alone does not help",
    document: `${proxies}, iptables proxy mode`,
    says: "The rules redirect traffic to the backends by destination NAT.",
    world: (w) => {
      w.service("app", open);
      w.isolateIngress();
      w.policy("app", { matchLabels: { app: "app" } }, { ingress: [{ ports: [{ port: 80 }] }] });
    },
    packet: `${web} ${app} tcp 80`,
    verdict: "dropped",
    stage: "NetworkPolicy, ingress",
    rule: /no rule allows it/,
  },
  {
    name: "of several backends one is chosen, so they must come to the same",
    document: `${proxies}, iptables proxy mode`,
    says: "kube-proxy in iptables mode chooses a backend at random.",
    world: (w) => {
      for (const name of ["one", "two"]) {
        w.deploy("shop", name, {}, { labels: { app: name, tier: "back" } });
      }
      w.service("app", open, { selector: { tier: "back" } });
      w.policy("shut", { matchLabels: { app: "two" } }, { policyTypes: ["Ingress"] });
    },
    packet: `${web} ${app} tcp 80`,
    verdict: "cannot tell",
    stage: "Service",
    rule: /which of shop\/one \(arrives\) and shop\/two \(isolated by shop\/shut/,
  },
  {
    name: "a headless Service changes no port",
    document: `${page}, Headless Services`,
    says: "A headless Service has no cluster IP, and kube-proxy does not handle it.",
    world: (w) => w.service("app", open, { clusterIP: "None" }),
    packet: `${web} ${app} tcp 8080`,
    verdict: "arrives",
    stage: "Service",
    rule: /headless: DNS gives the pods' own addresses/,
  },
  {
    name: "an external name is only a name",
    document: `${page}, ExternalName`,
    says: "It maps the Service to a DNS name; no proxying of any kind is set up.",
    world: (w) => w.service("app", open, { type: "ExternalName", externalName: "db.example.com" }),
    packet: `${web} ${app} tcp 80`,
    verdict: "cannot tell",
    stage: "Service",
    rule: /which address db\.example\.com has/,
  },
  {
    name: "without a selector and without EndpointSlices nothing stands behind a Service",
    document: `${page}, Services without selectors`,
    says: "EndpointSlices are not created automatically for a Service without selector.",
    world: (w) => w.service("app", open, { selector: {} }),
    packet: `${web} ${app} tcp 80`,
    verdict: "dropped",
    stage: "Service",
    rule: /no endpoint/,
  },
  {
    name: "an EndpointSlice with the Service's name as label stands behind it",
    document: `${page}, Services without selectors`,
    says: "An EndpointSlice is linked to a Service by the label kubernetes.io/service-name.",
    world: (w) => {
      w.service("app", { port: 80 }, { selector: {} });
      w.slice("app", "192.0.2.9", 9376);
    },
    packet: `${web} ${app} tcp 80`,
    verdict: "cannot tell",
    stage: "node",
    rule: /where the cluster's nodes are/,
  },
  {
    name: "whether an ipBlock sees an address behind a Service is not defined",
    document: "Kubernetes: Network Policies, Behavior of to and from selectors",
    says: "Connections to Service addresses that get rewritten may or may not be subject to ipBlock.",
    world: (w) => {
      w.service("app", { port: 80 }, { selector: {} });
      w.slice("app", "192.0.2.9", 9376);
      w.policy("out", {}, { egress: [{ to: [{ ipBlock: { cidr: "192.0.2.0/24" } }] }] });
    },
    packet: `${web} ${app} tcp 80`,
    verdict: "cannot tell",
    stage: "NetworkPolicy, egress",
    rule: /whether the ipBlock of shop\/out egress\[0\]/,
  },
  {
    name: "a ClusterIP is reachable from within the cluster only",
    document: `${page}, type: ClusterIP`,
    says: "The type makes the Service only reachable from within the cluster.",
    world: (w) => w.service("app", open),
    packet: `internet ${app} tcp 80`,
    verdict: "dropped",
    stage: "Service",
    rule: /ClusterIP without a port tcp 80 for the outside/,
  },
  {
    name: "a NodePort is a port of every node",
    document: `${page}, type: NodePort`,
    says: "Each node proxies the port, the same number on every node, into the Service.",
    world: (w) => w.service("app", { ...open, nodePort: 30080 }, { type: "NodePort" }),
    packet: `internet ${app} tcp 30080`,
    verdict: "arrives",
    stage: "Service",
    rule: /TCP 80 -> port 8080/,
  },
  {
    name: "a node has no port of the Service's own number",
    document: `${page}, type: NodePort`,
    says: "The Service is visible as node address with nodePort, and as clusterIP with port.",
    world: (w) => w.service("app", { ...open, nodePort: 30080 }, { type: "NodePort" }),
    packet: `internet ${app} tcp 80`,
    verdict: "dropped",
    stage: "Service",
    rule: /NodePort without a port tcp 80/,
  },
  {
    name: "what comes by a node port has another source, of which no ipBlock can be sure",
    document: "Kubernetes: Network Policies, Behavior of to and from selectors",
    says: "The source that a policy acts on may be the address of the pod's node.",
    world: (w) => {
      w.service("app", { ...open, nodePort: 30080 }, { type: "NodePort" });
      w.policy("in", {}, { ingress: [{ from: [{ ipBlock: { cidr: "192.0.2.0/24" } }] }] });
    },
    packet: `internet ${app} tcp 30080`,
    verdict: "cannot tell",
    stage: "NetworkPolicy, ingress",
    rule: /whether the ipBlock/,
  },
  {
    name: "a local external policy serves only nodes with an endpoint",
    document: `${proxies}, Traffic policies, External traffic policy`,
    says: "With Local, and no endpoint on the node, kube-proxy forwards nothing.",
    world: (w) =>
      w.service(
        "app",
        { ...open, nodePort: 30080 },
        { type: "NodePort", externalTrafficPolicy: "Local" },
      ),
    packet: `internet ${app} tcp 30080`,
    verdict: "cannot tell",
    stage: "Service",
    rule: /externalTrafficPolicy Local/,
  },
  {
    name: "a local internal policy serves only senders beside an endpoint",
    document: `${proxies}, Traffic policies, Internal traffic policy`,
    says: "With Local, and no endpoint on the node, traffic is dropped.",
    world: (w) => w.service("app", open, { internalTrafficPolicy: "Local" }),
    packet: `${web} ${app} tcp 80`,
    verdict: "cannot tell",
    stage: "Service",
    rule: /internalTrafficPolicy Local/,
  },
  {
    name: "a load balancer sends to the Service's pods",
    document: `${page}, type: LoadBalancer`,
    says: "Traffic from the external load balancer is directed at the backend pods.",
    world: (w) => w.service("app", open, { type: "LoadBalancer" }),
    packet: `internet ${app} tcp 80`,
    verdict: "arrives",
    stage: "Service",
    rule: /TCP 80 -> port 8080/,
  },
  {
    name: "source ranges limit who may use the load balancer",
    document: "Kubernetes API: ServiceSpec, loadBalancerSourceRanges",
    says: "Traffic through the load balancer is restricted to the client addresses listed.",
    world: (w) =>
      w.service("app", open, {
        type: "LoadBalancer",
        loadBalancerSourceRanges: ["198.51.100.0/24"],
      }),
    packet: `internet ${app} tcp 80`,
    verdict: "dropped",
    stage: "Service load balancer",
    rule: /leave 192\.0\.2\.1 out/,
  },
  {
    name: "with a local external policy the client's address stays",
    document: "Kubernetes API: ServiceSpec, externalTrafficPolicy",
    says: "Local preserves the client source address.",
    world: (w) => {
      w.service("app", open, { type: "LoadBalancer", externalTrafficPolicy: "Local" });
      w.policy("in", {}, { ingress: [{ from: [{ ipBlock: { cidr: "192.0.2.0/24" } }] }] });
    },
    packet: `internet ${app} tcp 80`,
    verdict: "arrives",
    stage: "NetworkPolicy, ingress",
    rule: /shop\/in ingress\[0\]/,
  },
  {
    name: "a proxy carries TCP, UDP and SCTP",
    document: "Kubernetes: Protocols for Services",
    says: "Services can be used with SCTP, TCP and UDP.",
    world: (w) => w.service("app", open),
    packet: `${web} ${app} icmp`,
    verdict: "cannot tell",
    stage: "Service",
    rule: /what the proxy does with icmp/,
  },
];

describe("packet probe: Services", () => {
  testRows(rows, () => new Cluster());

  it("knows a Service by its addresses and by the end of its URN", () => {
    const w = new Cluster();
    const made = w.service("app", open, { type: "LoadBalancer" });
    const { spec, status } = made.outputs as unknown as {
      spec: { clusterIP: string };
      status: { loadBalancer: { ingress: { ip: string }[] } };
    };
    const entrance = String(status.loadBalancer.ingress[0]?.ip);
    for (const packet of [
      `${web} ${spec.clusterIP} tcp 80`,
      `${web} Service::app tcp 80`,
      `Deployment::shop-web ${app} tcp 80`,
      `internet ${entrance} tcp 80`,
    ]) {
      const answer = ask(w.lab, packet);
      assert.equal(answer.verdict, "arrives", packet);
      assert.ok(
        answer.steps.some(({ stage }) => stage === "Service"),
        packet,
      );
    }
    const outside = ask(w.lab, `internet ${spec.clusterIP} tcp 80`);
    assert.equal(outside.verdict, "dropped");
    assert.throws(() => ask(w.lab, `${app} ${web} tcp 80`), /sends nothing by itself/);
    w.lab.close();
  });
});
