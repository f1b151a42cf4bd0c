/** Feeds a recording into a fresh world and compares every answer with the recorded one. */

import type { Clouds, Session } from "../lifecycle/session.ts";
import { configOf } from "../protocol/config.ts";
import { Provider } from "../protocol/provider.ts";
import { fromStruct } from "../protocol/struct.ts";
import {
  isList,
  isObject,
  type Json,
  type JsonObject,
  Unknown,
  type Value,
} from "../protocol/value.ts";
import { decode } from "../protocol/wire.ts";
import type { CloudPackage } from "../types/package.ts";
import type { Scope } from "../types/resource.ts";
import { memoryWorld } from "../world/open.ts";
import { compare, type Place, textsIn } from "./compare.ts";
import { supply, withoutLastWord } from "./existing.ts";
import { configureRequest, feed } from "./messages.ts";
import { type Exchange, objectOf } from "./recording.ts";
import { withAssets } from "./redacted.ts";
import { inTodaysWords } from "./retired.ts";
import { surroundingsOf } from "./surroundings.ts";
import { Translation } from "./translation.ts";

/** One exchange, compared. */
export interface Compared {
  readonly line: number;
  /** Method, `(preview)` added where the engine only looked ahead. */
  readonly method: string;
  readonly type: string;
  readonly places: readonly Place[];
}

/** A replayed recording. */
export interface Replayed {
  readonly exchanges: readonly Compared[];
  /** Resources that the recording refers to without creating them, and that were taken as existing. */
  readonly supplied: number;
}

/** Replays a recording. */
export async function replay(
  exchanges: readonly Exchange[],
  packages: ReadonlyMap<string, CloudPackage>,
): Promise<Replayed> {
  const player = new Player(packages, surroundingsOf(exchanges));
  const compared: Compared[] = [];
  try {
    for (const exchange of exchanges) {
      compared.push(await player.play(withAssets(inTodaysWords(exchange))));
    }
    return { exchanges: compared, supplied: player.supplied };
  } finally {
    player.close();
  }
}

/** A package at work: its provider and where it was last configured to work. */
interface Post {
  readonly provider: Provider;
  readonly cloud: CloudPackage;
  scope: Scope;
  configuration: JsonObject;
}

type Outcome = { readonly answer: JsonObject } | { readonly failure: string };

class Player {
  supplied = 0;
  private readonly clouds: Clouds;
  private readonly posts = new Map<string, Post>();
  private readonly translation = new Translation();
  private readonly surroundings: JsonObject;

  constructor(packages: ReadonlyMap<string, CloudPackage>, surroundings: JsonObject) {
    this.surroundings = surroundings;
    this.clouds = { world: memoryWorld(), packages, clock: () => new Date() };
  }

  close(): void {
    this.clouds.world.close();
  }

  async play(exchange: Exchange): Promise<Compared> {
    const translated = this.translation.request(exchange.request);
    const request =
      exchange.method === "Configure" ? this.placed(exchange.package, translated) : translated;
    const outcome = await this.outcomeOf(exchange, request);
    const places = this.judge(exchange, request, outcome);
    if (learnsFrom(exchange) && "answer" in outcome)
      this.translation.learn(exchange.response, outcome.answer);
    const preview = request["preview"] === true ? " (preview)" : "";
    const { line, type } = exchange;
    return { line, type, method: `${exchange.method}${preview}`, places };
  }

