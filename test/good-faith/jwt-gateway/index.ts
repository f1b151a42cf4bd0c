/**
 * Follows "Secure Gateways" of Istio:
 * https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/
 * with tokens as in "JWT Token":
 * https://istio.io/latest/docs/tasks/security/authorization/authz-jwt/
 * in a mesh as of "Install with Helm":
 * https://istio.io/latest/docs/setup/install/helm/
 */
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

const host = "httpbin.example.com";
const issuer = "https://login.example.com";
const gateways = new kubernetes.core.v1.Namespace("istio-system", {
  metadata: { name: "istio-system" },
});
const repositoryOpts = { repo: "https://istio-release.storage.googleapis.com/charts" };

/** One of Istio's charts, after the one before it. */
function chart(name: string, of: string, after: pulumi.Resource[]) {
  return new kubernetes.helm.v3.Release(
    name,
    { name, chart: of, version: "1.28.0", namespace: gateways.metadata.name, repositoryOpts },
    { dependsOn: after },
  );
}
const istiod = chart("istiod", "istiod", [chart("istio-base", "base", [])]);
chart("istio-ingressgateway", "gateway", [istiod]);

const apps = new kubernetes.core.v1.Namespace("foo", {
  metadata: { name: "foo", labels: { "istio-injection": "enabled" } },
});

// A root of our own and a certificate of it, as the page makes with openssl.
const rootKey = new tls.PrivateKey("root", { algorithm: "RSA", rsaBits: 2048 });
const root = new tls.SelfSignedCert("root", {
  privateKeyPem: rootKey.privateKeyPem,
  isCaCertificate: true,
  validityPeriodHours: 8760,
  allowedUses: ["cert_signing", "crl_signing"],
  subject: { organization: "example Inc.", commonName: "example.com" },
});
const key = new tls.PrivateKey("httpbin", { algorithm: "RSA", rsaBits: 2048 });
const request = new tls.CertRequest("httpbin", {
  privateKeyPem: key.privateKeyPem,
  subject: { organization: "httpbin organization", commonName: host },
  dnsNames: [host],
});
const certificate = new tls.LocallySignedCert("httpbin", {
  certRequestPem: request.certRequestPem,
  caPrivateKeyPem: rootKey.privateKeyPem,
  caCertPem: root.certPem,
  validityPeriodHours: 8760,
  allowedUses: ["digital_signature", "key_encipherment", "server_auth"],
});
const credential = new kubernetes.core.v1.Secret("httpbin-credential", {
  metadata: { namespace: gateways.metadata.name, name: "httpbin-credential" },
  type: "kubernetes.io/tls",
  stringData: { "tls.crt": certificate.certPem, "tls.key": key.privateKeyPem },
});

const namespace = apps.metadata.name;
const labels = { app: "httpbin", version: "v1" };
const account = new kubernetes.core.v1.ServiceAccount("httpbin", {
  metadata: { namespace, name: "httpbin" },
});
new kubernetes.apps.v1.Deployment("httpbin", {
  metadata: { namespace, name: "httpbin" },
  spec: {
    replicas: 1,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        serviceAccountName: account.metadata.name,
        containers: [
          {
            name: "httpbin",
            image: "docker.io/mccutchen/go-httpbin:v2.15.0",
            imagePullPolicy: "IfNotPresent",
            ports: [{ containerPort: 8080 }],
          },
        ],
      },
    },
  },
});
new kubernetes.core.v1.Service("httpbin", {
  metadata: { namespace, name: "httpbin", labels: { app: "httpbin" } },
  spec: {
    selector: { app: "httpbin" },
    ports: [{ name: "http", port: 8000, targetPort: 8080 }],
  },
});

/** An object of one of Istio's kinds. */
function istio(kind: string, group: string, name: string, spec: pulumi.Inputs) {
  const apiVersion = `${group}.istio.io/v1`;
  new kubernetes.apiextensions.CustomResource(
    `${kind}-${name}`,
    { apiVersion, kind, metadata: { namespace, name }, spec },
    { dependsOn: [istiod] },
  );
}

istio("Gateway", "networking", "mygateway", {
  selector: { istio: "ingressgateway" },
  servers: [
    {
      port: { number: 443, name: "https", protocol: "HTTPS" },
      tls: { mode: "SIMPLE", credentialName: credential.metadata.name },
      hosts: [host],
    },
  ],
});
istio("VirtualService", "networking", "httpbin", {
  hosts: [host],
  gateways: ["mygateway"],
  http: [
    {
      match: [{ uri: { prefix: "/status" } }, { uri: { prefix: "/delay" } }],
      route: [{ destination: { host: "httpbin", port: { number: 8000 } } }],
    },
  ],
});
const selector = { matchLabels: { app: "httpbin" } };
istio("RequestAuthentication", "security", "jwt-example", {
  selector,
  jwtRules: [{ issuer, jwksUri: `${issuer}/.well-known/jwks.json` }],
});
istio("AuthorizationPolicy", "security", "require-jwt", {
  selector,
  action: "ALLOW",
  rules: [
    {
      from: [{ source: { requestPrincipals: [`${issuer}/*`] } }],
      when: [{ key: "request.auth.claims[groups]", values: ["group1"] }],
    },
  ],
});

export const url = pulumi.interpolate`https://${host}/status/418`;
