/// The one script of a report: search and filter over its changes.
///
/// Data stand in the page as JSON in pieces, read one after the other between two frames, and a
/// search looks at so many changes as fit into a few milliseconds before it lets the page go on: so
/// nothing freezes. Cells' texts only ever become text nodes. The page's policy allows this script by
/// its hash and no other, and no request.
enum ChangeScript {
  /// SHA-256 of ``text``, as the page's policy names it; a test holds the two together.
  static let hash = "lBxxC3lzfeJrKvIHg9mHNdg6BW2XNLi7cwF7K3w4BTo="

  static let text = """
    (() => {
    "use strict";
    const box = document.getElementById("explorer");
    if (!box) return;
    const id = name => document.getElementById(name);
    const names = JSON.parse(id("change-names").textContent);
    const pieces = [...document.querySelectorAll("script.changes")];
    const query = id("change-query"), entity = id("change-entity"), kind = id("change-kind");
    const status = id("change-status"), list = id("change-list"), more = id("change-more");
    const page = 50, slice = 20;
    const rows = [], texts = [];
    let hits = [], shown = 0, turn = 0, timer = 0;
    const later = work => setTimeout(work, 0);
    const count = number => number.toLocaleString(document.documentElement.lang);
    const make = (tag, kind, text) => {
      const node = document.createElement(tag);
      if (kind) node.className = kind;
      if (text !== undefined) node.textContent = text;
      return node;
    };

    const load = number => {
      if (number === pieces.length) {
        box.removeAttribute("aria-busy");
        search();
        return;
      }
      for (const row of JSON.parse(pieces[number].textContent)) {
        rows.push(row);
        const parts = [row[2], row[3], row[4], row[5]];
        for (let i = 6; i < row.length; i += 4) parts.push(row[i + 1], row[i + 2]);
        texts.push(parts.join("\\n").toLowerCase());
      }
      pieces[number].textContent = "";
      later(() => load(number + 1));
    };

    const search = () => {
      const mine = ++turn;
      const words = query.value.toLowerCase().split(/\\s+/).filter(word => word);
      const wantedEntity = Number(entity.value), wantedKind = Number(kind.value);
      let index = 0;
      hits = [];
      shown = 0;
      list.textContent = "";
      const step = () => {
        if (mine !== turn) return;
        const end = performance.now() + slice;
        while (index < rows.length) {
          const row = rows[index];
          if ((wantedKind < 0 || row[0] === wantedKind)
            && (wantedEntity < 0 || row[1] === wantedEntity)
            && words.every(word => texts[index].includes(word))) hits.push(index);
          index += 1;
          if ((index & 127) === 0 && performance.now() > end) break;
        }
        if (shown < page) show(page);
        if (index < rows.length) { later(step); return; }
        // Said once, for those who hear it.
        tell();
        box.dataset.done = String(mine);
      };
      step();
    };

    const tell = () => {
      status.textContent = names.status.replace("{0}", count(hits.length))
        .replace("{1}", count(rows.length));
      more.hidden = shown >= hits.length;
    };

    const show = limit => {
      while (shown < limit && shown < hits.length) {
        list.append(item(rows[hits[shown]]));
        shown += 1;
      }
    };

    const item = row => {
      const node = make("li", "change");
      const head = make("p");
      head.append(
        make("span", "kind", names.kinds[row[0]] + " · " + names.entities[row[1]] + " "),
        make("b", "value", row[2]));
      if (row[3]) head.append(" → ", make("b", "value", row[3]));
      if (row[5]) head.append(" ", make("span", "place", row[5]));
      if (row[4]) head.append(" ", make("code", "", row[4]));
      node.append(head);
      if (row.length > 6) node.append(fields(row));
      return node;
    };

    const fields = row => {
      const table = make("table"), body = make("tbody");
      const line = make("tr"), head = make("thead");
      for (const title of names.heads) {
        const cell = make("th", "", title);
        cell.scope = "col";
        line.append(cell);
      }
      head.append(line);
      for (let i = 6; i < row.length; i += 4) {
        const own = make("tr");
        const texts = [names.fields[row[i]], row[i + 1], row[i + 2], row[i + 3]];
        texts.forEach((text, column) => {
          const cell = make("td");
          cell.dataset.label = names.heads[column];
          const kind = column === 3 ? "place" : column === 0 ? "" : "value";
          if (text !== null && text !== "") {
            cell.append(make(column === 1 ? "del" : "span", kind, text));
          } else if (column < 3) cell.append(make("span", "none", "–"));
          own.append(cell);
        });
        body.append(own);
      }
      table.append(head, body);
      return table;
    };

    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(search, 120);
    };
    query.addEventListener("input", soon);
    entity.addEventListener("change", search);
    kind.addEventListener("change", search);
    more.addEventListener("click", () => {
      const first = list.children.length;
      show(shown + page);
      tell();
      const node = list.children[first];
      if (node) { node.tabIndex = -1; node.focus(); }
    });
    box.addEventListener("submit", event => { event.preventDefault(); search(); });
    box.hidden = false;
    later(() => load(0));
    })();
    """
}
