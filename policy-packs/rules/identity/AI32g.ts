/** AWS Lambda Developer Guide, "Resource-based policies" and "Sharing layers": a permission for `*` is for everybody. */

import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";

const type = "aws:lambda/permission:Permission";
const layer = "aws:lambda/layerVersionPermission:LayerVersionPermission";
const everybody = { action: "lambda:InvokeFunction", function: "app", principal: "*" };
const narrowing = ["sourceArn", "sourceAccount", "principalOrgId", "organizationId"];

export const AI32g: Rule = {
  id: "AI32g",
  sentence: "No function lets everybody call it, and no layer lets everybody copy it.",
  why: "Anybody runs the function with what he likes, under the function's own role.",
  severity: "critical",
  tenets: ["T2", "T6"],
  controls: ["AC-3", "SC-7"],
  fix: "Name the caller in principal, and set sourceArn, sourceAccount or principalOrgId.",
  subjects: [type, layer],
  needs: "resource",
  check: (subject, judge) => {
    const principal = subject.inputs.at("principal");
    if (principal.text() !== "*") return;
    const narrowed = narrowing.some((key) => {
      const text = subject.inputs.at(key).text() ?? "";
      return text !== "" && !/^\*+$/.test(text);
    });
    const action = subject.type === layer ? "lambda:GetLayerVersion" : "lambda:InvokeFunction";
    if (!narrowed) judge.fail(principal, `${action}, signed by anybody's account`);
  },
  examples: [
    {
      kind: "violating",
      says: "every account",
      expect: "fail",
      resources: alone(type, everybody),
      path: "principal",
    },
    {
      kind: "violating",
      says: "a URL without any login",
      expect: "fail",
      resources: alone(type, { ...everybody, functionUrlAuthType: "NONE" }),
      path: "principal",
    },
    {
      kind: "violating",
      says: "a layer for every account",
      expect: "fail",
      resources: alone(layer, { action: "lambda:GetLayerVersion", principal: "*" }),
      path: "principal",
    },
    {
      kind: "clean",
      says: "a layer for the organisation",
      expect: "pass",
      resources: alone(layer, { principal: "*", organizationId: "o-acme12345" }),
    },
    {
      kind: "clean",
      says: "the organisation",
      expect: "pass",
      resources: alone(type, { ...everybody, principalOrgId: "o-acme12345" }),
    },
    {
      kind: "clean",
      says: "one service",
      expect: "pass",
      resources: alone(type, { ...everybody, principal: "events.amazonaws.com" }),
    },
    {
      kind: "unknown",
      says: "the caller is not known",
      expect: "unknown",
      resources: alone(type, { ...everybody, principal: unknownHere }),
      path: "principal",
    },
    { kind: "absent", says: "no caller", expect: "pass", resources: alone(type, {}) },
  ],
};
