/** What Obsidian's reviewers refuse in a manifest, a line each; none where it is fine. */
export function manifestFaults(manifest, versions) {
  const { id, name, version, minAppVersion, description, author, isDesktopOnly } = manifest;
  const rules = [
    [/^[a-z0-9-]+$/.test(id) && !id.includes("obsidian"), `the id "${id}" must be lower case with hyphens and without "obsidian"`],
    [!/obsidian|plugin/i.test(name), `the name "${name}" must be without "Obsidian" and "plugin"`],
    [versions[version] === minAppVersion, `versions.json must have "${version}": "${minAppVersion}"`],
    [description.length <= 250, `the description has ${description.length} characters; 250 are allowed`],
    [description.endsWith("."), "the description must end with a full stop"],
    [/^[\x20-\x7e]*$/.test(description), "the description must be plain text without emoji"],
    [typeof author === "string" && author !== "", "the author is missing"],
    [typeof isDesktopOnly === "boolean", "isDesktopOnly must be true or false"],
  ];
  return rules.filter(([holds]) => !holds).map(([, fault]) => fault);
}
