SELECT
  q.quote_id,
  speaker.name AS speaker,
  speaker.party AS speaker_party,
  institution.name AS institution,
  audience.name AS audience,
  coalesce(damage.text_damage, 'clear') AS text_damage,
  judged.verdict,
  judged.verdict_on,
  judged.finding,
  says('named', speaker.name, NULL, q.gloss, damage.text_damage, judged.verdict, judged.on_what,
    judged.finding) AS says,
  seen.link
FROM quotes AS q
JOIN party AS speaker ON speaker.actor_id = q.speaker_id
JOIN actors AS person ON person.actor_id = q.speaker_id
LEFT JOIN actors AS institution ON institution.actor_id = person.part_of_id
LEFT JOIN actors AS audience ON audience.actor_id = q.audience_id
LEFT JOIN damage ON damage.table_name = 'quotes' AND damage.row_id = q.quote_id
LEFT JOIN first_seen AS seen ON seen.table_name = 'quotes' AND seen.row_id = q.quote_id
LEFT JOIN judged ON judged.row_id = q.quote_id
