/** Load balancers of GCP that take plain HTTP from everybody, or any protocol of TLS. */
import type { Example, ExampleResource, Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "./alone.ts";
import { referring } from "./log-stores.ts";
import { isGiven } from "./refers-to.ts";

const compute = (file: string) => `gcp:compute/${file}:${file[0]?.toUpperCase()}${file.slice(1)}`;

const httpProxies = ["targetHttpProxy", "regionTargetHttpProxy"].map(compute);
const otherTargets = [
  "targetHttpsProxy",
  "regionTargetHttpsProxy",
  "targetSSLProxy",
  "targetTCPProxy",
  "targetGrpcProxy",
  "targetPool",
  "targetInstance",
  "vPNGateway",
  "serviceAttachment",
].map(compute);
const urlMap = compute("uRLMap");
const urlMaps = [urlMap, compute("regionUrlMap")];
const forwarder = compute("globalForwardingRule");
const httpsProxy = compute("targetHttpsProxy");

/** What is asked of each part of a load balancer. */
export const balancerChecks: Readonly<Record<string, Rule["check"]>> = {
  [forwarder]: judgeForwarder,
  [compute("forwardingRule")]: judgeForwarder,
  [httpsProxy]: judgeProxy,
  [compute("regionTargetHttpsProxy")]: judgeProxy,
  [compute("targetSSLProxy")]: judgeProxy,
};

/** Which policy it is need not be known; it is judged where it is planned. */
function judgeProxy({ inputs }: PlannedResource, judge: Judge): void {
  if (isGiven(inputs, "sslPolicy")) return;
  judge.fail(inputs.at("sslPolicy"), "a handshake of TLS 1.0");
}

/** Fails where the forwarding rule leads everybody to a proxy that serves by HTTP. */
function judgeForwarder({ inputs }: PlannedResource, judge: Judge, plan: Plan): void {
  const scheme = inputs.at("loadBalancingScheme").text() ?? "EXTERNAL";
  if (!scheme.startsWith("EXTERNAL")) {
    judge.notApplicable("it takes requests from the network only");
    return;
  }
  const target = inputs.at("target");
  const proxy = plan.follow(target, ...httpProxies, ...otherTargets);
  if (proxy.state !== "resource" || !httpProxies.includes(proxy.resource.type)) {
    judge.notApplicable("it leads to no planned HTTP proxy");
    return;
  }
  const map = plan.follow(proxy.resource.inputs.at("urlMap"), ...urlMaps);
  if (map.state === "resource" && redirects(map.resource.inputs)) return;
  if (map.state === "outside") judge.notApplicable("the URL map is not planned here");
  else judge.fail(target, "a request in plain text, answered");
}

/** Whether every request is told to come again by HTTPS. */
function redirects(map: View): boolean {
  return [map, ...entriesOf(map.at("pathMatchers"))].every((one) => {
    const redirect = one.at("defaultUrlRedirect");
    if (redirect.state === "unknown") throw new Undecided(redirect.urn, redirect.path, "unknown");
    return redirect.at("httpsRedirect").flag() === true;
  });
}

const proxy = referring(compute("targetHttpProxy"), "proxy", "urlMap", "map");
const map = (props: { readonly [key: string]: Json }): ExampleResource => ({
  type: urlMap,
  name: "map",
  props,
});
const rule = (props: { readonly [key: string]: Json } = {}) =>
  referring(forwarder, "rule", "target", "proxy", props);

export const plaintextExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "a service by HTTP",
    expect: "fail",
    resources: [rule(), proxy, map({ defaultService: "backend" })],
    path: "target",
  },
  {
    kind: "violating",
    says: "HTTPS without a policy",
    expect: "fail",
    resources: alone(httpsProxy, { urlMap: "map", sslCertificates: ["certificate"] }),
    path: "sslPolicy",
  },
  {
    kind: "clean",
    says: "a policy that is not made yet",
    expect: "pass",
    resources: alone(httpsProxy, { urlMap: "map", sslPolicy: unknownHere }),
  },
  {
    kind: "clean",
    says: "a redirect",
    expect: "pass",
    resources: [rule(), proxy, map({ defaultUrlRedirect: { httpsRedirect: true } })],
  },
  {
    kind: "clean",
    says: "inside the network",
    expect: "not-applicable",
    resources: [rule({ loadBalancingScheme: "INTERNAL_MANAGED" }), proxy, map({})],
  },
  {
    kind: "unknown",
    says: "where it leads to is not known",
    expect: "unknown",
    resources: [{ ...rule(), dependsOn: {} }, proxy, map({})],
    path: "target",
  },
  {
    kind: "absent",
    says: "a passthrough load balancer",
    expect: "not-applicable",
    resources: [{ type: compute("forwardingRule"), name: "rule", props: { backendService: "b" } }],
  },
];
