import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellOf, type Cell } from "../../../../src/engine/tasks/export/cell";
import { csvChunks } from "../../../../src/engine/tasks/export/csvChunks";
import type { Table } from "../../../../src/engine/tasks/export/table";
import { collected, streamed } from "../results/madeResults";
import { readCsv } from "./readCsv";

const SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠"];
const BREAKS = ["\t", "\r", "\n"];

function tableOf(columns: readonly string[]): Table<readonly Cell[]> {
  return { columns, cells: (row) => row };
}

async function csv(rows: readonly (readonly Cell[])[], columns: readonly string[] = ["a", "b", "c"]): Promise<string> {
  return (await collected(csvChunks(tableOf(columns), streamed(rows)))).join("");
}

function isRisky(text: string): boolean {
  const first = [...text].find((letter) => letter.trim() !== "" && !/\p{Cc}/u.test(letter));
  return BREAKS.some((letter) => text.startsWith(letter)) || SIGNS.some((sign) => sign === first);
}

/** Takes the guard's apostrophe off, as a person does who knows of it. */
function unguarded(text: string): string {
  return text.startsWith("'") && isRisky(text.replace(/^'+/, "")) ? text.slice(1) : text;
}

const nasty = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.array(fc.constantFrom(...SIGNS, ...BREAKS, "'", '"', ",", ";", "\r\n", " ", "\u0001", "\u00a0", "1", "a", "漢", "😀"), { maxLength: 8 }).map((parts) => parts.join("")),
);
const cell: fc.Arbitrary<Cell> = fc.oneof(nasty, fc.double(), fc.integer(), fc.boolean(), fc.constant(null));

describe("CSV", () => {
  it("survives a reader of its own, cell by cell", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(nasty, nasty, nasty)), async (rows) => {
        const [header, ...read] = readCsv(await csv(rows));
        expect(header).toEqual(["a", "b", "c"]);
        expect(read.map((row) => row.map(unguarded))).toEqual(rows);
      }),
    );
  });

  it("begins no cell with a formula sign unless it is a number", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell)), async (rows) => {
        const [, ...read] = readCsv(await csv(rows));
        for (const [line, row] of rows.entries()) {
          for (const [column, value] of row.entries()) {
            const text = read[line]?.[column] ?? "missing";
            if (typeof value === "number") expect(text).toBe(Number.isFinite(value) ? String(value) : "");
            else expect(isRisky(text), JSON.stringify(text)).toBe(false);
          }
        }
      }),
    );
  });

  it("is what RFC 4180 says, byte for byte", async () => {
    const rows = [
      ["plain", 'say "so"', "a,b"],
      ["two\r\nlines", "", null],
      [-1.5, true, " blank "],
    ];
    expect(await csv(rows)).toBe(
      '\uFEFFa,b,c\r\nplain,"say ""so""","a,b"\r\n"two\r\nlines",,\r\n-1.5,true," blank "\r\n',
    );
  });

  it.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"\r\n`],
    ["+1", "'+1\r\n"],
    ["-1", "'-1\r\n"],
    ["@SUM(A1)", "'@SUM(A1)\r\n"],
    ["\t=1", `'\t=1\r\n`],
    ["\r=1", `"'\r=1"\r\n`],
    ["  =1", "'  =1\r\n"],
    ["＝1", "'＝1\r\n"],
    ["'=1", "''=1\r\n"],
    ["it's = 1", "it's = 1\r\n"],
    ["'quoted'", "'quoted'\r\n"],
    [-1, "-1\r\n"],
    [1e21, "1e+21\r\n"],
    [Number.NaN, "\r\n"],
  ])("writes %j safely", async (value, line) => {
    expect(await csv([[value]], ["a"])).toBe(`\uFEFFa\r\n${line}`);
  });

  it("gives a chunk a line, so that a table of any length takes the memory of a line", async () => {
    expect(await collected(csvChunks(tableOf(["a"]), streamed([[1], [2]])))).toEqual(["\uFEFFa\r\n", "1\r\n", "2\r\n"]);
  });

  it("makes one cell of any JSON value", () => {
    expect([undefined, null, 1, "x", true, [1], { a: "b" }].map(cellOf)).toEqual([null, null, 1, "x", true, "[1]", '{"a":"b"}']);
  });
});
