/** Event buses, rules and what they reach (Amazon EventBridge API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { InputFault, TypeEntry } from "../../../../types/type.ts";
import { others } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault } from "../policy-documents.ts";

const bus = ordinary("aws:cloudwatch/eventBus:EventBus", {
  id: "{name}",
  arn: "events:event-bus/{name}",
  name: 256,
  forceNew: ["eventSourceName"],
  keys: ["name"],
  taken: error("ResourceAlreadyExistsException", "Event bus {id} already exists."),
  inUse: error("ResourceInUseException", "Event bus {id} still has rules: {value}"),
});

const toBus = refer(
  "eventBusName",
  bus.token,
  error("ResourceNotFoundException", "Event bus {value} does not exist."),
  { by: ["id", "arn"], holds: true, unless: (value) => /(^|\/)default$/.test(value) },
);

function busPart(r: Resource): string {
  const name = r.text("eventBusName", "default");
  return name === "default" ? "" : `${name}/`;
}

const rule = ordinary("aws:cloudwatch/eventRule:EventRule", {
  id: (r) => `${busPart(r)}${r.text("name")}`,
  name: 64,
  prefixed: true,
  defaults: { eventBusName: "default", forceDestroy: false },
  forceNew: ["eventBusName"],
  check: (r) => [
    ...(r.given("eventPattern") === undefined && r.given("scheduleExpression") === undefined
      ? [
          {
            property: "eventPattern",
            reason: "one of `event_pattern,schedule_expression` must be specified",
          },
        ]
      : []),
    ...documentFault(r, "eventPattern"),
    ...scheduleFault(r),
  ],
  outputs: {
    arn: (r) => form(`arn:{partition}:events:{region}:{account}:rule/${busPart(r)}{name}`)(r),
    description: "",
    isEnabled: (r) => r.text("state", "ENABLED") !== "DISABLED",
    roleArn: "",
    scheduleExpression: "",
    state: (r) => (r.given("isEnabled") === false ? "DISABLED" : "ENABLED"),
  },
  keys: ["arn", "name"],
  references: [
    toBus,
    toRole("roleArn", error("ValidationException", "Provided role '{value}' cannot be assumed")),
  ],
  admit: (r) =>
    refuseIf(
      r.given("scheduleExpression") !== undefined && busPart(r) !== "",
      "ValidationException",
      "ScheduleExpression is supported only on the default event bus.",
    ),
  inUse: error("ValidationException", "Rule can't be deleted since it has targets."),
  schemaVersion: 1,
});

/** The fault of a schedule that is neither a rate nor a cron expression nor a time. */
export function scheduleFault(r: Resource): InputFault[] {
  const given = r.given("scheduleExpression");
  if (given === undefined || /^(rate|cron|at)\(.+\)$/.test(String(given))) return [];
  return [
    {
      property: "scheduleExpression",
      reason: `Parameter ScheduleExpression is not valid: ${String(given)}`,
    },
  ];
}

/** Targets of one rule (EventBridge quotas). */
const targetsPerRuleMax = 5;

const target = ordinary("aws:cloudwatch/eventTarget:EventTarget", {
  id: (r) => `${busPart(r)}${r.text("rule")}-${targetId(r)}`.replace("/", "-"),
  untagged: true,
  defaults: { eventBusName: "default", forceDestroy: false },
  autoname: { property: "targetId", charactersMax: 64 },
  forceNew: ["eventBusName", "rule", "targetId"],
  outputs: { httpTarget: null, input: "", inputPath: "", roleArn: "" },
  references: [
    toBus,
    refer(
      "rule",
      rule.token,
      error("ResourceNotFoundException", "Rule {value} does not exist on EventBus default."),
      {
        key: (r, value) => `${busPart(r)}${value.split("/").at(-1)}`,
        holds: true,
      },
    ),
    toRole("roleArn", error("ValidationException", "Provided role '{value}' cannot be assumed")),
  ],
  admit: (r) => {
    const beside = others(r).filter(
      ({ properties }) =>
        properties["rule"] === r.given("rule") &&
        properties["eventBusName"] === r.given("eventBusName"),
    );
    return refuseIf(
      beside.length >= targetsPerRuleMax,
      "LimitExceededException",
      `The requested resource exceeds the maximum number allowed: ${targetsPerRuleMax} targets per rule`,
    );
  },
  schemaVersion: 1,
});

function targetId(r: Resource): string {
  return r.text("targetId");
}

const busPermission = ordinary("aws:cloudwatch/eventPermission:EventPermission", {
  id: "{eventBusName}/{statementId}",
  untagged: true,
  defaults: { action: "events:PutEvents", eventBusName: "default" },
  forceNew: ["eventBusName", "statementId"],
  check: (r) =>
    /^(\d{12}|\*)$/.test(r.text("principal"))
      ? []
      : [{ property: "principal", reason: `"principal" must be * or a 12 digit AWS account ID` }],
  references: [{ ...toBus, holds: false, cascades: true }],
});

const busPolicy = ordinary("aws:cloudwatch/eventBusPolicy:EventBusPolicy", {
  id: "{eventBusName}",
  untagged: true,
  defaults: { eventBusName: "default" },
  forceNew: ["eventBusName"],
  check: (r) => documentFault(r, "policy"),
  normalised: { policy: asDocument },
  references: [{ ...toBus, holds: false, cascades: true }],
});

const archive = ordinary("aws:cloudwatch/eventArchive:EventArchive", {
  id: "{name}",
  arn: "events:archive/{name}",
  name: 48,
  untagged: true,
  defaults: { retentionDays: 0 },
  forceNew: ["eventSourceArn"],
  check: (r) => documentFault(r, "eventPattern"),
  references: [
    refer(
      "eventSourceArn",
      bus.token,
      error("ResourceNotFoundException", "Event bus {value} does not exist."),
      {
        by: "arn",
        unless: (value) => value.endsWith(":event-bus/default"),
      },
    ),
  ],
});

/** The entries of event buses. */
export const eventTypes: readonly TypeEntry[] = [
  bus,
  rule,
  target,
  busPermission,
  busPolicy,
  archive,
];
