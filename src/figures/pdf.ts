/** Without a date of its own a figure carries this one: the same figure, the same bytes. */
const epoch = new Date(0);

export interface PdfInfo {
  readonly title?: string;
  readonly created?: Date;
}

/**
 * A figure's SVG as a one-page PDF of the same size: vectors throughout, no fonts, no images.
 * The bytes depend on the SVG and `info` alone.
 */
export async function renderPdf(svg: string, info: PdfInfo = {}): Promise<Uint8Array> {
  // A quarter of a second to load, which only figures need.
  const { default: PDFDocument } = await import("pdfkit");
  const { default: svgToPdf } = await import("svg-to-pdfkit");
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const size: [number, number] = [Number(width), Number(height)];
  const created = info.created ?? epoch;
  const document = new PDFDocument({
    size,
    margin: 0,
    lang: "en",
    displayTitle: true,
    info: {
      Title: info.title ?? titleOf(svg),
      Creator: "nsiscan",
      CreationDate: created,
      ModDate: created,
    },
  });
  const chunks: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    document.on("end", resolve);
    document.on("error", reject);
  });
  const complaints: string[] = [];
  svgToPdf(document as never, svg, 0, 0, {
    warningCallback: (warning: string) => complaints.push(warning),
  });
  document.end();
  await ended;
  if (complaints.length > 0) throw new Error(`svg-to-pdfkit: ${complaints.join("; ")}`);
  return new Uint8Array(Buffer.concat(chunks));
}

const characters: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&amp;": "&",
};

function titleOf(svg: string): string {
  const text = /<title>([^<]*)<\/title>/.exec(svg)?.[1] ?? "Figure";
  return text.replace(/&(?:lt|gt|quot|amp);/g, (entity) => characters[entity]);
}
