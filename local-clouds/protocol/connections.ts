/**
 * Which provider instance speaks on which connection.
 *
 * Requests do not name the instance, but the engine opens one connection for each provider resource,
 * so the peer's address tells instances apart (`ServerUnaryCall.getPeer`). A connection that never
 * configured itself (gRPC may redial) sees no account: resources are then found by their id alone.
 */

import type { Scope } from "../types/resource.ts";

/** Connections remembered; the oldest is forgotten first. */
const connectionsMax = 4096;

/** What an unconfigured connection sees. */
export const anywhere: Scope = { account: "", region: "", tenant: "", config: {} };

/** The scopes of the connections of one server. */
export class Connections {
  private readonly scopes = new Map<string, Scope>();

  /** Remembers what Configure said on a connection. */
  configure(peer: string, scope: Scope): void {
    this.scopes.delete(peer);
    this.scopes.set(peer, scope);
    const oldest = this.scopes.keys().next();
    if (this.scopes.size > connectionsMax && !oldest.done) this.scopes.delete(oldest.value);
  }

  /** What a connection said. */
  scopeOf(peer: string): Scope | undefined {
    return this.scopes.get(peer);
  }
}
