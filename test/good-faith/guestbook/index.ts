/**
 * Follows "Example: Deploying PHP Guestbook application with Redis" of Kubernetes:
 * https://kubernetes.io/docs/tutorials/stateless-application/guestbook/
 * with "Declare Network Policy" between the tiers:
 * https://kubernetes.io/docs/tasks/administer-cluster/declare-network-policy/
 */
import * as kubernetes from "@pulumi/kubernetes";

const space = new kubernetes.core.v1.Namespace("guestbook", { metadata: { name: "guestbook" } });
const namespace = space.metadata.name;
type Labels = Record<string, string>;

interface Tier {
  readonly labels: Labels;
  readonly image: string;
  readonly port: number;
  readonly replicas: number;
  /** The frontend finds Redis by name. */
  readonly service: { readonly name: string; readonly type: string };
  readonly env?: { name: string; value: string }[];
}

/** A deployment with the service before it. */
function tier(name: string, { labels, image, port, replicas, service, env }: Tier) {
  new kubernetes.apps.v1.Deployment(name, {
    metadata: { namespace, name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name,
              image,
              ports: [{ containerPort: port }],
              resources: { requests: { cpu: "100m", memory: "100Mi" } },
              ...(env === undefined ? {} : { env }),
            },
          ],
        },
      },
    },
  });
  return new kubernetes.core.v1.Service(name, {
    metadata: { namespace, name: service.name, labels },
    spec: { type: service.type, selector: labels, ports: [{ port, targetPort: port }] },
  });
}

const leader = { app: "redis", role: "leader", tier: "backend" };
const follower = { app: "redis", role: "follower", tier: "backend" };
const frontend = { app: "guestbook", tier: "frontend" };

tier("redis-leader", {
  labels: leader,
  image: "docker.io/redis:6.0.5",
  port: 6379,
  replicas: 1,
  service: { name: "redis-leader", type: "ClusterIP" },
});
tier("redis-follower", {
  labels: follower,
  image: "us-docker.pkg.dev/google-samples/containers/gke/gb-redis-follower:v2",
  port: 6379,
  replicas: 2,
  service: { name: "redis-follower", type: "ClusterIP" },
});
const front = tier("frontend", {
  labels: frontend,
  image: "us-docker.pkg.dev/google-samples/containers/gke/gb-frontend:v5",
  port: 80,
  replicas: 3,
  service: { name: "frontend", type: "LoadBalancer" },
  env: [{ name: "GET_HOSTS_FROM", value: "dns" }],
});

/** Lets pods of one kind into pods of another, on one port. */
function letIn(name: string, podLabels: Labels, port: number, from: Labels[]) {
  new kubernetes.networking.v1.NetworkPolicy(name, {
    metadata: { namespace, name },
    spec: {
      podSelector: { matchLabels: podLabels },
      policyTypes: ["Ingress"],
      ingress: [
        {
          ports: [{ protocol: "TCP", port }],
          // No peer at all means everybody.
          ...(from.length === 0
            ? {}
            : { from: from.map((matchLabels) => ({ podSelector: { matchLabels } })) }),
        },
      ],
    },
  });
}

new kubernetes.networking.v1.NetworkPolicy("default-deny", {
  metadata: { namespace, name: "default-deny" },
  spec: { podSelector: {}, policyTypes: ["Ingress"] },
});
letIn("browsers-to-frontend", frontend, 80, []);
letIn("to-leader", leader, 6379, [frontend, follower]);
letIn("to-followers", follower, 6379, [frontend]);

export const address = front.status.loadBalancer.ingress[0]?.ip;
