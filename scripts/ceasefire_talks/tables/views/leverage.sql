SELECT
  l.leverage_id,
  holder.name AS holder,
  target.name AS target,
  who.name AS attributed_to,
  seen.link
FROM leverage AS l
JOIN actors AS holder ON holder.actor_id = l.holder_id
LEFT JOIN actors AS target ON target.actor_id = l.target_id
LEFT JOIN actors AS who ON who.actor_id = l.attributed_to_id
LEFT JOIN first_seen AS seen ON seen.table_name = 'leverage' AND seen.row_id = l.leverage_id
