/** Amazon API Gateway Developer Guide, "Generate and configure an SSL certificate for backend authentication". */
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource, Reference } from "../../../model/policy/view.ts";
import { referring } from "../shared/log-stores.ts";
import { someOf } from "../shared/some-of.ts";

const stage = "aws:apigateway/stage:Stage";
const restApi = "aws:apigateway/restApi:RestApi";
const integration = "aws:apigateway/integration:Integration";

export const AN32: Rule = {
  id: "AN32",
  sentence: "A stage shows the servers behind it a certificate.",
  why: "The servers cannot tell the API from somebody who calls them directly, past its authorizers and limits.",
  severity: "medium",
  tenets: ["T2", "T6"],
  controls: ["IA-9", "SC-8"],
  fix: "Plan an apigateway ClientCertificate, name it as the stage's clientCertificateId, and let the servers ask for it.",
  subjects: [stage],
  needs: "plan",
  check: (subject, judge, plan) => {
    const certificate = subject.inputs.at("clientCertificateId");
    // An id that is not known yet is still the id of a certificate.
    if (certificate.state === "unknown" || (certificate.text() ?? "") !== "") return;
    const api = plan.follow(subject.inputs.at("restApi"), restApi);
    const byHttp = ({ inputs }: PlannedResource) =>
      /^HTTP/.test(inputs.at("type").text() ?? "") &&
      inputs.at("connectionType").text() !== "VPC_LINK" &&
      isSame(plan.follow(inputs.at("restApi"), restApi), api);
    const some = someOf(judge, plan.ofType(integration), byHttp);
    if (some === "yes") judge.fail(certificate, "a request to the server from 203.0.113.7");
    if (some === "no") judge.notApplicable("functions and services, which ask for AWS's signature");
  },
  examples: examples(),
};

function isSame(one: Reference, other: Reference): boolean {
  if (one.state === "resource")
    return other.state === "resource" && one.resource === other.resource;
  return one.state === "outside" && other.state === "outside" && one.value === other.value;
}

function examples(): readonly Example[] {
  const shop = (props: { readonly [key: string]: Json }) =>
    referring(stage, "shop", "restApi", "api", { stageName: "v1", ...props });
  const api: ExampleResource = { type: restApi, name: "api", props: { name: "shop" } };
  const behind = (type: string, more: { readonly [key: string]: Json } = {}) =>
    referring(integration, "behind", "restApi", "api", { type, ...more });
  return [
    {
      kind: "violating",
      says: "a server on the internet",
      expect: "fail",
      resources: [shop({}), api, behind("HTTP_PROXY")],
      path: "clientCertificateId",
    },
    {
      kind: "clean",
      says: "a certificate that is not known yet",
      expect: "pass",
      resources: [shop({ clientCertificateId: unknownHere }), api, behind("HTTP")],
    },
    {
      kind: "clean",
      says: "a function",
      expect: "not-applicable",
      resources: [shop({}), api, behind("AWS_PROXY")],
    },
    {
      kind: "clean",
      says: "a server in a VPC",
      expect: "not-applicable",
      resources: [shop({}), api, behind("HTTP", { connectionType: "VPC_LINK" })],
    },
    {
      kind: "unknown",
      says: "what is behind is not known",
      expect: "unknown",
      resources: [shop({}), api, behind(unknownHere)],
      path: "type",
    },
    {
      kind: "absent",
      says: "nothing behind",
      expect: "not-applicable",
      resources: [shop({}), api],
    },
  ];
}
