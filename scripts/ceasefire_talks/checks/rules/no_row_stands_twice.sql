-- No two rows are alike but for their ids, and no two terms of a phase in what they say, whatever the case, accents and signs of their texts.
WITH twice AS (SELECT mark FROM contents GROUP BY mark HAVING count(*) > 1),
-- what other cells do not tell apart, the ends of two texts mostly do
hashed AS MATERIALIZED (
  SELECT row_id, hash(mark, ending(title), ending(text)) AS alike FROM contents SEMI JOIN twice USING (mark)
),
judged AS (
  SELECT *, first_value(row_id) OVER (PARTITION BY mark, folded(texts) ORDER BY _row) AS one
  FROM contents SEMI JOIN (
    FROM hashed SEMI JOIN (SELECT alike FROM hashed GROUP BY alike HAVING count(*) > 1) USING (alike)
  ) USING (row_id)
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
