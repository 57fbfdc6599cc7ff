WITH pairs AS (
  SELECT demand_id, other_demand_id AS other_id FROM demand_incompatibilities
  UNION ALL
  SELECT other_demand_id, demand_id FROM demand_incompatibilities
)
SELECT
  d.demand_id,
  demander.name AS demander,
  demander.party AS demander_party,
  addressee.name AS addressee,
  addressee.party AS addressee_party,
  who.name AS attributed_to,
  (SELECT string_agg(other_id, '; ' ORDER BY other_id) FROM pairs AS c WHERE c.demand_id = d.demand_id) AS excluded_by,
  (SELECT string_agg(a.name || ' ' || bearing || ' (' || event_id || ')', '; ' ORDER BY event_id, a.name)
   FROM event_demands AS ed JOIN event_actors AS ea USING (event_id) JOIN actors AS a USING (actor_id)
   WHERE ed.demand_id = d.demand_id AND bearing NOT IN ('puts', 'repeats')
     AND ea.role IN ('refuser', 'speaker', 'voter', 'initiator')) AS answers,
  coalesce(damage.text_damage, 'clear') AS text_damage,
  judged.verdict,
  judged.verdict_on,
  judged.finding,
  says(d.attribution, who.name, d.certainty,
    CASE d.stance WHEN 'rejects' THEN 'Rejected' WHEN 'would_accept' THEN 'Acceptable' ELSE 'Wanted' END
    || CASE d.stance WHEN 'would_accept' THEN ' to ' ELSE ' by ' END || demander.name
    || coalesce(', of ' || addressee.name, '') || ': ' || d.statement, damage.text_damage, judged.verdict, judged.on_what,
    judged.finding) AS says,
  seen.link
FROM demands AS d
JOIN party AS demander ON demander.actor_id = d.demander_id
LEFT JOIN party AS addressee ON addressee.actor_id = d.addressee_id
LEFT JOIN actors AS who ON who.actor_id = d.attributed_to_id
LEFT JOIN damage ON damage.table_name = 'demands' AND damage.row_id = d.demand_id
LEFT JOIN first_seen AS seen ON seen.table_name = 'demands' AND seen.row_id = d.demand_id
LEFT JOIN judged ON judged.row_id = d.demand_id
