SELECT
  "table", row_id, min(e.start) AS start, p.paragraph, p.link,
  (SELECT group_concat(passage_id, '; ')
   FROM (SELECT passage_id FROM evidence WHERE "table" = e."table" AND row_id = e.row_id
         GROUP BY passage_id ORDER BY min(start))) AS passages
FROM evidence AS e
JOIN passages AS p USING (passage_id)
GROUP BY "table", row_id
