-- What was coded twice is a row, or a unit of the first or second coding.
WITH sought AS (SELECT row_id FROM codings UNION ALL SELECT split_part(row_id, '/', 1) FROM codings),
-- the keys of evidence and links, which are many and long, are not put together for it
there AS MATERIALIZED (SELECT table_name, row_id FROM all_rows SEMI JOIN sought USING (row_id) WHERE coded OR gives_id)
SELECT 'codings' AS table_name, min(c._row) AS _row, 'row_id' AS field,
  '"' || row_id || '" is not a row of ' || table_name AS message
FROM codings AS c ANTI JOIN there USING (table_name, row_id)
-- what belongs to a unit of one coding, or to a row that is not there, is not told beside it
WHERE NOT contains(row_id, '/') OR split_part(row_id, '/', 1) IN (SELECT row_id FROM there)
GROUP BY table_name, row_id
HAVING table_name IS NOT NULL
ORDER BY ALL
