/** The control door's routes about tokens. */

import assert from "node:assert/strict";
import { routes } from "../../../../local-clouds/control/routes.ts";
import { BadRequest, type Clouds } from "../../../../local-clouds/lifecycle/session.ts";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { github, policy, provider, role, sts, trusting } from "./aws-world.ts";
import { TestWorld } from "./kit.ts";

describe("the control door about tokens", () => {
  let world: TestWorld;
  let clouds: Clouds;
  beforeEach(() => {
    world = new TestWorld();
    clouds = world.lab.clouds;
    world.lendKey({ issuer: "github" });
    provider(world, github);
    role(world, "deploy", policy(trusting(github)));
  });
  afterEach(() => world.lab.close());

  async function ask(path: string, body: JsonObject): Promise<JsonObject> {
    const handler = routes.get(`POST ${path}`);
    assert.ok(handler, path);
    return (await handler(body, clouds)) as JsonObject;
  }

  it("mints, presents what it minted, and presents what it was given", async () => {
    const asked = { issuer: "github", audience: [sts], claims: { ref: "refs/heads/dev" } };
    const minted = await ask("/probe/token/mint", asked);
    const first = await ask("/probe/token", { ...asked, to: ["role/deploy"] });
    const second = await ask("/probe/token", {
      token: String(minted["token"]),
      to: ["role/deploy"],
    });
    assert.deepEqual(first["verdicts"], second["verdicts"]);
    const [verdict] = first["verdicts"] as readonly JsonObject[];
    assert.equal(verdict?.["outcome"], "becomes");
  });

  it("gives the keys that verify, and never the private one", async () => {
    const answer = await ask("/probe/token/keys", { issuer: "github" });
    const key = (answer["keys"] as readonly JsonObject[]).find(({ alg }) => alg === "RS256");
    assert.equal(key?.["kty"], "RSA");
    assert.equal(key?.["use"], "sig");
    assert.equal(JSON.stringify(answer).includes('"d"'), false);
  });

  it("changes nothing in the world", async () => {
    const before = JSON.stringify(clouds.world.all());
    await ask("/probe/token", { issuer: "github", audience: [sts], follow: true });
    assert.equal(JSON.stringify(clouds.world.all()), before);
  });

  it("refuses what it cannot read", async () => {
    for (const body of [
      {},
      { issuer: "nobody" },
      { token: "no token" },
      { token: 7 },
      { issuer: "github", claims: [] },
      { issuer: "github", audience: "text" },
      { issuer: "github", audience: [1] },
      { issuer: "github", algorithm: "HS256" },
      { issuer: "github", to: "deploy" },
      { issuer: "github", context: "ip" },
    ] as readonly JsonObject[]) {
      await assert.rejects(ask("/probe/token", body), BadRequest, JSON.stringify(body));
    }
  });
});
