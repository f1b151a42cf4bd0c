/**
 * Armed faults at work: the one place where they meet requests. What they do not meet goes on as it
 * is, previews of a change included, since no service is called for them.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { Metadata, status } from "@grpc/grpc-js";
import type * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import statusProto from "@pulumi/pulumi/proto/status_pb.js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import type { Fault, FaultOperation } from "../faults/fault.ts";
import { type Failed, wordsOf } from "../faults/words.ts";
import { vanishBefore } from "../lifecycle/drift.ts";
import type { Clouds } from "../lifecycle/session.ts";
import type { CloudPackage } from "../types/package.ts";
import type { Operation } from "../types/profile.ts";
import { tokenOf } from "./token.ts";

/** A failure that a fault made, in gRPC's form. */
export class InjectedFailure extends Error {
  readonly code: status;
  readonly metadata: Metadata;
  constructor(code: status, message: string, metadata: Metadata = new Metadata()) {
    super(message);
    this.name = "InjectedFailure";
    this.code = code;
    this.metadata = metadata;
  }
}

/** What the requests under fault have in common. */
interface Faulty {
  getUrn(): string;
  getType(): string;
  getId?(): string;
  getPreview?(): boolean;
  /** Seconds that the resource's `customTimeouts` give; 0 without any. */
  getTimeout?(): number;
}

type Answer = (request: never, peer: string) => unknown;
/** Answers of the operations that leave a resource behind. */
type Settled = messages.CreateResponse | messages.UpdateResponse;

const doing: Readonly<Record<FaultOperation, Operation>> = {
  check: "reading",
  create: "creating",
  read: "reading",
  update: "updating",
  delete: "deleting",
};

/** An answering function as it behaves under the faults that are armed when a request comes. */
export function underFaults(
  clouds: Clouds,
  cloud: CloudPackage,
  method: string,
  answer: Answer,
): Answer {
  const words = wordsOf(cloud.profile.name);
  if (clouds.faults === undefined || words === undefined || !(method in doing)) return answer;
  const { faults } = clouds;
  const operation = method as FaultOperation;
  return (request, peer) => {
    const about = request as Faulty;
    if (about.getPreview?.() === true) return answer(request, peer);
    const subject = { urn: about.getUrn(), token: tokenOf(about), id: about.getId?.() ?? "" };
    const fault = faults.meet(operation, subject);
    if (fault === undefined) return answer(request, peer);
    const failed = { ...subject, operation: doing[operation] };
    const proceed = () => answer(request, peer);
    return suffer(clouds, cloud, { fault, failed, request: about, proceed });
  };
}

interface Suffering {
  readonly fault: Fault;
  readonly failed: Failed;
  readonly request: Faulty;
  readonly proceed: () => unknown;
}

async function suffer(clouds: Clouds, cloud: CloudPackage, at: Suffering): Promise<unknown> {
  const { failed, proceed } = at;
  const words = wordsOf(cloud.profile.name);
  if (words === undefined) return proceed();
  switch (at.fault.kind) {
    case "throttle":
      throw new InjectedFailure(status.UNKNOWN, words.throttled(failed));
    case "error":
      throw new InjectedFailure(status.UNKNOWN, words.broken(failed));
    case "timeout":
      await proceed();
      throw new InjectedFailure(status.DEADLINE_EXCEEDED, words.timedOut(failed));
    case "disconnect":
      await proceed();
      throw new InjectedFailure(status.UNAVAILABLE, words.dropped(failed));
    case "init-failure":
      throw notReady(at, (await proceed()) as Settled, words.notReady);
    case "gone":
      vanishBefore(clouds, cloud, failed);
      return proceed();
    case "slow":
      return slowly(at);
  }
}

/**
 * The answer, late. Providers give up waiting when the resource's timeout ends; what they then know
 * of the resource goes into the state, as with any that is not ready.
 */
async function slowly(at: Suffering): Promise<unknown> {
  const timeoutMs = (at.request.getTimeout?.() ?? 0) * 1000;
  if (timeoutMs === 0 || at.fault.delayMs <= timeoutMs) {
    await sleep(at.fault.delayMs);
    return at.proceed();
  }
  const answer = await at.proceed();
  await sleep(timeoutMs);
  const reason = `timeout while waiting for state to become 'available' (timeout: ${timeoutMs / 1000}s)`;
  if (answer instanceof proto.CreateResponse || answer instanceof proto.UpdateResponse) {
    throw notReady(at, answer, () => reason);
  }
  throw new InjectedFailure(status.DEADLINE_EXCEEDED, reason);
}

/**
 * Created, but not ready: the engine keeps the resource and updates it the next time. The detail is
 * `ErrorResourceInitFailed` in the trailer `grpc-status-details-bin`
 * (`pulumi/pulumi:proto/pulumi/provider.proto`).
 */
function notReady(
  at: Suffering,
  answer: Settled,
  reasonOf: (failed: Failed) => string,
): InjectedFailure {
  const id = answer instanceof proto.CreateResponse ? answer.getId() : at.failed.id;
  const reason = reasonOf({ ...at.failed, id });
  const detail = new proto.ErrorResourceInitFailed()
    .setId(id)
    .setProperties(answer.getProperties())
    .setReasonsList([reason]);
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const whole = new statusProto.Status().setCode(status.UNKNOWN).setMessage(reason);
  whole.addDetails(packed);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(whole.serializeBinary()));
  return new InjectedFailure(status.UNKNOWN, reason, metadata);
}
