import { apiVersion, getLanguage, Notice, Platform } from "obsidian";
import { strings } from "../../panel/text/strings";
import { diagnosticsReport } from "../../panel/view/diagnosticsReport";
import type { CommandHost } from "./commands";

/** Puts the report for whoever helps on the clipboard, and says so. */
export async function copyDiagnostics({ plugin, session }: Pick<CommandHost, "plugin" | "session">): Promise<void> {
  // A folder that cannot be read is no reason to give no report: it may be what the report is for.
  const sizes = (await session.current()?.storageSizes().catch(() => null)) ?? null;
  const report = diagnosticsReport({
    plugin: plugin.manifest.version,
    obsidian: apiVersion,
    platform: platformName(),
    language: getLanguage(),
    now: Date.now(),
    monotonic: performance.now(),
    view: session.look(),
    sizes,
  });
  await navigator.clipboard.writeText(report);
  new Notice(strings.diagnostics.copied);
}

function platformName(): string {
  const kind = Platform.isPhone ? "phone" : Platform.isTablet ? "tablet" : "desktop";
  const system = Platform.isIosApp ? "iOS" : Platform.isAndroidApp ? "Android" : Platform.isMacOS ? "macOS" : Platform.isWin ? "Windows" : Platform.isLinux ? "Linux" : "other";
  return `${kind}, ${system}`;
}
