// SPDX-License-Identifier: Apache-2.0
// Opens the HTML report in headless Chromium and uses it: no error on the console, sorting, filtering, folding, contrast in
// light and dark, nothing wider than the window. It prints times and asserts none. With a third argument it also takes pictures.
//   node tests/browser.mjs CHROMIUM PAGE [PICTURES]
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const [chromium, page, pictures] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "seatlint-browser-"));
const browser = spawn(chromium, ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
  `--user-data-dir=${profile}`, "--remote-debugging-pipe", "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
let number = 0, received = "";
const waiting = new Map(), events = [];
browser.stdio[4].setEncoding("utf8");
browser.stdio[4].on("data", (chunk) => {
  received += chunk;
  for (let end; (end = received.indexOf("\0")) >= 0; received = received.slice(end + 1)) {
    const message = JSON.parse(received.slice(0, end));
    if (message.id && waiting.has(message.id)) waiting.get(message.id)(message);
    else events.push(message);
  }
});
let session;
const send = (method, params = {}) => new Promise((done) => {
  const id = ++number;
  waiting.set(id, (message) => done(message.result ?? { error: message.error }));
  browser.stdio[3].write(JSON.stringify({ id, method, params, sessionId: session }) + "\0");
});
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
/// Waits for what a page on a busy machine does later.
const until = async (holds) => { for (let i = 0; i < 300 && !(await holds()); i++) await sleep(50); };
const evaluate = async (expression) => {
  const answer = await send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
  if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? expression);
  return answer.result?.value;
};

const problems = [];
const check = (holds, what) => { if (!holds) problems.push(what); };

/// Text whose contrast with what is behind it is below WCAG AA.
const faint = `(() => {
  const parse = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = (c) => { const f = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]); };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const found = [];
  for (const e of document.querySelectorAll("body *")) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    if (e.closest("script, [hidden], .skip") || !e.getClientRects().length) continue;
    const style = getComputedStyle(e), text = e.namespaceURI.endsWith("svg") ? style.fill : style.color;
    const a = light(parse(text)), b = light(behind(e)), ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) found.push(e.tagName + "." + e.className + " " + ratio.toFixed(2));
  }
  return found.slice(0, 5);
})()`;

async function size(width, height, scale = 1) {
  await send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: scale, mobile: false });
}
async function scheme(value) {
  await send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
}

async function use() {
  const { targetInfos } = await send("Target.getTargets");
  const { targetId } = targetInfos.find((target) => target.type === "page");
  session = (await send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
  await send("Page.bringToFront");
  await send("Emulation.setFocusEmulationEnabled", { enabled: true });
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await send(domain + ".enable");
  await size(1280, 900);
  await send("Page.navigate", { url: "file://" + resolve(page) });
  await until(() => evaluate("document.getElementById('findings-tools')?.hidden === false"));
  const paint = await evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1");
  console.log(paint < 0 ? "the browser noted no first paint" : `first contentful paint after ${Math.round(paint)} ms`);
  const all = await evaluate("JSON.parse(document.getElementById('findings-data').textContent).rows.length");
  console.log(`${all} findings`);

  const cells = (column) => evaluate(`[...document.querySelectorAll('#findings-table tbody tr')].slice(0, 50).map((r) => r.cells[${column}].innerText.trim())`);
  const press = (column) => evaluate(`document.querySelector('th button[data-column=${column}]').click()`);
  const started = Date.now();
  await press("user");
  const users = await cells(3);
  check(users.every((u, i) => i === 0 || users[i - 1].toLowerCase() <= u.toLowerCase()), "users are not in order: " + users.slice(0, 4));
  check(await evaluate("document.querySelector('th[aria-sort=ascending]') !== null"), "aria-sort is not set");
  await press("user");
  check(await evaluate("document.querySelector('th[aria-sort=descending]') !== null"), "a second press does not turn the order");
  console.log(`sorted twice in ${Date.now() - started} ms`);
  const rule = await evaluate("document.getElementById('find-rule').options[1].value");
  await evaluate(`(() => { const s = document.getElementById('find-rule'); s.value = ${JSON.stringify(rule)}; s.dispatchEvent(new Event('change')); })()`);
  check((await cells(2)).every((r) => r === rule), "the rule filter lets others through");
  await evaluate("(() => { const s = document.getElementById('find-rule'); s.value = ''; s.dispatchEvent(new Event('change')); const t = document.getElementById('find-text'); t.value = 'no such text anywhere'; t.dispatchEvent(new Event('input')); })()");
  await until(async () => (await cells(0)).length === 0);
  check((await cells(0)).length === 0, "a text that is nowhere finds something");
  check((await evaluate("document.getElementById('findings-live').textContent")).startsWith("0 of "), "the count is not announced");
  await evaluate("(() => { const t = document.getElementById('find-text'); t.value = ''; t.dispatchEvent(new Event('input')); })()");
  await until(async () => (await cells(0)).length > 0);
  await press("saving");
  await evaluate("document.querySelector('#findings-table details summary').click()");
  check(await evaluate("document.querySelector('#findings-table details').open && document.querySelector('#findings-table details li').getClientRects().length > 0"), "a row does not fold out");
  check(await evaluate("[...document.querySelectorAll('input, select')].every((e) => e.labels.length === 1)"), "a field has no label");
  check(await evaluate("[...document.querySelectorAll('svg')].every((e) => e.getAttribute('aria-hidden') === 'true' || e.getAttribute('aria-label'))"), "a drawing has no words");

  for (const color of ["light", "dark"]) {
    await scheme(color);
    for (const width of [390, 820, 1440]) {
      await size(width, 900);
      await sleep(100);
      const wide = await evaluate("document.documentElement.scrollWidth");
      const broad = await evaluate(`[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > ${width} + 1 && !e.parentElement.closest(".wide") && !e.matches(".wide")).slice(0, 4).map((e) => e.tagName + "." + e.className)`);
      check(wide <= width, `at ${width} the page is ${wide} wide: ${broad.join(" ")}`);
      const weak = await evaluate(faint);
      check(weak.length === 0, `${color} at ${width}: faint ${weak.join("; ")}`);
      if (pictures) await picture(`${pictures}/page-${color}-${width}.png`, false);
    }
  }
  if (pictures) {
    await send("Emulation.setEmulatedMedia", { media: "print", features: [] });
    await size(800, 1100);
    await picture(`${pictures}/page-print.png`, true);
  }
}

function listen() {
  for (const event of events) {
    if (event.method === "Runtime.exceptionThrown") problems.push("exception: " + event.params.exceptionDetails.text);
    if (event.method === "Log.entryAdded" && event.params.entry.level === "error") problems.push("console: " + event.params.entry.text);
    if (event.method === "Runtime.consoleAPICalled" && event.params.type === "error") problems.push("console.error");
    if (event.method === "Network.requestWillBeSent" && !event.params.request.url.startsWith("file:")) problems.push("loads " + event.params.request.url);
  }
}

async function picture(file, whole) {
  const { data } = await send("Page.captureScreenshot", { format: "png", captureBeyondViewport: whole });
  writeFileSync(file, Buffer.from(data, "base64"));
}

try {
  await Promise.race([use(), sleep(120000).then(() => problems.push("it took longer than two minutes"))]);
} catch (error) {
  problems.push(String(error));
}
listen();
const gone = new Promise((done) => browser.once("exit", done));
browser.kill();
await Promise.race([gone, sleep(5000)]);
for (const problem of problems) console.log("PROBLEM " + problem);
try {
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
} catch { /* a child of the browser still writes there; the folder is temporary anyway */ }
process.exit(problems.length === 0 ? 0 : 1);
