import { dirname } from "node:path";
import { createFile } from "./createFile";
import { makeFolder } from "./makeFolder";
import { naming } from "./naming";
import { jsonText } from "./replaceJson";
import { syncFolder } from "./syncFolder";

/** Makes a JSON file and its folder, unless there is one: then false. It outlives a power cut once this resolved with true. */
export function makeJson(file: string, value: object): Promise<boolean> {
  return naming(file, make(file, value));
}

async function make(file: string, value: object): Promise<boolean> {
  await makeFolder(dirname(file));
  if (!(await createFile(file, jsonText(value)))) return false;
  await syncFolder(dirname(file));
  return true;
}
