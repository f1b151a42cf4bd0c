/** What is the same for all resource types of a provider package: how it answers, names and words. */

import type { JsonObject, ValueObject } from "../protocol/value.ts";
import type { Words } from "../shapes/words.ts";
import type { Neighbour, Scope } from "./resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "./type.ts";

/** What the provider says about itself in Configure, and how it words its diffs. */
export interface Answers {
  readonly acceptsSecrets: boolean;
  readonly acceptsResources: boolean;
  readonly supportsAutonaming: boolean;
  /** Diff says of each change that it is one of the inputs, not of the state. */
  readonly inputDiff: boolean;
}

/** What a Check found out, for the package's own notes in the inputs. */
export interface Checked {
  readonly entry: TypeEntry;
  /** Concrete paths of the inputs that the provider filled in, the name included. */
  readonly defaulted: readonly (readonly (string | number)[])[];
  /** The provider chose a name with a random suffix. */
  readonly autonamed: boolean;
}

/** The notes a package writes into inputs and outputs; policies, diffs and states see them. */
export interface Bookkeeping {
  /** Inputs as Check answers them. */
  annotate(inputs: ValueObject, checked: Checked): ValueObject;
  /** Whether the notes say that the provider chose the name in these inputs. */
  choseName(inputs: ValueObject, property: string, framework: boolean): boolean;
  /** Inputs without the notes. */
  strip(inputs: ValueObject): ValueObject;
  /** Outputs as Create, Update and Read answer them. */
  outputs(outputs: ValueObject, about: About): ValueObject;
  /** Whether a replacement must delete first. */
  deletesFirst(entry: TypeEntry, oldInputs: ValueObject, newInputs: ValueObject): boolean;
  /** What a Diff tells beside the changes. */
  tells(entry: TypeEntry): DiffManner;
}

/** What a provider's Diff tells beside the changes. */
export interface DiffManner {
  /** Properties that stay as they are, whatever changes. */
  readonly stables: boolean;
  /** It calls its changes detailed even where there are none. */
  readonly detailsOfNothing: boolean;
}

/** The resource whose outputs are being answered. */
export interface About {
  readonly entry: TypeEntry;
  /** `undefined` at preview of a creation. */
  readonly id: string | undefined;
  /** Inputs as sent, notes included. */
  readonly inputs: ValueObject;
}

/** What everything of a provider instance lies in, as objects lie in a cluster: it goes along with it. */
export interface Home {
  /** Tokens it may have; they may be of another package. */
  readonly to: readonly string[];
  /** Its {@link TypeEntry.keys} that name it. */
  readonly by: readonly string[];
  /** Spellings of its name; any may fit. */
  readonly keys: readonly string[];
  /** How the provider refuses to work where there is none. */
  readonly missing: ServiceError;
  /** What lay in a home that is gone counts as gone, instead of being refused. */
  readonly forgiven: boolean;
}

/** One provider package. */
export interface Profile {
  /** Package name, e.g. `azure-native`. */
  readonly name: string;
  readonly answers: Answers;
  /** Suffix of generated names: separator and count of hex characters. */
  readonly suffix: { readonly separator: string; readonly hexCount: number };
  readonly bookkeeping: Bookkeeping;
  /**
   * How the provider words what the shape of a type finds wrong, and what it lets pass. Without it
   * Check does not judge by shape: for Kubernetes the API server does, by its own schema
   * (`pulumi/pulumi-kubernetes:provider/pkg/provider/provider.go`, Check).
   */
  readonly words?: Words;
  /** Demands on the provider's configuration, and what the provider fills in. */
  readonly checkConfig: (config: JsonObject) => {
    faults: readonly InputFault[];
    config: JsonObject;
  };
  /**
   * What the provider itself puts into the inputs of a resource before it completes and judges
   * them; such values are not noted as defaults.
   */
  readonly precheck?: (inputs: ValueObject, entry: TypeEntry, scope: Scope) => ValueObject;
  /** Top-level texts that the provider compares by what this makes of them. */
  readonly comparedAs?: Readonly<Record<string, (text: string) => string>>;
  /** Configuration keys whose change replaces the provider and so everything in it. */
  readonly replacingConfig: readonly string[];
  /** Where an instance with this configuration works. */
  readonly scope: (config: JsonObject) => Scope;
  /** Resources are kept apart by region (aws); elsewhere an account is one space of ids. */
  readonly regional: boolean;
  /** What an instance's resources lie in; `undefined` where nothing has to be there. */
  readonly home?: (scope: Scope) => Home | undefined;
  /** Where one resource lies: the inputs may say more than the provider. */
  readonly locate: (scope: Scope, inputs: ValueObject) => { account: string; region: string };
  /** The account an id itself names (ARM ids, self links); it outranks the provider's own. */
  readonly accountIn?: (id: string) => string | undefined;
  /** The token of a function as the table spells it. */
  readonly canonical: (token: string) => string;
  /** An id or name in the form in which two spellings of one thing are equal. */
  readonly fold: (key: string) => string;
  /** A service's refusal in the frame the provider puts around it. */
  readonly frame: (operation: Operation, token: string, error: ServiceError) => string;
  /** The usual answers where an entry has none of its own. */
  readonly usual: {
    readonly taken: ServiceError;
    readonly inUse: ServiceError;
    readonly gone: ServiceError;
  };
  /**
   * What forbids an operation on an id, whatever its type: locks of people, holds of the provider.
   * `all` finds resources of the account.
   */
  readonly bars?: (
    operation: Operation,
    id: string,
    all: (token: string) => readonly Neighbour[],
  ) => ServiceError | undefined;
  /** An entry for a token that is in no table, e.g. Kubernetes' kinds. */
  readonly dynamic?: (token: string) => TypeEntry | undefined;
}

/** A configuration with which a provider cannot work. */
export class BadConfiguration extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BadConfiguration";
  }
}

/** What was being done when a service refused. */
export type Operation = "creating" | "reading" | "updating" | "deleting" | "invoking";

/** A refusal's sentence with its places filled. */
export function wording(
  error: ServiceError,
  places: Readonly<Record<string, string>>,
): ServiceError {
  const says = error.says.replaceAll(/\{(\w+)\}/g, (whole, key: string) => places[key] ?? whole);
  return { code: error.code, says };
}
