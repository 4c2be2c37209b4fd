"""Style sheet of the prediction-check report: screen from 375 px up, and A4 landscape print."""

from __future__ import annotations

CSS = """
:root { color-scheme: light; --ink: #1c2126; --soft: #545d66; --line: #d5dadf;
  --seen: #55708c; --unseen: #c23b0e; --unknown: #5a5a5a; --sans: "Helvetica Neue", Helvetica,
  Arial, "Liberation Sans", "Noto Sans", "DejaVu Sans", sans-serif; --serif: Charter,
  "Bitstream Charter", "Iowan Old Style", Georgia, "Noto Serif", "DejaVu Serif", serif; }
* { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: #fff; color: var(--ink); font: 15px/1.55 var(--sans); }
main { max-width: 1240px; margin: 0 auto; padding: 36px 28px 56px; }
h1, h2 { font-family: var(--serif); font-weight: 600; line-height: 1.2; }
h1 { font-size: 30px; margin: 0 0 14px; }
h2 { font-size: 20px; margin: 44px 0 10px; padding-top: 14px; border-top: 1px solid var(--line); }
p { max-width: 74ch; margin: 0 0 12px; }
.lead { font-size: 17px; }
.small, .small p { font-size: 13px; color: var(--soft); }
.small h2 { color: var(--ink); }
.plots + .small { margin-top: 16px; }
a { color: #1d5a94; }
.warning { border-left: 5px solid var(--unseen); background: #fdf3ee; padding: 12px 18px;
  margin: 18px 0; max-width: 80ch; }
.warning p { margin: 0; }
.warning strong { display: block; }
.key { display: flex; flex-wrap: wrap; gap: 4px 26px; list-style: none; margin: 0 0 14px;
  padding: 0; font-size: 13px; color: var(--soft); }
.glyph { display: inline-block; width: 9px; height: 9px; margin-right: 7px; }
.glyph.seen { border-radius: 50%; background: var(--seen); }
.glyph.unseen { background: var(--unseen); transform: rotate(45deg); }
.glyph.unknown { border: 1.6px solid var(--unknown); }
.glyph.line { width: 20px; height: 0; border-top: 1.4px solid #3b444c; vertical-align: middle; }
.glyph.bar { width: 0; height: 14px; border-left: 1.4px solid var(--seen);
  vertical-align: middle; }
.plots { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 26px 28px; }
figure { margin: 0; break-inside: avoid; }
figcaption { font-size: 13px; line-height: 1.45; color: var(--soft); padding: 0 0 4px 46px; }
figcaption b { display: block; font: 600 17px/1.3 var(--serif); color: var(--ink); }
svg.plot { display: block; width: 100%; height: auto; font-family: var(--sans); }
.plot .frame { fill: #fbfcfc; stroke: #aab2ba; }
.plot .grid { stroke: #e6eaed; fill: none; }
.plot .one-to-one { stroke: #3b444c; stroke-width: 1.1; }
.plot text { font-size: 10.5px; fill: var(--soft); font-variant-numeric: tabular-nums; }
.plot .tick.x, .plot .axis { text-anchor: middle; }
.plot .tick.y { text-anchor: end; }
.plot .axis { font-size: 11.5px; fill: var(--ink); }
.plot .bar { fill: none; stroke-width: 1; stroke-opacity: .38; }
.plot .bar.seen { stroke: var(--seen); }
.plot .bar.unseen { stroke: var(--unseen); stroke-width: 1.5; stroke-opacity: .9; }
.plot .bar.unknown { stroke: var(--unknown); }
.plot .point.seen { fill: var(--seen); stroke: #fff; stroke-width: .8; }
.plot .point.unseen { fill: var(--unseen); stroke: #fff; stroke-width: 1; }
.plot .point.unknown { fill: #fff; stroke: var(--unknown); stroke-width: 1.4; }
.plot .leader { stroke: #8a939b; stroke-width: .7; fill: none; }
.plot .name { fill: var(--ink); paint-order: stroke; stroke: #fbfcfc; stroke-width: 2.6px;
  stroke-linejoin: round; }
.plot .name.unseen { fill: var(--unseen); font-weight: 600; }
.scroll { overflow-x: auto; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: 13px;
  line-height: 1.35; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 8px; text-align: left; vertical-align: top; }
thead th { font-weight: 600; border-bottom: 1.5px solid var(--ink); vertical-align: bottom; }
tbody th { font-weight: 400; }
tbody th, tbody td { border-bottom: 1px solid #eceff1; }
tbody tr.group th { font-weight: 600; padding-top: 14px; border-color: var(--line); }
tbody:last-child tr:last-child > * { border-bottom: 1.5px solid var(--ink); }
.num, thead .num { text-align: right; white-space: nowrap; }
.range { color: var(--soft); font-size: 12px; line-height: 17.5px; }
.metrics .range { padding-left: 0; white-space: nowrap; }
.metrics thead .range { font-weight: 400; }
.pairs { font-size: 12px; }
.pairs th, .pairs td { padding: 3px 3px; }
.pairs .first { padding-left: 11px; }
.pairs thead .span { text-align: center; border-bottom: 1px solid var(--line);
  padding-left: 11px; }
.pairs thead tr:last-child th { font-weight: 400; color: var(--soft); }
.site small { display: block; color: var(--soft); font-size: 11px; }
.skipped .reason { min-width: 150px; }
.pairs .site { min-width: 138px; position: sticky; left: 0; background: #fff; }
.pairs .nowrap { white-space: nowrap; }
.pairs .quality { padding-left: 9px; }
.pairs tr.unseen, .pairs tr.unseen .site { background: #fdf3ee; }
.pairs .out { font-weight: 700; }
dl { display: grid; grid-template-columns: minmax(110px, max-content) 1fr; gap: 5px 22px;
  margin: 0; font-size: 14px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; max-width: 84ch; }
@media (max-width: 900px) { .plots { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@media (max-width: 620px) {
  main { padding: 20px 16px 40px; }
  h1 { font-size: 25px; } .lead { font-size: 16px; }
  .plots { grid-template-columns: minmax(0, 1fr); }
  .pairs .site { min-width: 130px; max-width: 130px; }
  .scroll { box-shadow: inset -14px 0 12px -14px rgba(28, 33, 38, .28); }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 9px; }
}
@page { size: A4 landscape; margin: 12mm; }
@media print {
  body { font-size: 10pt; } main { max-width: none; padding: 0; }
  .scroll { overflow: visible; } .small, .small p { font-size: 8.5pt; }
  .measured { break-before: page; } .measured h2 { margin-top: 0; border: 0; padding: 0; }
  .plots { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px 20px; max-width: 196mm; }
  figcaption { font-size: 8pt; line-height: 1.3; padding-left: 34px; }
  figcaption b { font-size: 11pt; line-height: 1.2; }
  .pairs { font-size: 7pt; } .pairs .site { position: static; }
  .site small { font-size: 6pt; } .pairs th, .pairs td { padding: 2px 3px; }
  tr, .metrics tbody { break-inside: avoid; }
  h2, h2 + p, tr.group { break-after: avoid; }
  thead { display: table-header-group; }
}
"""
