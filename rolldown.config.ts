import { defineConfig } from "rolldown";

/** The browser's half: the page's script, out of what TypeScript has compiled. */
export default defineConfig({
  input: { main: "dist/engine/hosts/chrome/page/main.js" },
  platform: "browser",
  output: {
    dir: "dist/browser",
    format: "esm",
    cleanDir: true,
    sourcemap: false,
    keepNames: true, // an error's class is known by its name
    chunkFileNames: "[name].js",
  },
});
