/** AWS WAF Developer Guide, "Resources that you can protect": stages of REST APIs and AppSync. */
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { guardedTypes, isGuarded } from "../shared/firewall-uses.ts";
import { referring } from "../shared/log-stores.ts";

const { stage, graph } = guardedTypes;
const restApi = "aws:apigateway/restApi:RestApi";

export const AN30: Rule = {
  id: "AN30",
  sentence: "A public API has a web application firewall.",
  why: "Known attacks, and thousands of tried passwords or tokens, reach the code behind the API unfiltered.",
  severity: "medium",
  tenets: ["T2", "T4"],
  controls: ["SC-7", "SI-4"],
  fix: "Plan a wafv2 WebAclAssociation for the stage or the GraphQL API.",
  subjects: [stage, graph],
  needs: "plan",
  check: (subject, judge, plan) => {
    if (isGuarded(judge, plan, subject) !== "no") return;
    if (subject.inputs.at("visibility").text() === "PRIVATE") {
      return judge.notApplicable("a private API");
    }
    const api = plan.follow(subject.inputs.at("restApi"), restApi);
    if (api.state === "resource") {
      const type = api.resource.inputs.at("endpointConfiguration", "types");
      if (type.text() === "PRIVATE") return judge.notApplicable("a private API");
    }
    judge.fail({ urn: subject.urn, path: "" }, "POST / with any body reaches the API as it is");
  },
  examples: examples(),
};

function examples(): readonly Example[] {
  const shop = referring(stage, "shop", "restApi", "api", { stageName: "v1" });
  const api = (type: string): ExampleResource => ({
    type: restApi,
    name: "api",
    props: { endpointConfiguration: { types: type } },
  });
  const use = (target: string) =>
    referring("aws:wafv2/webAclAssociation:WebAclAssociation", "use", "resourceArn", target);
  const orders: ExampleResource = {
    type: graph,
    name: "orders",
    props: { authenticationType: "AWS_IAM" },
  };
  return [
    {
      kind: "violating",
      says: "a stage, while another API has one",
      expect: "fail",
      resources: [shop, api("REGIONAL"), orders, use("orders")],
      path: "",
    },
    { kind: "violating", says: "a GraphQL API", expect: "fail", resources: [orders] },
    {
      kind: "clean",
      says: "a stage with a firewall",
      expect: "pass",
      resources: [shop, api("EDGE"), use("shop")],
    },
    {
      kind: "clean",
      says: "a private API",
      expect: "not-applicable",
      resources: [shop, api("PRIVATE")],
    },
    {
      kind: "unknown",
      says: "what the firewall guards is not known",
      expect: "unknown",
      resources: [shop, api("REGIONAL"), { ...use("shop"), dependsOn: {} }],
      path: "resourceArn",
    },
    {
      kind: "absent",
      says: "an API of another stack",
      expect: "fail",
      resources: [{ type: stage, name: "shop", props: { restApi: "a1b2c3", stageName: "v1" } }],
    },
  ];
}
