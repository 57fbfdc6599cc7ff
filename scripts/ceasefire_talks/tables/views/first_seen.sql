-- The address of the first sentence that each row was read in; a row has one where its source has.
CREATE VIEW first_seen AS
SELECT table_name, row_id, arg_min(p.link, e.start_offset) AS link
FROM evidence AS e
JOIN passages AS p USING (passage_id)
GROUP BY table_name, row_id
