-- Nobody who acts in an event or a talk is also the one it is done, put or given to.
WITH parts AS (
  SELECT 'event_actors' AS table_name, _row, 'role' AS field, event_id AS act_id, actor_id, role AS part FROM event_actors
  UNION ALL SELECT 'talk_actors', _row, 'part', talk_id, actor_id, part FROM talk_actors
)
SELECT suffers.table_name, suffers._row, suffers.field,
  'is ' || suffers.part || ', and ' || string_agg(acts.part, ' and ' ORDER BY acts.part) || ' of the same act' AS message
FROM parts AS suffers JOIN parts AS acts USING (table_name, act_id, actor_id)
WHERE suffers.part IN ('target', 'recipient', 'victim', 'released', 'beneficiary', 'addressee')
  AND acts.part IN ('initiator', 'proposer', 'refuser', 'speaker', 'supporter', 'author', 'answerer', 'announcer', 'voice')
GROUP BY suffers.table_name, suffers._row, suffers.field, suffers.part
ORDER BY ALL
