-- Expenditure by functional class (功能分类 类) for each department and year, in yuan, from 支出总表.
SELECT
  a.department_id AS department_id,
  a.department AS department,
  a.fiscal_year AS fiscal_year,
  a.phase AS phase,
  a.document_id AS document_id,
  a.class_code AS class_code,
  MAX(CASE WHEN a.fiscal_year >= c.valid_from AND (c.valid_to IS NULL OR a.fiscal_year <= c.valid_to) THEN c.name END) AS class_name,
  MAX(c.cofog) AS cofog,
  a.expenditure AS expenditure,
  a.basic AS basic,
  a.project AS project
FROM (
  SELECT
    l.department_id AS department_id,
    l.department AS department,
    l.fiscal_year AS fiscal_year,
    l.phase AS phase,
    l.document_id AS document_id,
    SUBSTR(l.item_code, 1, 3) AS class_code,
    COALESCE(
      SUM(CASE WHEN l.spending = 'all' THEN l.amount END),
      SUM(CASE WHEN l.spending NOT IN ('all', 'personnel', 'operating') THEN l.amount END)) AS expenditure,
    SUM(CASE WHEN l.spending = 'basic' THEN l.amount END) AS basic,
    SUM(CASE WHEN l.spending = 'project' THEN l.amount END) AS project
  FROM countable_lines l
  WHERE l.statement = 'expenditure' AND l.classification = 'functional' AND l.fund_source = 'all'
  GROUP BY l.department_id, l.department, l.fiscal_year, l.phase, l.document_id, SUBSTR(l.item_code, 1, 3)
) a
LEFT JOIN {{from "codes" "c"}} ON c.code = a.class_code AND c.codebook = 'functional'
GROUP BY a.department_id, a.department, a.fiscal_year, a.phase, a.document_id, a.class_code, a.expenditure, a.basic, a.project
