SELECT
  c.claim_id,
  who.name AS attributed_to,
  (SELECT string_agg(list_item(title), '; ' ORDER BY l.to_id)
   FROM links AS l JOIN (
     SELECT event_id AS to_id, title FROM events
     UNION ALL SELECT claim_id, statement FROM claims
     UNION ALL SELECT demand_id, statement FROM demands
   ) AS named USING (to_id)
   WHERE l.from_id = c.claim_id AND l.relation = 'explains') AS explains,
  coalesce(damage.text_damage, 'clear') AS text_damage,
  judged.verdict,
  judged.verdict_on,
  judged.finding,
  says(c.attribution, who.name, c.certainty, c.statement, damage.text_damage, judged.verdict, judged.on_what,
    judged.finding) AS says,
  seen.link
FROM claims AS c
LEFT JOIN actors AS who ON who.actor_id = c.attributed_to_id
LEFT JOIN damage ON damage.table_name = 'claims' AND damage.row_id = c.claim_id
LEFT JOIN first_seen AS seen ON seen.table_name = 'claims' AND seen.row_id = c.claim_id
LEFT JOIN judged ON judged.row_id = c.claim_id
