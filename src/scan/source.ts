import {
  type Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from "yaml";
import { InputError } from "../errors.js";

/** Where a value stands in a file: keys and list positions from the top. */
export type KeyPath = readonly PropertyKey[];

/** A scan file's content, with a way back from a value to its place in the text. */
export interface ScanSource {
  readonly value: unknown;
  /** An error about the value at `key`: says file, line and column first. */
  refuse(code: string, key: KeyPath, message: string): InputError;
}

/**
 * Reads YAML, and so JSON.
 * @param path the file's name as the user wrote it, for messages
 * @throws InputError with line and column of a syntax error
 */
export function parseSource(text: string, path: string): ScanSource {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "error",
  });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    const message = `${path}, line ${line}, column ${col}: this is neither YAML nor JSON. ${sentence(error.message)} Correct the line, or start from one of the scans that come with nsiscan.`;
    throw new InputError("scan-syntax", message, { path, line, column: col });
  }
  const cycle = aliasWithin(document);
  if (cycle !== undefined) {
    const { line, col } = lines.linePos(cycle);
    const message = `${path}, line ${line}, column ${col}: this alias stands within what it is an alias of, which would never end. Write the values out.`;
    throw new InputError("scan-syntax", message, { path, line, column: col });
  }
  const value = readValue(() => document.toJS(), path);

  const refuse = (code: string, key: KeyPath, message: string) => {
    const offset = offsetOf(document.contents, key);
    const at = offset === undefined ? undefined : lines.linePos(offset);
    const place = at ? `${path}, line ${at.line}, column ${at.col}` : path;
    const fields = { path, key: keyName(key), line: at?.line, column: at?.col };
    return new InputError(code, `${place}: ${message}`, fields);
  };
  return { value, refuse };
}

/** `axes[0].from` */
export function keyName(key: KeyPath): string {
  const name = key.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`));
  return name.join("").replace(/^\./, "");
}

/** Start of the first alias that stands within the node that it refers to, if there is one. */
function aliasWithin(document: Document): number | undefined {
  let found: number | undefined;
  visit(document, {
    Alias: (_, alias, ancestors) => {
      const target = alias.resolve(document);
      if (target === undefined || !ancestors.includes(target)) return;
      found = startOf(alias);
      return visit.BREAK;
    },
  });
  return found;
}

function readValue(read: () => unknown, path: string): unknown {
  try {
    return read();
  } catch (error) {
    // The one thing left to go wrong: aliases that are unresolved or multiply without end.
    const reason = sentence((error as Error).message);
    throw new InputError("scan-syntax", `${path}: ${reason} Write the values out.`, { path });
  }
}

/** Start of the key, or the list item, that the path ends at, or of the nearest thing around it. */
function offsetOf(contents: unknown, key: KeyPath): number | undefined {
  let node = contents;
  let offset = startOf(node);
  for (const part of key) {
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(part),
      );
      if (!pair) return offset;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else {
      node = isNode(node) && "get" in node ? node.get(Number(part), true) : undefined;
      offset = startOf(node) ?? offset;
    }
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