  private async outcomeOf(exchange: Exchange, request: JsonObject): Promise<Outcome> {
    const post = this.postOf(exchange.package);
    if (post === undefined)
      return { failure: `no package ${exchange.package} in the local clouds` };
    if (exchange.method === "Configure") {
      post.scope = scopeOf(post.cloud, request);
      post.configuration = request;
    }
    const session: Session = { clouds: this.clouds, cloud: post.cloud, scope: post.scope };
    try {
      const { adopted, bare } = supply(session, exchange, request);
      this.supplied += adopted + bare;
      const provider = bare === 0 ? post.provider : this.milder(post, exchange.type);
      return { answer: await feed(provider, exchange.package, exchange.method, request) };
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  }

  private judge(exchange: Exchange, request: JsonObject, outcome: Outcome): readonly Place[] {
    const recordedFailure = exchange.errors[0];
    if (exchange.response === undefined) {
      const ours = "failure" in outcome ? outcome.failure : "it was accepted";
      const verdict = "failure" in outcome ? "agrees" : "differs";
      return [{ path: "error", verdict, recorded: recordedFailure ?? "", ours }];
    }
    if ("failure" in outcome)
      return [
        { path: "error", verdict: "differs", recorded: "it was accepted", ours: outcome.failure },
      ];
    const recorded = this.translation.of(exchange.response) as JsonObject;
    const sent = textsIn(request);
    // The properties are what an answer is about: their names stand at the top of the paths.
    const shown = (answer: JsonObject): Json =>
      request["preview"] === true ? withoutUnknowns(opened(answer)) : opened(answer);
    return compare(shown(recorded), shown(outcome.answer), sent);
  }

  /** The Configure request with what the recording machine's environment told the provider. */
  private placed(name: string, request: JsonObject): JsonObject {
    if (name !== "aws") return request;
    const given = { ...objectOf(request["args"]), ...variablesOf(request) };
    return { ...request, args: { ...this.surroundings, ...given } };
  }

  private milder(post: Post, token: string): Provider {
    const provider = new Provider(this.clouds, withoutLastWord(post.cloud, token));
    provider.configure(configureRequest(post.configuration), post.cloud.profile.name);
    return provider;
  }

  private postOf(name: string): Post | undefined {
    const known = this.posts.get(name);
    if (known !== undefined) return known;
    const cloud = this.clouds.packages.get(name);
    if (cloud === undefined) return undefined;
    const provider = new Provider(this.clouds, cloud);
    // A recording may begin after Configure: the package's usual place, then.
    const configuration = this.placed(name, {});
    provider.configure(configureRequest(configuration), name);
    const post = { provider, cloud, scope: scopeOf(cloud, configuration), configuration };
    this.posts.set(name, post);
    return post;
  }
}

function scopeOf(cloud: CloudPackage, request: JsonObject): Scope {
  const message = configureRequest(request);
  const { profile } = cloud;
  return profile.scope(configOf(profile, fromStruct(message.getArgs()), message.getVariablesMap()));
}

/** The older form of the configuration: `NAME:config:KEY` variables, all of them texts. */
function variablesOf(request: JsonObject): JsonObject {
  const entries = Object.entries(objectOf(request["variables"]));
  return Object.fromEntries(entries.map(([key, value]) => [key.split(":").at(-1) ?? key, value]));
}

/** Names are made up when something is created; what Check names is sent back as it was recorded. */
function learnsFrom(exchange: Exchange): boolean {
  return ["Create", "Read", "Update", "Invoke"].includes(exchange.method);
}

/** At preview an output that is left out is an unknown one for the program: both are the same. */
function withoutUnknowns(outputs: JsonObject): JsonObject {
  const kept = Object.entries(outputs).filter(([, value]) => !isOpen(decode(value)));
  return Object.fromEntries(kept.map(([key, value]) => [key, inner(value)]));
}

function inner(value: Json): Json {
  if (isList(value)) return value.map((item) => inner(item as Json));
  return isObject(value) ? withoutUnknowns(value as JsonObject) : value;
}

/** A set with an unknown member is unknown as a whole. */
function isOpen(value: Value): boolean {
  return value instanceof Unknown || (isList(value) && value.some(isOpen));
}

function opened(answer: JsonObject): JsonObject {
  const { inputs, properties, return: result, ...rest } = answer;
  const whole = properties ?? result ?? (rest["id"] === undefined ? inputs : undefined);
  if (whole === undefined) return answer;
  const { id, ...more } = rest;
  return {
    ...(whole as JsonObject),
    ...(id === undefined ? {} : { "(id)": id }),
    ...(properties !== undefined && inputs !== undefined ? { "(inputs)": inputs } : {}),
    ...more,
  };
}
