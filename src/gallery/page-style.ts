/** Looks of the gallery page: the reader's own colour scheme, no fonts or scripts from elsewhere. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --text: #1b1f24; --soft: #59636e; --line: #d5dae0; --panel: #f6f8fa;
  --link: #0b57b0; --holds: #116329; --part: #7d4e00; --differs: #a40e26;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171c; --text: #e8eaed; --soft: #a4adb8; --line: #343b45; --panel: #1c2128;
    --link: #8ab8f5; --holds: #63c587; --part: #e3b341; --differs: #ff8e8a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem;
  background: var(--ground); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.35rem; margin: 3rem 0 .25rem; padding-top: 1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.12rem; margin: 0 0 .5rem; }
p { margin: .5rem 0; max-width: 46rem; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.soft { color: var(--soft); }
nav ul { list-style: none; margin: 1rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: .4rem .5rem; }
nav a { display: block; padding: .2rem .65rem; border: 1px solid var(--line); border-radius: 999px; text-decoration: none; font-size: .92rem; }
article { margin: 2.25rem 0; scroll-margin-top: 1rem; }
figure { margin: .75rem 0; }
figure img { display: block; max-width: min(100%, 60rem); height: auto; margin: 0 auto; }
figcaption { color: var(--soft); font-size: .95rem; max-width: 46rem; margin: .75rem 0 0; }
code { font: .9em ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; background: var(--panel); padding: .1rem .35rem; border-radius: .25rem; }
.command { user-select: all; }
.drawing { display: block; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .94rem; margin: .75rem 0; }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
table.numbers td, table.numbers th { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
table.numbers td:first-child, table.numbers th:first-child { text-align: left; }
table.statements { table-layout: fixed; }
table.statements th:first-child { width: 40%; } table.statements th:last-child { width: 6.5rem; }
.verdict { white-space: nowrap; font-weight: 600; }
.holds { color: var(--holds); } .part { color: var(--part); } .differs { color: var(--differs); }
.apart { color: var(--soft); white-space: normal; }
.why { display: block; color: var(--soft); margin-top: .25rem; }
.files { font-size: .92rem; }
.files a { margin-right: .7rem; }
details { font-size: .92rem; } details a { display: inline-block; margin: .1rem .7rem .1rem 0; }
@media (max-width: 40rem) {
  table.statements, .statements tbody, .statements tr, .statements td { display: block; width: auto; }
  .statements thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .statements tr { padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .statements td { padding: 0 0 .25rem; border: 0; }
  .statements td:first-child { font-weight: 600; }
}
sup, sub { line-height: 0; font-size: .75em; }
@media print { nav, .files, details { display: none; } article { break-inside: avoid; } }
`.trim();
