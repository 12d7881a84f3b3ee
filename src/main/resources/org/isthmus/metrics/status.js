// Asks for status.json every two seconds and shows it.

const PERIOD = 2000;
const LONGEST = 160;

// ---- parts of the page

function figures(app) {
  const recent = app.history.slice(-13, -1);
  const perSecond = recent.length ? sum(recent.map((s) => s.total.count)) / (recent.length * app.sliceSeconds) : 0;
  const failed = app.responses[4];
  const rows = [
    ["Requests", whole(app.total.count)],
    ["Per second, last minute", rate(perSecond)],
    ["Under way", whole(app.inFlight)],
    ["Median", time(app.total.p50)],
    ["99th percentile", time(app.total.p99)],
    ["Longest", time(app.total.max)],
    ["First byte, median", time(app.firstByte.p50)],
    ["Answered with 4xx", whole(app.responses[3])],
    ["Answered with 5xx", whole(failed), failed > 0 && "bad"],
    ["Clients gone", whole(app.clientsGone)],
    ["Bodies sent", size(app.octets)],
    ["Import took", time(app.importSeconds)],
    ["Generation", whole(app.generation)],
  ];
  if (app.pool) rows.push(["Interpreters, busy of all", `${whole(app.pool.busy)} of ${whole(app.pool.size)} (max. ${whole(app.pool.max)})`]);
  const shown = rows.map(([name, value, kind]) =>
    el("div", {}, el("dt", {}, name), el("dd", kind ? { class: kind } : {}, value)));
  return el("dl", { class: "figures" }, ...shown);
}

/** What a worker has: each request, and where in Python it is. */
function atWork(worker, running) {
  const requests = worker.running.map((id) => running.find((request) => request.id === id)).filter(Boolean);
  return requests.map((request) => el("div", { class: "mono" },
    `${request.request} (${time(request.seconds)})${request.python[0] ? ` at ${brief(request.python[0])}` : ""}`));
}

function workersTable(workers, running) {
  const rows = workers.list.map((worker) => el("tr", {},
    el("th", { scope: "row", class: "number" }, String(worker.pid)),
    el("td", {}, worker.state.toLowerCase()),
    el("td", { class: "number" }, whole(worker.requests)),
    el("td", { class: "number" }, time(worker.seconds)),
    el("td", { class: "number" }, worker.resident < 0 ? "unknown" : size(worker.resident)),
    el("td", {}, ...atWork(worker, running))));
  const exits = Object.entries(workers.exits).map(([reason, count]) => `${reason}: ${whole(count)}`).join(", ");
  const parts = [el("div", { class: "wide" }, el("table", { class: "workers" },
    el("caption", {}, `Worker processes, ${workers.list.length} of ${workers.size}; ${whole(workers.restarts)} restarts`
      + (exits ? `; ended by ${exits}` : "")),
    el("thead", {}, el("tr", {}, ...["Process", "State", "Requests", "Age", "Memory"].map((text) =>
      el("th", { scope: "col", ...(text === "State" ? {} : { class: "number" }) }, text)), el("th", { scope: "col" }, "Doing"))),
    el("tbody", {}, ...rows)))];
  if (workers.failing) parts.unshift(el("p", { class: "bad" }, "Workers end as soon as they start (IS0184): the log has the reason."));
  return parts;
}

function appCard(app, ends, running) {
  const state = el("span", { class: app.state === "READY" ? "badge good" : "badge" }, app.state.toLowerCase());
  const heading = el("h3", {}, el("span", { class: "mono" }, app.name), " ", state);
  if (!app.timed) {
    const quiet = el("p", { class: "quiet" }, "isthmus.metrics.enabled is false: requests are not counted.");
    return el("article", {}, heading, quiet, ...(app.workers ? workersTable(app.workers, running) : []));
  }
  const charts = [heatMap(app, ends), traffic(app), distribution(app, ends), whereTimeWent(app)];
  const workers = app.workers ? workersTable(app.workers, running) : [];
  return el("article", {}, heading, figures(app), ...workers, el("div", { class: "charts" }, ...charts));
}

