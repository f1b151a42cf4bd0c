/**
 * A pack as the engine sees it: one registered policy for every resource and one for the whole
 * plan, each dispatching to the rules. Few registrations keep the engine's calls cheap; findings
 * still carry their rule's own name, severity and level.
 */
import { flushCompileCache } from "node:module";
import { setFlagsFromString } from "node:v8";
import type {
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { PolicyPack } from "@pulumi/policy";
import { collectGarbage } from "./collect-garbage.ts";
import { configSchema } from "./config-schema.ts";
import type { PackDefinition } from "./definition.ts";
import { currentPhase, listenForPhase } from "./phase.ts";
import type { RawResource } from "./plan.ts";
import type { Report, Session } from "./session.ts";
import { behindProxy } from "./unknown.ts";

/** How long gRPC may need to get an answer out: loading leaves it no time for that. */
const answerMs = 10;

/** The names under which the engine knows a pack. */
export interface PackCard {
  /** Also the name under which the pack is configured. */
  readonly name: string;
  readonly description: string;
}

/** The two policies that the pack registers. */
export interface PackPolicies {
  readonly resource: ResourceValidationPolicy;
  readonly plan: StackValidationPolicy;
}

/**
 * Serves the pack to the engine that started this process. The engine waits for packs before it
 * starts the program, so the rules are loaded once it has its answer, while the program loads.
 */
export function servePack(card: PackCard, load: () => Promise<PackDefinition>): void {
  keepYoungSpaceSmall();
  let session: Promise<Session> | undefined;
  const begin = () => {
    session ??= begun(load);
    return session;
  };
  listenForPhase(() => {
    setTimeout(() => {
      // A failure to load is told by the first resource that asks for the session.
      begin().catch(() => {});
    }, answerMs);
  });
  const policies = makePolicies(card, begin);
  new PolicyPack(card.name, {
    description: card.description,
    enforcementLevel: "mandatory",
    policies: [policies.resource, policies.plan],
  });
}

/**
 * Messages of the engine are short-lived: V8's space for such values would grow to three times 16 MB
 * for them, and slow nothing down by staying small. Changes no other limit of the process.
 */
function keepYoungSpaceSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

async function begun(load: () => Promise<PackDefinition>): Promise<Session> {
  // Loading the SDK, and with it the TypeScript compiler, leaves garbage and a wide space for the young:
  // their room is enough for the rules.
  await collectGarbage();
  const [definition, session, log] = await Promise.all([
    load(),
    import("./session.ts"),
    import("./verdict-log.ts"),
  ]);
  // Engines end packs by a signal, at which Node would write nothing: without this, every run
  // would compile all rules anew. Does nothing where the compile cache is off.
  flushCompileCache();
  return new session.Session(definition, {
    log: log.openVerdictLog(process.env[log.verdictsVariable]),
    now: Date.now,
    phase: currentPhase,
  });
}

/** The pack's policies, without serving them. */
export function makePolicies(card: PackCard, session: () => Promise<Session>): PackPolicies {
  return {
    resource: {
      name: card.name,
      description: card.description,
      // The engine asks for remedies at this level only; each violation brings a level of its own.
      enforcementLevel: "remediate",
      configSchema,
      remediateResource: async (args) => {
        const judge = await session();
        const { sendable } = await import("./remedy.ts");
        const mended = judge.mend(rawOf(args), args.getConfig());
        return mended === undefined ? undefined : ((await sendable(mended)) as typeof args.props);
      },
      validateResource: async (args, report) => {
        const judge = await session();
        judge.judgeResource(rawOf(args), args.getConfig(), objectForm(report));
      },
    },
    plan: {
      name: `${card.name}-plan`,
      description: `${card.description} (rules over several resources)`,
      enforcementLevel: "mandatory",
      validateStack: async (args, report) => {
        const judge = await session();
        judge.judgePlan(rawPlanOf(args), objectForm(report));
      },
    },
  };
}

function rawOf(args: Omit<ResourceValidationArgs, "notApplicable">): RawResource {
  return {
    urn: args.urn,
    type: args.type,
    name: args.name,
    inputs: behindProxy(args.props),
    protect: args.opts.protect,
    ignoreChanges: args.opts.ignoreChanges,
    additionalSecretOutputs: args.opts.additionalSecretOutputs,
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
