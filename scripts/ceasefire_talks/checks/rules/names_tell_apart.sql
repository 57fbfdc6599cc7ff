-- No two actors share a name, and no two codes of a list a label, whatever the case, accents and signs; none has one twice.
WITH names AS (
  SELECT 'actors' AS of_what, actor_id AS owner, 'actors' AS table_name, _row, 'name' AS field, name AS value FROM actors
  UNION ALL
  SELECT 'actors', actor_id, 'actor_names', _row, 'value', value FROM actor_names WHERE scheme = 'alias'
  UNION ALL
  SELECT list, code, 'codes', _row, 'label', label FROM codes
),
bare AS MATERIALIZED (SELECT *, folded(value) AS bare_value FROM names WHERE owner IS NOT NULL),
alike AS MATERIALIZED (
  FROM bare SEMI JOIN (SELECT of_what, bare_value FROM bare GROUP BY ALL HAVING count(*) > 1) USING (of_what, bare_value)
),
judged AS (
  SELECT *, first_value({owner: owner, value: value}) OVER (PARTITION BY of_what, bare_value ORDER BY table_name DESC, _row) AS one
  FROM alike WHERE bare_value <> ''
)
SELECT table_name, _row, field, '"' || value || '" is also ' || one.owner || ' ("' || one.value || '"); tell the two apart' AS message
FROM judged
WHERE owner <> one.owner
  -- that no name stands twice to the letter is a key of actors
  AND NOT (table_name = 'actors' AND value = one.value)
UNION ALL
-- an actor may be U.S. and US, as both are printed
SELECT table_name, _row, field, '"' || value || '" is also "' || one.value || '"; keep one'
FROM (
  SELECT *, first_value({table_name: table_name, value: value}) OVER (
    PARTITION BY owner, regexp_replace(strip_accents(lower(value)), '\s+', '', 'g') ORDER BY table_name DESC, _row
  ) AS one
  FROM alike WHERE of_what = 'actors'
)
WHERE (table_name, value) <> (one.table_name, one.value)
ORDER BY ALL
