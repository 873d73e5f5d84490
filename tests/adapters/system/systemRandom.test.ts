import { createSystemRandom } from "../../../src/adapters/system/systemRandom";
import { randomContract } from "../../contracts/random";

randomContract("the host's chance", () => createSystemRandom());
randomContract("chance without randomUUID", () =>
  createSystemRandom({ getRandomValues: (array) => crypto.getRandomValues(array) }),
);
randomContract("chance without Web Crypto", () => createSystemRandom(null));
