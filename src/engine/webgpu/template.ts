/**
 * WGSL has no loops that a compiler must unroll, and no lists of names. Shaders therefore may hold
 * directives, each a comment on a line of its own, that repeat lines over what a description has:
 *
 *   //! for c in charges        … `${c.name}` …        //! end
 *   //! if hasPrior             …  //! else  …         //! end
 *   //! include deviance.wgsl
 *
 * Values are looked up by dotted paths only; nothing is evaluated.
 */
export type Scope = { readonly [name: string]: unknown };

/** Expanded code, and where each of its lines came from. */
export interface Expanded {
  readonly code: string;
  readonly origin: readonly Origin[];
}

interface Origin {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

interface Line extends Origin {
  readonly text: string;
}

/** @param sources WGSL text by file name */
export function expand(
  sources: Readonly<Record<string, string>>,
  file: string,
  scope: Scope,
): Expanded {
  const lines = expandFile(sources, file, scope);
  return {
    code: lines.map(({ text }) => text).join("\n"),
    origin: lines.map(({ file: from, line }) => ({ file: from, line })),
  };
}

function expandFile(sources: Readonly<Record<string, string>>, file: string, scope: Scope): Line[] {
  const source = sources[file];
  if (source === undefined) throw new Error(`no shader ${file} among ${Object.keys(sources)}`);
  const lines = source.split("\n").map((text, i) => ({ file, line: i + 1, text }));
  return expandLines(sources, lines, scope);
}

function expandLines(
  sources: Readonly<Record<string, string>>,
  lines: readonly Line[],
  scope: Scope,
): Line[] {
  const out: Line[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    const directive = /^\s*\/\/!\s+(\w+)\s*(.*?)\s*$/.exec(line.text);
    if (!directive) {
      out.push({ ...line, text: substitute(line, scope) });
      continue;
    }
    const [, word, rest] = directive;
    if (word === "include") {
      out.push(...expandFile(sources, rest, scope));
      continue;
    }
    const { end, otherwise } = blockEnd(lines, i);
    const body = lines.slice(i + 1, otherwise ?? end);
    if (word === "for") {
      const [, name, path] = /^(\w+)\s+in\s+(\S+)$/.exec(rest) ?? fail(line, "for NAME in LIST");
      const list = lookUp(path, scope, line);
      if (!Array.isArray(list)) fail(line, `a list as ${path}`);
      for (const item of list as unknown[]) {
        out.push(...expandLines(sources, body, { ...scope, [name]: item }));
      }
    } else if (word === "if") {
      const value = lookUp(rest, scope, line);
      const holds = Array.isArray(value) ? value.length > 0 : Boolean(value);
      const other = otherwise === undefined ? [] : lines.slice(otherwise + 1, end);
      out.push(...expandLines(sources, holds ? body : other, scope));
    } else fail(line, "for, if or include");
    i = end;
  }
  return out;
}

/** Index of the `end` that closes the directive at `start`, and of its own `else`. */
function blockEnd(lines: readonly Line[], start: number): { end: number; otherwise?: number } {
  let depth = 0;
  let otherwise: number | undefined;
  for (let i = start; i < lines.length; i++) {
    const word = /^\s*\/\/!\s+(\w+)/.exec(lines[i].text)?.[1];
    if (word === "for" || word === "if") depth++;
    else if (word === "else" && depth === 1) otherwise = i;
    else if (word === "end" && --depth === 0) {
      return otherwise === undefined ? { end: i } : { end: i, otherwise };
    }
  }
  return fail(lines[start], "an end");
}

function substitute(line: Line, scope: Scope): string {
  return line.text.replace(/\$\{([\w.]+)\}/g, (_, path: string) => {
    const value = lookUp(path, scope, line);
    if (typeof value !== "string" && typeof value !== "number") fail(line, `a word as ${path}`);
    return String(value);
  });
}

function lookUp(path: string, scope: Scope, line: Line): unknown {
  let value: unknown = scope;
  for (const key of path.split(".")) {
    if (value === null || typeof value !== "object" || !(key in value)) fail(line, path);
    value = (value as Scope)[key];
  }
  return value;
}

function fail({ file, line }: Line, expected: string): never {
  throw new Error(`shaders/${file}:${line}: expected ${expected}`);
}
