import { native } from "./core/native";
import { Host } from "./host";

// `native` must be there before anything else wraps the page's functions.
void native;

declare global {
  interface Window {
    /** The test's hand in the page. */
    __host: Host;
  }
}

window.__host = new Host();
