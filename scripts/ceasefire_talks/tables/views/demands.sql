WITH clashes AS (
  SELECT demand_id, other_demand_id AS other_id, degree FROM demand_conflicts
  UNION ALL
  SELECT other_demand_id, demand_id, degree FROM demand_conflicts
)
SELECT
  d.demand_id,
  demander.name AS demander,
  addressee.name AS addressee,
  who.name AS attributed_to,
  (SELECT string_agg(other_id, '; ' ORDER BY other_id) FROM clashes AS c
   WHERE c.demand_id = d.demand_id AND c.degree = 'strict') AS excluded_by,
  (SELECT string_agg(other_id, '; ' ORDER BY other_id) FROM clashes AS c
   WHERE c.demand_id = d.demand_id AND c.degree = 'tension') AS in_tension_with,
  (SELECT string_agg(bearing || ' ' || event_id, '; ' ORDER BY event_id, bearing)
   FROM event_demands AS ed WHERE ed.demand_id = d.demand_id) AS events,
  seen.link
FROM demands AS d
JOIN actors AS demander ON demander.actor_id = d.demander_id
LEFT JOIN actors AS addressee ON addressee.actor_id = d.addressee_id
LEFT JOIN actors AS who ON who.actor_id = d.attributed_to_id
LEFT JOIN first_seen AS seen ON seen.table_name = 'demands' AND seen.row_id = d.demand_id
