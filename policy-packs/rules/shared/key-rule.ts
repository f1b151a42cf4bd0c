/** Rules that ask for encryption under a key that the planners themselves can withdraw. */
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Props } from "./alone.ts";
import { pathText, placesOf, put } from "./flag-rule.ts";
import { sameRegion, waitsForOneOf } from "./refers-to.ts";

/** Where one type of resource names its key. */
export interface KeyPlace {
  /** Keys from the inputs down; `*` stands for every element of a list. */
  readonly path: readonly [string, ...string[]];
  /** Without an element in the list on the path there is no key. */
  readonly needsOne?: true;
  /** Of the objects that hold a key, those of which it is demanded. */
  readonly where?: (holder: View) => boolean;
  /** Resources of which a key is demanded; of all where there is no such condition. */
  readonly when?: (inputs: View) => boolean;
  /** A type whose resource in the same region names the key for all that name none. */
  readonly byDefault?: string;
  /** What must hold besides for the key to be used; its place where it does not. */
  readonly unused?: (inputs: View) => View | undefined;
  /** What is possible otherwise. */
  readonly witness: string;
  /** What a violating example holds there instead of a key; nothing where absent. */
  readonly bad?: Json;
  /** What the examples of the type hold besides. */
  readonly base?: Props;
  /** What its examples hold instead of the base and of keys at the other places. */
  readonly apart?: Props;
}

export interface KeyRule
  extends Pick<
    Rule,
    "id" | "sentence" | "why" | "severity" | "tenets" | "controls" | "frameworks" | "fix" | "remedy"
  > {
  readonly cloud: keyof typeof keyTypes;
  /** By canonical type. */
  readonly places: Readonly<Record<string, readonly KeyPlace[]>>;
  /** What the examples of a type hold besides what its places say. */
  readonly base?: Readonly<Record<string, Props>>;
  /** What the examples made of the places do not show. */
  readonly more?: readonly Example[];
  /** A key of the cloud's own will do as well. */
  readonly cloudsKey?: true;
}

/** Canonical types of what stands for a key. */
export const keyTypes = {
  aws: [
    "aws:kms/key:Key",
    "aws:kms/replicaKey:ReplicaKey",
    "aws:kms/externalKey:ExternalKey",
    "aws:kms/replicaExternalKey:ReplicaExternalKey",
    "aws:kms/alias:Alias",
    "aws:glue/securityConfiguration:SecurityConfiguration",
  ],
  azure: [
    "azure-native:keyvault:Key",
    "azure-native:keyvault:ManagedHsmKey",
    "azure-native:compute:DiskEncryptionSet",
    "azure-native:keyvault:Vault",
  ],
  gcp: ["gcp:kms/cryptoKey:CryptoKey", "gcp:kms/cryptoKeyVersion:CryptoKeyVersion"],
} as const;

const sampleKeys = {
  aws: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  azure: "https://shop.vault.azure.net/keys/data",
  gcp: "projects/shop/locations/europe-west3/keyRings/shop/cryptoKeys/data",
};

const cloudsKeys = /(^|:)alias\/aws\//;

/**
 * Whether the property names a key of the planners' own. A key that is planned has no name yet,
 * but the engine recorded that the property waits for it. Throws `Undecided`.
 */
export function namesOwnKey(property: View, plan: Plan, cloud: keyof typeof keyTypes): boolean {
  return namesKey(property, plan, cloud) && !isCloudsKey(property);
}

function isCloudsKey(property: View): boolean {
  return property.state === "known" && cloudsKeys.test(property.text() ?? "");
}

function namesKey(property: View, plan: Plan, cloud: keyof typeof keyTypes): boolean {
  if (property.state === "unknown") {
    if (waitsForOneOf(plan, property, keyTypes[cloud])) return true;
  }
  return (property.text() ?? "") !== "";
}

