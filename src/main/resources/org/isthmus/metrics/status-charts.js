"use strict";
// The pictures of the status page, and how it writes numbers. Text is only ever set as text.

const SVG = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);

function make(space, tag, attributes, children) {
  const element = space ? document.createElementNS(space, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}
const el = (tag, attributes, ...children) => make(null, tag, attributes, children);
const svg = (tag, attributes, ...children) => make(SVG, tag, attributes, children);

// ---- words and numbers

const whole = (number) => Math.round(number).toLocaleString("en");

function digits(number) {
  return number >= 100 ? number.toFixed(0) : number >= 10 ? number.toFixed(1) : number.toFixed(2);
}

function time(seconds) {
  if (seconds === 0) return "0";
  if (seconds < 0.001) return digits(seconds * 1e6) + " µs";
  if (seconds < 1) return digits(seconds * 1000) + " ms";
  if (seconds < 90) return digits(seconds) + " s";
  if (seconds < 5400) return Math.floor(seconds / 60) + " min " + Math.floor(seconds % 60) + " s";
  return Math.floor(seconds / 3600) + " h " + Math.floor((seconds % 3600) / 60) + " min";
}

function size(octets) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  for (; octets >= 1024 && unit < units.length - 1; unit++) octets /= 1024;
  return (unit === 0 ? whole(octets) : digits(octets)) + " " + units[unit];
}

const rate = (number) => (number > 0 && number < 10 ? digits(number) : whole(number));
const clock = (millis) => new Date(millis).toLocaleTimeString("en-GB");
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

// ---- pictures

const LEFT = 58;
let WIDTH = 560;
let RIGHT = WIDTH - 8;

/** Letters are as high as elsewhere on the page, on a narrow screen too. */
function fitPictures(width) {
  WIDTH = Math.max(300, Math.min(560, width));
  RIGHT = WIDTH - 8;
}

/** As many slices as there are, but no fewer than make two minutes. */
const columnsOf = (app) => Math.max(24, app.history.length);

function picture(height, label, ...children) {
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": label }, ...children);
}

function line(x1, y1, x2, y2, kind) {
  return svg("line", { x1, y1, x2, y2, class: kind });
}

function label(x, y, text, kind) {
  return svg("text", { x, y, class: kind || "" }, text);
}

function rect(x, y, width, height, kind, more) {
  return svg("rect", { x, y, width, height, class: kind, ...more });
}

function figure(title, remark, drawing, legend) {
  return el("figure", {}, el("figcaption", {}, title, el("small", {}, remark)), drawing, legend || "");
}

function legend(...entries) {
  const shown = entries.map(([tint, text]) => el("span", { class: tint }, el("b", {}, text)));
  return el("div", { class: "legend" }, ...shown);
}

/** A logarithmic scale of times from top to bottom, over the buckets that hold anything. */
function timeScale(ends, used, from, to) {
  const low = Math.floor(Math.log10(ends[Math.max(0, Math.min(...used) - 1)]));
  const high = Math.max(low + 2, Math.ceil(Math.log10(ends[Math.min(ends.length - 1, Math.max(...used))])));
  const at = (seconds) => {
    const part = (Math.log10(Math.max(seconds, 1e-9)) - low) / (high - low);
    return from + (to - from) * Math.min(1, Math.max(0, part));
  };
  const ticks = [];
  for (let power = low; power <= high; power++) ticks.push(10 ** power);
  return { at, ticks };
}

const short = (seconds) => (seconds >= 1 ? whole(seconds) + " s" : time(seconds).replace(/\.0+ /, " "));
const begin = (ends, bucket) => (bucket === 0 ? ends[0] / 2 : ends[bucket - 1]);
const end = (ends, bucket) => (bucket < ends.length ? ends[bucket] : ends[ends.length - 1] * 1.2);

/** Columns are slices of time, rows how long requests took, darkness how many there were. */
function heatMap(app, ends) {
  const top = 6, bottom = 150, columns = columnsOf(app);
  const width = (RIGHT - LEFT) / columns;
  const first = columns - app.history.length;
  const slices = app.history.map((slice) => slice.total);
  const used = slices.flatMap((times) => (times.buckets || []).map(([bucket]) => bucket));
  const scale = timeScale(ends, used.length ? used : [20, 40], bottom, top);
  const most = Math.max(1, ...slices.flatMap((times) => (times.buckets || []).map((pair) => pair[1])));
  const parts = scale.ticks.flatMap((tick) => [
    line(LEFT, scale.at(tick), RIGHT, scale.at(tick), "grid"),
    label(LEFT - 6, scale.at(tick) + 4, short(tick), "end"),
  ]);
  slices.forEach((times, i) => {
    for (const [bucket, count] of times.buckets || []) {
      const y = scale.at(end(ends, bucket));
      const height = scale.at(begin(ends, bucket)) - y;
      const opacity = (0.15 + 0.85 * Math.sqrt(count / most)).toFixed(2);
      parts.push(rect(LEFT + (first + i) * width, y, width, Math.max(1.5, height), "cell", { "fill-opacity": opacity }));
    }
  });
  parts.push(...["p50", "p99"].map((name) => quantileLine(slices, name, first, width, scale)));
  parts.push(...minutes(168, app));
  const all = sum(slices.map((times) => times.count));
  const worst = Math.max(0, ...slices.map((times) => times.p99 || 0));
  const text = `${whole(all)} requests in the last ten minutes, the worst 99th percentile of five seconds ${time(worst)}`;
  return figure("How long requests took", "last ten minutes", picture(174, text, ...parts),
    legend(["tint-blue", "requests, stronger for more"], ["tint-ink", "median"], ["tint-red", "99th percentile"]));
}

