SELECT
  q.quantity_id,
  event.title AS event,
  whom.name AS of_whom,
  CASE q.qualifier WHEN 'exact' THEN q.value END AS exact_value,
  event.caveat AS event_caveat,
  who.name AS attributed_to,
  coalesce(damage.text_damage, 'clear') AS text_damage,
  judged.verdict,
  judged.verdict_on,
  judged.finding,
  says(q.attribution, who.name, q.certainty,
    event.title || ': ' || lower(counted.label) || coalesce(' (' || whom.name || ')', '') || ', '
    || CASE q.qualifier WHEN 'exact' THEN '' WHEN 'unspecified' THEN 'an unspecified number of ' ELSE lower(qualifier.label) || ' ' END
    || coalesce(plain_number(q.value) || ' ', '')
    || CASE WHEN q.value = 1 THEN regexp_replace(unit_words(unit.label), 's$', '') ELSE unit_words(unit.label) END || '.'
    || coalesce(' ' || q.caveat, '') || CASE WHEN event.caveat <> q.caveat OR q.caveat IS NULL THEN coalesce(' ' || event.caveat, '') ELSE '' END,
    damage.text_damage, judged.verdict, judged.on_what, judged.finding) AS says,
  seen.link
FROM quantities AS q
JOIN events AS event USING (event_id)
JOIN codes AS counted ON counted.list = 'counted' AND counted.code = q.counted
JOIN codes AS unit ON unit.list = 'unit' AND unit.code = q.unit
JOIN codes AS qualifier ON qualifier.list = 'qualifier' AND qualifier.code = q.qualifier
LEFT JOIN actors AS whom ON whom.actor_id = q.of_whom_id
LEFT JOIN actors AS who ON who.actor_id = q.attributed_to_id
LEFT JOIN damage ON damage.table_name = 'quantities' AND damage.row_id = q.quantity_id
LEFT JOIN first_seen AS seen ON seen.table_name = 'quantities' AND seen.row_id = q.quantity_id
LEFT JOIN judged ON judged.row_id = q.quantity_id
