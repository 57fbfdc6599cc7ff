SELECT
  m.*,
  actor.name AS actor,
  who.name AS attributed_to,
  (SELECT group_concat(a.name || ' (' || t.tie || ')', '; ')
   FROM (SELECT * FROM mediator_ties WHERE mediator_id = m.mediator_id ORDER BY actor_id, tie) AS t
   JOIN actors AS a USING (actor_id)) AS ties,
  seen.passages, seen.paragraph, seen.link
FROM mediators AS m
JOIN actors AS actor ON actor.actor_id = m.actor_id
LEFT JOIN actors AS who ON who.actor_id = m.attributed_to_id
LEFT JOIN first_seen AS seen ON seen."table" = 'mediators' AND seen.row_id = m.mediator_id
ORDER BY m.mediator_id
