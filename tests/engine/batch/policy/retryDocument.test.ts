import { expect, it } from "vitest";
import { retryDocument } from "./retryDocument";

it("is what docs/retries.md says", async () => {
  const howTo = "docs/retries.md is made from the table of retries: npx vitest run tests/engine/batch/policy/retryDocument.test.ts -u";
  await expect(retryDocument(), howTo).toMatchFileSnapshot("../../../../docs/retries.md");
});
