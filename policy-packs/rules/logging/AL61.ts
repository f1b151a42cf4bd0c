/**
 * AWS Elastic Beanstalk Developer Guide, "General options for all environments": logs stay on the
 * instances unless they are put into S3 or streamed to CloudWatch. A saved template may say so too.
 */
import type { View } from "../../../model/policy/view.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule, placesOf } from "../shared/flag-rule.ts";
import { isGiven } from "../shared/refers-to.ts";

const environment = "aws:elasticbeanstalk/environment:Environment";
const template = "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate";

const streams = (inputs: View) =>
  placesOf(inputs, ["settings", "name=StreamLogs", "value"]).some(
    ({ view, missing }) => missing !== true && view.text()?.toLowerCase() === "true",
  );

const handsOn: Demand = {
  path: ["settings", "name=LogPublicationControl", "value"],
  holds: (value) => value?.toLowerCase() === "true",
  when: (inputs) =>
    !["templateName", "environmentId"].some((name) => isGiven(inputs, name)) && !streams(inputs),
  witness: "an instance that is replaced takes its logs with it",
  good: "true",
  bad: "false",
};

export const AL61 = demandRule({
  id: "AL61",
  sentence: "An environment of Elastic Beanstalk hands its logs on.",
  why: "Whoever takes over an instance deletes the only copy of what he did there.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-9", "AU-12"],
  fix: "Set StreamLogs of aws:elasticbeanstalk:cloudwatch:logs, or LogPublicationControl of aws:elasticbeanstalk:hostmanager, to true.",
  demands: { [environment]: [handsOn], [template]: [handsOn] },
  base: { [environment]: { application: "shop" }, [template]: { application: "shop" } },
  more: [
    {
      kind: "clean",
      says: "streamed",
      expect: "not-applicable",
      resources: [
        {
          type: environment,
          name: "example",
          props: {
            settings: [
              {
                namespace: "aws:elasticbeanstalk:cloudwatch:logs",
                name: "StreamLogs",
                value: "true",
              },
            ],
          },
        },
      ],
    },
  ],
});
