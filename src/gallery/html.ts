const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Text for HTML, between tags or in an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]);
}

/** A symbol with a superscript, a subscript or both, as typed in plain text: ε^d_ee, sin²θ_W. */
const SYMBOL = /([α-ωN])(?:\^([\p{L}\d]+))?(?:_([\p{L}\d]+))?/gu;

/** Plain text as HTML, its symbols set as symbols, and no number parted from its percent sign. */
export function mathHtml(text: string): string {
  return escapeHtml(text)
    .replace(/(\d) %/g, "$1\u00a0%")
    .replace(SYMBOL, (symbol, letter, upper, lower) => {
      if (upper === undefined && lower === undefined) return symbol;
      const part = (tag: string, index: string | undefined) =>
        index === undefined ? "" : `<${tag}>${index}</${tag}>`;
      return `<i>${letter}</i>${part("sup", upper)}${part("sub", lower)}`;
    });
}
