-- No text leads back to itself by what it revises or answers.
WITH RECURSIVE steps(field, talk_id, other_id) AS (
  SELECT 'revises_id', talk_id, revises_id FROM talks WHERE revises_id IS NOT NULL
  UNION ALL SELECT 'answers_id', talk_id, answers_id FROM talks WHERE answers_id IS NOT NULL
),
chain(field, talk_id, other_id) AS (
  SELECT * FROM steps
  UNION
  SELECT chain.field, chain.talk_id, steps.other_id
  FROM chain JOIN steps ON steps.talk_id = chain.other_id AND steps.field = chain.field
)
SELECT 'talks' AS table_name, t._row, field, 'leads back to the row itself' AS message
FROM chain JOIN talks AS t USING (talk_id)
WHERE chain.talk_id = chain.other_id
ORDER BY ALL
