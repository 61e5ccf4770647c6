// The rooms of src/, from the ground up: a room imports only from itself and rooms before it.
const rooms = [
  "errors",
  "threads",
  "numerics",
  "physics",
  "model",
  "likelihood",
  "tables",
  "experiments",
  "analysis",
  "engine",
  "scan",
  "contour",
  "results",
  "figures",
  "fit",
  "study",
  "toys",
  "validation",
  "gallery",
  "bench",
  "cli",
];

const inRoom = (name) => `^src/${name}(/|\\.ts$)`;

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, pathNot: "^src/(index|.*\\.d)\\.ts$|/worker\\.ts$" },
      to: {},
    },
    { name: "not-to-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    { name: "not-to-test", severity: "error", from: { path: "^src" }, to: { path: "^test" } },
    ...rooms.slice(0, -1).map((room, index) => ({
      name: `${room}-imports-downwards`,
      severity: "error",
      comment: `${room} may import only from: ${rooms.slice(0, index + 1).join(", ")}`,
      from: { path: inRoom(room) },
      to: { path: rooms.slice(index + 1).map(inRoom) },
    })),
    {
      name: "analyses-are-apart",
      severity: "error",
      comment: "what analyses have in common is in analysis/shared",
      from: { path: "^src/analysis/(coherent-2022|liao-2024|release)/" },
      to: {
        path: "^src/analysis/(coherent-2022|liao-2024|release)/",
        pathNot: "^src/analysis/$1/",
      },
    },
    {
      name: "index-is-a-roof",
      severity: "error",
      from: { path: "^src/(?!index\\.ts$|cli/)" },
      to: { path: "^src/index\\.ts$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
