/** The package that Obsidian hands on; it comes with Obsidian's types. */
declare module "virtual:moment" {
  const moment: unknown;
  export default moment;
}

declare module "virtual:obsidian-api" {
  const api: import("../node/apiMembers").ApiMembers;
  export default api;
}
