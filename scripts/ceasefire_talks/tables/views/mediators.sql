SELECT
  m.mediator_id,
  actor.name AS actor,
  actor.party AS actor_party,
  who.name AS attributed_to,
  coalesce(damage.text_damage, 'clear') AS text_damage,
  judged.verdict,
  judged.verdict_on,
  judged.finding,
  says(CASE WHEN who.name IS NOT NULL THEN 'named' END, who.name, NULL,
    actor.name || ', ' || lower(role.label) || ' (' || track.label || ')'
    || coalesce('; limit: ' || m.limited_by, ''), damage.text_damage, judged.verdict, judged.on_what,
    judged.finding) AS says,
  seen.link
FROM mediators AS m
JOIN party AS actor ON actor.actor_id = m.actor_id
JOIN codes AS role ON role.list = 'mediator_role' AND role.code = m.role
JOIN codes AS track ON track.list = 'track' AND track.code = m.track
LEFT JOIN actors AS who ON who.actor_id = m.attributed_to_id
LEFT JOIN damage ON damage.table_name = 'mediators' AND damage.row_id = m.mediator_id
LEFT JOIN first_seen AS seen ON seen.table_name = 'mediators' AND seen.row_id = m.mediator_id
LEFT JOIN judged ON judged.row_id = m.mediator_id
