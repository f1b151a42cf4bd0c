/**
 * Makes records of what happens and says where they go. Where no trail, setting or sink is deployed,
 * nothing is recorded: one look into the world tells it.
 */

import { LiveWorld } from "../probe/token/live.ts";
import type { RecordData, World } from "../world/world.ts";
import { awsLogging } from "./aws/logging.ts";
import { azureLogging } from "./azure/logging.ts";
import type { Call, LogCloud } from "./call.ts";
import type { EngineDeed } from "./engine/deed.ts";
import { engineCall, logCloudOf } from "./engine.ts";
import type { Flow } from "./flow.ts";
import { gcpLogging } from "./gcp/logging.ts";
import { kubernetesLogging } from "./kubernetes/logging.ts";
import type { Logging, Routes } from "./logging.ts";
import type { SignIn } from "./sign-in.ts";

const clouds: Readonly<Record<LogCloud, Logging>> = {
  aws: awsLogging,
  azure: azureLogging,
  entra: azureLogging,
  gcp: gcpLogging,
  kubernetes: kubernetesLogging,
};

/** The recorder of one world. */
export class Recorder {
  private readonly world: World;
  private readonly known = new Map<Logging, { readonly print: string; readonly routes: Routes }>();

  constructor(world: World) {
    this.world = world;
  }

  /** Who listens to a cloud's calls now, if anybody: what makes records of one, to be stored with what it changed. */
  listen(cloud: LogCloud): ((call: Call) => readonly RecordData[]) | undefined {
    const { calls } = clouds[cloud];
    const routes = this.routesOf(clouds[cloud]);
    return calls === undefined || routes === undefined ? undefined : (call) => calls(routes, call);
  }

  /** Records of what the engine does, to be stored in one transaction with it. */
  ofDeed(packageName: string, deed: () => EngineDeed): readonly RecordData[] {
    const cloud = logCloudOf(packageName);
    const listening = cloud === undefined ? undefined : this.listen(cloud);
    if (cloud === undefined || listening === undefined) return [];
    const call = engineCall(cloud, deed());
    return call === undefined ? [] : listening(call);
  }

  /** Stores the records of a sign-in. */
  signIn(signIn: SignIn): void {
    const logging = clouds[signIn.cloud];
    const routes = this.routesOf(logging);
    if (routes !== undefined) this.world.deliver(logging.signIns?.(routes, signIn) ?? []);
  }

  /** Stores the records of a packet. */
  flow(flow: Flow): void {
    const logging = clouds[flow.cloud];
    const routes = this.routesOf(logging);
    if (routes !== undefined) this.world.deliver(logging.flows?.(routes, flow) ?? []);
  }

  /** The settings as they are deployed now, read anew only where one of them has changed. */
  private routesOf(logging: Logging): Routes | undefined {
    if (this.world.fingerprint(logging.sources) === "") return undefined;
    const print = this.world.fingerprint(logging.tokens);
    const known = this.known.get(logging);
    if (known?.print === print) return known.routes;
    const routes = { world: this.world, live: new LiveWorld(this.world, logging.tokens) };
    this.known.set(logging, { print, routes });
    return routes;
  }
}
