#!/usr/bin/env node
// `nsiscan fit` with random input against brute force: node scripts/fit-brute-force.mjs --help
// Build first: npm run build. The TypeScript beside this file is put into one module, and takes the
// rest of the project from dist/.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "src") + sep;
const fromDist = {
  name: "from-dist",
  resolveId(id, importer) {
    if (!importer || !id.startsWith(".")) return null;
    const file = fileURLToPath(new URL(id, pathToFileURL(importer)));
    if (!file.startsWith(source)) return null;
    const built = join(root, "dist", file.slice(source.length));
    return { id: pathToFileURL(built).href, external: true };
  },
};
const bundle = await rolldown({
  input: join(root, "scripts/fit-brute-force/main.ts"),
  platform: "node",
  plugins: [fromDist],
  logLevel: "warn",
});
const { output } = await bundle.generate({ format: "esm" });
const folder = mkdtempSync(join(tmpdir(), "fit-brute-force-"));
const file = join(folder, "main.mjs");
writeFileSync(file, output[0].code);
try {
  const { main } = await import(pathToFileURL(file).href);
  process.exitCode = await main(process.argv.slice(2), root);
} finally {
  rmSync(folder, { recursive: true });
}