/** Keeps the rows that are still wanted, so that what is open stays open and is not moved. */
function keyed(parent, items, key, create, update) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, i) => {
    const id = String(key(item));
    let child = old.get(id);
    old.delete(id);
    if (!child) {
      child = create(item);
      child.dataset.key = id;
    }
    update(child, item);
    if (parent.children[i] !== child) parent.insertBefore(child, parent.children[i] || null);
  });
  old.forEach((child) => child.remove());
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function requestRow() {
  const stack = el("details", {}, el("summary", { class: "mono" }), el("pre", { class: "python-stack" }),
    el("details", {}, el("summary", {}, "Java stack"), el("pre", { class: "java-stack" })));
  return el("tr", {}, el("td", { class: "number" }), el("th", { scope: "row", class: "mono" }), el("td"),
    el("td", {}, stack), el("td", { class: "mono" }), el("td", { class: "mono" }));
}

function updateRequestRow(row, request) {
  const [age, name, doing, where, app, thread] = row.children;
  setText(age, time(request.seconds));
  setText(name, request.request);
  setText(doing, request.doing);
  setText(app, request.app);
  setText(thread, request.thread);
  setText(where.querySelector("summary"), request.python[0] ? brief(request.python[0]) : "not in Python");
  setText(where.querySelector(".python-stack"), request.python.join("\n") || "no Python code");
  setText(where.querySelector(".java-stack"), request.java.join("\n"));
}

