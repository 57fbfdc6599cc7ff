-- An actor has one part in an event or a talk; but a mediator may be its voice, and an addressee be said to own it.
WITH parts AS (
  SELECT 'event_actors' AS table_name, _row, 'role' AS field, event_id AS act_id, actor_id, role AS part FROM event_actors
  UNION ALL SELECT 'talk_actors', _row, 'part', talk_id, actor_id, part FROM talk_actors
)
SELECT one.table_name, one._row, one.field,
  'is ' || one.part || ', and ' || string_agg(other.part, ' and ' ORDER BY other.part) || ' of the same act' AS message
FROM parts AS one JOIN parts AS other USING (table_name, act_id, actor_id)
WHERE other._row < one._row AND one.part <> other.part
  AND (least(one.part, other.part), greatest(one.part, other.part)) NOT IN (('mediator', 'voice'), ('addressee', 'said_to_own'))
GROUP BY one.table_name, one._row, one.field, one.part
ORDER BY ALL
