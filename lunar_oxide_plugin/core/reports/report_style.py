"""Style sheet of the reports: light and dark, screens from 320 px up, and A4 landscape print.

Every colour is a variable, so that dark screens change them in one place and paper never sees
dark ones. Text keeps a contrast of at least 4.5 to 1 on its ground (WCAG 2.1, AA).
"""

from __future__ import annotations

CSS = """
:root { color-scheme: light dark; --ground: #ffffff; --panel: #fbfcfc; --ink: #1c2126;
  --soft: #545d66; --line: #d5dadf; --faint: #e6eaed; --frame: #aab2ba; --strong: #3b444c;
  --link: #1d5a94; --seen: #55708c; --unseen: #c23b0e; --unknown: #5a5a5a; --tint: #fdf3ee;
  --over: #b2182b; --under: #2166ac; --high: #12435f;
  --sans: "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "Noto Sans", "DejaVu Sans",
  sans-serif; --serif: Charter, "Bitstream Charter", "Iowan Old Style", Georgia, "Noto Serif",
  "DejaVu Serif", serif; }
@media screen and (prefers-color-scheme: dark) { :root { --ground: #15191d; --panel: #1b2025;
  --ink: #e8ebee; --soft: #a9b3bc; --line: #3a434b; --faint: #2a3138; --frame: #66717b;
  --strong: #c3ccd4; --link: #8ab8e6; --seen: #8fb0d0; --unseen: #ff8a5c; --unknown: #c0c0c0;
  --tint: #33241d; --over: #f4846f; --under: #7db4e8; --high: #b9ddf2; } }
* { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.55 var(--sans); }
main { max-width: 1240px; margin: 0 auto; padding: 36px 28px 56px; }
h1, h2 { font-family: var(--serif); font-weight: 600; line-height: 1.2; }
h1 { font-size: 30px; margin: 0 0 14px; }
h2 { font-size: 20px; margin: 44px 0 10px; padding-top: 14px; border-top: 1px solid var(--line); }
p { max-width: 74ch; margin: 0 0 12px; }
.lead { font-size: 17px; }
.small, .small p { font-size: 13px; color: var(--soft); }
.small h2 { color: var(--ink); }
.plots + .small { margin-top: 16px; }
.plots.wide { grid-template-columns: repeat(2, minmax(0, 1fr)); margin-top: 16px; }
nav ul { display: flex; flex-wrap: wrap; gap: 2px 18px; list-style: none; padding: 0;
  margin: 20px 0 0; font-size: 13px; }
nav a { display: inline-block; padding: 5px 0; }
code { font: 12px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.glyph.over { border-radius: 50%; background: var(--over); }
.glyph.under { border-radius: 50%; background: var(--under); }
a { color: var(--link); }
.warning { border-left: 5px solid var(--unseen); background: var(--tint); padding: 12px 18px;
  margin: 18px 0; max-width: 80ch; }
.warning p { margin: 0; }
.warning strong { display: block; }
.key { display: flex; flex-wrap: wrap; gap: 4px 26px; list-style: none; margin: 0 0 14px;
  padding: 0; font-size: 13px; color: var(--soft); }
.glyph { display: inline-block; width: 9px; height: 9px; margin-right: 7px; }
.glyph.seen { border-radius: 50%; background: var(--seen); }
.glyph.unseen { background: var(--unseen); transform: rotate(45deg); }
.glyph.unknown { border: 1.6px solid var(--unknown); }
.glyph.line { width: 20px; height: 0; border-top: 1.4px solid var(--strong);
  vertical-align: middle; }
.glyph.bar { width: 0; height: 14px; border-left: 1.4px solid var(--seen);
  vertical-align: middle; }
.plots { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 26px 28px; }
figure { margin: 0; break-inside: avoid; }
figcaption { font-size: 13px; line-height: 1.45; color: var(--soft); padding: 0 0 4px 46px; }
figcaption b { display: block; font: 600 17px/1.3 var(--serif); color: var(--ink); }
svg.plot { display: block; width: 100%; height: auto; font-family: var(--sans); }
.plot .frame { fill: var(--panel); stroke: var(--frame); }
.plot .grid { stroke: var(--faint); fill: none; }
.plot .one-to-one, .plot .zero { stroke: var(--strong); stroke-width: 1.1; }
.plot .limit { stroke: var(--strong); stroke-width: 1; stroke-dasharray: 4 3; }
.plot .fit { stroke: var(--unseen); stroke-width: 1.3; stroke-dasharray: 6 3; }
.plot text { font-size: 10.5px; fill: var(--soft); font-variant-numeric: tabular-nums; }
.plot .tick.x, .plot .axis { text-anchor: middle; }
.plot .tick.y { text-anchor: end; }
.plot .axis { font-size: 11.5px; fill: var(--ink); }
.plot .bar { fill: none; stroke-width: 1; stroke-opacity: .38; }
.plot .bar.seen { stroke: var(--seen); }
.plot .bar.unseen { stroke: var(--unseen); stroke-width: 1.5; stroke-opacity: .9; }
.plot .bar.unknown { stroke: var(--unknown); }
.plot .point.seen { fill: var(--seen); stroke: var(--panel); stroke-width: .8; }
.plot .point.unseen { fill: var(--unseen); stroke: var(--panel); stroke-width: 1; }
.plot .point.unknown { fill: var(--panel); stroke: var(--unknown); stroke-width: 1.4; }
.plot .point.measured { fill: var(--panel); stroke-width: 1.3; }
.plot .point.measured.seen { stroke: var(--seen); } .plot .point.measured.unseen {
  stroke: var(--unseen); }
.plot .move { fill: none; stroke-width: .8; stroke-opacity: .55; stroke: var(--unknown); }
.plot .move.seen { stroke: var(--seen); } .plot .move.unseen { stroke: var(--unseen); }
.plot .point.over { fill: var(--over); stroke: var(--panel); }
.plot .point.under { fill: var(--under); stroke: var(--panel); }
.plot .point.unknown.over, .plot .point.unknown.under { stroke: var(--ink); }
.plot .sign { stroke: var(--panel); stroke-width: 1.5; fill: none; }
.plot .outline { fill: none; stroke: var(--frame); stroke-dasharray: 3 3; }
.plot .landmark { font-size: 9px; font-style: italic; text-anchor: middle; }
.plot .landmark.start { text-anchor: start; } .plot .landmark.end { text-anchor: end; }
.plot .dense { fill: var(--high); } .plot .d1 { fill-opacity: .14; }
.plot .d2 { fill-opacity: .28; } .plot .d3 { fill-opacity: .44; } .plot .d4 { fill-opacity: .62; }
.plot .d5 { fill-opacity: .8; }
.plot .up1, .plot .up2, .plot .up3, .plot .up4 { fill: var(--over); }
.plot .down1, .plot .down2, .plot .down3, .plot .down4 { fill: var(--under); }
.plot .up1, .plot .down1 { fill-opacity: .15; } .plot .up2, .plot .down2 { fill-opacity: .4; }
.plot .up3, .plot .down3 { fill-opacity: .68; }
.big figure { max-width: 1000px; }
svg.swatch { display: inline-block; width: 13px; height: 13px; vertical-align: -2px; }
.plot .scale { fill: none; stroke: var(--ink); stroke-width: 1.2; }
.plot .wide { stroke-width: 2.2; stroke-opacity: .55; }
.plot .leader { stroke: var(--frame); stroke-width: .7; fill: none; }
.plot .name { fill: var(--ink); paint-order: stroke; stroke: var(--panel); stroke-width: 2.6px;
  stroke-linejoin: round; }
.plot .name.unseen { fill: var(--unseen); font-weight: 600; }
.scroll { overflow-x: auto; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: 13px;
  line-height: 1.35; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 8px; text-align: left; vertical-align: top; }
thead th { font-weight: 600; border-bottom: 1.5px solid var(--ink); vertical-align: bottom; }
tbody th { font-weight: 400; }
tbody th, tbody td { border-bottom: 1px solid var(--faint); }
tbody tr.group th { font-weight: 600; padding-top: 14px; border-color: var(--line); }
tbody:last-child tr:last-child > * { border-bottom: 1.5px solid var(--ink); }
.num, thead .num { text-align: right; white-space: nowrap; }
.num small { display: block; color: var(--soft); font-size: 11px; white-space: nowrap; }
.pairs { font-size: 12px; }
.pairs th, .pairs td { padding: 3px 3px; }
.pairs .first { padding-left: 11px; }
.pairs thead .span { text-align: center; border-bottom: 1px solid var(--line);
  padding-left: 11px; }
.pairs thead tr:last-child th { font-weight: 400; color: var(--soft); }
.site small { display: block; color: var(--soft); font-size: 11px; }
.skipped .reason { min-width: 150px; }
.pairs .site { min-width: 138px; position: sticky; left: 0; background: var(--ground); }
.pairs .nowrap { white-space: nowrap; }
.pairs .quality { padding-left: 9px; }
.pairs tr.unseen, .pairs tr.unseen .site { background: var(--tint); }
.pairs .out { font-weight: 700; }
dl { display: grid; grid-template-columns: minmax(110px, max-content) 1fr; gap: 5px 22px;
  margin: 0; font-size: 14px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; max-width: 84ch; }
@media (max-width: 900px) { .plots { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@media (max-width: 620px) {
  main { padding: 20px 16px 40px; }
  h1 { font-size: 25px; } .lead { font-size: 16px; }
  .plots, .plots.wide { grid-template-columns: minmax(0, 1fr); }
  .wide .plot text, .wide .plot .axis { font-size: 12.5px; }
  .wide .plot .landmark { font-size: 10px; } .big .plot text { font-size: 19px; }
  .pairs .site { min-width: 130px; max-width: 130px; }
  .scroll { box-shadow: inset -14px 0 12px -14px var(--frame); }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 9px; }
}
@page { size: A4 landscape; margin: 12mm; }
@media print {
  body { font-size: 10pt; } main { max-width: none; padding: 0; }
  .scroll { overflow: visible; } .small, .small p { font-size: 8.5pt; }
  .figures { break-before: page; } .figures h2 { margin-top: 0; border: 0; padding: 0; }
  nav { display: none; }
  .plots { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px 20px; max-width: 210mm; }
  .plots.wide { grid-template-columns: repeat(2, minmax(0, 1fr)); max-width: 260mm; }
  figcaption { font-size: 8pt; line-height: 1.3; padding-left: 34px; }
  figcaption b { font-size: 11pt; line-height: 1.2; }
  .pairs { font-size: 7pt; } .pairs .site { position: static; }
  .site small { font-size: 6pt; } .pairs th, .pairs td { padding: 2px 3px; }
  tr, .metrics tbody { break-inside: avoid; }
  h2, h2 + p, tr.group { break-after: avoid; }
  thead { display: table-header-group; }
}
"""