function quantileLine(slices, name, first, width, scale) {
  let path = "";
  slices.forEach((times, i) => {
    const before = i > 0 && slices[i - 1].count > 0;
    if (times.count > 0) {
      const x = LEFT + (first + i) * width, y = scale.at(times[name]).toFixed(1);
      path += `${before ? "L" : "M"}${x.toFixed(1)} ${y}H${(x + width).toFixed(1)}`;
    }
  });
  return svg("path", { d: path, class: name });
}

function minutes(y, app) {
  const all = (columnsOf(app) * app.sliceSeconds) / 60;
  const labels = [label(RIGHT, y, "now", "end")];
  for (let ago = all > 5 ? 2 : 1; ago <= all; ago += all > 5 ? 2 : 1) {
    labels.push(label(RIGHT - ((RIGHT - LEFT) * ago) / all, y, `−${ago} min`, "middle"));
  }
  return labels;
}

function traffic(app) {
  const top = 8, bottom = 150, columns = columnsOf(app);
  const width = (RIGHT - LEFT) / columns;
  const first = columns - app.history.length;
  const most = Math.max(1 / app.sliceSeconds, ...app.history.map((slice) => slice.total.count / app.sliceSeconds));
  const height = (count) => ((bottom - top) * count) / app.sliceSeconds / most;
  const parts = [1, 0.5, 0].flatMap((part) => {
    const y = bottom - (bottom - top) * part;
    return [line(LEFT, y, RIGHT, y, "grid"), label(LEFT - 6, y + 4, rate(most * part), "end")];
  });
  app.history.forEach((slice, i) => {
    const x = LEFT + (first + i) * width;
    const failed = height(Math.min(slice.failed, slice.total.count));
    const served = height(slice.total.count) - failed;
    if (served > 0) parts.push(rect(x, bottom - failed - served, width - 0.6, served, "served"));
    if (failed > 0) parts.push(rect(x, bottom - failed, width - 0.6, failed, "failed"));
  });
  const failures = sum(app.history.map((slice) => slice.failed));
  const text = `at most ${rate(most)} requests per second in the last ten minutes, ${whole(failures)} answered with 5xx`;
  return figure("Requests per second", "last ten minutes", picture(174, text, ...parts, ...minutes(168, app)),
    legend(["tint-blue", "served"], ["tint-red", "answered with 5xx"]));
}

/** Two distributions over the same scale: until the first byte, and in all. */
function distribution(app, ends) {
  const top = 10, bottom = 150;
  const pairs = [...(app.total.buckets || []), ...(app.firstByte.buckets || [])];
  const scale = timeScale(ends, pairs.length ? pairs.map(([bucket]) => bucket) : [20, 40], LEFT, RIGHT);
  const most = Math.max(1, ...pairs.map((pair) => pair[1]));
  const y = (count) => bottom - ((bottom - top) * count) / most;
  const parts = scale.ticks.flatMap((tick) => [
    line(scale.at(tick), top, scale.at(tick), bottom, "grid"),
    label(scale.at(tick), 166, short(tick), scale.at(tick) === RIGHT ? "end" : "middle"),
  ]);
  for (const [bucket, count] of app.total.buckets || []) {
    const x = scale.at(begin(ends, bucket));
    parts.push(rect(x, y(count), Math.max(1, scale.at(end(ends, bucket)) - x - 0.6), bottom - y(count), "total"));
  }
  let path = "", last = -2;
  for (const [bucket, count] of app.firstByte.buckets || []) {
    const x = scale.at(begin(ends, bucket)).toFixed(1);
    const to = scale.at(end(ends, bucket)).toFixed(1);
    path += `${bucket === last + 1 ? "" : `${path ? `V${bottom}` : ""}M${x} ${bottom}`}V${y(count).toFixed(1)}H${to}`;
    last = bucket;
  }
  parts.push(svg("path", { d: path && path + `V${bottom}`, class: "first" }));
  parts.push(label(LEFT - 6, top + 4, whole(most), "end"));
  const words = (times) => `median ${time(times.p50)}, 99th percentile ${time(times.p99)}, longest ${time(times.max)}`;
  const text = `whole requests: ${words(app.total)}; until the first byte: ${words(app.firstByte)}`;
  return figure("How many took how long", "since the start", picture(174, text, ...parts),
    legend(["tint-blue", "whole requests"], ["tint-amber", "until the first byte"]));
}

const PARTS = [
  ["python", "in Python and what it called"],
  ["writing", "writing the response"],
  ["reading", "waiting for the body"],
  ["waiting", "waiting for the application"],
  ["transport", "to a worker process and back"],
];

function whereTimeWent(app) {
  const all = sum(Object.values(app.seconds)) || 1;
  const share = (name) => app.seconds[name] / all;
  let x = 0;
  const parts = PARTS.filter(([name]) => app.workers || name !== "transport");
  const bars = parts.map(([name]) => {
    const bar = rect(x, 0, WIDTH * share(name), 26, name);
    x += WIDTH * share(name);
    return bar;
  });
  const words = parts.map(([name, text]) => [name, `${text}: ${time(app.seconds[name])} (${Math.round(share(name) * 100)} %)`]);
  return figure("Where the time of all requests went", "since the start",
    picture(26, words.map((pair) => pair[1]).join("; "), ...bars), legend(...words));
}
