/**
 * float32 operations of an expanded shader, counted in its text: every +, −, ×, ÷ between floats and
 * every √ and power, loops over bins as often as they say, a loop of Newton steps once, functions as
 * often as they are called.
 */
export function countOperations(code: string): number {
  const text = code.replace(/\/\/.*$/gm, "");
  const bodies = new Map<string, string>();
  for (const match of text.matchAll(/\bfn (\w+)\([^{]*\{/g)) {
    bodies.set(match[1], bodyFrom(text, match.index + match[0].length));
  }
  const known = new Map<string, number>();
  const ofFunction = (name: string): number => {
    let count = known.get(name);
    if (count === undefined) {
      count = ofBlock(bodies.get(name) as string);
      known.set(name, count);
    }
    return count;
  };
  const ofBlock = (body: string): number => {
    let count = 0;
    let rest = body;
    for (let loop = /\bfor \(([^{]*)\{/.exec(rest); loop; loop = /\bfor \(([^{]*)\{/.exec(rest)) {
      const inside = bodyFrom(rest, loop.index + loop[0].length);
      const times = /step < /.test(loop[1]) ? 1 : Number(/< (\d+)u/.exec(loop[1])?.[1]);
      count += ofStatements(rest.slice(0, loop.index)) + times * ofBlock(inside);
      rest = rest.slice(loop.index + loop[0].length + inside.length + 1);
    }
    return count + ofStatements(rest);
  };
  const ofStatements = (block: string): number =>
    block
      .split(/[;{}]/)
      .reduce((sum, statement) => sum + calls(statement) + operators(statement), 0);
  const calls = (statement: string): number =>
    [...statement.matchAll(/\b(\w+)\(/g)].reduce((sum, [, name]) => {
      if (bodies.has(name)) return sum + ofFunction(name);
      return sum + (name === "sqrt" || name === "pow" ? 1 : 0);
    }, 0);
  return ofFunction("main");
}

/** Text up to the brace that closes what was opened before `from`. */
function bodyFrom(text: string, from: number): string {
  let depth = 1;
  let at = from;
  for (; depth > 0; at++) depth += text[at] === "{" ? 1 : text[at] === "}" ? -1 : 0;
  return text.slice(from, at - 1);
}

/** Operators between floats in one statement. */
function operators(statement: string): number {
  let text = statement;
  // Indices are integers, and so are bits.
  for (let before = ""; before !== text; ) {
    before = text;
    text = text
      .replace(/\[[^[\]]*\]/g, "")
      .replace(/bitcast<vec4f>\([^()]*(\([^()]*(\([^()]*\)[^()]*)*\)[^()]*)*\)/g, "x");
  }
  if (/\b\d+u\b|vec4[ui]|bitcast|atomic|\brun\.|\bones\./.test(text)) return 0;
  text = text.replace(/\d+(\.\d+)?(e[-+]?\d+)?f?\b/g, "1");
  return [...text.matchAll(/(?<=[\w)]\s*)([-+*]=|[-+*/])(?=\s*[\w(-])/g)].length;
}
