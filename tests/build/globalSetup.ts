import { buildIfStale } from "../../src/cli/buildIfStale.mjs";

/** Builds main.js and dist/cli.mjs once before any test runs: test files run side by side and must not build over each other. */
export default function setup(): void {
  if (!buildIfStale()) throw new Error("the build failed: tests of the built files cannot run");
}
