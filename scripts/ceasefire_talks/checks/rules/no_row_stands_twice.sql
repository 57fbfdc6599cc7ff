-- No two rows are alike but for the id; case, accents, spaces and punctuation of their texts do not tell them apart.
WITH judged AS (
  SELECT *, first_value(row_id) OVER (PARTITION BY table_name, others, folded(texts) ORDER BY _row) AS one FROM contents
)
SELECT table_name, _row, field, 'says all that ' || one || ' says; keep one' AS message
FROM judged
WHERE row_id <> one
ORDER BY ALL
