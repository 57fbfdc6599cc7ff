-- Rows of event_demands, demand_incompatibilities and quantities share a passage with a row that they name.
WITH ends AS (
  SELECT 'event_demands' AS table_name, _row, 'event_id' AS field, 'events' AS end_table, event_id AS end_id FROM event_demands
  UNION ALL SELECT 'event_demands', _row, 'event_id', 'demands', demand_id FROM event_demands
  UNION ALL SELECT 'demand_incompatibilities', _row, 'demand_id', 'demands', demand_id FROM demand_incompatibilities
  UNION ALL SELECT 'demand_incompatibilities', _row, 'demand_id', 'demands', other_demand_id FROM demand_incompatibilities
  UNION ALL SELECT 'quantities', _row, 'event_id', 'events', event_id FROM quantities
),
pairs AS (
  SELECT e.table_name, e._row, e.field, e.end_id, own.passage_id, other.passage_id AS end_passage_id
  FROM ends AS e JOIN all_rows AS r USING (table_name, _row)
  JOIN evidence AS own ON own.table_name = r.table_name AND own.row_id = r.row_id
  JOIN evidence AS other ON other.table_name = e.end_table AND other.row_id = e.end_id
)
SELECT table_name, _row, field,
  'is read in ' || string_agg(DISTINCT passage_id, ', ' ORDER BY passage_id) || ', but ' ||
  string_agg(DISTINCT end_id, ' and ' ORDER BY end_id) || ' elsewhere; see that it names the right row' AS message
FROM pairs
GROUP BY table_name, _row, field
HAVING NOT bool_or(passage_id = end_passage_id)
ORDER BY ALL
