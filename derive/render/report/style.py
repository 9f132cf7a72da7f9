"""How the HTML report looks: light and dark, on screen and on paper."""

STYLE = """
:root { --paper: #ffffff; --ink: #1b1f24; --faint: #57606a; --line: #d0d7de; --soft: #f4f6f8; --link: #0a58b5;
  --proved: #17692f; --refuted: #b3261e; --undecided: #8a5a00; --unread: #6b3fa0; --wash: #fdecea; --mend: #e7f5ea; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15181c; --ink: #e6e9ec; --faint: #a3adb8; --line: #3a424b; --soft: #1e2329; --link: #7db7ff;
    --proved: #6fd08c; --refuted: #ff8f85; --undecided: #f0b429; --unread: #c9a6ff; --wash: #3a1d1b; --mend: #17301f; }
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); }
body { max-width: 56rem; margin: 0 auto; padding: 1.5rem 1.2rem 4rem; line-height: 1.5;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
math { font-family: "STIX Two Math", "Latin Modern Math", "Cambria Math", "Noto Sans Math", STIXGeneral, math;
  font-size: 1.08em; }
math[display=block] { margin: 0; text-align: left; width: max-content; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: .2rem 0; }
h2 { font-size: 1.3rem; margin: 2.4rem 0 .6rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
h3.section { font-size: 1.1rem; margin: 1.8rem 0 .4rem; }
.name { font-size: 1rem; margin: 0 0 .3rem; display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; }
.name .passage, .name .place { font-weight: 400; color: var(--faint); font-size: .9rem; }
.name a.self ~ .place { margin-left: auto; }
a { color: var(--link); }
a.self { color: inherit; text-decoration: none; }
a.self:hover, a.self:focus { text-decoration: underline; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link);
  outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .3rem .6rem; }
code { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .9em;
  overflow-wrap: anywhere; }
pre { background: var(--soft); padding: .6rem .8rem; }
pre code { white-space: pre-wrap; }
.where, .verdict, .witness, details { font-size: .93rem; }
.where { color: var(--faint); margin: 0 0 1rem; }
.counted { font-weight: 600; }
.wide { overflow: auto hidden; max-width: 100%; position: relative; }
.step { border-left: 4px solid var(--line); padding: .5rem 0 .5rem 1rem; margin: 1.1rem 0; }
.step.refuted { border-color: var(--refuted); }
.step.undecided { border-color: var(--undecided); }
.step.unread { border-color: var(--unread); }
.step p { margin: .25rem 0; }
.verdict, .told li { overflow: auto hidden; }
.told { padding-left: 1.2rem; list-style: none; }
.told li { padding: .2rem 0; }
table.chain { border-collapse: collapse; width: 100%; }
table.chain td { padding: .3rem .15rem; vertical-align: baseline; }
table.chain td.left { width: 1px; white-space: nowrap; }
table.chain td.left:empty { padding: 0; }
table.chain td.left math { margin-left: auto; }
table.chain td.in1 { padding-left: 1.6rem; }
table.chain td.in2 { padding-left: 3.2rem; }
table.chain td.end { text-align: right; white-space: nowrap; width: 1px; padding-left: 1rem; color: var(--faint); }
table.chain tr.refuted td:nth-child(2) { background: var(--wash); }
tr:target { outline: 2px solid var(--link); outline-offset: -2px; }
.sign { font-weight: 700; }
.tied { white-space: nowrap; }
.proved { color: var(--proved); } .refuted { color: var(--refuted); }
.undecided { color: var(--undecided); } .unread { color: var(--unread); }
article.step, table.chain tr { color: var(--ink); }
.badge { white-space: nowrap; }
.given { background: var(--soft); padding: .4rem 1rem; margin: 1.1rem 0; border-radius: 4px; font-size: .95rem; }
.given p { margin: .2rem 0; color: var(--faint); }
.given ul { margin: .2rem 0; padding-left: 1.2rem; list-style: none; }
.given li { margin: .15rem 0; overflow: auto hidden; }
table.list { border-collapse: collapse; width: 100%; font-size: .95rem; margin: 1rem 0; }
table.list caption { text-align: left; font-weight: 600; padding: .3rem 0; }
table.list th, table.list td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line);
  vertical-align: top; }
table.false td:last-child { width: 100%; }
table.list th { font-weight: 600; } table.list th[scope=row] { font-weight: 400; }
table.list .number { text-align: right; }
table.list .number, table.list .whole { white-space: nowrap; }
table.correction { border-collapse: collapse; margin: .4rem 0; }
table.correction td { padding: .25rem .5rem; }
table.correction tr:first-child { background: var(--wash); }
table.correction tr:last-child { background: var(--mend); }
.diff { font-weight: 700; }
ins, del { text-decoration: none; }
details { margin: .3rem 0; }
summary { cursor: pointer; color: var(--faint); }
dl { margin: .3rem 0 .3rem 1rem; } dd { margin: 0 0 .3rem 1rem; overflow: auto hidden; }
figure { margin: 1.4rem 0; } figure svg { max-width: 100%; height: auto; }
figcaption { font-size: .93rem; color: var(--faint); }
svg text { font-family: "STIX Two Text", "Latin Modern Roman", STIXGeneral, Georgia, "Times New Roman",
  "STIX Two Math", "Latin Modern Math", "Cambria Math", "Noto Sans Math", serif;
  font-size: 15px; fill: var(--ink); }
svg text.small { font-size: 12px; } svg text.faint { fill: var(--faint); }
svg path { fill: none; stroke: var(--ink); stroke-linejoin: round; } svg path.faint { stroke: var(--faint); }
svg path.dashed { stroke-dasharray: 4 4; } svg path.tip { fill: var(--faint); stroke: none; }
svg rect { fill: var(--paper); stroke: var(--ink); stroke-width: 1.2; } svg rect.b1 { stroke: var(--link); }
svg path.l1 { stroke: var(--link); } svg .f1 { fill: var(--link); }
svg path.l2 { stroke: var(--refuted); } svg .f2 { fill: var(--refuted); }
svg path.l3 { stroke: var(--proved); } svg .f3 { fill: var(--proved); }
svg path.l4 { stroke: var(--undecided); } svg .f4 { fill: var(--undecided); }
mtable.cases mtd { text-align: left; padding-right: 1em; }
@media (max-width: 40rem) {
  figure { overflow: auto hidden; } figure svg { max-width: none; }
  table.chain td.end { position: sticky; right: 0; background: var(--paper); padding-left: .4rem; }
  tr:target td.end { background: var(--soft); }
  table.false thead { display: none; }
  table.false tr { display: block; border-bottom: 1px solid var(--line); padding: .4rem 0; }
  table.false td { display: inline; border: 0; padding: 0 .5rem 0 0; }
  table.false td:last-child { display: block; }
  table.list .whole { white-space: normal; }
}
@media print {
  :root { --paper: #ffffff; --ink: #000000; --faint: #444444; --line: #999999; --soft: #ffffff; --link: #0a58b5;
    --proved: #17692f; --refuted: #b3261e; --undecided: #8a5a00; --unread: #6b3fa0; --wash: #ffffff; --mend: #ffffff; }
  html { color-scheme: light; font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
  nav, .skip, details:not([open]) { display: none; }
  summary { list-style: none; }
  .step, .given, figure, tr { break-inside: avoid; }
  h1, h2, h3, h4, .given { break-after: avoid; }
  tfoot { display: table-row-group; }
  .wide, .given li, .told li, .verdict, dd { overflow: visible; }
  table.chain td { vertical-align: middle; }
}
"""
