/**
 * Cloud Logging, "Configure aggregated sinks". It is asked where the plan holds a sink of an
 * organisation or folder; of several with the same parent one that takes everything is enough.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { someOf } from "../shared/some-of.ts";

const organisationSink = "gcp:logging/organizationSink:OrganizationSink";
const parents: Readonly<Record<string, string>> = {
  "gcp:logging/folderSink:FolderSink": "folder",
  [organisationSink]: "orgId",
};

export const GL02: Rule = {
  id: "GL02",
  sentence: "A sink of the organisation takes every log of every project below.",
  why: "An attacker works in a project, or by a service, whose logs nobody but himself can keep or delete.",
  severity: "high",
  tenets: ["T7"],
  controls: ["AU-2", "AU-9", "AU-12"],
  frameworks: [cis("cis-gcp-3.0.0", "2.2"), iso("gcp", "A.8.15", "logging_sink_created")],
  fix: "Give a sink of the organisation an empty filter and includeChildren true.",
  subjects: Object.keys(parents),
  needs: "plan",
  check: (subject, judge, plan) => {
    const property = parents[subject.type] ?? "";
    const parent = subject.inputs.at(property);
    const brothers = plan
      .ofType(subject.type)
      .filter((one) => one === subject || sameText(one, subject, property));
    const complete = someOf(judge, brothers, takesEverything);
    if (complete !== "no") return;
    const filter = subject.inputs.at("filter");
    const witness = `a log entry below ${parent.state === "known" ? parent.text() : property} that goes nowhere`;
    judge.fail(isFiltered(subject) ? filter : subject.inputs.at("includeChildren"), witness);
  },
  examples: [
    {
      kind: "violating",
      says: "audit logs only",
      expect: "fail",
      resources: [sink({ filter: 'logName:"cloudaudit.googleapis.com"', includeChildren: true })],
      path: "filter",
    },
    {
      kind: "violating",
      says: "without the projects",
      expect: "fail",
      resources: [sink({ filter: "", includeChildren: false })],
      path: "includeChildren",
    },
    {
      kind: "violating",
      says: "one that is off",
      expect: "fail",
      resources: [sink({ includeChildren: true, disabled: true })],
    },
    {
      kind: "clean",
      says: "everything",
      expect: "pass",
      resources: [sink({ filter: "", includeChildren: true })],
    },
    {
      kind: "clean",
      says: "another sink takes everything",
      expect: "pass",
      resources: [
        sink({ filter: "severity>=ERROR", includeChildren: true }),
        { ...sink({ includeChildren: true }), name: "all" },
      ],
    },
    {
      kind: "unknown",
      says: "the filter is not known",
      expect: "unknown",
      resources: [sink({ filter: unknownHere, includeChildren: true })],
      path: "filter",
    },
    { kind: "absent", says: "not said", expect: "fail", resources: [sink({})] },
  ],
};

/** An unknown parent is some other one: nothing is taken for complete that is not known to be. */
function sameText(one: PlannedResource, other: PlannedResource, property: string): boolean {
  const [first, second] = [one.inputs.at(property), other.inputs.at(property)];
  if (first.state !== "known" || second.state !== "known") return first.state === second.state;
  return first.text() === second.text();
}

function isFiltered({ inputs }: PlannedResource): boolean {
  return (inputs.at("filter").text() ?? "").trim() !== "";
}

function takesEverything(sink: PlannedResource): boolean {
  const { inputs } = sink;
  return (
    !isFiltered(sink) &&
    inputs.at("includeChildren").flag() === true &&
    inputs.at("disabled").flag() !== true
  );
}

function sink(more: { readonly [key: string]: Json }): ExampleResource {
  return { type: organisationSink, name: "sink", props: { orgId: "123456789012", ...more } };
}
