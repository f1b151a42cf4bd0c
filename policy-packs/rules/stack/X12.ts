/**
 * Pulumi, "Resource option: additionalSecretOutputs". The providers' packages name most secrets
 * themselves; the outputs here, which services make, none of aws 7, azure-native 3 or gcp 9 does.
 */
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";

/** Outputs that let their reader in, by canonical type. */
const secretOutputs: Readonly<Record<string, readonly string[]>> = {
  "azure-native:apimanagement:Subscription": ["primaryKey", "secondaryKey"],
  "azure-native:apimanagement:WorkspaceSubscription": ["primaryKey", "secondaryKey"],
  "azure-native:notificationhubs:NamespaceAuthorizationRule": ["primaryKey", "secondaryKey"],
  "azure-native:notificationhubs:NotificationHubAuthorizationRule": ["primaryKey", "secondaryKey"],
  "azure-native:redis:Redis": ["accessKeys"],
  "gcp:compute/publicAdvertisedPrefix:PublicAdvertisedPrefix": ["sharedSecret"],
};

export const X12: Rule = {
  id: "X12",
  sentence: "Keys that a service makes are kept as secrets of the state.",
  why: "Otherwise they stand in the state and in every preview as plain text, for all who may read either.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["IA-5", "SC-28"],
  fix: "Name the outputs in the option additionalSecretOutputs.",
  subjects: Object.keys(secretOutputs),
  needs: "resource",
  check: (subject, judge) => {
    for (const output of secretOutputs[subject.type] ?? []) {
      const given = subject.inputs.at(output);
      if (subject.options.additionalSecretOutputs.includes(output)) continue;
      // What the program chose itself is as secret as it was given.
      if (given.state === "known") continue;
      if (given.state === "unknown") judge.open(given);
      else judge.fail(given, `pulumi stack export, which shows ${output}`);
    }
  },
  examples: Object.entries(secretOutputs).flatMap(([type, outputs]) => examplesOf(type, outputs)),
};

function examplesOf(type: string, outputs: readonly string[]): Example[] {
  const resource = (
    props: ExampleResource["props"],
    additionalSecretOutputs: readonly string[] = [],
  ): ExampleResource => ({ type, name: "entry", props, additionalSecretOutputs });
  const all = (value: string) => Object.fromEntries(outputs.map((output) => [output, value]));
  return [
    {
      kind: "violating",
      says: "made by the service and not kept secret",
      expect: "fail",
      resources: [resource({ displayName: "shop" })],
      path: outputs[0] ?? "",
    },
    { kind: "clean", says: "kept", expect: "pass", resources: [resource({}, outputs)] },
    {
      kind: "unknown",
      says: "whether the program gives one is not known",
      expect: "unknown",
      resources: [resource(all(unknownHere))],
    },
    { kind: "absent", says: "nothing set", expect: "fail", resources: [resource({})] },
  ];
}
