/** An OpenID Connect token, as far as a cloud's trust looks at it. */

export type Claim = string | readonly string[];

/** A verified token: the signature is the issuer's, what it says is what trusts judge. */
export interface Token {
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  /** Every other claim by name. */
  readonly claims: Readonly<Record<string, Claim>>;
}

/** All claims of a token by their names in the token, `iss`, `aud` and `sub` included. */
export function claimsOf(token: Token): ReadonlyMap<string, Claim> {
  return new Map<string, Claim>([
    ...Object.entries(token.claims),
    ["iss", token.issuer],
    ["aud", token.audience],
    ["sub", token.subject],
  ]);
}

/** One line a person can compare: subject, audience and the claims that tell tokens apart. */
export function describeToken(token: Token): string {
  const claims = Object.entries(token.claims)
    .filter(([name]) => distinguishing.includes(name))
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : value.join(",")}`);
  return [`sub=${token.subject}`, `aud=${token.audience}`, ...claims].join(" ");
}

const distinguishing = [
  "repository",
  "repository_id",
  "repository_owner_id",
  "environment",
  "ref",
  "event_name",
];
