/** The zero-trust pack: every rule, with the level at which it holds. */
import { servePack } from "../kit/pack.ts";
import { zeroTrust } from "./definition.ts";

servePack(zeroTrust);
