/** Amazon ElastiCache User Guide, "Authenticating with AUTH" and "Role-based access control": neither is on by itself. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { isEmpty } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { isNamed } from "../shared/given-rule.ts";

const group = "aws:elasticache/replicationGroup:ReplicationGroup";
const serverless = "aws:elasticache/serverlessCache:ServerlessCache";

export const AI65: Rule = {
  id: "AI65",
  sentence: "A cache asks who its clients are.",
  why: "Whoever gets into the network reads sessions and passwords out of the cache, and writes his own.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["IA-2", "IA-9", "AC-3"],
  fix: "Name a group of users in userGroupIds or userGroupId, whose users log in by IAM, or set authToken.",
  subjects: [group, serverless],
  needs: "plan",
  check: ({ type, inputs }, judge, plan) => {
    if (/^memcached$/i.test(inputs.at("engine").text() ?? "")) {
      return judge.notApplicable("memcached knows no users");
    }
    if (inputs.at("globalReplicationGroupId").state !== "absent") {
      return judge.notApplicable("the global group's first member says who may call");
    }
    const names = type === group ? ["authToken", "authTokenWo"] : ["userGroupId"];
    if (names.some((name) => isNamed(inputs.at(name), plan))) return;
    const users = inputs.at("userGroupIds");
    if (type === group && !isEmpty(users)) return;
    judge.fail(
      type === group ? users : inputs.at("userGroupId"),
      "GET of any key by whoever reaches the port",
    );
  },
  examples: [
    {
      kind: "violating",
      says: "no users",
      expect: "fail",
      resources: alone(group, { engine: "redis", userGroupIds: [] }),
      path: "userGroupIds",
    },
    {
      kind: "violating",
      says: "a serverless cache without users",
      expect: "fail",
      resources: alone(serverless, { engine: "valkey" }),
      path: "userGroupId",
    },
    {
      kind: "clean",
      says: "a group of users",
      expect: "pass",
      resources: alone(group, { engine: "redis", userGroupIds: ["app"] }),
    },
    {
      kind: "clean",
      says: "a planned token",
      expect: "pass",
      resources: [
        {
          type: group,
          name: "app",
          props: { engine: "redis", authToken: unknownHere },
          dependsOn: { authToken: ["token"] },
        },
        { type: "random:index/randomPassword:RandomPassword", name: "token", props: {} },
      ],
    },
    {
      kind: "clean",
      says: "memcached",
      expect: "not-applicable",
      resources: alone(serverless, { engine: "memcached" }),
    },
    {
      kind: "unknown",
      says: "the users are not known",
      expect: "unknown",
      resources: alone(group, { engine: "redis", userGroupIds: unknownHere }),
      path: "userGroupIds",
    },
    { kind: "absent", says: "nothing said", expect: "fail", resources: alone(group, {}) },
  ],
};
