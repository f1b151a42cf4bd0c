/**
 * What the local clouds say of the objects that the real API server judged. The golden file holds their
 * words; `test/referees/kube-apiserver` compares the same objects with the server itself.
 */

import { bundledDefinitions } from "../../../../local-clouds/packages/kubernetes/definitions.ts";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { matchesGolden } from "../../../harness/golden.ts";
import { changes, widgetObjects, widgets } from "../../../referees/kube-apiserver/changes.ts";
import { askLab, changeInLab } from "../../../referees/kube-apiserver/compare.ts";
import { expressions, subject, trial } from "../../../referees/kube-apiserver/expressions.ts";
import { bad, good } from "../../../referees/kube-apiserver/objects.ts";
import { type Lab, openLab } from "../../kit/lab.ts";

const definition = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

const all = { ...good, ...bad, ...widgetObjects };

describe("what the API server says", () => {
  let lab: Lab;
  before(() => {
    lab = openLab("kubernetes", {});
    lab.create("kubernetes:core/v1:Namespace", "shop", { metadata: { name: "shop" } });
    for (const project of ["istio", "gateway-api", "network-policy-api"] as const) {
      for (const object of bundledDefinitions(project)) define(object);
    }
    define(widgets as JsonObject);
    define(trial(expressions) as JsonObject);
  });
  after(() => lab.close());

  function define(object: JsonObject): void {
    lab.create(definition, (object["metadata"] as { name: string }).name, object);
  }

  it("of new objects", () => {
    const said = Object.entries({ ...all, expressions: subject }).map(([name, object]) => {
      const { reason, message } = askLab(lab, object);
      return [name, reason === "" ? "taken" : `${reason}: ${message}`] as const;
    });
    matchesGolden("kubernetes/objects", Object.fromEntries(said));
  });

  it("of changes", () => {
    const said = Object.entries(changes).map(([name, change]) => {
      const { answer, generation } = changeInLab(lab, change);
      const taken = `taken, generation ${String(generation ?? "none")}`;
      return [name, answer.reason === "" ? taken : `${answer.reason}: ${answer.message}`] as const;
    });
    matchesGolden("kubernetes/changes", Object.fromEntries(said));
  });
});
