-- In each year with a vote, and in no other, the Security Council has fifteen members, and five have a permanent seat.
WITH members AS (
  SELECT year, min(_row) AS _row, count(*) AS members, count(*) FILTER (permanent) AS permanent
  FROM council WHERE year IS NOT NULL GROUP BY year
),
votes AS (
  SELECT year(date_first_day) AS year, min(_row) AS _row
  FROM talks SEMI JOIN ballots USING (talk_id) WHERE date_first_day IS NOT NULL GROUP BY ALL
)
SELECT 'council' AS table_name, _row, 'year' AS field,
  'has ' || members || ' members, ' || permanent || ' of them permanent; 15 and 5 are due' AS message
FROM members WHERE members <> 15 OR permanent <> 5
UNION ALL
SELECT 'council', _row, 'year', 'is a year without a vote' FROM members ANTI JOIN votes USING (year)
UNION ALL
SELECT 'talks', _row, 'date', 'is of ' || year || ', a year whose members are not in council'
FROM votes ANTI JOIN members USING (year)
WHERE EXISTS (FROM council)  -- a package does not carry the members
ORDER BY ALL
