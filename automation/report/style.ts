/** The report's look: light and dark, on screen and on paper. */
export const style = `
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1d2430;--soft:#5c6675;--line:#dfdcd3;--faint:#f2f0ea;
--good:#1b7f4b;--bad:#b3261e;--warn:#96650a;--aws:#c26a12;--azure:#1f6fc4;--gcp:#1d8a6b;--mesh:#6a4bb5;--outside:#7a828f}
@media (prefers-color-scheme:dark){:root{--paper:#14171c;--card:#1b1f26;--ink:#e7e9ee;--soft:#9aa4b2;--line:#303743;--faint:#222832;
--good:#5cc98f;--bad:#ff8a80;--warn:#e5b567;--aws:#f0a04b;--azure:#6fb1f5;--gcp:#56c7a3;--mesh:#b49bf0;--outside:#9aa4b2}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:1180px;margin:0 auto;padding:2.2rem 1.4rem 3rem}
.brand{margin:0;font-size:.8rem;letter-spacing:.14em;text-transform:uppercase;color:var(--soft)}
h1{margin:.1rem 0 .2rem;font-size:2rem;line-height:1.2;display:flex;gap:.8rem;align-items:center;flex-wrap:wrap}
h2{margin:2.6rem 0 .4rem;font-size:1.25rem}
.meta,.lead{color:var(--soft);margin:.2rem 0 .9rem;max-width:80ch}
.status{font-size:.85rem;font-weight:600;padding:.25rem .7rem;border-radius:99px;border:1.5px solid currentColor}
.good{color:var(--good)}.bad{color:var(--bad)}
.tiles{display:flex;flex-wrap:wrap;gap:.8rem;margin:1.2rem 0 0}
.tile{flex:1 1 150px;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.8rem 1rem;display:flex;flex-direction:column}
.tile b{font-size:1.8rem;line-height:1.1;font-variant-numeric:tabular-nums}.tile span{font-weight:600;color:var(--ink)}.tile small{color:var(--soft)}
.cards{display:grid;gap:1rem}
.card{min-width:0;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.6rem;--hue:var(--mesh)}
.card>header{display:flex;flex-wrap:wrap;gap:.4rem .9rem;align-items:baseline;padding:.2rem .5rem .5rem;border-bottom:1px solid var(--line);margin-bottom:.4rem}
.card>header b{color:var(--hue)}.card>header span{color:var(--soft)}.card>header code{margin-left:auto}
.card.aws,.aws{--hue:var(--aws)}.card.azure,.azure{--hue:var(--azure)}.card.gcp,.gcp{--hue:var(--gcp)}
.scroll{overflow-x:auto}
svg.graph{display:block;max-width:100%;height:auto;margin:0 auto;font-family:inherit}
.node{--hue:var(--mesh)}.node.outside{--hue:var(--outside)}.node.identity{--hue:var(--mesh)}
.node.aws{--hue:var(--aws)}.node.azure{--hue:var(--azure)}.node.gcp{--hue:var(--gcp)}
.node rect{fill:var(--faint);stroke:var(--hue);stroke-width:1.2}.node rect.edge{fill:var(--hue);stroke:none}
.node.outside rect:first-of-type{stroke-dasharray:4 3}
.node text{fill:var(--ink)}.node .title{font-size:14px;font-weight:650}.node .line{font-size:11.5px;fill:var(--soft)}
.arrow path{fill:none;stroke:var(--soft);stroke-width:1.4}.arrow path.head{fill:var(--soft);stroke:none}
.arrow:hover path{stroke:var(--ink);stroke-width:2.4}.arrow:hover path.head{fill:var(--ink)}
text.label{font:600 11.5px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:var(--ink);text-anchor:middle;paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}
table{border-collapse:collapse;width:100%;margin:.8rem 0;font-size:.92rem}
caption{text-align:left;color:var(--soft);padding:.2rem 0}
th,td{text-align:left;padding:.34rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
thead th{color:var(--soft);font-weight:600;font-size:.84rem}tbody th{font-weight:600}
.n{text-align:right;font-variant-numeric:tabular-nums;width:5.2rem}
td.zero{color:var(--line)}td.pass{color:var(--good);font-weight:600}td.fail{color:var(--bad);font-weight:700}td.unknown{color:var(--warn);font-weight:700}td.not-applicable{color:var(--soft)}
code,.urn,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.85em}
.urn,td code{overflow-wrap:anywhere}
.finding{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--warn);border-radius:8px;padding:.7rem 1rem;margin:.8rem 0}
.finding.bad{border-left-color:var(--bad);color:inherit}.finding.exempted{border-left-color:var(--line)}
.finding h3{margin:0;font-size:1rem}.finding h3 small{color:var(--soft);font-weight:400;margin-left:.6rem}.finding p{margin:.3rem 0}
pre.finding{white-space:pre-wrap;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:5.5rem 1fr;gap:.2rem .8rem;margin:.5rem 0 0;font-size:.92rem}
dt{color:var(--soft)}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
details{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.2rem .8rem;margin:.5rem 0}
summary{cursor:pointer;padding:.35rem 0;font-weight:600}
.package summary{display:grid;grid-template-columns:12rem 1fr 4rem;gap:.8rem;align-items:center}
.package summary::before{content:none}.package summary b{text-align:right;font-variant-numeric:tabular-nums}
.bar{width:100%;height:8px;display:block}.bar rect{fill:var(--mesh)}.bar rect.aws{fill:var(--aws)}.bar rect.azure-native,.bar rect.azuread{fill:var(--azure)}.bar rect.gcp{fill:var(--gcp)}
.op{font-weight:600}.op.create{color:var(--good)}.op.delete,.op.replace{color:var(--bad)}.op.update,.op.refresh{color:var(--warn)}
table.reach{border-collapse:separate;border-spacing:3px;margin:.3rem 0 0}
.reach caption{font-size:.84rem;padding:.1rem .3rem}
.reach th,.reach td{border:0;padding:.3rem .5rem;border-radius:6px;vertical-align:middle}
.reach thead th{text-align:center;vertical-align:bottom;max-width:9rem;overflow-wrap:anywhere}
.reach tbody th{position:sticky;left:0;background:var(--card);width:11rem;min-width:6rem;overflow-wrap:anywhere;z-index:1}
.reach th.within{color:var(--ink)}.reach th.beyond{color:var(--soft);font-weight:500}
.reach td{text-align:center;min-width:5.6rem;height:2.5rem}
.reach .corner{font-size:.76rem;color:var(--soft);text-align:left}
.reach .none{color:var(--line);background:var(--faint)}
.reach .nobody{background:none}
.cell{--look:var(--good);background:color-mix(in srgb,var(--look) 15%,var(--card));color:color-mix(in srgb,var(--look) 55%,var(--ink));position:relative}
.cell code{font-size:.8em;font-weight:600;white-space:nowrap}
.cell i{font-style:normal;margin-right:.3rem;font-size:.85em}
.cell.platform{--look:var(--mesh)}.cell.open{--look:var(--warn);outline:1.5px dashed var(--look);outline-offset:-1.5px}
.cell.unknown{--look:var(--warn);background:repeating-linear-gradient(135deg,color-mix(in srgb,var(--look) 26%,var(--card)) 0 5px,color-mix(in srgb,var(--look) 10%,var(--card)) 5px 10px)}
.cell.violation{--look:var(--bad);background:var(--look);color:var(--card)}
.cell.closed{--look:var(--outside);color:var(--soft)}.cell.closed code{text-decoration:line-through}
.cell.changed{box-shadow:inset 0 0 0 2px var(--ink)}
.cell b{position:absolute;top:-1px;right:-1px;min-width:1.05rem;padding:0 .2rem;border-radius:0 6px 0 6px;background:var(--ink);color:var(--card);font:700 .72rem/1.05rem ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;text-align:center}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;margin:.4rem 0 .9rem;padding:0;font-size:.86rem;color:var(--soft)}
.legend li{display:flex;gap:.45rem;align-items:center}
.legend .cell{display:inline-block;width:1.9rem;height:1.2rem;border-radius:5px;text-align:center;line-height:1.2rem;font-size:.8rem}
.legend .cell.changed:not(.declared){background:none}
.verdict{font-size:.8rem;font-weight:600;padding:.05rem .6rem;border-radius:99px;border:1.5px solid currentColor}
.card>header span.verdict.good{color:var(--good)}.card>header span.verdict.bad{color:var(--bad)}.card>header span.verdict.warn{color:var(--warn)}
.card>header small{color:var(--soft);margin-left:auto}
.notes{margin:.5rem 0 .2rem;padding-left:1.3rem;font-size:.86rem;color:var(--soft);overflow-wrap:anywhere}
h3{font-size:1.02rem;margin:1.5rem 0 .3rem}
.flow{border-left:4px solid var(--line)}.flow.added{border-left-color:var(--good)}.flow.removed{border-left-color:var(--outside)}.flow.changed{border-left-color:var(--warn)}.flow.violation{border-left-color:var(--bad)}
.flow summary{display:flex;flex-wrap:wrap;gap:.2rem .8rem;align-items:baseline}
.flow summary .op{width:1rem;text-align:center}.flow summary small{color:var(--soft);font-weight:400;margin-left:auto}.flow.violation summary small{color:var(--bad);font-weight:600}
.flow dl{margin:.1rem 0 .6rem;padding-left:1.8rem}
.flow .shut{color:var(--soft)}.flow .open{font-weight:600}
footer{margin-top:3rem;border-top:1px solid var(--line);color:var(--soft);font-size:.88rem}
@media print{body{background:#fff;font-size:11px}main{max-width:none;padding:0}.card,.tile,.finding,details{break-inside:avoid}details>summary{list-style:none}a{color:inherit}}
`;
