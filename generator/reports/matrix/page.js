"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const data = JSON.parse(find("data").textContent);
  const { environments, texts, rows, findings } = data;
  const table = find("matrix");
  const pinned = [];
  const elements = new Map(); // the <tr> of each row that was drawn, by the row's number
  let active = null; // the one cell that Tab stops at
  let room = 0; // the characters that a column shows
  const CONTEXT = 8; // the characters that stay before what differs

  // Of many rows only those are drawn that were scrolled to.
  const BATCH = Math.max(150, Math.ceil(6000 / (environments.length + 1)));
  let sequence = []; // all rows, group by group
  let wanted = []; // those that the filter leaves
  let drawn = 0; // of these

  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  // Rows.

  function countAlike(values) {
    let count = 0;
    while (count < values[0].length && values.every((value) => value[count] === values[0][count])) count += 1;
    return count;
  }

  function listValues(row) {
    return new Set(row.cells.map((cell) => (cell && cell[0] >= 0 ? texts[cell[0]] : "")));
  }

  const name = (row) => (data.tasks.length > 1 ? `${row.task}/${row.path}` : row.path);
  const link = (row) => `#${encodeURIComponent(name(row))}`;
  rows.forEach((row, number) => {
    row.number = number;
    row.found = row.cells.some((cell) => cell && cell[3]);
    row.words = [row.task, row.path, ...listValues(row)].join("\n").toLowerCase();
  });
  const byName = new Map(rows.map((row) => [name(row), row]));

  // A pinned column keeps its place among the others, and stays in view wherever the table is scrolled to.
  function pin(element, index) {
    if (!pinned.includes(index)) return;
    const before = pinned.filter((other) => other < index).length;
    element.classList.add("pinned");
    element.style.left = `calc(var(--path) + ${before} * var(--column))`;
    element.style.right = `calc(${pinned.length - 1 - before} * var(--column))`;
  }

  function drawHead() {
    const columns = make("colgroup", {}, make("col", { className: "path" }));
    const head = make("tr", {}, make("th", { scope: "col", textContent: "Path" }));
    for (const index of environments.keys()) {
      columns.append(make("col", { className: "value" }));
      const button = make("button", { type: "button", textContent: environments[index] });
      button.setAttribute("aria-pressed", String(pinned.includes(index)));
      button.dataset.pin = index;
      const cell = make("th", { scope: "col" }, button);
      pin(cell, index);
      head.append(cell);
    }
    table.querySelector("colgroup")?.remove();
    table.tHead.before(columns);
    table.tHead.replaceChildren(head);
  }

  // Leave out of what all values of a row begin with as much as there is no room for.
  function spell(row, text) {
    if (text === "") return '""';
    const skip = Math.min(row.alike - CONTEXT, row.longest + 1 - room);
    return skip > 1 && text !== "***" ? `…${text.slice(skip)}` : text;
  }

  function drawCell(row, index) {
    const cell = row.cells[index];
    const element = make("td", { tabIndex: -1 });
    element.setAttribute("role", "gridcell");
    element.dataset.index = index;
    if (cell && cell[3]) {
      for (const number of cell[3]) {
        const { code, severity } = findings[number];
        element.append(make("span", { className: `mark ${severity}`, textContent: code }));
      }
    }
    if (cell && cell[0] >= 0) {
      element.append(spell(row, texts[cell[0]]));
      if (cell[1] && row.tinted) element.classList.add(`v${((cell[1] - 1) % 4) + 1}`);
    } else {
      element.classList.add("absent");
      element.append(cell === null ? "no such task" : "absent");
    }
    pin(element, index);
    return element;
  }

  function drawRow(row, grouped) {
    const shown = [...listValues(row)].filter((value) => value && value !== "***");
    const there = row.cells.filter(Boolean);
    row.alike = shown.length > 1 ? countAlike(shown) : 0;
    row.longest = Math.max(0, ...shown.map((value) => value.length));
    row.tinted = new Set(there.map((cell) => cell[1])).size < there.length;
    const head = row.container && grouped ? row.path.slice(row.container.length + "containerDefinitions[].".length) : row.path;
    const anchor = make("a", { href: link(row), tabIndex: -1, textContent: head });
    anchor.setAttribute("aria-label", row.path);
    const element = make("tr", {}, make("th", { scope: "row" }, anchor), ...row.cells.map((_, index) => drawCell(row, index)));
    element.dataset.row = row.number;
    elements.set(row.number, element);
    return element;
  }

  // Columns share the width of the window. Returns how many characters one shows.
  function measure() {
    const head = table.tHead.rows[0].cells[1];
    const ruler = make("code", { className: "quiet", textContent: "0".repeat(100) });
    head.append(ruler);
    const width = ruler.scrollWidth / 100;
    ruler.remove();
    return Math.floor(head.clientWidth / width) - 2; // the space beside the text
  }

  // Write the values again where columns became wider or narrower.
  function fit() {
    const before = room;
    room = Math.max(0, measure());
    if (room === before) return;
    for (const [number, element] of elements) {
      rows[number].cells.forEach((cell, index) => {
        if (cell && cell[0] >= 0) element.cells[index + 1].lastChild.data = spell(rows[number], texts[cell[0]]);
      });
    }
  }

  function draw() {
    const grouped = find("grouped").checked;
    const groups = new Map();
    for (const row of rows) {
      row.title = [data.tasks.length > 1 ? row.task : "", grouped && (row.container || "task")].filter(Boolean).join(" · ");
      if (!groups.has(row.title)) groups.set(row.title, []);
      groups.get(row.title).push(row);
    }
    sequence = [...groups.values()].flat();
    elements.clear();
    drawHead();
    fit();
    show();
  }

  function drawMore(count) {
    const grouped = find("grouped").checked;
    const end = Math.min(wanted.length, drawn + count);
    let body = [...table.tBodies].at(-1);
    for (; drawn < end; drawn += 1) {
      const row = wanted[drawn];
      if (drawn === 0 || row.title !== wanted[drawn - 1].title) {
        body = make("tbody", {});
        if (row.title) body.append(make("tr", { className: "group" }, make("th", { scope: "rowgroup", textContent: row.title })));
        if (row.title) body.firstChild.append(make("td", { colSpan: environments.length, className: "rest" }));
        table.append(body);
      }
      body.append(elements.get(row.number) ?? drawRow(row, grouped));
    }
  }

  // Draw as far as a row, and give its element.
  function reach(row) {
    if (drawn <= row.place) drawMore(row.place - drawn + BATCH);
    return elements.get(row.number);
  }

  function isWanted(row) {
    return wanted[row.place] === row;
  }

  function show() {
    const words = find("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
    const differing = find("differing").checked;
    const found = find("found").checked;
    wanted = sequence.filter(
      (row) => (!differing || row.differs) && (!found || row.found) && words.every((word) => row.words.includes(word)),
    );
    wanted.forEach((row, place) => {
      row.place = place;
    });
    for (const body of [...table.tBodies]) body.remove();
    drawn = 0;
    drawMore(BATCH);
    find("count").textContent = `${wanted.length} of ${rows.length} rows`;
    find("none").hidden = wanted.length > 0;
    find("frame").hidden = wanted.length === 0;
    if (!room) fit(); // which was hidden until now
    if (!active?.isConnected) activate(table.querySelector("tr[data-row] td"));
  }

  find("frame").addEventListener("scroll", ({ currentTarget: frame }) => {
    if (drawn < wanted.length && frame.scrollTop + 3 * frame.clientHeight > frame.scrollHeight) drawMore(BATCH);
  });
  addEventListener("beforeprint", () => drawMore(wanted.length));

  // Moving between cells: the table is one stop of the Tab key.

  function activate(element) {
    if (active) active.tabIndex = -1;
    active = element;
    if (active) active.tabIndex = 0;
  }

  function focus(element) {
    const target = element.tagName === "TH" ? element.firstChild : element;
    activate(target);
    target.focus();
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function move(cell, down, right) {
    const line = rows[cell.parentElement.dataset.row].place + down;
    const column = cell.cellIndex + right;
    const next = reach(wanted[Math.max(0, Math.min(line, wanted.length - 1))]);
    focus(next.cells[Math.max(0, Math.min(column, next.cells.length - 1))]);
  }

  const FAR = 1e6;
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("tbody td, tbody th");
    if (!cell) return;
    const all = event.ctrlKey ? FAR : 0;
    const steps = {
      ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
      PageUp: [-15, 0], PageDown: [15, 0], Home: [-all, -FAR], End: [all, FAR],
    };
    if (steps[event.key]) {
      move(cell, ...steps[event.key]);
    } else if (cell.tagName === "TD" && (event.key === "Enter" || event.key === " ")) {
      open(cell);
    } else {
      return;
    }
    event.preventDefault();
  });

  table.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pin]");
    const cell = event.target.closest("[data-index]");
    if (button) {
      const index = Number(button.dataset.pin);
      if (pinned.includes(index)) pinned.splice(pinned.indexOf(index), 1);
      else pinned.push(index);
      draw();
      table.querySelector(`[data-pin="${index}"]`).focus();
    } else if (cell) {
      focus(cell);
      open(cell);
    }
  });

  // Where a value comes from.

  function drawPlace(number) {
    const [file, line, column, excerpt] = data.places[number];
    const parts = [make("p", {}, make("code", { textContent: `${file}:${line}:${column}` }))];
    if (excerpt) {
      const [text, start, length] = excerpt;
      const marked = make("mark", { textContent: text.slice(start - 1, start - 1 + length) });
      parts.push(make("pre", { tabIndex: 0 }, text.slice(0, start - 1), marked, text.slice(start - 1 + length)));
      parts.at(-1).setAttribute("role", "region");
      parts.at(-1).setAttribute("aria-label", `${file}, line ${line}`);
    } else {
      parts.push(make("p", { className: "absent", textContent: "The line is not shown: a secret may stand in it." }));
    }
    return parts;
  }

  function drawStep(number) {
    const [message, place, inner] = data.steps[number];
    const item = make("li", {}, make("p", { textContent: texts[message] }));
    if (place >= 0) item.append(...drawPlace(place));
    if (inner.length) item.append(make("ul", {}, ...inner.map(drawStep)));
    return item;
  }

  function drawFinding(finding) {
    const head = make("span", { className: `mark ${finding.severity}`, textContent: `${finding.severity} ${finding.code}` });
    const parts = [make("p", {}, head, finding.message)];
    if (finding.place) parts.push(make("p", {}, make("code", { textContent: finding.place })));
    parts.push(...finding.notes.map((note) => make("p", { textContent: `note: ${note}` })));
    if (finding.help) parts.push(make("p", { textContent: `help: ${finding.help}` }));
    return parts;
  }

  function open(element) {
    const row = rows[element.parentElement.dataset.row];
    const cell = row.cells[element.dataset.index];
    const body = find("origin-body");
    find("origin-title").textContent = `${row.path} in ${environments[element.dataset.index]}`;
    body.replaceChildren();
    if (cell === null) body.append(make("p", { textContent: "This environment does not have the task." }));
    else if (!cell || cell[0] < 0) body.append(make("p", { textContent: "There is nothing here." }));
    else body.append(make("p", {}, make("code", { className: "value", textContent: texts[cell[0]] || '""' })));
    if (cell && cell[3]) body.append(make("h3", { textContent: "Findings" }), ...cell[3].flatMap((number) => drawFinding(findings[number])));
    if (cell && cell[2] >= 0) {
      body.append(make("h3", { textContent: "Where it comes from" }), make("ol", {}, ...data.origins[cell[2]].map(drawStep)));
    }
    find("origin").showModal();
  }

  find("origin").addEventListener("click", (event) => {
    if (event.target === event.currentTarget) event.currentTarget.close(); // beside the panel
  });

  // Deep links.

  function follow() {
    let target = location.hash.slice(1);
    try {
      target = decodeURIComponent(target);
    } catch {
      return;
    }
    for (const element of table.querySelectorAll(".target")) element.classList.remove("target");
    const row = byName.get(target);
    if (!row) return;
    if (!isWanted(row)) {
      find("filter").value = "";
      find("found").checked = false;
      if (!row.differs) find("differing").checked = false;
      show();
    }
    const element = reach(row);
    element.classList.add("target");
    element.scrollIntoView({ block: "center" });
    focus(element.cells[0]);
  }

  function drawFindings() {
    find("with-findings").hidden = !rows.some((row) => row.found);
    if (!findings.length) return;
    find("findings").hidden = false;
    const more = data.left_out ? `, and ${data.left_out} more` : "";
    find("findings").querySelector("summary").textContent = (findings.length === 1 ? "1 finding" : `${findings.length} findings`) + more;
    for (const finding of findings) {
      const item = make("li", {}, ...drawFinding(finding));
      if (finding.row !== null) item.append(make("a", { href: link(rows[finding.row]), textContent: rows[finding.row].path }));
      find("findings").querySelector("ol").append(item);
    }
  }

  find("differing").checked = !data.all;
  find("tools").addEventListener("submit", (event) => event.preventDefault());
  find("filter").addEventListener("input", show);
  find("differing").addEventListener("change", show);
  find("found").addEventListener("change", show);
  find("grouped").addEventListener("change", draw);
  addEventListener("hashchange", follow);
  addEventListener("resize", fit);
  table.style.setProperty("--count", environments.length);
  drawFindings();
  draw();
  follow();
})();