/** File "/srv/app/shop.py", line 12, in view → shop.py:12 view */
function brief(frame) {
  const found = /([^/\\"]+)", line (\d+), in (.*)$/.exec(frame);
  return found ? `${found[1]}:${found[2]} ${found[3]}` : frame;
}

/** What says most in a line: the rule that was the cause, the last line of a traceback, else the rule. */
function headline(text) {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("sys.path was: "));
  const cause = lines.slice(1).filter((line) => /^IS\d+: /.test(line)).pop();
  if (cause && !cause.includes("traceback")) return cause;
  const java = lines.findIndex((line) => line.startsWith("Caused by: "));
  const last = lines[java > 0 ? java - 1 : lines.length - 1];
  if (lines.length === 1 || last.startsWith("at ")) return cause || lines[0].replace(/^IS\d+: /, "");
  return cause && cause !== last ? `${cause.slice(0, cause.indexOf(":"))}: ${last}` : last;
}

/** Those that are alike, as one: the latest of them, and how many there are. */
function alike(incidents) {
  const groups = new Map();
  for (const incident of incidents) {
    const key = [incident.code, incident.app, incident.request, headline(incident.text)].join(" ");
    const group = groups.get(key) || { key, latest: incident, times: 0 };
    group.times += incident.times;
    groups.set(key, group);
  }
  return [...groups.values()];
}

function incidentEntry(group) {
  const { latest } = group;
  return el("details", {},
    el("summary", {}, el("time"), el("span", { class: "code" }, latest.code),
      el("span", { class: "mono" }, latest.request || latest.app), " — ", headline(latest.text).slice(0, LONGEST), " ",
      el("span", { class: "count" })),
    el("pre", {}));
}

function updateIncident(entry, group) {
  const at = entry.querySelector("time");
  at.setAttribute("datetime", new Date(group.latest.at).toISOString());
  setText(at, clock(group.latest.at));
  setText(entry.querySelector(".count"), group.times > 1 ? `${group.times} times` : "");
  setText(entry.querySelector("pre"), group.latest.text);
}

function codeRows(apps) {
  const rows = apps.flatMap((app) => Object.entries(app.errors).map(([code, times]) => [code, app.name, times]));
  rows.sort((a, b) => b[2] - a[2] || (a[0] < b[0] ? -1 : 1));
  return rows;
}

function showErrors(status) {
  const rows = codeRows(status.apps);
  byId("codes").hidden = rows.length === 0;
  keyed(byId("codes").tBodies[0], rows, (row) => row[0] + row[1],
    (row) => el("tr", {}, el("th", { scope: "row", class: "code" }, row[0]), el("td", { class: "mono" }, row[1]), el("td", { class: "number" })),
    (shown, row) => setText(shown.children[2], whole(row[2])));
  keyed(byId("incidents"), alike(status.incidents), (group) => group.key, incidentEntry, updateIncident);
  byId("no-incidents").hidden = status.incidents.length > 0;
  setText(byId("error-count"), rows.length ? whole(sum(rows.map((row) => row[2]))) : "");
}

function settingsTable(component) {
  const rows = component.rows.map(([name, value, where]) =>
    el("tr", where === "the default" ? { class: "quiet" } : {}, el("th", { scope: "row", class: "mono" }, name),
      el("td", { class: "mono value" }, value), el("td", {}, where)));
  return el("div", { class: "wide" }, el("table", {},
    el("caption", {}, `Of the ${component.component}`),
    el("thead", {}, el("tr", {}, ...["Setting", "Value", "From"].map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {}, ...rows)));
}

function show(status) {
  document.title = `Status of ${status.context}`;
  setText(byId("context"), status.context);
  setText(byId("ready"), status.ready ? "ready" : "not ready");
  byId("ready").className = status.ready ? "badge good" : "badge";
  setText(byId("about"), `Isthmus ${status.isthmus} · ${status.server} · ${status.java}`);
  setText(byId("updated"), `at ${clock(status.now)}`);
  byId("reload").hidden = !status.reloadFailure;
  setText(byId("reload-at"), status.reloadFailure ? clock(status.reloadedAt) : "");
  setText(byId("reload-cause"), status.reloadFailure ? headline(status.reloadFailure).slice(0, LONGEST) : "");
  setText(byId("reload-failure"), status.reloadFailure);
  fitPictures(byId("apps").clientWidth - 40);
  byId("apps").replaceChildren(...status.apps.map((app) => appCard(app, status.ends, status.running)));
  keyed(byId("requests"), status.running, (request) => request.id, requestRow, updateRequestRow);
  byId("requests").parentNode.hidden = status.running.length === 0;
  byId("no-requests").hidden = status.running.length > 0;
  setText(byId("running-count"), whole(status.running.length));
  showErrors(status);
  const settings = JSON.stringify(status.settings);
  if (byId("components").dataset.shown !== settings) {
    byId("components").dataset.shown = settings;
    byId("components").replaceChildren(...status.settings.map(settingsTable));
  }
}

// ---- modules, when they are asked for

function moduleTable(app) {
  const rows = app.modules.map(([name, version, file]) =>
    el("tr", {}, el("th", { scope: "row", class: "mono" }, name), el("td", { class: "mono" }, version), el("td", { class: "mono" }, file)));
  return el("div", { class: "wide" }, el("table", {}, el("caption", {}, `In the interpreter of ${app.app}`),
    el("thead", {}, el("tr", {}, ...["Module", "Version", "File"].map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {}, ...rows)));
}

function filterModules() {
  const wanted = byId("filter").value.toLowerCase();
  const rows = [...byId("module-tables").querySelectorAll("tbody tr")];
  for (const row of rows) row.hidden = !row.firstChild.textContent.toLowerCase().includes(wanted);
  setText(byId("module-count"), `${whole(rows.filter((row) => !row.hidden).length)} modules`);
}

async function loadModules() {
  const apps = await (await fetch("modules.json", { cache: "no-store" })).json();
  byId("module-tables").replaceChildren(...apps.map(moduleTable));
  byId("find").hidden = false;
  setText(byId("load-modules"), "Show them anew");
  filterModules();
}

// ---- the clock

let paused = false;
let last = null;

async function refresh() {
  try {
    const response = await fetch("status.json", { cache: "no-store" });
    if (!response.ok) throw new Error(`the answer was ${response.status}`);
    show(await response.json());
    last = Date.now();
    byId("trouble").hidden = true;
  } catch (problem) {
    const since = last ? ` since ${clock(last)}` : "";
    setText(byId("trouble"), `No answer${since}: ${problem.message}. What is shown may be old.`);
    byId("trouble").hidden = false;
  }
}

async function run() {
  if (!paused && !document.hidden) await refresh();
  setTimeout(run, PERIOD);
}

byId("pause").addEventListener("click", () => {
  paused = !paused;
  byId("pause").setAttribute("aria-pressed", String(paused));
  setText(byId("pause"), paused ? "Go on" : "Pause");
  if (!paused) refresh();
});
byId("load-modules").addEventListener("click", loadModules);
byId("filter").addEventListener("input", filterModules);
run();
