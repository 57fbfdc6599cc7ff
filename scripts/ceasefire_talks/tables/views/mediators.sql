SELECT
  m.mediator_id,
  actor.name AS actor,
  who.name AS attributed_to,
  (SELECT string_agg(a.name || ' (' || t.tie || ')', '; ' ORDER BY t.actor_id, t.tie)
   FROM mediator_ties AS t JOIN actors AS a USING (actor_id)
   WHERE t.mediator_id = m.mediator_id) AS ties,
  seen.link
FROM mediators AS m
JOIN actors AS actor ON actor.actor_id = m.actor_id
LEFT JOIN actors AS who ON who.actor_id = m.attributed_to_id
LEFT JOIN first_seen AS seen ON seen.table_name = 'mediators' AND seen.row_id = m.mediator_id
