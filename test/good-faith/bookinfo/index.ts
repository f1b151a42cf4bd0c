/**
 * Follows "Bookinfo Application" of Istio:
 * https://istio.io/latest/docs/examples/bookinfo/
 * with the access control of "HTTP Traffic" and strict mutual TLS as in "Mutual TLS Migration":
 * https://istio.io/latest/docs/tasks/security/authorization/authz-http/
 * https://istio.io/latest/docs/tasks/security/authentication/mtls-migration/
 * in a mesh as of "Install with Helm":
 * https://istio.io/latest/docs/setup/install/helm/
 */
import * as kubernetes from "@pulumi/kubernetes";

const system = "istio-system";
const repositoryOpts = { repo: "https://istio-release.storage.googleapis.com/charts" };
const base = new kubernetes.helm.v3.Release("istio-base", {
  chart: "base",
  version: "1.28.0",
  namespace: system,
  createNamespace: true,
  repositoryOpts,
});
const istiod = new kubernetes.helm.v3.Release(
  "istiod",
  { chart: "istiod", version: "1.28.0", namespace: system, repositoryOpts },
  { dependsOn: [base] },
);
new kubernetes.helm.v3.Release(
  "ingressgateway",
  {
    // The chart calls its pods what follows "istio-".
    name: "istio-ingressgateway",
    chart: "gateway",
    version: "1.28.0",
    namespace: system,
    repositoryOpts,
  },
  { dependsOn: [istiod] },
);

const space = new kubernetes.core.v1.Namespace("bookinfo", {
  metadata: { name: "bookinfo", labels: { "istio-injection": "enabled" } },
});
const namespace = space.metadata.name;
const port = 9080;

/** A service, the account it runs as, and a deployment for each version. */
function service(app: string, versions: readonly string[]) {
  const account = new kubernetes.core.v1.ServiceAccount(app, {
    metadata: { namespace, name: `bookinfo-${app}`, labels: { account: app } },
  });
  new kubernetes.core.v1.Service(app, {
    metadata: { namespace, name: app, labels: { app, service: app } },
    spec: { selector: { app }, ports: [{ name: "http", port }] },
  });
  for (const version of versions) {
    const labels = { app, version };
    new kubernetes.apps.v1.Deployment(`${app}-${version}`, {
      metadata: { namespace, name: `${app}-${version}`, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: account.metadata.name,
            containers: [
              {
                name: app,
                image: `docker.io/istio/examples-bookinfo-${app}-${version}:1.20.3`,
                imagePullPolicy: "IfNotPresent",
                ports: [{ containerPort: port }],
              },
            ],
          },
        },
      },
    });
  }
}
service("details", ["v1"]);
service("ratings", ["v1"]);
service("reviews", ["v1", "v2", "v3"]);
service("productpage", ["v1"]);

/** An object of one of Istio's kinds. */
function istio(kind: string, group: string, name: string, spec: object) {
  const apiVersion = `${group}.istio.io/v1`;
  new kubernetes.apiextensions.CustomResource(
    `${kind}-${name}`,
    { apiVersion, kind, metadata: { namespace, name }, spec },
    { dependsOn: [istiod] },
  );
}

istio("PeerAuthentication", "security", "default", { mtls: { mode: "STRICT" } });
istio("Gateway", "networking", "bookinfo-gateway", {
  selector: { istio: "ingressgateway" },
  servers: [
    {
      port: { number: 80, name: "http", protocol: "HTTP" },
      hosts: ["*"],
    },
  ],
});
istio("VirtualService", "networking", "bookinfo", {
  hosts: ["*"],
  gateways: ["bookinfo-gateway"],
  http: [
    {
      match: [
        { uri: { exact: "/productpage" } },
        { uri: { prefix: "/static" } },
        { uri: { exact: "/login" } },
        { uri: { exact: "/logout" } },
        { uri: { prefix: "/api/v1/products" } },
      ],
      route: [{ destination: { host: "productpage", port: { number: port } } }],
    },
  ],
});

const methods = ["GET"];
istio("AuthorizationPolicy", "security", "allow-nothing", {});
istio("AuthorizationPolicy", "security", "productpage-viewer", {
  selector: { matchLabels: { app: "productpage" } },
  action: "ALLOW",
  rules: [{ to: [{ operation: { methods } }] }],
});
for (const [app, caller] of [
  ["details", "productpage"],
  ["reviews", "productpage"],
  ["ratings", "reviews"],
] as const) {
  istio("AuthorizationPolicy", "security", `${app}-viewer`, {
    selector: { matchLabels: { app } },
    action: "ALLOW",
    rules: [
      {
        from: [{ source: { principals: [`cluster.local/ns/bookinfo/sa/bookinfo-${caller}`] } }],
        to: [{ operation: { methods } }],
      },
    ],
  });
}
