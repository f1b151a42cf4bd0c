/** An action in Azure, by its ARM operation, or in Entra, by the directory's own name of it. */

import { type Live, type LiveWorld, textAt } from "../../probe/token/live.ts";
import type { Check } from "../../probe/token/verdict.ts";
import type { Acting } from "../acting.ts";
import type { Question } from "../question.ts";
import { type AzureActor, azureCaller } from "./actor.ts";
import { decideAzure } from "./decide.ts";
import { azureChange } from "./deeds.ts";
import { decideEntra } from "./directory-roles.ts";
import { lockStage } from "./locks.ts";

/** Looks at everything that an action needs; nothing is changed yet. */
export function actInAzure(
  live: LiveWorld,
  actor: AzureActor,
  cloud: "azure" | "entra",
  question: Question,
  at: Date,
): Acting {
  const { action } = question;
  const target = targetOf(live, question.resource, cloud);
  const written = question.resource.startsWith("/")
    ? question.resource
    : (target?.id ?? question.resource);
  const id =
    cloud === "entra" ? textAt(target?.properties, "objectId") || question.resource : written;
  const check =
    cloud === "entra"
      ? decideEntra(live, actor, target?.id ?? id, action)
      : decideAzure(live, actor, {
          action,
          id,
          with: question.with,
          context: question.context,
          now: at,
        });
  const subscription = /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? target?.account ?? "";
  const { objectId, name, tenant } = actor;
  return {
    cloud,
    as: `${name} (${actor.kind}, object ${objectId})`,
    caller: azureCaller(actor),
    resource: id,
    account: cloud === "entra" ? tenant : subscription,
    region: target?.region ?? "",
    check,
    change: () =>
      azureChange(action, { live, id, target, subscription, tenant, with: question.with }),
    request: question.with,
    refusal: refusalOf(actor, action, id, cloud, check),
    grounds: groundsOf(check),
  };
}

/** What is deployed under an ARM id, an object id, a display name, a URN or its end. */
function targetOf(live: LiveWorld, text: string, cloud: "azure" | "entra"): Live | undefined {
  const all = live.like(cloud === "entra" ? /^azuread:/ : /^azure-native:/);
  const folded = text.toLowerCase();
  const names = ["objectId", "userPrincipalName", "displayName", "clientId"];
  return (
    all.find(({ id }) => id.toLowerCase() === folded) ??
    all.find(({ urn }) => urn !== "" && (urn === text || urn.endsWith(`:${text}`))) ??
    (cloud === "entra"
      ? all.find(({ properties }) =>
          names.some((key) => textAt(properties, key).toLowerCase() === folded),
        )
      : undefined)
  );
}

/** ARM and Microsoft Graph refuse in words of their own ("Troubleshoot Azure RBAC"; "Microsoft Graph error responses"). */
function refusalOf(
  { name, objectId }: AzureActor,
  action: string,
  id: string,
  cloud: "azure" | "entra",
  check: Check,
) {
  if (check.says === "no" && check.reason.stage === lockStage)
    return { code: check.reason.rule, message: check.reason.got };
  if (cloud === "entra") {
    return {
      code: "Authorization_RequestDenied",
      message: "Insufficient privileges to complete the operation.",
    };
  }
  return {
    code: "AuthorizationFailed",
    message:
      `The client '${name}' with object id '${objectId}' does not have authorization to perform ` +
      `action '${action}' over scope '${id}' or the scope is invalid.`,
  };
}

/** Role and scope of the assignment that let it through. */
function groundsOf(check: Check) {
  const rule = check.says === "yes" ? (check.reason?.rule ?? "") : "";
  const [, role = "", scope = ""] = /^(.+?) on (\/\S*|\S+)/.exec(rule) ?? [];
  return { role, scope };
}
