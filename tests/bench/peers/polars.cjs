// SPDX-License-Identifier: Apache-2.0
// node polars.cjs CSV STORE   (the npm package nodejs-polars must be found from here)
// A log to user x feature x day counts with the last time, as Parquet.
const polars = require('nodejs-polars');
const [, , csv, store] = process.argv;
(async () => {
  const days = await polars.scanCSV(csv, { hasHeader: true, inferSchemaLength: 100 })
    .withColumns(polars.col('timestamp').str.slice(0, 10).alias('d'))
    .groupBy(['user_email', 'event', 'd'])
    .agg(polars.col('timestamp').count().alias('n'), polars.col('timestamp').max().alias('last'))
    .collect();
  days.writeParquet(store);
  console.log(days.height);
})();
