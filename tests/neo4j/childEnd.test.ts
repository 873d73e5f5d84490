import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { endText, followChild } from "./childEnd.mjs";

const endOf = async (code: string): Promise<string> => {
  const child = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "pipe"] });
  return endText(await followChild(child).ended);
};

test("a server that ends is told with its code or signal and its last lines", async () => {
  expect(await endOf('console.log("READY 1"); console.error("no room"); process.exitCode = 3')).toBe("code 3. It said last:\nREADY 1\nno room");
  expect(await endOf('process.kill(process.pid, "SIGKILL")')).toBe("signal SIGKILL");
  const lines = await endOf("for (let line = 1; line <= 5_000; line += 1) console.log(`line ${line}`)");
  expect(lines.split("\n")).toHaveLength(16);
  expect(lines).toMatch(/line 5000$/);
});
