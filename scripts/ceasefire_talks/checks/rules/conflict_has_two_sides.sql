-- The two demands of a conflict have different demanders.
SELECT 'demand_conflicts' AS table_name, c._row, 'other_demand_id' AS field,
  'both are demands of ' || one.demander_id AS message
FROM demand_conflicts AS c
JOIN demands AS one USING (demand_id)
JOIN demands AS other ON other.demand_id = c.other_demand_id
WHERE one.demander_id = other.demander_id
ORDER BY ALL
