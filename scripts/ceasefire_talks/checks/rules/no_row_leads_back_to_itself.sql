-- No row leads back to itself by the ids of its own table, nor by links of one relation other than contradicts.
WITH RECURSIVE steps AS NOT MATERIALIZED (
  SELECT table_name AS by_what, * FROM self_references
  UNION ALL
  SELECT relation, 'links', _row, 'to_id', from_id, to_id FROM links
  WHERE from_id <> to_id AND relation <> 'contradicts'
),
marked AS MATERIALIZED (SELECT hash(by_what, row_id) AS start, hash(by_what, other_id) AS stop FROM steps),
-- what leads nowhere or is led to by nothing lies on no circle
middle AS (
  FROM marked SEMI JOIN (SELECT stop AS start FROM marked) USING (start) SEMI JOIN (SELECT start AS stop FROM marked) USING (stop)
),
inner_steps AS MATERIALIZED (FROM (SELECT *, hash(by_what, row_id) AS start FROM steps) SEMI JOIN middle USING (start)),
chain AS (
  SELECT by_what, row_id, other_id FROM inner_steps
  UNION
  SELECT by_what, chain.row_id, inner_steps.other_id
  FROM chain JOIN inner_steps USING (by_what) WHERE inner_steps.row_id = chain.other_id
)
SELECT s.table_name, s._row, s.field, 'leads back to the row itself' AS message
FROM inner_steps AS s SEMI JOIN chain AS c ON c.by_what = s.by_what AND c.row_id = s.other_id AND c.other_id = s.row_id
ORDER BY ALL
