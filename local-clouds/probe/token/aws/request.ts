/** A request as IAM judges it: who asks for what, and its context (IAM user guide, "Request context"). */

/** What is known of a context key. */
export type Known =
  | { readonly kind: "values"; readonly values: readonly string[] }
  | { readonly kind: "absent" }
  /** It is there, or may be there, with a value that nobody told. */
  | { readonly kind: "open"; readonly why: string };

/** The context keys of a request. Names of keys are not case-sensitive ("Condition"). */
export class RequestContext {
  private readonly keys = new Map<string, Known>();
  private readonly otherwise: (key: string) => Known;

  /** Known keys, and what is to be said of all others. */
  constructor(
    known: Readonly<Record<string, Known>>,
    otherwise: (key: string) => Known = () => ({ kind: "absent" }),
  ) {
    for (const [key, value] of Object.entries(known)) this.keys.set(key.toLowerCase(), value);
    this.otherwise = otherwise;
  }

  /** What is known of a key. */
  of(key: string): Known {
    const folded = key.toLowerCase();
    return this.keys.get(folded) ?? this.otherwise(folded);
  }
}

/** One value of a key. */
export function value(text: string): Known {
  return { kind: "values", values: [text] };
}

/** Several values of a key. */
export function values(texts: readonly string[]): Known {
  return { kind: "values", values: texts };
}

/** Who makes a request. */
export type Principal =
  | { readonly kind: "Federated"; readonly provider: string }
  | { readonly kind: "Service"; readonly service: string }
  | {
      readonly kind: "AWS";
      readonly arn: string;
      readonly account: string;
      /** Name of the role's session, where it is known. */
      readonly session?: string;
    };

/** A request. */
export interface Request {
  readonly principal: Principal;
  /** E.g. `sts:AssumeRoleWithWebIdentity`. */
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  readonly context: RequestContext;
}
