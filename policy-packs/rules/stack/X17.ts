/** What is planned and nobody judges. */
import { textList } from "../../../model/policy/parameter.ts";
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import type { Plan } from "../../../model/policy/view.ts";
import { stackType } from "../shared/stack-type.ts";
import { packagesWithoutVerdict, typesWithoutVerdict } from "../shared/types-without-verdict.ts";

const unheardOf = "acme:index/vault:Vault";

/** The rule for a catalogue in which these canonical types are judged. */
export function makeX17(judged: Iterable<string>): Rule {
  const covered = new Set([...judged, ...typesWithoutVerdict]);
  return {
    id: "X17",
    sentence: "Every planned resource is of a type that a rule looks at.",
    why: "A report without findings says nothing of what nobody looked at.",
    severity: "medium",
    level: "advisory",
    tenets: ["T1", "T5"],
    controls: ["CM-8", "RA-5", "CA-7"],
    fix: "Review these resources by hand, and name their types in the parameter types.",
    parameters: {
      types: textList(
        "types that were reviewed by hand",
        "a list of types, such as aws:kms/alias:Alias",
        /^[^:\s]+:[^:\s]+:[^:\s]+$/,
      ),
    },
    subjects: [stackType],
    needs: "plan",
    check: (subject, judge, plan) => {
      const reviewed = judge.parameter("types") as readonly string[];
      const open = unjudged(plan, new Set([...covered, ...reviewed]));
      if (open.length === 0) return;
      judge.fail({ urn: subject.urn, path: "" }, `no rule has read ${open.join(", ")}`);
    },
    examples: [
      {
        kind: "violating",
        says: "a provider that nobody knows, and a type of Pulumi's program itself",
        expect: "fail",
        resources: [
          stack,
          custom(unheardOf, "one"),
          custom(unheardOf, "two"),
          custom("pulumi-nodejs:dynamic:Resource", "script"),
          ...providers,
        ],
        witness: `${unheardOf} (2), pulumi-nodejs:dynamic:Resource (1)`,
      },
      {
        kind: "clean",
        says: "types that rules look at, and one that was reviewed",
        expect: "pass",
        parameters: { types: [unheardOf] },
        resources: [
          stack,
          custom("aws:s3/bucket:Bucket", "logs"),
          custom(unheardOf, "one"),
          ...providers,
        ],
      },
      {
        kind: "clean",
        says: "components, and what is made of chance",
        expect: "pass",
        resources: [
          stack,
          { type: "acme:index:Shop", name: "shop", props: {} },
          custom("random:index/randomId:RandomId", "suffix"),
          ...providers,
        ],
      },
      {
        kind: "unknown",
        says: "types are always known, whatever the inputs are",
        expect: "fail",
        resources: [stack, custom(unheardOf, "one"), ...providers],
      },
      { kind: "absent", says: "nothing planned", expect: "pass", resources: [stack] },
    ],
  };
}

/** Types with their counts; components and providers have no provider. */
function unjudged(plan: Plan, covered: ReadonlySet<string>): string[] {
  const open = plan.resources.filter(
    ({ type, provider }) =>
      provider !== "" &&
      !covered.has(type) &&
      !packagesWithoutVerdict.has(type.slice(0, type.indexOf(":"))),
  );
  const counts = Map.groupBy(open, ({ type }) => type);
  return [...counts].map(([type, { length }]) => `${type} (${length})`).sort();
}

const stack: ExampleResource = { type: stackType, name: "shop-dev", props: {} };

const providers: readonly ExampleResource[] = [
  { type: "pulumi:providers:acme", name: "provider", props: {} },
];

function custom(type: string, name: string): ExampleResource {
  return { type, name, props: { description: "orders" }, provider: "provider" };
}
