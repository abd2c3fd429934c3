-- The main figures of each department over the years as they are printed (合计), in yuan: a row for each year and phase with a publication in force, null where nothing is printed. unverified_figures counts those of the row that no identity confirms or one contradicts.
SELECT
  b.region_name AS region_name,
  b.department_id AS department_id,
  b.department AS department,
  b.entity_level AS entity_level,
  b.fiscal_year AS fiscal_year,
  b.phase AS phase,
  b.document_id AS document_id,
  MAX(CASE WHEN f.measure = 'total_expenditure' THEN f.amount END) AS total_expenditure,
  MAX(CASE WHEN f.measure = 'basic' THEN f.amount END) AS basic,
  MAX(CASE WHEN f.measure = 'project' THEN f.amount END) AS project,
  MAX(CASE WHEN f.measure = 'three_public' THEN f.amount END) AS three_public_total,
  MAX(CASE WHEN f.measure = 'agency_operating' THEN f.amount END) AS agency_operating,
  COUNT(DISTINCT CASE WHEN f.verification <> 'verified' THEN f.measure END) AS unverified_figures,
  b.recognized_pages AS recognized_pages
FROM (
  SELECT d.region_name AS region_name, s.department_id AS department_id, COALESCE(n.current_name, d.department_name) AS department,
    d.entity_level AS entity_level, d.fiscal_year AS fiscal_year, d.document_id AS document_id, d.ocr_pages AS recognized_pages,
    CASE WHEN d.document_type = 'final_accounts' THEN 'executed' ELSE 'approved' END AS phase
  FROM {{from "series" "s"}}
  JOIN {{from "documents" "d"}} ON d.document_id = s.document_id
  LEFT JOIN {{from "departments" "n"}} ON n.department_id = s.department_id
  WHERE s.is_current AND d.document_type IS NOT NULL AND d.fiscal_year IS NOT NULL AND d.status <> 'failed'
) b
LEFT JOIN (
  SELECT r.document_id AS document_id, r.measure AS measure, r.amount AS amount, r.verification AS verification,
    r.choice AS choice, MIN(r.choice) OVER (PARTITION BY r.document_id, r.measure) AS first_choice
  FROM (
    SELECT l.document_id AS document_id, l.amount AS amount, l.verification AS verification,
      CASE WHEN l.statement <> 'expenditure' THEN l.statement WHEN l.spending = 'all' THEN 'total_expenditure' ELSE l.spending END AS measure,
      CASE l.fund_source WHEN 'all' THEN 0 WHEN 'appropriation' THEN 2 ELSE 4 END + CASE l.period WHEN 'all' THEN 0 ELSE 1 END AS choice
    FROM current_lines l
    WHERE l.direction = 'expenditure' AND l.classification = 'total' AND l.phase <> 'adjusted' AND l.period IN ('all', 'current_year')
      AND l.counterpart_name IS NULL AND l.item_name NOT LIKE '%增减额'
      AND ((l.statement = 'expenditure' AND l.fund_source = 'all' AND l.spending IN ('all', 'basic', 'project'))
        OR (l.statement IN ('three_public', 'agency_operating') AND l.fund_source IN ('all', 'appropriation', 'general_public_budget')))
  ) r
) f ON f.document_id = b.document_id AND f.choice = f.first_choice
GROUP BY b.region_name, b.department_id, b.department, b.entity_level, b.fiscal_year, b.phase, b.document_id, b.recognized_pages
