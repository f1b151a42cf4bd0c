/** Containers of Amazon ECS and AWS Batch, which stand in their definitions as JSON. */
import type { Example, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "./alone.ts";

export const taskType = "aws:ecs/taskDefinition:TaskDefinition";
export const jobType = "aws:batch/jobDefinition:JobDefinition";

/** The containers of a task or job. Throws `Undecided`. */
function containersOf({ type, inputs }: PlannedResource): readonly View[] {
  if (type === taskType) return entriesOf(inputs.at("containerDefinitions").document());
  return [
    inputs.at("containerProperties").document(),
    ...entriesOf(inputs.at("ecsProperties").document().at("taskProperties")).flatMap((task) =>
      entriesOf(task.at("containers")),
    ),
    ...entriesOf(inputs.at("nodeProperties").document().at("nodeRangeProperties")).map((range) =>
      range.at("container"),
    ),
  ].filter(({ state }) => state !== "absent");
}

/** A rule by a flag of each container. */
export interface ContainerRule
  extends Pick<Rule, "id" | "sentence" | "why" | "severity" | "tenets" | "controls" | "fix"> {
  readonly flag: string;
  /** What it must be; where it is not set it is false. */
  readonly wanted: boolean;
  readonly witness: string;
  readonly subjects: readonly (typeof taskType | typeof jobType)[];
}

/** The whole rule; Windows knows neither privileges nor read-only roots. */
export function containerRule({ flag, wanted, witness, ...words }: ContainerRule): Rule {
  const container = (value: Json) => ({ name: "app", image: "app", [flag]: value });
  const task = (value: Json) =>
    alone(taskType, { family: "app", containerDefinitions: JSON.stringify([container(value)]) });
  const job: Example = {
    kind: "violating",
    says: "a job",
    expect: "fail",
    resources: alone(jobType, { containerProperties: JSON.stringify(container(!wanted)) }),
    path: `containerProperties.${flag}`,
  };
  return {
    ...words,
    needs: "resource",
    check: (subject, judge) => {
      const system = subject.inputs.at("runtimePlatform", "operatingSystemFamily");
      if (/^windows/i.test(system.text() ?? "")) {
        return judge.notApplicable("Windows has no such thing");
      }
      for (const one of containersOf(subject)) {
        judge.part(() => {
          const at = one.at(flag);
          if ((at.flag() ?? false) !== wanted) judge.fail(at, witness);
        });
      }
    },
    examples: [
      {
        kind: "violating",
        says: `${flag} is ${!wanted}`,
        expect: "fail",
        resources: task(!wanted),
        path: `containerDefinitions[0].${flag}`,
      },
      ...(words.subjects.includes(jobType) ? [job] : []),
      { kind: "clean", says: `${flag} is ${wanted}`, expect: "pass", resources: task(wanted) },
      {
        kind: "unknown",
        says: "the containers are not known",
        expect: "unknown",
        resources: alone(taskType, { containerDefinitions: unknownHere }),
        path: "containerDefinitions",
      },
      {
        kind: "absent",
        says: "not said",
        expect: wanted ? "fail" : "pass",
        resources: task(null),
      },
    ],
  };
}
