/** moto, an imitation of AWS made by others, as a referee of ids, defaults and refusals. */
import assert from "node:assert/strict";
import { openLab } from "../../local-clouds/kit/lab.ts";
import type { Case, Facts } from "./case.ts";
import { ec2Cases } from "./cases/ec2.ts";
import { iamCases } from "./cases/iam.ts";
import { messageCases } from "./cases/messages.ts";
import { storeCases } from "./cases/stores.ts";
import { type Answers, askMoto, provideMoto } from "./moto.ts";

const minutes = 60_000;
const cases: Readonly<Record<string, Case>> = {
  ...ec2Cases,
  ...iamCases,
  ...storeCases,
  ...messageCases,
};

describe("the local clouds and moto agree on", function () {
  this.timeout(6 * minutes);

  let answers: Readonly<Record<string, Answers>>;
  before(function () {
    const lacking = provideMoto();
    if (lacking !== undefined) {
      process.stderr.write(`${lacking}\n`);
      this.skip();
    }
    answers = askMoto(
      Object.fromEntries(Object.entries(cases).map(([name, { steps }]) => [name, steps])),
    );
  });

  for (const [name, one] of Object.entries(cases)) {
    it(name, () => {
      const lab = openLab("aws", { region: "eu-west-1" });
      const ours = one.ours(lab);
      lab.close();
      const theirs = one.theirs(answers[name] ?? {});
      const differs = new Set(Object.keys(one.differs ?? {}));
      assert.deepEqual(without(ours, differs), without(theirs, differs));
      for (const fact of differs) {
        assert.notDeepEqual(ours[fact], theirs[fact], `${fact} no longer differs`);
      }
    });
  }
});

function without(facts: Facts, names: ReadonlySet<string>): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !names.has(name)));
}
