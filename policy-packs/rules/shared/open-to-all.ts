/** Rules of Azure and GCP that let everybody in, but for what they stand for. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { intersect } from "../../../model/base/interval-set.ts";
import { everyLayer4, formatSelector, portsSet } from "../../../model/base/layer4.ts";
import type { Judge } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import type { EdgeRule, WrittenRule } from "../../lift/edge-rule.ts";
import { judgePeers } from "./open-port.ts";
import { isWide } from "./service-ports.ts";

/** Every port of the protocols that have ports. */
export const everyPort: IntervalSet = portsSet(
  (["tcp", "udp", "sctp"] as const).map((protocol) => ({ protocol, from: 0, to: 65535 })),
);

/** Why a rule of a declared segment is left to another judge. */
export const flowsDecide = "the declared flows say who may call this segment (X25)";

/** Fails where every address may call one of the selectors and nobody spares the rule. */
export function judgeOpenToAll(
  judge: Judge,
  written: readonly WrittenRule[],
  selectors: IntervalSet,
  spares: (rule: EdgeRule) => boolean,
): void {
  for (const { read } of written) {
    judge.part(() => {
      const rule = read();
      const [first] = intersect(rule.selectors, selectors);
      if (rule.direction !== "in" || rule.action !== "allow" || first === undefined) return;
      judgePeers(judge, rule.peers, (at, who) => {
        if (spares(rule)) return;
        judge.fail(at, `a packet from ${who} to ${formatSelector(first.from)} is let in`);
      });
    });
  }
}

/** Fails where calls to every address may leave on every port, or on as many as no service has. */
export function judgeEgressToAll(
  judge: Judge,
  written: readonly WrittenRule[],
  isDeclared: () => boolean,
): void {
  for (const { read } of written) {
    judge.part(() => {
      const { direction, action, selectors, peers } = read();
      if (direction !== "out" || action !== "allow" || !isWide(selectors)) return;
      judgePeers(judge, peers, (at, who) => {
        if (isDeclared()) return judge.notApplicable(flowsDecide);
        const [first] = intersect(selectors, everyLayer4);
        judge.fail(
          at,
          `a packet to ${who}, from ${formatSelector(first?.from ?? 0n)} on, is let out`,
        );
      });
    });
  }
}

/** Spares the rules of declared segments, and says so. */
export function unlessDeclared(
  judge: Judge,
  subject: PlannedResource,
  plan: Plan,
  isDeclared: (subject: PlannedResource, plan: Plan) => boolean,
): boolean {
  if (!isDeclared(subject, plan)) return false;
  judge.notApplicable(flowsDecide);
  return true;
}
