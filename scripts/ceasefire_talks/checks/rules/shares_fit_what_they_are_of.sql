-- A measured share is that of the counts beside it, and what both graders found right is not found wrong by a third.
WITH due AS (
  SELECT 'unitizing' AS table_name, _row, 'f1' AS field, f1 AS share, 2 * matched / (first + second) AS due FROM unitizing
  UNION ALL SELECT 'human', _row, 'share', share, found_right / judged FROM human
)
SELECT table_name, _row, field, share || ' must be ' || round(due, 3) || ', which follows from the counts' AS message
FROM due
WHERE abs(share - due) > 0.0006
UNION ALL
SELECT 'precision', _row, 'settled', settled || ' is less than the ' || "both" || ' that both graders found'
FROM precision
WHERE settled < "both"
ORDER BY ALL
