/**
 * What a resource type is to the local clouds: one small table entry.
 *
 * An entry says how the service behind the type behaves: what it demands, what it fills in, how it
 * names and numbers things, what it looks up in the world, what it refuses. Everything in it is
 * pure: the lifecycle (`../lifecycle`) decides when each part runs.
 *
 * Paths are dotted property paths; `[*]` stands for every item of a list and `*` for every value of
 * a map: `vpcSettings.subnetIds[*]`, `ingress[*].cidrBlocks[*]`, `containers.*.image`.
 */

import type { Json, JsonObject, ValueObject } from "../protocol/value.ts";
import type { Resource } from "./resource.ts";

/** A fixed value, or one that follows from the resource; `undefined` leaves the property out. */
export type Computed = Json | ((resource: Resource) => Json | undefined);

/** An error as the real service words it: its code and its sentence. */
export interface ServiceError {
  /** The service's own code, e.g. `InvalidSubnetID.NotFound`, `409 alreadyExists`; `""` where the provider itself refuses. */
  readonly code: string;
  /** The sentence; `{value}` becomes the offending value, `{id}` the resource's id, `{leaf}` its last part, `{name}` its logical name. */
  readonly says: string;
}

/** A property that must point to something that exists in this world. */
export interface Reference {
  /** Path of the property, e.g. `vpcId` or `subnetIds[*]`. Absent and unknown values are not looked up. */
  readonly at: string;
  /** Token or tokens it may point to. They may be of another package. */
  readonly to: string | readonly string[];
  /**
   * How the value names its target: `id` (default) or one of the target's {@link TypeEntry.keys}.
   * Several are tried in order.
   */
  readonly by?: string | readonly string[];
  /** Turns the property's value into what is looked up, e.g. a name into the full id. */
  readonly key?: (resource: Resource, value: string) => string;
  /** Values that are never looked up, e.g. what the cloud itself owns. */
  readonly unless?: (value: string, resource: Resource) => boolean;
  /** `world` also finds targets of other accounts and regions; default `account`. */
  readonly within?: "account" | "world";
  /** How the service refuses a value that points nowhere. */
  readonly missing: ServiceError;
  /** The target cannot be deleted while this resource exists (its {@link TypeEntry.inUse} is the answer). */
  readonly holds?: boolean;
  /** This resource disappears with its target, as the contents of a resource group do. */
  readonly cascades?: boolean;
}

/** How a package's autonaming applies to a type. The separator and suffix length are the package's. */
export interface Autoname {
  /** Path of the input that is named, e.g. `name`, `bucket`, `metadata.name`. */
  readonly property: string;
  /** Another input that stands for the name: where it is given, nothing is named (`generateName`). */
  readonly instead?: string;
  /** Longest name the service takes, in characters; the logical name is cut, never the suffix. */
  readonly charactersMax?: number;
  /** The service takes lower case only. */
  readonly lowerCase?: boolean;
  /** The name is a random UUID, whatever the logical name and the engine's proposal (Azure role assignments). */
  readonly uuid?: boolean;
  /** The provider leaves letters and digits only (role ids of GCP). */
  readonly alphanumeric?: boolean;
  /** Another separator than the package's, e.g. none for RDS identifiers. */
  readonly separator?: string;
  /** What every name of the type begins with, e.g. `alias/`. */
  readonly beginning?: string;
  /** What a name ends in when an input is true, e.g. `.fifo` when `fifoQueue`. */
  readonly ending?: { readonly text: string; readonly when: string };
  /** `false`: the logical name as it is, without suffix (azure-native names children so). */
  readonly suffix?: boolean;
}

/** One thing wrong with the inputs, shown by the engine before anything is planned. */
export interface InputFault {
  /** Path of the property. */
  readonly property: string;
  /** What is wrong, as the provider words it. */
  readonly reason: string;
  /** The sentence names the place itself: like the provider, nobody names it to the engine again. */
  readonly placed?: boolean;
}

/** A resource the service itself makes beside this one, e.g. a network's default group. */
export interface Companion {
  readonly token: string;
  readonly id: string;
  readonly properties: JsonObject;
}

/** A change that a service makes to another resource along with this one. */
export interface Effect {
  readonly token: string;
  readonly id: string;
  /** The other's outputs afterwards. */
  readonly outputs: (before: ValueObject) => ValueObject;
}

/** One resource type. Only `token` and `id` are always there. */
export interface TypeEntry {
  /** The type token as in the provider package, e.g. `aws:ec2/vpc:Vpc`. */
  readonly token: string;
  /** Other tokens of the same type. */
  readonly aliases?: readonly string[];
  /** Bridged from the Terraform plugin framework, in a package that has types of both kinds. */
  readonly framework?: boolean;
  /** No table has the type: it was taken as it is (`../lifecycle/lenient.ts`). */
  readonly lenient?: boolean;

