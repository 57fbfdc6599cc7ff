SELECT
  e.*,
  who.name AS attributed_to,
  (SELECT group_concat(a.name || ' (' || ea.role || ')', '; ')
   FROM (SELECT * FROM event_actors WHERE event_id = e.event_id ORDER BY actor_id, role) AS ea
   JOIN actors AS a USING (actor_id)) AS actors,
  (SELECT group_concat(words, '; ')
   FROM (SELECT lower(counted.label) || coalesce(' of ' || a.name, '') || ': '
           || coalesce(CASE WHEN q.value = round(q.value) THEN printf('%,d', q.value) ELSE q.value END || ' ', '')
           || lower(unit.label) || ' (' || lower(qualifier.label) || ')' AS words
         FROM quantities AS q
         LEFT JOIN actors AS a ON a.actor_id = q.of_whom_id
         JOIN codes AS counted ON counted.list = 'counted' AND counted.code = q.counted
         JOIN codes AS unit ON unit.list = 'unit' AND unit.code = q.unit
         JOIN codes AS qualifier ON qualifier.list = 'qualifier' AND qualifier.code = q.qualifier
         WHERE q.event_id = e.event_id
         ORDER BY q.quantity_id)) AS quantities,
  (SELECT group_concat(bearing || ' ' || demand_id, '; ')
   FROM (SELECT * FROM event_demands WHERE event_id = e.event_id ORDER BY demand_id, bearing)) AS demands,
  seen.passages, seen.paragraph, seen.link
FROM events AS e
LEFT JOIN actors AS who ON who.actor_id = e.attributed_to_id
LEFT JOIN first_seen AS seen ON seen."table" = 'events' AND seen.row_id = e.event_id
ORDER BY e.event_id
