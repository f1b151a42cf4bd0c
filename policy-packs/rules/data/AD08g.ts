/**
 * Elastic Load Balancing: listeners and target groups. User Guide for Application Load Balancers,
 * "Security policies": without one, TLS 1.0 is taken. TCP is passed on as it comes: ends may encrypt.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { servesNothing, speaksHttp, takesOldTls } from "../shared/balancer.ts";

const [listener, group] = ["aws:lb/listener:Listener", "aws:lb/targetGroup:TargetGroup"] as const;
const sslPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

export const AD08g: Rule = {
  id: "AD08g",
  sentence: "A load balancer speaks TLS 1.2 or newer, to its clients and to its targets.",
  why: "Whoever listens in front of it or behind it reads what is asked and answered, and takes the cookies.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-8(1)"],
  fix: `Listen by HTTPS or TLS with sslPolicy ${sslPolicy}, redirect HTTP to HTTPS, and give target groups the protocol HTTPS.`,
  // Clients from before 2014 are cut off. HTTP needs a certificate first.
  remedy: {
    kind: "opt-in",
    edits: ({ type, inputs }) =>
      type === listener && takesOldTls(inputs) ? [{ path: ["sslPolicy"], value: sslPolicy }] : [],
  },
  subjects: [listener, group],
  needs: "resource",
  check: ({ type, inputs }, judge) => {
    const protocol = inputs.at("protocol");
    judge.part(() => {
      if (!speaksHttp(inputs)) return;
      if (type === group) judge.fail(protocol, "its traffic to the targets is read on the way");
      else if (!servesNothing(inputs)) judge.fail(protocol, "a request by http:// is served");
    });
    judge.part(() => {
      if (type === listener && takesOldTls(inputs)) {
        judge.fail(inputs.at("sslPolicy"), "a client that offers TLS 1.0");
      }
    });
  },
  examples: [
    {
      kind: "violating",
      says: "an old policy",
      expect: "fail",
      resources: listening({ protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-2016-08" }),
      path: "sslPolicy",
    },
    {
      kind: "clean",
      says: "a new policy",
      expect: "pass",
      resources: listening({ protocol: "HTTPS", sslPolicy }),
    },
    {
      kind: "clean",
      says: "HTTP that leads to HTTPS",
      expect: "pass",
      resources: listening({
        protocol: "HTTP",
        defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS" } }],
      }),
    },
    {
      kind: "unknown",
      says: "the protocol is not known",
      expect: "unknown",
      resources: listening({ protocol: unknownHere, sslPolicy }),
      path: "protocol",
    },
    {
      kind: "absent",
      says: "no protocol",
      expect: "fail",
      resources: listening({}),
      path: "protocol",
    },
    {
      kind: "absent",
      says: "no policy",
      expect: "fail",
      resources: listening({ protocol: "TLS" }),
    },
    {
      kind: "absent",
      says: "targets by HTTP",
      expect: "fail",
      resources: alone(group, { port: 80 }),
    },
    {
      kind: "clean",
      says: "a function",
      expect: "pass",
      resources: alone(group, { targetType: "lambda" }),
    },
  ],
};

function listening(more: { readonly [key: string]: Json }) {
  return alone(listener, { port: 443, defaultActions: [{ type: "forward" }], ...more });
}
