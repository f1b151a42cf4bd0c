/**
 * AWS WAF Developer Guide, "Resources that you can protect". A distribution of buckets alone hands out
 * files: there is no application to which a request could do something.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { bucketTypes } from "../shared/bucket-parts.ts";
import { guardedTypes, isGuarded } from "../shared/firewall-uses.ts";
import { referring } from "../shared/log-stores.ts";
import { distributionOf, servesFilesOnly } from "../shared/public-site.ts";

const { balancer } = guardedTypes;
const distributions = [
  "aws:cloudfront/distribution:Distribution",
  "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
];
const witness = "GET /?id=1%20UNION%20SELECT reaches the application as it is";

export const AN22: Rule = {
  id: "AN22",
  sentence: "A public load balancer or distribution has a web application firewall.",
  why: "Requests with known attacks, or thousands of tried passwords, reach the application unfiltered.",
  severity: "medium",
  tenets: ["T2", "T4"],
  controls: ["SC-7", "SI-4"],
  fix: "Plan a wafv2 WebAclAssociation for the load balancer; set the distribution's webAclId.",
  subjects: [balancer, ...distributions],
  needs: "plan",
  check: (subject, judge, plan) => {
    const { inputs, type } = subject;
    if (type !== balancer) {
      const firewall = inputs.at("webAclId");
      // An id that is not known yet is still the id of a firewall.
      if (firewall.state === "unknown" || (firewall.text() ?? "") !== "") return;
      if (servesFilesOnly(plan, subject)) return judge.notApplicable("it hands out files only");
      return judge.fail(firewall, witness);
    }
    if ((inputs.at("loadBalancerType").text() ?? "application") !== "application") {
      return judge.notApplicable("firewalls stand before application load balancers only");
    }
    if (inputs.at("internal").flag() === true) return judge.notApplicable("it is internal");
    if (isGuarded(judge, plan, subject) === "no") {
      judge.fail({ urn: subject.urn, path: "" }, witness);
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a load balancer beside a firewall of another one",
      expect: "fail",
      resources: [
        lb({ internal: false }),
        { ...association(), props: { resourceArn: "arn:other" }, dependsOn: {} },
      ],
      path: "",
    },
    {
      kind: "violating",
      says: "a distribution",
      expect: "fail",
      resources: alone("aws:cloudfront/distribution:Distribution", { enabled: true }),
      path: "webAclId",
    },
    {
      kind: "clean",
      says: "a distribution of a bucket",
      expect: "not-applicable",
      resources: [distributionOf("files"), { type: bucketTypes.bucket, name: "files", props: {} }],
    },
    {
      kind: "violating",
      says: "a distribution of an application",
      expect: "fail",
      resources: alone("aws:cloudfront/distribution:Distribution", {
        origins: [{ domainName: "app.example.com", customOriginConfig: { httpPort: 80 } }],
      }),
      path: "webAclId",
    },
    { kind: "clean", says: "guarded", expect: "pass", resources: [lb({}), association()] },
    {
      kind: "clean",
      says: "an internal one",
      expect: "not-applicable",
      resources: [lb({ internal: true })],
    },
    {
      kind: "clean",
      says: "a distribution whose firewall is made in the same run",
      expect: "pass",
      resources: alone("aws:cloudfront/distribution:Distribution", { webAclId: unknownHere }),
    },
    {
      kind: "unknown",
      says: "what the firewall guards is not known",
      expect: "unknown",
      resources: [lb({}), { ...association(), dependsOn: {} }],
      path: "resourceArn",
    },
    { kind: "absent", says: "no firewall", expect: "fail", resources: [lb({})] },
  ],
};

function lb(props: { readonly [key: string]: Json }): ExampleResource {
  return { type: balancer, name: "shop", props };
}

function association() {
  return referring("aws:wafv2/webAclAssociation:WebAclAssociation", "guard", "resourceArn", "shop");
}
