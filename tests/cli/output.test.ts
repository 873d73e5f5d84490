import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createOutput, type Output } from "../../src/cli/output";

function failingWith(code: string): { output: Output; tries: () => number } {
  let tries = 0;
  const out = new Writable({
    // As standard output: it stays in use after a write that failed.
    autoDestroy: false,
    write: (_chunk, _encoding, done) => {
      tries += 1;
      done(Object.assign(new Error(`${code}: write`), { code }));
    },
  });
  const err = new Writable({ write: (_chunk, _encoding, done) => done() });
  return { output: createOutput(out, err), tries: () => tries };
}

describe("output", () => {
  it.each(["EPIPE", "ERR_STREAM_DESTROYED"])("takes it for no failure when the reader went away (%s)", async (code) => {
    const { output, tries } = failingWith(code);
    await output.line("one");
    await output.line("two");
    expect(tries()).toBe(1);
  });

  it.each(["ENOSPC", "EIO", "EFBIG"])("tells a line that is lost: %s", async (code) => {
    const { output } = failingWith(code);
    await expect(output.line("one")).rejects.toThrow(`standard output cannot be written: ${code}`);
  });

  it("survives a standard error that cannot be written", async () => {
    const lines: string[] = [];
    const out = new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(String(chunk)), done()) });
    const err = new Writable({ autoDestroy: false, write: (_chunk, _encoding, done) => done(new Error("ENOSPC")) });
    const output = createOutput(out, err);
    output.note("nobody hears it");
    await output.line("one");
    expect(lines).toEqual(["one\n"]);
  });
});
