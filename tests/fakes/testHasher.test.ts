import { hasherContract } from "../contracts/hasher";
import { testHasher } from "./testHasher";

hasherContract("the test hasher", testHasher);
