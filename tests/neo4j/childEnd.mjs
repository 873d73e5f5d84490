// How a child process ended, and what it said last.

const KEPT = 20_000;

/** Reads both pipes to the end (a full pipe would stop the child) and keeps the newest of what they say. */
export function followChild(child) {
  let output = "";
  for (const pipe of [child.stdout, child.stderr]) {
    pipe.on("data", (chunk) => {
      output = (output + chunk).slice(-KEPT);
    });
  }
  const ended = new Promise((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal, output }));
  });
  return { ended, output: () => output };
}

/** For a person: with what it ended, and its last lines. */
export function endText({ code, signal, output }) {
  const how = signal === null ? `code ${code}` : `signal ${signal}`;
  const said = lastLines(output);
  return said === "" ? how : `${how}. It said last:\n${said}`;
}

export function lastLines(text) {
  return text.trim().split("\n").slice(-15).join("\n");
}
