/**
 * Elastic Load Balancing, "Access logs" of each kind: off unless asked for. A network load balancer
 * writes them for its TLS listeners only, and gateway load balancers have none.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, Plan, PlannedResource } from "../../../model/policy/view.ts";
import { iso } from "../shared/benchmarks.ts";
import { referring } from "../shared/log-stores.ts";
import type { Relation } from "../shared/refers-to.ts";
import { quietly, referrersOf, refersBy, tellDoubts } from "../shared/refers-to.ts";

const [newer, classic] = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:elb/loadBalancer:LoadBalancer",
] as const;
const listener = "aws:lb/listener:Listener";
const listeners: Relation = {
  from: [listener],
  to: newer,
  properties: ({ inputs }) => [inputs.at("loadBalancerArn")],
};

export const AL12b: Rule = {
  id: "AL12b",
  sentence: "A load balancer records every request.",
  why: "Nobody can tell afterwards from where an attack came, and what it asked for.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  frameworks: [
    iso("aws", "A.8.15", "elbv2_logging_enabled"),
    iso("aws", "A.8.15", "elb_logging_enabled"),
  ],
  fix: "Set accessLogs with a bucket, and enabled true.",
  subjects: [classic, newer],
  needs: "plan",
  check: (subject, judge, plan) => {
    const kind = subject.inputs.at("loadBalancerType").text();
    if (kind === "gateway") return judge.notApplicable("gateway load balancers write none");
    if (writesAccessLogs(subject)) return;
    if (kind === "network") {
      const speaksTls = tlsListener(subject, judge, plan);
      if (speaksTls.is === "open") return tellDoubts(judge, speaksTls);
      if (speaksTls.is === "no") return judge.notApplicable("no TLS listener is planned for it");
    }
    judge.fail(subject.inputs.at("accessLogs", "enabled"), "a request that leaves no record");
  },
  examples: [
    {
      kind: "violating",
      says: "a bucket is named, and nothing switched on",
      expect: "fail",
      resources: [balancer(newer, { accessLogs: { bucket: "logs" } })],
      path: "accessLogs.enabled",
    },
    {
      kind: "violating",
      says: "a network load balancer that ends TLS",
      expect: "fail",
      resources: [balancer(newer, { loadBalancerType: "network" }), listening("TLS")],
    },
    {
      kind: "clean",
      says: "a network load balancer that passes TCP on",
      expect: "not-applicable",
      resources: [balancer(newer, { loadBalancerType: "network" }), listening("TCP")],
    },
    {
      kind: "clean",
      says: "switched on",
      expect: "pass",
      resources: [balancer(newer, { accessLogs: { bucket: "logs", enabled: true } })],
    },
    {
      kind: "clean",
      says: "of a classic one the bucket is enough",
      expect: "pass",
      resources: [balancer(classic, { accessLogs: { bucket: "logs" } })],
    },
    {
      kind: "unknown",
      says: "not known",
      expect: "unknown",
      resources: [balancer(newer, { accessLogs: { bucket: "logs", enabled: unknownHere } })],
      path: "accessLogs.enabled",
    },
    { kind: "absent", says: "no logs", expect: "fail", resources: [balancer(classic, {})] },
  ],
};

function writesAccessLogs({ type, inputs }: PlannedResource): boolean {
  const logs = inputs.at("accessLogs");
  const enabled = logs.at("enabled").flag();
  return type === classic ? logs.state === "known" && enabled !== false : enabled === true;
}

function tlsListener(subject: PlannedResource, judge: Parameters<Rule["check"]>[1], plan: Plan) {
  const all = referrersOf(plan, subject, listeners);
  return quietly(
    judge,
    all,
    (one) => refersBy(plan, listeners, one, subject) && one.inputs.at("protocol").text() === "TLS",
  );
}

function balancer(type: string, more: { readonly [key: string]: Json }): ExampleResource {
  return { type, name: "front", props: { internal: false, ...more } };
}

function listening(protocol: string) {
  return referring(listener, "listener", "loadBalancerArn", "front", { protocol });
}
