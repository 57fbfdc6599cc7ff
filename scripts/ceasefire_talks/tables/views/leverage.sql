SELECT
  l.leverage_id,
  holder.name AS holder,
  holder.party AS holder_party,
  target.name AS target,
  target.party AS target_party,
  who.name AS attributed_to,
  coalesce(damage.text_damage, 'clear') AS text_damage,
  judged.verdict,
  judged.verdict_on,
  judged.finding,
  says(l.attribution, who.name, l.certainty, l.statement, damage.text_damage, judged.verdict, judged.on_what,
    judged.finding) AS says,
  seen.link
FROM leverage AS l
JOIN party AS holder ON holder.actor_id = l.holder_id
LEFT JOIN party AS target ON target.actor_id = l.target_id
LEFT JOIN actors AS who ON who.actor_id = l.attributed_to_id
LEFT JOIN damage ON damage.table_name = 'leverage' AND damage.row_id = l.leverage_id
LEFT JOIN first_seen AS seen ON seen.table_name = 'leverage' AND seen.row_id = l.leverage_id
LEFT JOIN judged ON judged.row_id = l.leverage_id
