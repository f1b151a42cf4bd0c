/** Statements of resource policies that keep out requests that do not come by TLS. */
import type { View } from "../../../model/policy/view.ts";
import { speaksOfEverybody, textsOf } from "./policy-document.ts";

/** Whether the statement denies everybody every action of the service by http://. */
export function deniesPlaintext(statement: View, service: string): boolean {
  return (
    statement.at("Effect").text() === "Deny" &&
    speaksOfEverybody(statement) &&
    asksOnlyAbout(statement, "false") &&
    textsOf(statement.at("Action")).some((action) =>
      ["*", `${service}:*`].includes(action.toLowerCase()),
    )
  );
}

/** Whether the statement is true of requests by TLS alone. */
export function isByTlsAlone(statement: View): boolean {
  const conditions = statement.at("Condition");
  return conditions.keys().some((operator) => {
    const condition = conditions.at(operator);
    return (
      /^Bool$/i.test(operator) &&
      condition.keys().some((key) => isTls(key) && textsOf(condition.at(key)).includes("true"))
    );
  });
}

/** Any further condition leaves some plaintext requests alone. */
function asksOnlyAbout(statement: View, value: string): boolean {
  const conditions = statement.at("Condition");
  const operators = conditions.keys();
  const [operator = ""] = operators;
  const condition = conditions.at(operator);
  const [key = "", ...more] = condition.keys();
  if (operators.length !== 1 || more.length > 0) return false;
  return (
    /^Bool(IfExists)?$/i.test(operator) && isTls(key) && textsOf(condition.at(key)).includes(value)
  );
}

function isTls(key: string): boolean {
  return key.toLowerCase() === "aws:securetransport";
}
