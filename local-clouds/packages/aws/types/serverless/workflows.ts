/** Schedules, state machines and pipes (EventBridge Scheduler, Step Functions and EventBridge Pipes API references). */

import type { Resource } from "../../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../../types/type.ts";
import { exactlyOne, oneOf, textOf } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, ordinary, refer, refuseIf } from "../ordinary.ts";
import { documentFault, letsIn } from "../policy-documents.ts";
import { toKey } from "../references.ts";
import { scheduleFault } from "./events.ts";

const scheduleGroup = ordinary("aws:scheduler/scheduleGroup:ScheduleGroup", {
  id: "{name}",
  arn: "scheduler:schedule-group/{name}",
  name: 64,
  prefixed: true,
  outputs: {
    creationDate: (r) => r.createdAt,
    lastModificationDate: (r) => r.createdAt,
    state: "ACTIVE",
  },
  taken: error("ConflictException", "Schedule group {id} already exists."),
  timeouts: { create: 300, delete: 300 },
});

const schedule = ordinary("aws:scheduler/schedule:Schedule", {
  id: "{groupName}/{name}",
  arn: "scheduler:schedule/{groupName}/{name}",
  name: 64,
  prefixed: true,
  untagged: true,
  defaults: {
    actionAfterCompletion: "NONE",
    groupName: "default",
    scheduleExpressionTimezone: "UTC",
    state: "ENABLED",
    "target.retryPolicy.maximumEventAgeInSeconds": 86_400,
    "target.retryPolicy.maximumRetryAttempts": 185,
  },
  forceNew: ["groupName"],
  check: (r) => [
    ...scheduleFault(r),
    ...oneOf(r.text("flexibleTimeWindow.mode", "OFF"), "flexibleTimeWindow.mode", [
      "OFF",
      "FLEXIBLE",
    ]),
  ],
  references: [
    refer(
      "groupName",
      scheduleGroup.token,
      error("ResourceNotFoundException", "Schedule group {value} does not exist."),
      {
        unless: (value) => value === "default",
        cascades: true,
      },
    ),
    toRole(
      "target.roleArn",
      error(
        "ValidationException",
        "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
      ),
    ),
    toKey("kmsKeyArn"),
  ],
  taken: error("ConflictException", "Schedule {id} already exists."),
  admit: (r) =>
    refuseTrust(
      r,
      "target.roleArn",
      "scheduler.",
      "ValidationException",
      "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
    ),
});

function refuseTrust(
  r: Resource,
  path: string,
  service: string,
  code: string,
  says: string,
): ServiceError | undefined {
  const trust = textOf(r.target(path)?.properties ?? {}, "assumeRolePolicy") ?? "";
  return refuseIf(!letsIn(trust, service, "sts:assumerole"), code, says);
}

const stateMachine = ordinary("aws:sfn/stateMachine:StateMachine", {
  arn: "states:stateMachine:{name}",
  name: 80,
  prefixed: true,
  defaults: { publish: false, type: "STANDARD" },
  forceNew: ["type"],
  check: (r) => [
    ...oneOf(r.text("type", "STANDARD"), "type", ["STANDARD", "EXPRESS"]),
    ...documentFault(r, "definition"),
  ],
  outputs: {
    creationDate: (r) => r.createdAt,
    description: "",
    revisionId: "",
    status: "ACTIVE",
    versionDescription: "",
    loggingConfiguration: { includeExecutionData: false, level: "OFF", logDestination: "" },
    tracingConfiguration: { enabled: false },
    encryptionConfiguration: { type: "AWS_OWNED_KEY" },
  },
  references: [toRole("roleArn", error("InvalidArn", "Invalid Role Arn: '{value}'"))],
  taken: error("StateMachineAlreadyExists", "State Machine Already Exists: '{id}'"),
  admit: (r) => {
    const definition: unknown = JSON.parse(r.text("definition"));
    const states = definition as { StartAt?: unknown; States?: Record<string, unknown> };
    const starts =
      typeof states.StartAt === "string" && states.States?.[states.StartAt] !== undefined;
    if (!starts) {
      return error(
        "InvalidDefinition",
        "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'StartAt' or its state'",
      );
    }
    return refuseTrust(
      r,
      "roleArn",
      "states.",
      "AccessDeniedException",
      "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.",
    );
  },
  timeouts: { create: 300, update: 60, delete: 300 },
});

const activity = ordinary("aws:sfn/activity:Activity", {
  arn: "states:activity:{name}",
  name: 80,
  outputs: { creationDate: (r) => r.createdAt },
});

const pipe = ordinary("aws:pipes/pipe:Pipe", {
  id: "{name}",
  arn: "pipes:pipe/{name}",
  name: 64,
  prefixed: true,
  defaults: { description: "Managed by Pulumi", desiredState: "RUNNING" },
  forceNew: ["source"],
  check: (r) => exactlyOne(r, ["source"]),
  references: [toRole("roleArn", error("ValidationException", "Role {value} does not exist"))],
  admit: (r) =>
    refuseTrust(r, "roleArn", "pipes.", "ValidationException", "Pipes cannot assume the role."),
  timeouts: { create: 1800, update: 1800, delete: 1800 },
});

/** The entries of workflows. */
export const workflowTypes: readonly TypeEntry[] = [
  scheduleGroup,
  schedule,
  stateMachine,
  activity,
  pipe,
];
