/** What a firewall, and what answers for names, says of those who come by. */
import type { Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource, Reference } from "../../../model/policy/view.ts";
import { vpcTypes } from "../../lift/aws/types.ts";
import { isEmpty } from "../../lift/entries.ts";
import { filterLogExamples, filterTypes } from "../shared/filter-log-examples.ts";
import { isGiven } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

/** Per type the resource by which it records, and the property that names the recorded one. */
const recorders: Readonly<Record<string, readonly [type: string, property: string]>> = {
  [filterTypes.firewall]: [
    "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
    "firewallArn",
  ],
  [filterTypes.acl]: [
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    "resourceArn",
  ],
  [filterTypes.zone]: ["aws:route53/queryLog:QueryLog", "zoneId"],
  [filterTypes.resolver]: [
    "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
    "resourceId",
  ],
};

export const AN28: Rule = {
  id: "AN28",
  sentence: "Firewalls and public zones of AWS record what they see.",
  why: "Attempts, blocked or let through, and names that were looked up leave no record for whoever has to find out.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12", "SI-4"],
  fix: "Plan a LoggingConfiguration, WebAclLoggingConfiguration, QueryLog or ResolverQueryLogConfigAssociation for it.",
  subjects: Object.values(filterTypes),
  needs: "plan",
  check: (subject, judge, plan) => {
    const { inputs, type } = subject;
    const recorder = recorders[type];
    if (recorder === undefined) {
      if (isGiven(inputs, "loggingConfiguration", "logDestination")) return;
      const target = inputs.at("loggingConfiguration", "logDestination");
      return judge.fail(target, "a request that leaves no record");
    }
    if (type === filterTypes.zone && !isEmpty(inputs.at("vpcs"))) {
      return judge.notApplicable("a private zone, whose networks' resolver records");
    }
    const [recorderType, property] = recorder;
    const recordedBy = (one: PlannedResource) => {
      const target = one.inputs.at(property);
      if (type !== filterTypes.resolver) {
        const found = plan.follow(target, type);
        return found.state === "resource" && found.resource === subject;
      }
      return isSame(plan.follow(inputs.at("vpcId"), ...vpcTypes), plan.follow(target, ...vpcTypes));
    };
    if (someOf(judge, plan.ofType(recorderType), recordedBy) === "no") {
      judge.fail({ urn: subject.urn, path: "" }, "an attempt that leaves no record");
    }
  },
  examples: filterLogExamples,
};

function isSame(one: Reference, other: Reference): boolean {
  if (one.state === "resource" && other.state === "resource") {
    return one.resource === other.resource;
  }
  return one.state === "outside" && other.state === "outside" && one.value === other.value;
}
