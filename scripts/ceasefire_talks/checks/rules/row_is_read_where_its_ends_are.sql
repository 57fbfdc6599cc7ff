-- Rows of event_demands, demand_incompatibilities and quantities share a passage with a row that they name.
WITH named AS (
  SELECT 'event_demands' AS table_name, _row, 'event_id' AS field, event_id || '/' || demand_id || '/' || bearing AS row_id, [event_id, demand_id] AS ends
  FROM event_demands
  UNION ALL
  SELECT 'demand_incompatibilities', _row, 'demand_id', demand_id || '/' || other_demand_id, [demand_id, other_demand_id]
  FROM demand_incompatibilities
  UNION ALL SELECT 'quantities', _row, 'event_id', quantity_id, [event_id] FROM quantities
),
spots AS NOT MATERIALIZED (SELECT table_name, row_id, passage_id FROM evidence WHERE passage_id IS NOT NULL),
end_spots AS NOT MATERIALIZED (SELECT row_id AS end_id, passage_id FROM spots WHERE table_name IN ('events', 'demands')),
read AS MATERIALIZED (
  SELECT n.table_name, _row, field, passage_id, ends FROM (SELECT *, hash(table_name, row_id) AS mark FROM named) AS n
  JOIN (
    SELECT hash(table_name, row_id) AS mark, passage_id FROM spots
    WHERE table_name IN ('event_demands', 'demand_incompatibilities', 'quantities')
  ) USING (mark)
),
pairs AS NOT MATERIALIZED (SELECT table_name, _row, field, passage_id, unnest(ends) AS end_id FROM read),
-- the few that are told, before their words are put together
apart AS (
  SELECT table_name, _row FROM (SELECT table_name, _row, hash(end_id, passage_id) AS mark FROM pairs)
  LEFT JOIN (SELECT hash(end_id, passage_id) AS end_mark FROM end_spots) ON mark = end_mark
  GROUP BY table_name, _row HAVING count(end_mark) = 0
)
SELECT table_name, _row, field,
  'is read in ' || string_agg(DISTINCT passage_id, ', ' ORDER BY passage_id) || ', but ' ||
  string_agg(DISTINCT end_id, ' and ' ORDER BY end_id) || ' elsewhere; see that it names the right row' AS message
FROM pairs SEMI JOIN apart USING (table_name, _row) SEMI JOIN end_spots USING (end_id)
GROUP BY table_name, _row, field
ORDER BY ALL
