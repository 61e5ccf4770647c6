const LABELS: Readonly<Record<string, string>> = { csi: "CsI", lar: "LAr", ge: "Ge" };

/** How papers write a data set, or a combination such as `csi+lar`. */
export function datasetLabel(name: string): string {
  return name
    .split("+")
    .map((dataset) => LABELS[dataset] ?? dataset)
    .join(" + ");
}
