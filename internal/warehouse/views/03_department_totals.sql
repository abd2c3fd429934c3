-- What each department spends and receives in a year, in yuan: the sums of 支出总表 and 收入总表.
SELECT
  l.region_name AS region_name,
  l.department_id AS department_id,
  l.department AS department,
  l.entity_level AS entity_level,
  l.fiscal_year AS fiscal_year,
  l.phase AS phase,
  l.document_id AS document_id,
  COALESCE(
    SUM(CASE WHEN l.statement = 'expenditure' AND l.spending = 'all' THEN l.amount END),
    SUM(CASE WHEN l.statement = 'expenditure' AND l.spending NOT IN ('all', 'personnel', 'operating') THEN l.amount END)) AS expenditure,
  SUM(CASE WHEN l.statement = 'expenditure' AND l.spending = 'basic' THEN l.amount END) AS basic,
  SUM(CASE WHEN l.statement = 'expenditure' AND l.spending = 'project' THEN l.amount END) AS project,
  SUM(CASE WHEN l.statement = 'revenue' THEN l.amount END) AS revenue,
  SUM(CASE WHEN l.verification = 'contradicted' THEN 1 ELSE 0 END) AS contradicted_lines
FROM countable_lines l
WHERE l.statement IN ('expenditure', 'revenue') AND l.fund_source = 'all' AND l.classification <> 'balance'
GROUP BY l.region_name, l.department_id, l.department, l.entity_level, l.fiscal_year, l.phase, l.document_id
