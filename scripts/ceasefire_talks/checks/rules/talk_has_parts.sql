-- Every act has somebody, an answer an answerer, a proposal somebody who wrote, announced, carried or is said to own it.
WITH parts AS (SELECT talk_id, list(part) AS parts FROM talk_actors GROUP BY talk_id)
SELECT 'talks' AS table_name, _row, CASE WHEN parts IS NULL THEN 'talk_id' ELSE 'kind' END AS field, CASE
    WHEN parts IS NULL THEN 'has no row in talk_actors; say who'
    WHEN kind = 'answer' THEN 'is answer, but nobody is answerer'
    ELSE 'is proposal, but nobody is announcer or author or mediator or said_to_own'
  END AS message
FROM talks LEFT JOIN parts USING (talk_id)
WHERE parts IS NULL
  OR kind = 'answer' AND NOT list_contains(parts, 'answerer')
  OR kind = 'proposal' AND NOT list_has_any(parts, ['author', 'announcer', 'said_to_own', 'mediator'])
ORDER BY ALL
