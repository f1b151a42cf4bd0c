/** Rules about single allowing statements of permission policies. */
import { matchesPattern, parsePattern } from "../../../model/identity/aws/wildcard.ts";
import type { Example, Place, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { alone } from "./alone.ts";
import { permissionDocuments, permissionTypes, statementsOf, textsOf } from "./policy-document.ts";

/** What is wrong with a statement. */
export interface Wrong {
  readonly at: Place;
  readonly witness: string;
}

interface StatementRule extends Omit<Rule, "subjects" | "needs" | "check" | "examples" | "remedy"> {
  /** What is wrong with an allowing statement, if anything. Throws `Undecided`. */
  readonly wrong: (statement: View) => Wrong | undefined;
  /** Statements that break the rule, by what they show; `path` is the element that is named. */
  readonly violating: Readonly<Record<string, { readonly [key: string]: Json }>>;
  readonly path: string;
  readonly clean: Readonly<Record<string, { readonly [key: string]: Json }>>;
  /** Further canonical types, and the property of each that holds a document. */
  readonly also?: Readonly<Record<string, string>>;
}

const type = "aws:iam/policy:Policy";

/** The rule over all types with permission policies. */
export function statementRule(rule: StatementRule): Rule {
  const { wrong, violating, path, clean, also = {}, ...words } = rule;
  return {
    ...words,
    subjects: [...permissionTypes, ...Object.keys(also)],
    needs: "resource",
    check: (subject, judge) => {
      const own = also[subject.type];
      const documents = own === undefined ? permissionDocuments(subject) : [subject.inputs.at(own)];
      for (const document of documents) {
        judge.part(() => {
          for (const statement of statementsOf(document)) {
            judge.part(() => {
              if (statement.at("Effect").text() !== "Allow") return;
              const found = wrong(statement);
              if (found !== undefined) judge.fail(found.at, found.witness);
            });
          }
        });
      }
    },
    examples: [
      ...Object.entries(violating).map(([says, statement]): Example => {
        const resources = alone(type, { policy: document(statement) });
        return {
          kind: "violating",
          says,
          expect: "fail",
          resources,
          path: `policy.Statement.${path}`,
        };
      }),
      ...Object.values(violating)
        .slice(0, 1)
        .map((statement): Example => {
          const inlinePolicies = [{ policy: { Statement: [{ Effect: "Allow", ...statement }] } }];
          return {
            kind: "violating",
            says: "in a role's inline policy",
            expect: "fail",
            resources: alone("aws:iam/role:Role", { inlinePolicies }),
            path: `inlinePolicies[0].policy.Statement[0].${path}`,
          };
        }),
      ...Object.entries(clean).map(
        ([says, statement]): Example => ({
          kind: "clean",
          says,
          expect: "pass",
          resources: alone(type, { policy: document(statement) }),
        }),
      ),
      {
        kind: "unknown",
        says: "the document is not known",
        expect: "unknown",
        resources: alone(type, { policy: unknownHere }),
        path: "policy",
      },
      {
        kind: "absent",
        says: "a role without inline policies",
        expect: "pass",
        resources: alone("aws:iam/role:Role", { name: "app" }),
      },
    ],
  };
}

function document(statement: { readonly [key: string]: Json }): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", ...statement } });
}

/** Of the actions those that the statement allows; it may allow them by a wildcard. */
export function allowed(statement: View, actions: readonly string[]): readonly string[] {
  const patterns = textsOf(statement.at("Action")).flatMap((text) => {
    // Everything is another rule's finding (AI19).
    const parts = text === "*" || text === "*:*" ? undefined : parsePattern(text.toLowerCase());
    return parts === undefined ? [] : [parts];
  });
  return actions.filter((action) =>
    patterns.some((parts) => matchesPattern(parts, action.toLowerCase())),
  );
}

/** `*`, all of one type (`role/*`, `table/*`), and all buckets with or without their objects. */
const wide =
  /^(\*+|arn:[^:]*:s3:::\*+(\/\*+)?|arn:[^:]*:(?!s3:)[^:]*:[^:]*:[^:]*:([\w-]+[/:])?\*+)$/;

/** Whether the statement reaches all resources of a kind. */
export function isWide(statement: View): boolean {
  return textsOf(statement.at("Resource")).some((text) => wide.test(text));
}

/** Keys that are true of everybody's everyday call, whoever he is and whatever he calls for. */
const indifferent =
  /^aws:(securetransport|requestedregion|currenttime|epochtime|useragent|referer)$/i;

/** Whether a condition narrows who may, on what, or for what. */
export function isNarrowed(statement: View): boolean {
  const condition = statement.at("Condition");
  return condition.keys().some((operator) =>
    condition
      .at(operator)
      .keys()
      .some((key) => !indifferent.test(key)),
  );
}
