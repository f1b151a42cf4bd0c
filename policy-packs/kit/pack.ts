/**
 * A pack as the engine sees it: one registered policy for every resource and one for the whole
 * plan, each dispatching to the rules. Few registrations keep the engine's calls cheap; findings
 * still carry their rule's own name, severity and level.
 */
import type {
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { PolicyPack } from "@pulumi/policy";
import type { Rule } from "../../model/policy/rule.ts";
import { currentPhase, listenForPhase } from "./phase.ts";
import type { RawResource } from "./plan.ts";
import type { Report } from "./session.ts";
import { Session } from "./session.ts";
import type { Environment, Level } from "./settings.ts";
import { configSchema } from "./settings.ts";
import { behindProxy } from "./unknown.ts";
import type { VerdictLog } from "./verdict-log.ts";
import { openVerdictLog, verdictsVariable } from "./verdict-log.ts";

/** A list of rules with levels, and what each environment decides. */
export interface PackDefinition {
  /** Also the name under which the pack is configured. */
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly rules: readonly { readonly rule: Rule; readonly level: Level }[];
  /** Decisions of the stacks of these names. */
  readonly environments: Readonly<Record<string, Environment>>;
  /** Decision for every other stack. */
  readonly otherwise: Environment;
}

/** What a pack takes from outside. */
export interface PackDoor {
  readonly log: VerdictLog;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly phase: () => "preview" | "update" | undefined;
}

/** The two policies that the pack registers. */
export interface PackPolicies {
  readonly resource: ResourceValidationPolicy;
  readonly plan: StackValidationPolicy;
}

/** Serves the pack to the engine that started this process. */
export function servePack(definition: PackDefinition): void {
  listenForPhase();
  const policies = makePolicies(definition, {
    log: openVerdictLog(process.env[verdictsVariable]),
    now: Date.now,
    phase: currentPhase,
  });
  new PolicyPack(definition.name, {
    description: definition.description,
    enforcementLevel: "mandatory",
    policies: [policies.resource, policies.plan],
  });
}

/** The pack's policies, without serving them. */
export function makePolicies(definition: PackDefinition, door: PackDoor): PackPolicies {
  const session = new Session(definition, door);
  return {
    resource: {
      name: definition.name,
      description: definition.description,
      enforcementLevel: "mandatory",
      configSchema,
      validateResource: (args, report) => {
        session.judgeResource(rawOf(args), args.getConfig(), objectForm(report));
      },
    },
    plan: {
      name: `${definition.name}-plan`,
      description: `${definition.description} (rules over several resources)`,
      enforcementLevel: "mandatory",
      validateStack: (args, report) => {
        session.judgePlan(rawPlanOf(args), objectForm(report));
      },
    },
  };
}

function rawOf(args: ResourceValidationArgs): RawResource {
  return {
    urn: args.urn,
    type: args.type,
    name: args.name,
    inputs: behindProxy(args.props),
    protect: args.opts.protect,
    ignoreChanges: args.opts.ignoreChanges,
    parent: args.opts.parent ?? "",
    provider: args.provider?.urn ?? "",
  };
}

function rawPlanOf(args: StackValidationArgs): RawResource[] {
  return args.resources.map((resource) => ({
    ...rawOf({ ...args, ...resource } as unknown as ResourceValidationArgs),
    outputs: behindProxy(resource.props),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, targets]) => [
        property,
        targets.map((target) => target.urn),
      ]),
    ),
  }));
}

/** The SDK's server accepts an object as well, by which one policy reports for many rules. */
function objectForm(report: ReportViolation): Report {
  return report as unknown as Report;
}