  // ---- Check: inputs, before anything is planned ----
  /** Paths that must be there though the SDK does not say so (an unknown counts as there). */
  readonly required?: readonly string[];
  /** The property the provider names when the program does not. */
  readonly autoname?: Autoname;
  /** Inputs the provider fills in, by path; they show up in the inputs, and as `__defaults` where the package keeps that. */
  readonly defaults?: Readonly<Record<string, Computed>>;
  /** Paths of free maps (`tags` and `labels` always are): no `__defaults` inside. */
  readonly maps?: readonly string[];
  /** Further demands on the inputs alone. Not called for what is unknown. */
  readonly check?: (resource: Resource) => readonly InputFault[];

  // ---- Diff ----
  /** Paths whose change replaces the resource; a path covers everything below it. */
  readonly forceNew?: readonly string[];
  /** A replacement must delete first, whatever the name. */
  readonly deleteBeforeReplace?: boolean;

  // ---- Create, Update, Read ----
  /**
   * Outputs made once, at creation, that are not a function of anything: keys, certificates,
   * randomness. They are kept over updates; `id` and `outputs` read them by `resource.made`.
   */
  readonly make?: (resource: Resource) => JsonObject | Promise<JsonObject>;
  /** Whether time has passed over the resource: the output whose state demands a replacement. */
  readonly expired?: (outputs: JsonObject, nowMs: number) => string | undefined;
  /** The type has no region (IAM, DNS): it is found from every region of the account. */
  readonly global?: boolean;
  /** The id the service gives. */
  readonly id: (resource: Resource) => string;
  /** Outputs already known at preview where their sources are, filled where no input says otherwise. */
  readonly planned?: Readonly<Record<string, Computed>>;
  /** Outputs known only once the resource exists, by path, filled where no input says otherwise. */
  readonly outputs?: Readonly<Record<string, Computed>>;
  /** Top-level inputs that come back in another form, e.g. a name as a self link. */
  readonly normalised?: Readonly<Record<string, (resource: Resource, given: Json) => Json>>;
  /** Paths of inputs that the service never gives back. */
  readonly hidden?: readonly string[];
  /** Top-level inputs that the provider never asks the service for: null unless they were given. */
  readonly unread?: readonly string[];
  /** Paths whose outputs the provider itself marks secret. */
  readonly secrets?: readonly string[];
  /** Top-level outputs besides `id` under which references find this resource, e.g. `arn`, `name`. */
  readonly keys?: readonly string[];
  /** What must exist first. */
  readonly references?: readonly Reference[];
  /** The answer when the id is taken; default: the package's usual one. */
  readonly taken?: ServiceError;
  /** Another answer where it is the own account that has the id (bucket names). */
  readonly takenByOwn?: ServiceError;
  /** Ids are not unique (`none`): resources are told apart by URN and by what was made. */
  readonly sharedId?: boolean;
  /** The id is unique in the whole cloud, not only in the account (bucket names). */
  readonly uniqueInWorld?: boolean;
  /** A key whose value only one resource in the whole cloud may have (host names), and the answer to a second. */
  readonly unique?: { readonly key: string; readonly taken: ServiceError };
  /** A name that stays taken for some days after its resource was deleted, and the answer to who wants it. */
  readonly lingers?: {
    readonly name: (resource: Resource) => string;
    readonly days: (resource: Resource) => number;
    readonly taken: ServiceError;
    /** It is taken in the whole cloud, not only in the account and region. */
    readonly inWorld?: boolean;
  };
  /** What the service fills in at last, when everything else is there. */
  readonly complete?: (resource: Resource, live: ValueObject) => ValueObject;
  /** What the provider's rehearsal of Create or Update finds at preview, where it rehearses them. */
  readonly rehearse?: (resource: Resource) => ServiceError | undefined;
  /** What else changes with this resource, or with its end. */
  readonly effects?: (resource: Resource, gone: boolean) => readonly Effect[];
  /** Last word of the service before Create and Update; may look at the world. */
  readonly admit?: (resource: Resource) => ServiceError | undefined;
  /** What the service makes along with it; it goes along with it, too. */
  readonly companions?: (resource: Resource) => readonly Companion[];
  /** What forbids the deletion of this resource although nothing holds it: its protection, what would be lost. */
  readonly keep?: (resource: Resource) => ServiceError | undefined;
  /** The answer to a deletion while something holds this resource. */
  readonly inUse?: ServiceError;
  /** Other answers, by the token of what holds it. */
  readonly inUseBy?: Readonly<Record<string, ServiceError>>;
  /** Timeouts in seconds that the bridge writes into `__meta`. */
  readonly timeouts?: Readonly<Partial<Record<"create" | "read" | "update" | "delete", number>>>;
  /** Schema version that the bridge writes into `__meta`. */
  readonly schemaVersion?: number;
}
