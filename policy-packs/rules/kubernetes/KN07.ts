/**
 * Kubernetes, "Ingress", and how the clouds' controllers take certificates by annotation; snippets
 * of the NGINX controllers put text into its configuration (CVE-2021-25742).
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";

const type = "kubernetes:networking.k8s.io/v1:Ingress";

/** Annotations that bring a certificate in place of `spec.tls`. */
const certificates = [
  "alb.ingress.kubernetes.io/certificate-arn",
  "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
  "ingress.gcp.kubernetes.io/pre-shared-cert",
  "networking.gke.io/certmap",
  "networking.gke.io/managed-certificates",
];
const snippet = /^nginx\.(ingress\.kubernetes\.io|org)\/.*snippets?$/;

export const KN07: Rule = {
  id: "KN07",
  sentence: "An Ingress has TLS, names its hosts and carries no snippets.",
  why: "Whoever listens on the way has the requests; a rule without a host takes what was meant for others, and a snippet reads the controller's secrets.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-8", "SC-7", "CM-7"],
  fix: "Set spec.tls with a certificate, a full host in each rule, and take snippet annotations out.",
  subjects: [type],
  needs: "resource",
  check: (subject, judge) => {
    const spec = subject.inputs.at("spec");
    const annotations = subject.inputs.at("metadata", "annotations");
    judge.part(() => {
      const annotated = certificates.some((key) => annotations.at(key).text() !== undefined);
      if (!annotated && isEmpty(spec.at("tls")))
        judge.fail(spec.at("tls"), "a request in plaintext");
    });
    for (const rule of entriesOf(spec.at("rules"))) {
      judge.part(() => {
        const host = rule.at("host");
        const text = host.text() ?? "";
        if (text === "" || text.startsWith("*"))
          judge.fail(host, "a request for somebody else's host");
      });
    }
    for (const key of annotations.keys().filter((one) => snippet.test(one))) {
      judge.fail(annotations.at(key), "configuration that prints the controller's token");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "no TLS",
      expect: "fail",
      resources: [ingress({ rules: [{ host: "shop.example" }] })],
      path: "spec.tls",
    },
    {
      kind: "violating",
      says: "every host",
      expect: "fail",
      resources: [ingress({ tls: [{ secretName: "shop" }], rules: [{ host: "*.example" }] })],
      path: "spec.rules[0].host",
    },
    {
      kind: "violating",
      says: "a snippet",
      expect: "fail",
      resources: [
        ingress(sound(), { "nginx.ingress.kubernetes.io/server-snippet": "return 200;" }),
      ],
      path: 'metadata.annotations["nginx.ingress.kubernetes.io/server-snippet"]',
    },
    { kind: "clean", says: "with both", expect: "pass", resources: [ingress(sound())] },
    {
      kind: "unknown",
      says: "the host is not known",
      expect: "unknown",
      resources: [ingress({ tls: [{ secretName: "shop" }], rules: [{ host: unknownHere }] })],
      path: "spec.rules[0].host",
    },
    { kind: "absent", says: "nothing", expect: "fail", resources: [ingress({})] },
  ],
};

function sound() {
  return { tls: [{ secretName: "shop" }], rules: [{ host: "shop.example" }] };
}

function ingress(spec: Json, annotations: Json = {}): ExampleResource {
  return { type, name: "shop", props: { metadata: { name: "shop", annotations }, spec } };
}
