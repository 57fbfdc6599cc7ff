SELECT
  e.event_id,
  who.name AS attributed_to,
  (SELECT string_agg(a.name || ' (' || ea.role || ')', '; ' ORDER BY ea.actor_id, ea.role)
   FROM event_actors AS ea JOIN actors AS a USING (actor_id)
   WHERE ea.event_id = e.event_id) AS actors,
  (SELECT string_agg(DISTINCT p.party, '; ' ORDER BY p.party)
   FROM event_actors AS ea JOIN party AS p USING (actor_id)
   WHERE ea.event_id = e.event_id) AS parties,
  (SELECT string_agg(
     lower(counted.label) || coalesce(' of ' || a.name, '') || ': '
     || coalesce(plain_number(q.value) || ' ', '')
     || unit_words(unit.label) || ' (' || lower(qualifier.label) || ')', '; ' ORDER BY q.quantity_id)
   FROM quantities AS q
   LEFT JOIN actors AS a ON a.actor_id = q.of_whom_id
   JOIN codes AS counted ON counted.list = 'counted' AND counted.code = q.counted
   JOIN codes AS unit ON unit.list = 'unit' AND unit.code = q.unit
   JOIN codes AS qualifier ON qualifier.list = 'qualifier' AND qualifier.code = q.qualifier
   WHERE q.event_id = e.event_id) AS quantities,
  (SELECT string_agg(bearing || ' ' || demand_id, '; ' ORDER BY demand_id, bearing)
   FROM event_demands AS ed WHERE ed.event_id = e.event_id) AS demands,
  coalesce(damage.text_damage, 'clear') AS text_damage,
  judged.verdict,
  judged.verdict_on,
  judged.finding,
  says(e.attribution, who.name, e.certainty, e.summary, damage.text_damage, judged.verdict, judged.on_what,
    judged.finding) AS says,
  seen.link
FROM events AS e
LEFT JOIN actors AS who ON who.actor_id = e.attributed_to_id
LEFT JOIN damage ON damage.table_name = 'events' AND damage.row_id = e.event_id
LEFT JOIN first_seen AS seen ON seen.table_name = 'events' AND seen.row_id = e.event_id
LEFT JOIN judged ON judged.row_id = e.event_id
