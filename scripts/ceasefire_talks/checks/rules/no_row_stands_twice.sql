-- No two rows are alike but for their ids, and no two terms of a phase in what they say, whatever the case, accents and signs of their texts.
WITH hashed AS (SELECT _row, table_name, hash(table_name, others, ends) AS alike FROM contents),
twice AS (SELECT alike FROM hashed GROUP BY alike HAVING count(*) > 1),
judged AS (
  SELECT *, first_value(row_id) OVER (PARTITION BY table_name, others, folded(texts) ORDER BY _row) AS one
  FROM contents SEMI JOIN (FROM hashed SEMI JOIN twice USING (alike)) USING (table_name, _row)
)
SELECT table_name, _row, field, 'says all that ' || one || ' says; keep one' AS message
FROM judged
WHERE row_id <> one
UNION ALL
SELECT 'talk_terms', _row, 'term', 'says what term ' || one || ' says; keep one'
FROM (
  SELECT *, first_value(term) OVER (PARTITION BY talk_id, phase, matter, stand, folded(statement) ORDER BY _row) AS one
  FROM talk_terms WHERE statement IS NOT NULL
)
WHERE term <> one
ORDER BY ALL
