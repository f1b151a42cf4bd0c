/** The small cluster that every row of the Kubernetes and Istio tables begins with. */

import { drift } from "../../../../../local-clouds/lifecycle/drift.ts";
import type { ValueObject } from "../../../../../local-clouds/protocol/value.ts";
import { type Lab, type Made, openLab } from "../../../kit/lab.ts";
import { put } from "../rows.ts";

/** The server of the labs' cluster. */
export const cluster = "127.0.0.1:6443";

const security = "kubernetes:security.istio.io/v1";
const policyApi = "kubernetes:policy.networking.k8s.io";

/** A principal of the mesh's usual trust domain. */
export function principal(name: string, namespace = "shop"): string {
  return `cluster.local/ns/${namespace}/sa/${name}`;
}

/**
 * The namespaces `shop` (label `team=shop`) and `other`; in `shop` the Deployments `web` and `app`
 * (port `http` 8080), in `other` the Deployment `stranger`. Every pod has the label `app` by its name
 * and runs as a service account of its name.
 */
export class Cluster {
  readonly lab: Lab = openLab("kubernetes", {});

  constructor() {
    this.namespace("shop", { team: "shop" });
    this.namespace("other", { team: "other" });
    this.deploy("shop", "web");
    this.deploy("shop", "app");
    this.deploy("other", "stranger");
  }

  namespace(name: string, labels: ValueObject): Made {
    return this.lab.create("kubernetes:core/v1:Namespace", name, { metadata: { name, labels } });
  }

  deploy(
    namespace: string,
    name: string,
    spec: ValueObject = {},
    metadata: ValueObject = {},
  ): Made {
    const labels = { app: name };
    return this.lab.create("kubernetes:apps/v1:Deployment", `${namespace}-${name}`, {
      metadata: { name, namespace },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels, ...metadata },
          spec: {
            serviceAccountName: name,
            containers: [
              {
                name,
                image: `registry.test/${name}:1`,
                ports: [{ name: "http", containerPort: 8080 }],
              },
            ],
            ...spec,
          },
        },
      },
    });
  }

  /** A NetworkPolicy of `shop` for the pods that a selector selects. */
  policy(name: string, podSelector: ValueObject, spec: ValueObject, namespace = "shop"): Made {
    return this.lab.create(
      "kubernetes:networking.k8s.io/v1:NetworkPolicy",
      `${namespace}-${name}`,
      {
        metadata: { name, namespace },
        spec: { podSelector, ...spec },
      },
    );
  }

  /** Nothing comes in or goes out of the pods of `shop` any more. */
  isolate(): void {
    this.policy("default-deny", {}, { policyTypes: ["Ingress", "Egress"] });
  }

  /** Nothing comes in any more; egress stays open. */
  isolateIngress(): void {
    this.policy("default-deny", {}, { policyTypes: ["Ingress"] });
  }

  /** A ClusterNetworkPolicy (v1alpha2) for the pods of `shop`. */
  clusterPolicy(name: string, spec: ValueObject): void {
    const subject = { namespaces: { matchLabels: { team: "shop" } } };
    this.put(`${policyApi}/v1alpha2:ClusterNetworkPolicy`, name, { spec: { subject, ...spec } });
  }

  /** An AdminNetworkPolicy or BaselineAdminNetworkPolicy (v1alpha1) for the pods of `shop`. */
  adminPolicy(kind: string, name: string, spec: ValueObject): void {
    const subject = { namespaces: { matchLabels: { team: "shop" } } };
    this.put(`${policyApi}/v1alpha1:${kind}`, name, { spec: { subject, ...spec } });
  }

  /** The mesh is installed, and pods of both namespaces are in it. */
  mesh(): void {
    this.lab.create("kubernetes:core/v1:Namespace", "istio-system", {
      metadata: { name: "istio-system" },
    });
    this.lab.create("kubernetes:helm.sh/v3:Release", "base", {
      name: "base",
      chart: "base",
      namespace: "istio-system",
    });
    this.lab.create("kubernetes:helm.sh/v3:Release", "istiod", {
      name: "istiod",
      chart: "istiod",
      namespace: "istio-system",
      values: { meshConfig: {} },
    });
    for (const name of ["shop", "other"]) this.inject(name, "enabled");
  }

  /** Says whether pods of a namespace get a sidecar. */
  inject(namespace: string, value: string): void {
    this.label(namespace, { "istio-injection": value });
  }

  /** Puts a namespace into the ambient mesh. */
  ambient(namespace: string): void {
    this.label(namespace, { "istio.io/dataplane-mode": "ambient" });
  }

  private label(namespace: string, more: ValueObject): void {
    const urn = `:kubernetes:core/v1:Namespace::${namespace}`;
    const [live] = this.lab.clouds.world.all().filter((row) => row.urn.endsWith(urn));
    if (live === undefined) throw new Error(`no namespace ${namespace}`);
    const value = { team: namespace, ...more };
    drift(this.lab.clouds, {
      selector: live.urn,
      changes: [{ path: "metadata.labels", value }],
    });
  }

  /** The mesh's trust domain is another one than the usual. */
  trust(trustDomain: string): void {
    const selector = "kubernetes:helm.sh/v3:Release::istiod";
    drift(this.lab.clouds, {
      selector,
      changes: [{ path: "values.meshConfig", value: { trustDomain } }],
    });
  }

  peerAuthentication(namespace: string, spec: ValueObject, name = "default"): Made {
    return this.lab.create(`${security}:PeerAuthentication`, `${namespace}-${name}`, {
      metadata: { name, namespace },
      spec,
    });
  }

  authorize(name: string, spec: ValueObject, namespace = "shop"): Made {
    return this.lab.create(`${security}:AuthorizationPolicy`, `${namespace}-${name}`, {
      metadata: { name, namespace },
      spec,
    });
  }

  service(name: string, port: ValueObject, spec: ValueObject = {}): Made {
    return this.lab.create("kubernetes:core/v1:Service", name, {
      metadata: { name, namespace: "shop" },
      spec: { selector: { app: name }, ports: [port], ...spec },
    });
  }

  /** One endpoint of a Service of `shop`, written by hand. */
  slice(service: string, address: string, port: number): Made {
    return this.lab.create("kubernetes:discovery.k8s.io/v1:EndpointSlice", service, {
      metadata: {
        name: service,
        namespace: "shop",
        labels: { "kubernetes.io/service-name": service },
      },
      addressType: "IPv4",
      ports: [{ port, protocol: "TCP" }],
      endpoints: [{ addresses: [address] }],
    });
  }

  /** An object whose definition is not in the cluster. */
  put(token: string, id: string, outputs: ValueObject): string {
    return put(this.lab, { token, id, account: `https://${cluster}` }, outputs);
  }
}
