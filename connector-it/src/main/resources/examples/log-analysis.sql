-- Variables: logs.service, logs.day, logs.sessions (a table that does not exist yet).
-- spark-sql --conf spark.sql.catalog.cass=io.ringside.spark.CassandraCatalog
--   --hivevar logs.service=shop --hivevar logs.day=2024-05-01 --hivevar logs.sessions=sessions_0501
--   -f log-analysis.sql

-- Requests of the day: one partition, whose key is pushed.
CREATE OR REPLACE TEMPORARY VIEW requests AS
SELECT * FROM cass.logs.requests WHERE service = '${logs.service}' AND day = date'${logs.day}';

-- The ten most frequent errors. The result has a row per rank, so another run replaces it.
CREATE TABLE IF NOT EXISTS cass.logs.top_errors (
  service STRING, day DATE, rank INT, path STRING, status INT, errors BIGINT)
PARTITIONED BY (service, day)
TBLPROPERTIES ('clustering_key'='rank');

INSERT INTO cass.logs.top_errors BY NAME
SELECT * FROM (
  SELECT service, day, path, status, count(*) AS errors,
    row_number() OVER (PARTITION BY service, day ORDER BY count(*) DESC, path, status) AS rank
  FROM requests WHERE status >= 500 GROUP BY service, day, path, status)
WHERE rank <= 10;

-- Rates and percentiles of each hour.
CREATE TABLE IF NOT EXISTS cass.logs.hourly (
  service STRING, day DATE, hour TIMESTAMP, requests BIGINT, error_rate DOUBLE,
  p50 DOUBLE, p95 DOUBLE, p99 DOUBLE)
PARTITIONED BY (service, day)
TBLPROPERTIES ('clustering_key'='hour');

INSERT INTO cass.logs.hourly BY NAME
SELECT service, day, date_trunc('hour', at) AS hour, count(*) AS requests,
  avg(if(status >= 500, 1, 0)) AS error_rate,
  percentile(millis, 0.5) AS p50, percentile(millis, 0.95) AS p95, percentile(millis, 0.99) AS p99
FROM requests GROUP BY service, day, date_trunc('hour', at);

-- Sessions: requests of a visitor with less than half an hour between them. The table is made from the query.
CREATE TABLE cass.logs.${logs.sessions}
PARTITIONED BY (visitor)
TBLPROPERTIES ('clustering_key'='started')
AS WITH marked AS (
  SELECT visitor, at, status,
    at - lag(at) OVER (PARTITION BY visitor ORDER BY at) < INTERVAL '30' MINUTE AS continues
  FROM requests),
numbered AS (
  SELECT visitor, at, status,
    count_if(NOT coalesce(continues, false)) OVER (PARTITION BY visitor ORDER BY at) AS session
  FROM marked)
SELECT visitor, min(at) AS started, max(at) AS ended, count(*) AS requests,
  count_if(status >= 500) AS errors
FROM numbered GROUP BY visitor, session;
