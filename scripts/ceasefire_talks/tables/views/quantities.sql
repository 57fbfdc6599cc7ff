SELECT
  q.quantity_id,
  event.title AS event,
  whom.name AS of_whom,
  who.name AS attributed_to,
  coalesce(damage.text_damage, 'clear') AS text_damage,
  seen.link
FROM quantities AS q
JOIN events AS event USING (event_id)
LEFT JOIN actors AS whom ON whom.actor_id = q.of_whom_id
LEFT JOIN actors AS who ON who.actor_id = q.attributed_to_id
LEFT JOIN damage ON damage.table_name = 'quantities' AND damage.row_id = q.quantity_id
LEFT JOIN first_seen AS seen ON seen.table_name = 'quantities' AND seen.row_id = q.quantity_id
