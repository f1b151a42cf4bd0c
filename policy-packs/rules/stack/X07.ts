/**
 * Pulumi, "Default providers": who forgets the option `provider` gets the engine's own one. Where a
 * program names no account at all, the account is that of whoever runs it, which is no fault. aws provider, `assumeRoles` and `assumeRoleWithWebIdentity`, whose
 * sessions last an hour where no duration is given (AWS STS API, AssumeRole).
 */
import type { ExampleResource, Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";

const aws = "pulumi:providers:aws";

/** What ties a provider to one account or cluster, by type. */
const ties: Readonly<Record<string, readonly string[]>> = {
  [aws]: ["allowedAccountIds", "assumeRoles", "assumeRoleWithWebIdentity"],
  "pulumi:providers:azure-native": ["subscriptionId"],
  "pulumi:providers:azuread": ["tenantId"],
  "pulumi:providers:gcp": ["project"],
  "pulumi:providers:kubernetes": ["kubeconfig", "context", "cluster"],
};

const sessionSecondsMax = 3600;

export const X07: Rule = {
  id: "X07",
  sentence:
    "No provider goes wherever the shell is signed in while another is tied to an account, and role sessions last an hour at most.",
  why: "A resource whose provider was forgotten lands in the account of the machine's environment, not in the one that the program names, and a long session outlives the run from which it was stolen.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-12", "IA-5"],
  fix: "Hand every resource the provider that the program makes, or configure allowedAccountIds, subscriptionId, tenantId, project or context of the default one; set role durations to 1h or less.",
  subjects: Object.keys(ties),
  needs: "plan",
  check: (subject, judge, plan) => {
    judge.part(() => checkTie(subject, judge, plan));
    if (subject.type === aws) judge.part(() => checkSessions(subject.inputs, judge));
  },
  examples: [
    {
      kind: "violating",
      says: "the engine's own provider of AWS, beside one that is tied to an account",
      expect: "fail",
      resources: [
        provider(aws, "default_7_48_0", { region: "eu-central-1", allowedAccountIds: "" }),
        provider(aws, "shop", { allowedAccountIds: '["111122223333"]' }),
      ],
      path: "allowedAccountIds",
    },
    {
      kind: "violating",
      says: "a cluster that whoever calls has selected, beside one of the program's own",
      expect: "fail",
      resources: [
        provider("pulumi:providers:kubernetes", "default", { namespace: "shop", context: "" }),
        provider("pulumi:providers:kubernetes", "shop", { kubeconfig: "apiVersion: v1" }),
      ],
    },
    {
      kind: "violating",
      says: "a role for half a day, as the engine writes lists of providers",
      expect: "fail",
      resources: [
        provider(aws, "shop", {
          assumeRoles: '[{"roleArn":"arn:aws:iam::111122223333:role/deploy","duration":"12h0m"}]',
        }),
      ],
      path: "assumeRoles[0].duration",
      witness: "12h0m",
    },
    {
      kind: "clean",
      says: "a provider of the program, with sessions as short as they are by default",
      expect: "pass",
      resources: [
        provider(aws, "shop", {
          allowedAccountIds: ["111122223333"],
          assumeRoles: [{ roleArn: "arn:aws:iam::111122223333:role/deploy" }],
          assumeRoleWithWebIdentity: { duration: "45m" },
        }),
      ],
    },
    {
      kind: "clean",
      says: "a default provider that is configured for one project",
      expect: "pass",
      resources: [provider("pulumi:providers:gcp", "default_9_37_0", { project: "shop" })],
    },
    {
      kind: "unknown",
      says: "how long the session lasts is not known",
      expect: "unknown",
      resources: [provider(aws, "shop", { assumeRoleWithWebIdentity: { duration: unknownHere } })],
      path: "assumeRoleWithWebIdentity.duration",
    },
    {
      kind: "absent",
      says: "a default provider with nothing configured, beside one with a subscription",
      expect: "fail",
      resources: [
        provider("pulumi:providers:azure-native", "default", {}),
        provider("pulumi:providers:azure-native", "shop", { subscriptionId: "1234" }),
      ],
    },
    {
      kind: "clean",
      says: "a program that names no account anywhere, its second region included",
      expect: "pass",
      resources: [
        provider(aws, "default_7_48_0", { region: "eu-central-1" }),
        provider(aws, "us-east-1", { region: "us-east-1" }),
      ],
    },
    {
      kind: "violating",
      says: "beside one for the cluster that the same run makes",
      expect: "fail",
      resources: [
        provider("pulumi:providers:kubernetes", "default", {}),
        provider("pulumi:providers:kubernetes", "shop", { kubeconfig: unknownHere }),
      ],
    },
  ],
};

/** The engine names its own providers `default` and, where a version is asked for, `default_7_48_0`. */
const isDefault = ({ name }: PlannedResource) => /^default(_|$)/.test(name);

function checkTie(subject: PlannedResource, judge: Judge, plan: Plan): void {
  if (!isDefault(subject)) return;
  const places = tiesOf(subject);
  if (places.some(isGiven)) return;
  const others = plan.ofType(subject.type).filter((one) => !isDefault(one));
  // An account, or a cluster, that the run makes first is one as well.
  const tied = others.find((one) =>
    tiesOf(one).some((place) => place.state === "unknown" || isGiven(place)),
  );
  if (tied === undefined) return;
  const waiting = places.filter(({ state }) => state === "unknown");
  for (const place of waiting) judge.open(place);
  if (waiting.length > 0) return;
  const [first = subject.inputs] = places;
  const witness = `a resource without provider: it goes where the shell is signed in, not where ${tied.name} goes`;
  judge.fail(first, witness);
}

function tiesOf({ type, inputs }: PlannedResource): View[] {
  return (ties[type] ?? []).map((property) => inputs.at(property));
}

function isGiven(place: View): boolean {
  if (place.state !== "known") return false;
  try {
    return !["", "[]", "{}"].includes(place.text() ?? "");
  } catch (error) {
    if (error instanceof Undecided) return true;
    throw error;
  }
}

/** Lists and objects of a provider's inputs are JSON texts on their way through the engine. */
function checkSessions(inputs: View, judge: Judge): void {
  const web = inputs.at("assumeRoleWithWebIdentity");
  judge.part(() => checkSession(web.document(), judge));
  for (const role of entriesOf(inputs.at("assumeRoles").document())) {
    judge.part(() => checkSession(role, judge));
  }
}

function checkSession(role: View, judge: Judge): void {
  const duration = role.at("duration");
  const text = duration.text();
  if (text === undefined) return;
  if (secondsOf(duration, text) <= sessionSecondsMax) return;
  judge.fail(duration, `a session's credentials out of a run's memory, good for ${text}`);
}

const unitSeconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0, us: 0, ns: 0 };

/** Go's durations: `1h30m`. */
function secondsOf({ urn, path }: View, text: string): number {
  if (!/^(\d+(\.\d+)?(h|m|s|ms|us|ns))+$/.test(text)) throw new Undecided(urn, path, "unreadable");
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|us|ns|h|m|s)/g);
  return [...parts].reduce((sum, [, count, unit = ""]) => {
    return sum + Number(count) * (unitSeconds[unit] ?? 0);
  }, 0);
}

function provider(type: string, name: string, props: ExampleResource["props"]): ExampleResource {
  return { type, name, props };
}
