-- Rows of event_demands, demand_incompatibilities and quantities share a passage with a row that they name.
WITH ends AS (
  SELECT 'event_demands' AS table_name, _row, 'event_id' AS field, event_id AS end_id FROM event_demands
  UNION ALL SELECT 'event_demands', _row, 'event_id', demand_id FROM event_demands
  UNION ALL SELECT 'demand_incompatibilities', _row, 'demand_id', demand_id FROM demand_incompatibilities
  UNION ALL SELECT 'demand_incompatibilities', _row, 'demand_id', other_demand_id FROM demand_incompatibilities
  UNION ALL SELECT 'quantities', _row, 'event_id', event_id FROM quantities
),
own AS (
  SELECT r.table_name, r._row, e.passage_id
  FROM all_rows AS r JOIN evidence AS e USING (table_name, row_id)
  WHERE r.table_name IN ('event_demands', 'demand_incompatibilities', 'quantities')
    AND e.table_name IN ('event_demands', 'demand_incompatibilities', 'quantities')
),
pairs AS MATERIALIZED (
  SELECT e.table_name, e._row, e.field, e.end_id, own.passage_id, other.passage_id AS end_passage_id
  FROM ends AS e JOIN own USING (table_name, _row) JOIN evidence AS other
    ON other.row_id = e.end_id AND other.table_name IN ('events', 'demands')
),
-- the few that are told, before their words are put together
apart AS (SELECT table_name, _row FROM pairs GROUP BY table_name, _row HAVING NOT bool_or(passage_id = end_passage_id))
SELECT table_name, _row, field,
  'is read in ' || string_agg(DISTINCT passage_id, ', ' ORDER BY passage_id) || ', but ' ||
  string_agg(DISTINCT end_id, ' and ' ORDER BY end_id) || ' elsewhere; see that it names the right row' AS message
FROM pairs SEMI JOIN apart USING (table_name, _row)
GROUP BY table_name, _row, field
ORDER BY ALL
