-- The current lines that may be added up within one statement, fund source and kind of spending: no aggregates, no prose, no changes (增减额), and this year and carry-over only where no column holds both together.
SELECT
{{columns "budget_lines" "r"}}
  r.series_id AS series_id,
  r.department_id AS department_id,
  r.department AS department
FROM (
  SELECT c.*,
    CASE WHEN c.period = 'all' THEN 0 ELSE 1 END AS part,
    MIN(CASE WHEN c.period = 'all' THEN 0 ELSE 1 END) OVER (
      PARTITION BY c.document_id, c.statement, c.direction, c.phase, c.classification, c.fund_source, c.spending) AS first_part
  FROM current_lines c
  WHERE NOT c.is_aggregate AND c.statement <> 'narrative' AND c.item_name NOT LIKE '%增减额'
) r
WHERE r.part = r.first_part
