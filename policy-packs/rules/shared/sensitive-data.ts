/**
 * Rules that ask only of what a tag or a label marks as holding sensitive data, as the clouds advise
 * to mark it (AWS, "Best Practices for Tagging AWS Resources"; Microsoft Learn, "Define your tagging
 * strategy"; Google Cloud, "Labels overview"): data-classification=confidential and the like.
 */
import type { Parameter } from "../../../model/policy/parameter.ts";
import { onOff, textList } from "../../../model/policy/parameter.ts";
import type { Example, ExampleResource, Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";

/** What a person may set of every such rule. Case and separators do not count. */
const parameters: Readonly<Record<string, Parameter>> = {
  tags: textList(
    "names of the tags and labels that say how sensitive the data is",
    "a list of names, such as data-classification",
    /\S/,
    ["data-classification", "data-sensitivity", "classification", "confidentiality"],
  ),
  values: textList(
    "values of these tags that mark sensitive data",
    "a list of values, such as confidential",
    /\S/,
    ["confidential", "highly-confidential", "restricted", "secret", "pii", "phi"],
  ),
  all: onOff("whether everything counts as sensitive, marked or not"),
};

/**
 * The rule for what is marked as sensitive; of all else it says nothing. Types without tags can only
 * be asked by the parameter `all`. A provider's default tags and labels count as the resource's own.
 */
export function forMarked(rule: Rule, untagged: readonly string[] = []): Rule {
  return {
    ...rule,
    // Its provider, which may mark everything it makes, is another resource.
    needs: "plan",
    parameters: { ...parameters, ...rule.parameters },
    check: (subject, judge, plan) => {
      const mark = judge.parameter("all") === true ? "marked" : markOf(subject, judge, plan);
      if (mark === undefined) return judge.notApplicable("nothing marks its data as sensitive");
      // What would be wrong if it were marked waits for the mark; what is right does not.
      const fail = mark === "marked" ? judge.fail : () => judge.open(mark);
      rule.check(subject, { ...judge, fail }, plan);
    },
    examples: [
      ...rule.examples.map((example) => marked(example, untagged)),
      ...markExamples(rule.examples.filter(({ resources: [one] }) => !untagged.includes(one.type))),
    ],
  };
}

/** Whether a rule says something of a resource only where that is marked. */
export function asksOfMarked(rule: Rule): boolean {
  return rule.parameters?.["all"] === parameters["all"];
}

/** What is not known about the mark, if that leaves it open whether there is one. */
function markOf(
  subject: PlannedResource,
  judge: Judge,
  plan: Plan,
): "marked" | Undecided | undefined {
  const names = wordsOf(judge, "tags");
  const values = wordsOf(judge, "values");
  let doubt: Undecided | undefined;
  for (const tags of tagsOf(subject, plan)) {
    try {
      for (const name of tags().keys()) {
        if (!names.has(plain(name))) continue;
        if (values.has(plain(tags().at(name).text() ?? ""))) return "marked";
      }
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      doubt ??= error;
    }
  }
  return doubt;
}

/** By a parameter's value: thousands of resources are asked with the same one. */
const wordSets = new WeakMap<readonly string[], ReadonlySet<string>>();

function wordsOf(judge: Judge, parameter: string): ReadonlySet<string> {
  const texts = judge.parameter(parameter) as readonly string[];
  const words = wordSets.get(texts) ?? new Set(texts.map(plain));
  wordSets.set(texts, words);
  return words;
}

/** `Data-Classification`, `data_classification` and `DataClassification` are one name. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** The resource's own, then what its provider puts on everything; its values may be JSON texts. */
function tagsOf({ type, inputs, provider }: PlannedResource, plan: Plan): readonly (() => View)[] {
  const own = () => inputs.at(tagProperty(type));
  const makers = tagging.flatMap((maker) => plan.ofType(maker));
  const maker = makers.find(({ urn }) => urn === provider)?.inputs;
  if (maker === undefined) return [own];
  const ofAws = () => maker.at("defaultTags").document().at("tags").document();
  return [own, ofAws, () => maker.at("defaultLabels").document()];
}

/** Providers that can tag everything they make. */
const tagging = ["pulumi:providers:aws", "pulumi:providers:gcp"];

function tagProperty(type: string): "labels" | "tags" {
  return type.startsWith("gcp:") ? "labels" : "tags";
}

function marked(example: Example, untagged: readonly string[]): Example {
  const [subject, ...others] = example.resources;
  if (untagged.includes(subject.type)) {
    return { ...example, parameters: { ...example.parameters, all: true } };
  }
  return { ...example, resources: [tagged(subject, "confidential"), ...others] };
}

function tagged(resource: ExampleResource, value: string): ExampleResource {
  const property = tagProperty(resource.type);
  return { ...resource, props: { ...resource.props, [property]: { [sampleTag]: value } } };
}

const sampleTag = "data-classification";

/** What being marked means, shown at the first violating example; none without such an example. */
function markExamples(examples: readonly Example[]): Example[] {
  const bad = examples.find(({ kind }) => kind === "violating");
  const good = examples.find(({ expect }) => expect === "pass");
  if (bad === undefined || good === undefined) return [];
  const [subject, ...others] = bad.resources;
  const cloud = subject.type.split(":")[0] ?? "";
  const defaults = { [sampleTag]: "Restricted" };
  const maker: ExampleResource = {
    type: `pulumi:providers:${cloud}`,
    name: "provider",
    props: cloud === "gcp" ? { defaultLabels: defaults } : { defaultTags: { tags: defaults } },
  };
  return [
    { ...bad, says: `${bad.says}, of everything`, parameters: { all: true } },
    {
      ...bad,
      says: `${bad.says}, by a tag of one's own`,
      parameters: { tags: ["Data Class"], values: ["C3"] },
      resources: [
        {
          ...subject,
          props: { ...subject.props, [tagProperty(subject.type)]: { data_class: "c3" } },
        },
        ...others,
      ],
    },
    ...(tagging.includes(maker.type)
      ? [
          {
            ...bad,
            says: `${bad.says}, marked by its provider`,
            resources: [{ ...subject, provider: maker.name }, ...others, maker] as const,
          },
        ]
      : []),
    { kind: "clean", says: "not marked", expect: "not-applicable", resources: bad.resources },
    {
      kind: "clean",
      says: "marked as public",
      expect: "not-applicable",
      resources: [tagged(subject, "public"), ...others],
    },
    {
      kind: "unknown",
      says: "whether it is marked is not known",
      expect: "unknown",
      resources: [tagged(subject, unknownHere), ...others],
    },
    {
      kind: "clean",
      says: "right, whatever the mark is",
      expect: "pass",
      resources: [tagged(good.resources[0], unknownHere), ...good.resources.slice(1)],
    },
  ];
}
