SELECT demand_id, other_demand_id AS other_id, degree FROM demand_conflicts
UNION ALL
SELECT other_demand_id, demand_id, degree FROM demand_conflicts