/** The whole rule, with examples for each type and place. */
export function keyRule(rule: KeyRule): Rule {
  const { cloud: _, places, base: __, cloudsKey: ___, more = [], ...words } = rule;
  return {
    ...words,
    subjects: Object.keys(places),
    needs: "plan",
    check: (subject, judge, plan) => {
      let asked = false;
      for (const place of places[subject.type] ?? []) {
        judge.part(() => {
          if (place.when !== undefined && !place.when(subject.inputs)) return;
          asked = true;
          if (isSettled(place, subject, plan)) return;
          checkPlace(rule, place, subject, judge, plan);
        });
      }
      if (!asked) judge.notApplicable("what the rule asks for does not concern this one");
    },
    examples: [
      ...Object.entries(places).flatMap(([type, list]) =>
        list.flatMap((place) => keyExamples(rule, type, place, list)),
      ),
      ...more,
    ],
  };
}

function isSettled({ path, byDefault }: KeyPlace, subject: PlannedResource, plan: Plan): boolean {
  if (byDefault === undefined || subject.inputs.at(...path).state !== "absent") return false;
  return plan.ofType(byDefault).some((one) => sameRegion(one, subject));
}

function checkPlace(
  { cloud, cloudsKey }: KeyRule,
  { path, needsOne, where, witness, unused }: KeyPlace,
  subject: PlannedResource,
  ...[judge, plan]: [Parameters<Rule["check"]>[1], Plan]
): void {
  const last = path.at(-1) ?? "";
  const holders = placesOf(subject.inputs, path.slice(0, -1));
  if (needsOne === true && holders.length === 0) {
    const list = subject.inputs.at(...path.slice(0, path.indexOf("*")));
    judge.fail(list, `${witness} (no key)`);
  }
  for (const { view: holder } of holders) {
    judge.part(() => {
      if (where !== undefined && !where(holder)) return;
      const view = holder.at(last);
      const isKey = namesKey(view, plan, cloud) && (cloudsKey === true || !isCloudsKey(view));
      if (!isKey)
        return judge.fail(view, view.state === "absent" ? `${witness} (no key)` : witness);
      const idle = idleAt(view, () => unused?.(subject.inputs));
      if (idle !== undefined) judge.fail(idle, witness);
    });
  }
}

/** A package may hide the key and what switches it on behind one unknown: the key tells of both. */
function idleAt(key: View, unused: () => View | undefined): View | undefined {
  try {
    return unused();
  } catch (error) {
    if (error instanceof Undecided && error.path === key.path) return undefined;
    throw error;
  }
}

function keyExamples(
  { cloud, base }: KeyRule,
  type: string,
  place: KeyPlace,
  all: readonly KeyPlace[],
): Example[] {
  const sample = sampleKeys[cloud];
  const others = all.filter((one) => one !== place && one.apart === undefined);
  const bases = all.filter((one) => one.apart === undefined).map((one) => one.base);
  const held: Props = Object.assign({}, base?.[type], ...bases);
  const around = place.apart ?? others.reduce((props, { path }) => put(props, path, sample), held);
  const [keyType] = keyTypes[cloud];
  const at = pathText(place.path);
  const one = (props: Props): readonly [ExampleResource] => [{ type, name: "example", props }];
  const planned: ExampleResource = {
    type,
    name: "example",
    props: put(around, place.path, unknownHere),
    dependsOn: { [place.path[0]]: ["key"] },
  };
  return [
    {
      kind: "violating",
      says: `${at} is ${place.bad === undefined ? "absent" : JSON.stringify(place.bad)}`,
      expect: "fail",
      resources: one(place.bad === undefined ? around : put(around, place.path, place.bad)),
      path: at,
      witness: place.witness,
    },
    {
      kind: "clean",
      says: `${at} names a key`,
      expect: "pass",
      resources: one(put(around, place.path, sample)),
    },
    {
      kind: "clean",
      says: `${at} names a key that is planned as well`,
      expect: "pass",
      resources: [planned, { type: keyType, name: "key", props: {} }],
    },
    {
      kind: "unknown",
      says: `${at} is not known`,
      expect: "unknown",
      resources: one(put(around, place.path, unknownHere)),
      path: at,
    },
    { kind: "absent", says: `nothing at ${at}`, expect: "fail", resources: one(around) },
  ];
}
