-- No actor is part of itself, directly or through others.
WITH RECURSIVE above(actor_id, whole_id) AS (
  SELECT actor_id, part_of_id FROM actors WHERE part_of_id IS NOT NULL
  UNION
  SELECT above.actor_id, a.part_of_id FROM above JOIN actors AS a ON a.actor_id = above.whole_id
  WHERE a.part_of_id IS NOT NULL
)
SELECT 'actors' AS table_name, a._row, 'part_of_id' AS field, 'leads back to the actor itself' AS message
FROM above JOIN actors AS a USING (actor_id)
WHERE above.actor_id = above.whole_id
ORDER BY _row
