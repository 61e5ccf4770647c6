import { basename } from "node:path";
import type { Argv } from "yargs";
import { EnvironmentError } from "../../errors.js";
import { TableCache } from "../../tables/cache.js";
import { print, printJson } from "../output.js";
import { formatTable } from "../table.js";

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** `nsiscan cache`: what is kept between runs. */
export function cache(cli: Argv): void {
  cli.command(
    "cache [action]",
    "list or clear the profile tables that are kept between runs",
    (options) =>
      options
        .positional("action", {
          type: "string",
          choices: ["list", "clear"] as const,
          default: "list" as const,
          describe:
            "list: each file with its size and when it was last used; clear: remove them all",
        })
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .example("$0 cache", "what is kept, where, and how large it is")
        .example("$0 cache clear", "remove it; what is needed is built again")
        .epilogue(
          "Tables lie in $XDG_CACHE_HOME/nsiscan/tables (~/.cache/nsiscan/tables), 512 MiB at most: those not used for longest go first. Each is named by the hash of the likelihood, data and range that it was built for, and has a checksum: what is damaged or foreign is built anew.",
        ),
    async ({ action, json }) => {
      const tables = new TableCache();
      const { folder } = tables;
      const entries = action === "clear" ? await cleared(tables) : await tables.list();
      const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
      if (json) {
        const files = entries.map(({ path, bytes, used }) => {
          return { file: basename(path), bytes, used: used.toISOString() };
        });
        printJson({ folder, bytes: total, [action === "clear" ? "removed" : "files"]: files });
        return;
      }
      const files = entries.length === 1 ? "1 file" : `${entries.length} files`;
      if (action === "clear") {
        print(`Removed ${files}, ${megabytes(total)}, from ${folder}.`);
        return;
      }
      if (entries.length > 0) {
        const rows = entries.map(({ path, bytes, used }) => {
          const when = used.toISOString().replace("T", " ").slice(0, 16);
          return [basename(path).slice(0, 16), megabytes(bytes), when];
        });
        print(formatTable(["tables", "size", "last used (UTC)"], rows));
        print("");
      }
      print(`${files}, ${megabytes(total)}, in ${folder}.`);
    },
  );
}

async function cleared(tables: TableCache) {
  try {
    return await tables.clear();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `The cache ${tables.folder} cannot be cleared (${code}). Remove the folder yourself.`;
    throw new EnvironmentError("cache-disk", message, { path: tables.folder, code });
  }
}
