// What both entries export beside their own functions.

export { MilepostError } from "./error.js";
export type { Pathway } from "./pathway.js";
export type { Session } from "./session.js";
export type * from "./types.js";
export type * from "./wire.js";
