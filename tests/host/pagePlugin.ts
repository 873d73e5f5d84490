import type CanvasFilesPlugin from "./fixtures/canvasFilesPlugin";
import type { ObsidianHost } from "./launch";

/** Calls a function with the plugin that writes canvases, in the page. What it gets and gives is JSON. */
export async function withWriterPlugin<A, R>(host: ObsidianHost, work: (plugin: CanvasFilesPlugin, args: A) => Promise<R>, args: A): Promise<R> {
  const plugin = await host.page.evaluateHandle(() => window.__host.app.plugins.getPlugin("canvas-files") as unknown as CanvasFilesPlugin);
  try {
    return await plugin.evaluate<R, A>(work as never, args as never);
  } finally {
    await plugin.dispose();
  }
}
