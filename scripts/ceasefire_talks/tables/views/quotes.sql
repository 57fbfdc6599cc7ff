SELECT
  q.quote_id,
  speaker.name AS speaker,
  institution.name AS institution,
  audience.name AS audience,
  seen.link
FROM quotes AS q
JOIN actors AS speaker ON speaker.actor_id = q.speaker_id
LEFT JOIN actors AS institution ON institution.actor_id = speaker.part_of_id
LEFT JOIN actors AS audience ON audience.actor_id = q.audience_id
LEFT JOIN first_seen AS seen ON seen.table_name = 'quotes' AND seen.row_id = q.quote_id
