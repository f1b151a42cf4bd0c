/**
 * Compute Engine documentation, "About OS Login": where it is on, keys in metadata open nothing. A
 * machine's own metadata goes before its project's; machines without it take the project's keys.
 */
import type { ExampleResource, Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource, View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import { machineTypes } from "../shared/default-account.ts";
import { someOf } from "../shared/some-of.ts";

const project = "gcp:compute/projectMetadata:ProjectMetadata";
const item = "gcp:compute/projectMetadataItem:ProjectMetadataItem";
const [machine = ""] = machineTypes;
const login = "enable-oslogin";
const witness = "ssh with a key that a former colleague left in the project";

export const GI22: Rule = {
  id: "GI22",
  sentence: "Machines are entered by OS Login, not by the project's keys.",
  why: "A key in metadata opens every machine of the project, for whoever wrote it there, for ever.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-2", "AC-17", "IA-5"],
  frameworks: [cis("cis-gcp-3.0.0", "4.3"), cis("cis-gcp-3.0.0", "4.4")],
  fix: "Set enable-oslogin to TRUE in the project's metadata, and take ssh-keys out of it.",
  subjects: [...machineTypes, project, item],
  needs: "plan",
  check: (subject, judge, plan) => {
    const { type, inputs } = subject;
    if (type === project) return judgeProject(inputs.at("metadata"), judge);
    if (type === item) return judgeItem(inputs, judge);
    const metadata = inputs.at("metadata");
    const own = metadata.at(login);
    if (isTrue(own)) return;
    if (own.state !== "absent") return judge.fail(own, witness);
    if (isTrue(metadata.at("block-project-ssh-keys"))) return;
    if (someOf(judge, plan.ofType(project, item), turnsOn) === "no") judge.fail(own, witness);
  },
  examples: [
    {
      kind: "violating",
      says: "a machine that turns it off",
      expect: "fail",
      resources: [one({ [login]: "FALSE" }), metadata({ [login]: "TRUE" })],
      path: "metadata.enable-oslogin",
    },
    {
      kind: "violating",
      says: "the project's keys",
      expect: "fail",
      resources: alone(project, {
        metadata: { [login]: "TRUE", "ssh-keys": "alice:ssh-ed25519 A" },
      }),
      path: "metadata.ssh-keys",
    },
    {
      kind: "violating",
      says: "an item that turns it off",
      expect: "fail",
      resources: alone(item, { key: login, value: "FALSE" }),
      path: "value",
    },
    {
      kind: "violating",
      says: "keys as an item",
      expect: "fail",
      resources: alone(item, { key: "ssh-keys", value: "alice:ssh-ed25519 A" }),
      path: "value",
    },
    {
      kind: "clean",
      says: "the project turns it on",
      expect: "pass",
      resources: [one({}), metadata({ [login]: "TRUE" })],
    },
    {
      kind: "clean",
      says: "a machine without the project's keys",
      expect: "pass",
      resources: [one({ "block-project-ssh-keys": "true" })],
    },
    {
      kind: "clean",
      says: "another item",
      expect: "not-applicable",
      resources: alone(item, { key: "team", value: "shop" }),
    },
    {
      kind: "unknown",
      says: "metadata that are not known",
      expect: "unknown",
      resources: alone(machine, { metadata: unknownHere }),
      path: "metadata",
    },
    {
      kind: "absent",
      says: "nothing said, neither here nor in the project",
      expect: "fail",
      resources: alone(machine, {}),
    },
  ],
};

function judgeProject(metadata: View, judge: Judge): void {
  judge.part(() => {
    if (!isTrue(metadata.at(login))) judge.fail(metadata.at(login), witness);
  });
  for (const key of ["ssh-keys", "sshKeys"]) {
    const keys = metadata.at(key);
    if (keys.state === "unknown") judge.open(keys);
    if (keys.state === "known") judge.fail(keys, witness);
  }
}

function judgeItem(inputs: View, judge: Judge): void {
  const key = inputs.at("key").text() ?? "";
  const value = inputs.at("value");
  if (key === login) {
    if (!isTrue(value)) judge.fail(value, witness);
  } else if (key === "ssh-keys" || key === "sshKeys") judge.fail(value, witness);
  else judge.notApplicable("the item is about something else");
}

function turnsOn({ type, inputs }: PlannedResource): boolean {
  if (type === project) return isTrue(inputs.at("metadata", login));
  return inputs.at("key").text() === login && isTrue(inputs.at("value"));
}

function isTrue(view: View): boolean {
  return /^(true|yes|1)$/i.test(view.text() ?? "");
}

function one(values: { readonly [key: string]: Json }): ExampleResource {
  return { type: machine, name: "app", props: { metadata: values } };
}

function metadata(values: { readonly [key: string]: Json }): ExampleResource {
  return { type: project, name: "project", props: { metadata: values } };
}
