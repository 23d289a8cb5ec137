// SPDX-License-Identifier: Apache-2.0
// node duckdb.mjs DAYS|USERS|AUDIT CSV STORE   (the npm package @duckdb/node-api must be found from here)
// DAYS: a log to user x feature x day counts with the last time. USERS: a users file as a table. AUDIT: which users of
// a store made by DAYS and USERS are idle, and who would do with a cheaper tier.
import { DuckDBInstance } from '@duckdb/node-api';
import fs from 'node:fs';

const [, , work, csv, store] = process.argv;
const read = (columns) => `read_csv('${csv}', header=true, delim=',', quote='"', escape='"', auto_detect=false, columns=${columns})`;
// As policy.toml has them: from which of the first four tiers on a feature is granted; the other two grant what is said.
const features = [
  'login', 'report.view', 'report.export', 'report.schedule', 'dashboard.view', 'dashboard.edit', 'lead.create',
  'lead.convert', 'lead.edit', 'account.view', 'account.edit', 'contact.view', 'contact.edit', 'contact.merge',
  'opportunity.view', 'opportunity.edit', 'opportunity.stage_change', 'quote.create', 'quote.approve',
  'forecast.view', 'forecast.submit', 'campaign.create', 'campaign.send', 'email.send', 'email.template_edit',
  'case.create', 'case.close', 'case.escalate', 'knowledge.search', 'knowledge.publish', 'chat.start',
  'chat.transfer', 'api.query', 'api.bulk_load', 'workflow.edit', 'workflow.run', 'admin.user_edit',
  'admin.permission_edit', 'mobile.sync', 'ai.assistant_ask',
];
const tiers = { Starter: 2500, Professional: 8000, Enterprise: 16500, Unlimited: 33000, Platform: 2500, 'Read Only': 1000 };
const grants = (tier, k) => {
  if (tier === 'Platform') return k % 3 === 0;
  if (tier === 'Read Only') return k === 0 || features[k].endsWith('w');
  return Object.keys(tiers).indexOf(tier) >= (k < 12 ? 0 : k < 26 ? 1 : k < 34 ? 2 : 3);
};
const values = (rows) => rows.map((row) => `(${row.map((v) => (typeof v === 'number' ? v : `'${v}'`)).join(', ')})`).join(', ');
const entitlements = Object.keys(tiers).flatMap((tier) => features.filter((_, k) => grants(tier, k)).map((f) => [f, tier]));
const scripts = {
  DAYS: [
    `CREATE TABLE daily AS SELECT user_email AS u, event AS f, CAST("timestamp" AS DATE) AS d, count(*) AS n, max("timestamp") AS last FROM ${read("{'timestamp':'TIMESTAMP','user_email':'VARCHAR','event':'VARCHAR','module':'VARCHAR','client_ip':'VARCHAR','session_id':'VARCHAR','duration_ms':'INTEGER','detail':'VARCHAR'}")} GROUP BY ALL`,
    'CREATE TABLE lastseen AS SELECT u, max(last) AS last, sum(n) AS n FROM daily GROUP BY u',
  ],
  USERS: [
    `CREATE TABLE users AS SELECT * FROM ${read("{'id':'VARCHAR','email':'VARCHAR','name':'VARCHAR','role':'VARCHAR','department':'VARCHAR','license_tier':'VARCHAR','status':'VARCHAR','created':'TIMESTAMP','last_login':'TIMESTAMP'}")}`,
    `CREATE TABLE tiers AS SELECT * FROM (VALUES ${values(Object.entries(tiers))}) AS t(tier, price)`,
    `CREATE TABLE entitlements AS SELECT * FROM (VALUES ${values(entitlements)}) AS t(feature, tier)`,
  ],
  AUDIT: [
    `SELECT users.license_tier, count(*) FROM users LEFT JOIN lastseen l ON l.u = users.email WHERE users.status = 'active' AND (l.last IS NULL OR l.last < '2026-04-02 00:00:00') GROUP BY 1 ORDER BY 1`,
    `WITH used AS (SELECT DISTINCT u, f FROM daily WHERE d >= '2026-04-02'), need AS (SELECT u, count(*) AS n FROM used GROUP BY u), fit AS (SELECT used.u AS u, e.tier AS tier, count(*) AS k FROM used JOIN entitlements e ON e.feature = used.f GROUP BY 1, 2), best AS (SELECT fit.u AS u, min(t.price) AS p FROM fit JOIN need ON need.u = fit.u JOIN tiers t ON t.tier = fit.tier WHERE fit.k = need.n GROUP BY fit.u) SELECT users.license_tier, count(*), sum(t.price - best.p) FROM best JOIN users ON users.email = best.u JOIN tiers t ON t.tier = users.license_tier WHERE users.status = 'active' AND t.price > best.p GROUP BY 1 ORDER BY 1`,
  ],
};
if (work === 'DAYS') for (const file of [store, `${store}.wal`]) fs.rmSync(file, { force: true });
const connection = await (await DuckDBInstance.create(store)).connect();
for (const sql of scripts[work]) {
  const rows = (await connection.runAndReadAll(sql)).getRowsJson();
  if (work === 'AUDIT') console.log(JSON.stringify(rows));
}
await connection.run('CHECKPOINT');
if (work === 'DAYS') console.log(JSON.stringify((await connection.runAndReadAll('SELECT count(*), sum(n) FROM daily')).getRowsJson()));
