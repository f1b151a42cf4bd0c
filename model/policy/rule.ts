/**
 * A rule: one sentence about planned resources that must hold, with the reason, the evidence it
 * gives, and the examples that prove it.
 */
import type { FrameworkControl } from "./framework.ts";
import type { Parameter, ParameterValues } from "./parameter.ts";
import type { Remedy } from "./remedy.ts";
import type { Json, Plan, PlannedResource } from "./view.ts";

export const severities = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof severities)[number];

/** The seven tenets of zero trust in NIST SP 800-207, section 2.1, in its order. */
export const tenets = {
  T1: "All data sources and computing services are resources.",
  T2: "All communication is secured regardless of network location.",
  T3: "Access is granted per session.",
  T4: "Access is decided by dynamic policy.",
  T5: "The posture of all assets is monitored.",
  T6: "Authentication and authorization are dynamic and enforced before access.",
  T7: "As much as possible is learnt about assets, network and communication.",
} as const;
export type Tenet = keyof typeof tenets;

/** What a check reports to. Everything it does not report is a pass. */
export interface Judge {
  /** The subject breaks the rule at this place. */
  fail(at: Place, witness: string): void;
  /** Runs one independent part of the check: what it cannot decide stays its own open question. */
  part(body: () => void): void;
  /** The verdict waits for this place. */
  open(at: Place): void;
  /** The rule says nothing about this subject, unless it also found something. */
  notApplicable(reason: string): void;
  /** What the rule's parameter of this name is set to. */
  parameter(name: string): Json;
}

/** A property of a resource; every view is one. */
export interface Place {
  readonly urn: string;
  readonly path: string;
}

/** What an example's subject must get. */
export type Expected = "fail" | "pass" | "unknown" | "not-applicable";

/** A resource of an example. In `props`, the value {@link unknownHere} stands for an unknown. */
export interface ExampleResource {
  readonly type: string;
  readonly name: string;
  readonly props: { readonly [key: string]: Json };
  readonly ignoreChanges?: readonly string[];
  readonly protect?: boolean;
  readonly additionalSecretOutputs?: readonly string[];
  /** Per property the names of the example's resources on whose outputs it depends. */
  readonly dependsOn?: { readonly [property: string]: readonly string[] };
  /** Name of the example's provider resource. */
  readonly provider?: string;
  /** Name of the example's resource that is the parent. */
  readonly parent?: string;
}

/** Written in an example where a preview would not know the value. */
export const unknownHere = "\u0000unknown";

/** A small plan and what the rule must say about its first resource. */
export interface Example {
  readonly kind: "violating" | "clean" | "unknown" | "absent";
  readonly says: string;
  readonly expect: Expected;
  readonly resources: readonly [ExampleResource, ...ExampleResource[]];
  /** What the rule's parameters are set to, where not to what they are otherwise. */
  readonly parameters?: ParameterValues;
  /** Property path that the finding or the open question must name. */
  readonly path?: string;
  /** Text that the witness must hold. */
  readonly witness?: string;
}

/** One rule; its file has the id's name. */
export interface Rule {
  readonly id: string;
  /** What must hold. */
  readonly sentence: string;
  /** What an attacker gains where it does not hold. */
  readonly why: string;
  readonly severity: Severity;
  /** Where even a pack that blocks only tells. */
  readonly level?: "advisory";
  readonly tenets: readonly Tenet[];
  /** NIST SP 800-53 revision 5 control ids. */
  readonly controls: readonly string[];
  /** Controls of other frameworks, only where somebody read that they match. */
  readonly frameworks?: readonly FrameworkControl[];
  /** What to do about a finding. */
  readonly fix: string;
  /** What does it by itself, where that is possible. */
  readonly remedy?: Remedy;
  /** What a person may set. */
  readonly parameters?: Readonly<Record<string, Parameter>>;
  /** Canonical types about which the rule gives a verdict each. */
  readonly subjects: readonly string[];
  /** `resource`: the subject alone decides. `plan`: the other planned resources count as well. */
  readonly needs: "resource" | "plan";
  readonly check: (subject: PlannedResource, judge: Judge, plan: Plan) => void;
  readonly examples: readonly Example[];
}
