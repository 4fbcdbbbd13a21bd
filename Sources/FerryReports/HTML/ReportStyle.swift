/// How the page looks, on screens wide and narrow, light and dark, and on paper.
enum ReportStyle {
  static let sheet: HTML = """
    :root {
      --ground: #f6f7f9; --card: #ffffff; --ink: #1b2430; --soft: #5b6675; --line: #dfe3e8;
      --track: #eceff3; --accent: #0f5f8c; --good: #1a7f56; --bad: #b3261e; --warn: #9a6200;
      --won: #2a8c82; --lost: #c9808a; --open: #a9c4d8; --stage: #4f86ad; --blank: #c3cad3;
      --doubt: #e0b34d; --mark: #fff1c9;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #12161c; --card: #1a2028; --ink: #e6eaf0; --soft: #9aa6b5; --line: #2c3541;
        --track: #252d38; --accent: #7cc0ea; --good: #5cc79a; --bad: #f2877f; --warn: #e0b060;
        --won: #4fb3a6; --lost: #b96a76; --open: #42627a; --stage: #5c9ac6; --blank: #4a5563;
        --doubt: #c69a3a; --mark: #4a3c14;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; scroll-padding-top: 3.5rem; }
    body {
      margin: 0; background: var(--ground); color: var(--ink); line-height: 1.55; font-size: 15px;
      font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC",
        "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
      overflow-wrap: anywhere;
    }
    header, main, footer, nav > div { max-width: 1120px; margin: 0 auto; padding: 0 20px; }
    header { padding-top: 28px; }
    h1 { font-size: 1.6rem; line-height: 1.3; margin: .1em 0 .6em; font-weight: 650; }
    h2 { font-size: 1.25rem; margin: 0 0 .5em; font-weight: 650; }
    h3 { font-size: 1rem; margin: 1.4em 0 .5em; font-weight: 650; }
    h4 { font-size: .85rem; margin: 1em 0 .2em; color: var(--soft); font-weight: 600; }
    p { margin: .4em 0; }
    code, .place { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono",
      "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", monospace; font-size: .86em; }
    code { color: var(--soft); }
    .place { color: var(--accent); }
    .value { unicode-bidi: isolate; white-space: pre-wrap; }
    .note, .none, .brand { color: var(--soft); }
    .brand { font-weight: 600; letter-spacing: .02em; margin: 0; }
    .badge { display: inline-block; margin-left: .5em; padding: 0 .7em; border-radius: 1em;
      border: 1px solid currentColor; font-size: .82rem; font-weight: 500; letter-spacing: 0; }
    .badge.applied, .good { color: var(--good); }
    .badge.planned { color: var(--accent); }
    .badge.partial, .badge.stopped { color: var(--warn); }
    .badge.failed, .bad { color: var(--bad); }
    .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr));
      gap: .2em 2em; margin: 0 0 1.4em; font-size: .9rem; }
    .facts div { display: flex; gap: .8em; }
    .facts dt { color: var(--soft); flex: 0 0 5.2em; }
    .facts dd { margin: 0; min-width: 0; }
    .tiles { display: grid; grid-template-columns: repeat(8, 1fr); background: var(--card);
      border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
    .tile { padding: 12px 8px 10px; text-align: center; box-shadow: -1px -1px 0 var(--line); }
    .tile b { display: block; font-size: 1.45rem; line-height: 1.2; font-weight: 600;
      font-variant-numeric: tabular-nums; }
    .tile span { color: var(--soft); font-size: .82rem; }
    .tile.good b { color: var(--good); }
    .tile.bad b { color: var(--bad); }
    .tile.zero b { color: var(--soft); font-weight: 400; }
    .checks { list-style: none; display: flex; flex-wrap: wrap; gap: .3em 1.8em; padding: 0;
      margin: 1.1em 0 1.6em; }
    .checks .good, .checks .open { color: var(--ink); }
    .checks span { font-weight: 700; }
    .checks .good span { color: var(--good); }
    nav { position: sticky; top: 0; z-index: 1; background: var(--ground);
      border-bottom: 1px solid var(--line); }
    nav > div { display: flex; gap: 1.6em; overflow-x: auto; white-space: nowrap;
      scrollbar-width: none; }
    nav a { padding: .65em 0; font-size: .92rem; }
    a { color: var(--accent); text-decoration: none; }
    a:hover { text-decoration: underline; }
    section { padding: 30px 0 6px; }
    .card, details, figure, .chart, .facts-grid, .change { background: var(--card);
      border: 1px solid var(--line); border-radius: 8px; }
    .card { padding: 4px 18px 16px; margin: 0 0 14px; overflow: hidden; }
    .card h3 { margin: .8em 0 .3em; }
    .card details { border-width: 1px 0 0; border-radius: 0; margin: 14px -18px -16px; }
    .equation { font-variant-numeric: tabular-nums; }
    .equation i:not(.dot) { color: var(--soft); font-style: normal; }
    .term { white-space: nowrap; }
    .plain { margin: .2em 0 .6em; padding-left: 1.2em; }
    .bar { display: flex; height: 6px; border-radius: 3px; overflow: hidden; gap: 1px;
      background: var(--track); margin: .5em 0; }
    .bar i { display: block; min-width: 2px; }
    .dot { display: inline-block; width: .65em; height: .65em; border-radius: 2px;
      margin-right: .35em; }
    i.mapped, i.created, i.weighted { background: var(--stage); }
    i.won, i.updated { background: var(--won); }
    i.blank, i.same, i.skipped { background: var(--blank); }
    i.filtered, i.merged, i.open { background: var(--open); }
    i.rejected, i.conflicted { background: var(--bad); }
    i.lost { background: var(--lost); }
    table { width: 100%; border-collapse: collapse; font-size: .92rem; background: var(--card); }
    section > table { border: 1px solid var(--line); border-radius: 8px; border-spacing: 0;
      border-collapse: separate; overflow: hidden; margin: .4em 0 1em; }
    th { text-align: left; color: var(--soft); font-weight: 550; font-size: .82rem; }
    th, td { padding: .5em .8em; vertical-align: top; border-bottom: 1px solid var(--line); }
    tbody tr:last-child td { border-bottom: 0; }
    .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    td:first-child, th:first-child { padding-left: 18px; }
    td:last-child, th:last-child { padding-right: 18px; }
    .counts td:first-child { min-width: 7em; }
    .amount { display: block; }
    .tag { color: var(--warn); font-size: .88em; }
    .use { display: inline-block; margin-right: .8em; }
    .fill { display: inline-block; width: 64px; height: 6px; border-radius: 3px; overflow: hidden;
      background: var(--track); margin-right: .5em; vertical-align: middle; }
    .share { display: inline-block; min-width: 7.2em; }
    .fill i { display: block; height: 100%; background: var(--stage); }
    details { margin: 0 0 10px; overflow: hidden; }
    summary { padding: .65em 18px; cursor: pointer; }
    details[open] > summary { border-bottom: 1px solid var(--line); }
    summary > span:last-child { margin-left: .3em; }
    .severity { display: inline-block; min-width: 3.2em; font-weight: 650; }
    .error .severity { color: var(--bad); }
    .warning .severity { color: var(--warn); }
    .info .severity { color: var(--accent); }
    .rule { border-left-width: 4px; }
    .rule.error { border-left-color: var(--bad); }
    .rule.warning { border-left-color: var(--warn); }
    .rule.info { border-left-color: var(--accent); }
    .todo { margin: .8em 18px .2em; }
    .places { margin: 0; padding: .2em 18px .9em; list-style: none; columns: 2; column-gap: 2em; }
    .places li { break-inside: avoid; padding: .12em 0; }
    .places .value { color: var(--soft); }
    details .change { border-width: 0 0 1px; border-radius: 0; }
    details .change:last-child { border-bottom: 0; }
    section > .change { margin: 0 0 10px; overflow: hidden; }
    .change > p { padding: .5em 18px 0; margin: 0 0 .3em; }
    .change td { width: 34%; }
    .change td:first-child, .change td:last-child { width: 16%; }
    .change table { table-layout: auto; }
    del { color: var(--soft); text-decoration-thickness: 1px; }
    ins { text-decoration: none; }
    .facts-grid { display: grid; overflow: hidden; margin: .6em 0 1em;
      grid-template-columns: repeat(auto-fill, minmax(210px, 1fr)); }
    .fact { padding: 12px 18px; box-shadow: -1px -1px 0 var(--line); }
    .fact span, .fact small, figcaption small { display: block; color: var(--soft);
      font-size: .82rem; min-height: 1.3em; }
    .fact b { font-size: 1.1rem; font-weight: 600; font-variant-numeric: tabular-nums; }
    .charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 14px;
      margin: 0 0 14px; }
    figure { margin: 0; padding: 14px 18px 12px; break-inside: avoid; }
    figcaption { margin-bottom: 12px; }
    .chart.wide { grid-column: 1 / -1; }
    .chart { overflow: hidden; }
    .chart > figure { border: 0; }
    .chart > details { margin: 0; border-width: 1px 0 0; border-radius: 0; }
    .chart summary { font-size: .82rem; color: var(--soft); padding: .45em 18px; }
    .numbers { font-size: .82rem; }
    .numbers th { white-space: normal; }
    i.mark { display: inline-block; width: 2px; height: 1em; margin: 0 .45em 0 .2em;
      vertical-align: -.15em; background: var(--ink); }
    rect.mark { fill: var(--ink); }
    .legend { font-size: .82rem; flex-wrap: wrap; color: var(--soft); display: flex; gap: 1.2em; min-height: 1.5em; }
    svg { display: block; overflow: visible; }
    .plot { display: flex; }
    .axis { flex: 0 0 52px; }
    svg text { fill: var(--ink); font-size: 13px; }
    svg .number { text-anchor: end; fill: var(--soft); font-variant-numeric: tabular-nums; }
    svg .tick, svg .month { fill: var(--soft); font-size: 11px; }
    svg .tick { text-anchor: end; }
    svg .month { text-anchor: middle; }
    .grid { stroke: var(--line); }
    .track { fill: var(--track); }
    rect.stage, rect.weighted { fill: var(--stage); }
    rect.won { fill: var(--won); }
    rect.lost { fill: var(--lost); }
    rect.open { fill: var(--open); }
    rect.blank { fill: var(--blank); }
    rect.doubt { fill: var(--doubt); }
    rect.bad { fill: var(--bad); }
    i.doubt { background: var(--doubt); }
    .pair h4 { padding: 0 18px; }
    .waterfall { list-style: none; margin: 0; padding: 2px 18px 14px;
      border-bottom: 1px solid var(--line); }
    .waterfall li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1em;
      font-size: .9rem; padding: .15em 0; break-inside: avoid; }
    .waterfall span { flex: 1; min-width: 0; }
    .waterfall small { color: var(--soft); font-size: 1em; }
    .waterfall b { font-weight: 500; font-variant-numeric: tabular-nums; }
    .steps { flex: 0 0 100%; position: relative; height: 8px; background: var(--track);
      border-radius: 2px; }
    .steps i { position: absolute; top: 0; height: 100%; border-radius: 2px; }
    .steps .zero { width: 1px; background: var(--ink); opacity: .55; }
    i.stage { background: var(--stage); }
    i.bad { background: var(--bad); }
    details > .note { padding: 0 18px; }
    mark { background: var(--mark); color: inherit; border-radius: 3px; padding: 0 .2em; }
    .strip { width: 88px; height: 10px; flex: none; display: inline-block; vertical-align: middle; }
    .strip.wide { width: 132px; }
    rect.shape0 { fill: var(--stage); }
    rect.shape1 { fill: var(--won); }
    rect.shape2 { fill: var(--doubt); }
    rect.shape3 { fill: var(--lost); }
    rect.shape4 { fill: var(--blank); }
    .tiles.five { grid-template-columns: repeat(5, 1fr); }
    .tops { min-width: 0; }
    .inspect td { white-space: normal; }
    .inspect .value { overflow-wrap: anywhere; }
    .inspect small { color: var(--soft); }
    form[role=search] { display: grid; gap: .8em 1em; margin: .4em 0 1.4em;
      grid-template-columns: minmax(12em, 1fr) auto auto; }
    form[role=search][hidden] { display: none; }
    form[role=search] label { display: grid; gap: .2em; color: var(--soft); font-size: .82rem; }
    form[role=search] input, form[role=search] select, form[role=search] button { font: inherit;
      font-size: .95rem; padding: .45em .7em; min-width: 0; width: 100%; color: var(--ink);
      background: var(--card); border: 1px solid var(--soft); border-radius: 6px; }
    form[role=search] button { width: auto; justify-self: start; cursor: pointer; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    form[role=search] p, form[role=search] ol, form[role=search] button { grid-column: 1 / -1; }
    #change-status { margin: 0; color: var(--soft); }
    #change-list { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; }
    #change-list .kind { color: var(--soft); }
    footer { color: var(--soft); font-size: .85rem; padding-top: 24px; padding-bottom: 40px; }
    @media (max-width: 900px) {
      .charts { grid-template-columns: minmax(0, 1fr); }
      .tiles { grid-template-columns: repeat(4, 1fr); }
      .tiles.five { grid-template-columns: repeat(3, 1fr); }
    }
    @media (max-width: 640px) {
      body { font-size: 14px; }
      header, main, footer, nav > div { padding-left: 12px; padding-right: 12px; }
      h1 { font-size: 1.25rem; }
      .places { columns: 1; }
      form[role=search] { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
      form[role=search] label:first-of-type { grid-column: 1 / -1; }
      .facts-grid { grid-template-columns: repeat(2, minmax(0, 1fr)); }
      .fact { padding: 10px 12px; }
      .fact b { font-size: .98rem; }
      .legend:empty { display: none; }
      .card { padding: 2px 12px 12px; }
      .card details { margin: 12px -12px -12px; }
      figure { padding: 12px; }
      summary, .todo, .change > p, .places { padding-left: 12px; padding-right: 12px; }
      .todo { margin-left: 0; margin-right: 0; }
      thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px;
        overflow: hidden; }
      table, tbody, tr, td { display: block; width: auto; }
      tr { padding: .5em 12px; border-bottom: 1px solid var(--line); }
      tbody tr:last-child { border-bottom: 0; }
      tbody td.n, tbody td, tbody td:first-child, tbody td:last-child, .change tbody td:first-child,
      .change tbody td:last-child, .change tbody td { display: flex; gap: 1em; padding: .12em 0;
        border: 0; width: auto; text-align: left; white-space: normal; min-width: 0; }
      td::before { content: attr(data-label); color: var(--soft); flex: 0 0 7em;
        font-size: .86rem; font-weight: 400; }
      .fill { flex: 0 0 48px; align-self: center; margin: 0; }
      td:empty { display: none; }
      .counts tr { display: grid; grid-template-columns: repeat(4, 1fr); gap: .3em .6em; }
      .counts tbody td.n, .counts tbody td:first-child { display: block; }
      .counts td::before { display: block; }
      .counts td:first-child { grid-column: 1 / -1; }
      .counts td:first-child::before { display: none; }
    }
    @page { size: A4; margin: 14mm 12mm; }
    @media print {
      :root { font-size: 11px; --ground: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb;
        --track: #eee; --accent: #0f5f8c; }
      body { font-size: 11px; }
      nav, #search, form[role=search] { display: none; }
      header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
      header { padding-top: 0; }
      section { padding-top: 16px; }
      .charts { display: block; }
      .chart { margin-bottom: 10px; }
      figure, .facts-grid, .tiles, .change, tr, li { break-inside: avoid; }
      h2, h3, summary, figcaption, .note { break-after: avoid; }
      thead { break-after: avoid; }
      th, td { padding: .3em .8em; }
      svg text { font-size: 11px; }
      details::details-content { content-visibility: visible; block-size: auto; }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }
    """
}
