/** Who acts in AWS (IAM user guide, "AWS JSON policy elements: Principal"). */

import { BadRequest } from "../../lifecycle/bad-request.ts";
import { arnOf, roleToken } from "../../probe/token/aws/roles.ts";
import { type Live, type LiveWorld, textAt } from "../../probe/token/live.ts";
import type { Caller } from "../../records/call.ts";

export const userToken = "aws:iam/user:User";

/** A role's session, a user, the root of an account, or nobody who signs. */
export interface AwsActor {
  readonly kind: "role" | "user" | "root" | "anonymous";
  /** ARN of the role or user, not of the session. */
  readonly arn: string;
  readonly account: string;
  readonly name: string;
  /** Name of the role's session; `""` for users. */
  readonly session: string;
  /** The role or user; `undefined` for the root. */
  readonly live: Live | undefined;
}

/** The name of a session of which nobody said the name. */
const usualSession = "session";

/** Who sends requests without signature. */
const anonymous: AwsActor = {
  kind: "anonymous",
  arn: "anonymous",
  account: "",
  name: "anonymous",
  session: "",
  live: undefined,
};

/** The actor of an ARN: `…:role/NAME`, `…:user/NAME`, `…:root`, `…:assumed-role/NAME/SESSION`; or `anonymous`. */
export function awsActor(live: LiveWorld, arn: string): AwsActor {
  if (arn === anonymous.arn) return anonymous;
  const [, service, account = "", kind = "", name = ""] =
    /^arn:[\w-]+:(iam|sts)::(\d{12}):(root|role|user|assumed-role)(?:\/(.+))?$/.exec(arn) ?? [];
  if (service === undefined) {
    throw new BadRequest(`no role, user, session, root of an account or anonymous: ${arn}`);
  }
  if (kind === "root") {
    return { kind: "root", arn, account, name: "root", session: "", live: undefined };
  }
  if (kind === "user") return ofUser(live, arn, account);
  const [role = "", session = usualSession] = kind === "role" ? [lastOf(name)] : name.split("/");
  const found = live
    .of(roleToken)
    .find((one) =>
      kind === "role"
        ? arnOf(one) === arn
        : one.account === account && textAt(one.properties, "name") === role,
    );
  if (found === undefined) throw new BadRequest(`no role ${role} in account ${account}`);
  return { kind: "role", arn: arnOf(found), account, name: role, session, live: found };
}

function ofUser(live: LiveWorld, arn: string, account: string): AwsActor {
  const found = live.of(userToken).find(({ properties }) => textAt(properties, "arn") === arn);
  if (found === undefined) throw new BadRequest(`no user ${arn}`);
  const name = textAt(found.properties, "name");
  return { kind: "user", arn, account, name, session: "", live: found };
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The actor as records name it. */
export function awsCaller({ kind, arn, account, name, session, live }: AwsActor): Caller {
  const uniqueId = textAt(live?.properties, "uniqueId");
  return { kind, id: arn, name, account, uniqueId, session, groups: [] };
}

/** The actor as AWS writes it in sentences: the session, where there is one. */
export function awsActorText({ kind, arn, account, name, session }: AwsActor): string {
  return kind === "role" ? `arn:aws:sts::${account}:assumed-role/${name}/${session}` : arn;
}
