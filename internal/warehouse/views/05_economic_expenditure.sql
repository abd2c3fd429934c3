-- Basic expenditure of the general public budget by economic class (经济分类 类) for each department and year, in yuan, from 一般公共预算基本支出表.
SELECT
  a.department_id AS department_id,
  a.department AS department,
  a.fiscal_year AS fiscal_year,
  a.phase AS phase,
  a.document_id AS document_id,
  a.class_code AS class_code,
  MAX(CASE WHEN a.fiscal_year >= c.valid_from AND (c.valid_to IS NULL OR a.fiscal_year <= c.valid_to) THEN c.name END) AS class_name,
  MAX(c.gfsm) AS gfsm,
  a.basic AS basic,
  a.personnel AS personnel,
  a.operating AS operating
FROM (
  SELECT
    l.department_id AS department_id,
    l.department AS department,
    l.fiscal_year AS fiscal_year,
    l.phase AS phase,
    l.document_id AS document_id,
    SUBSTR(l.item_code, 1, 3) AS class_code,
    COALESCE(
      SUM(CASE WHEN l.spending = 'basic' THEN l.amount END),
      SUM(CASE WHEN l.spending IN ('personnel', 'operating') THEN l.amount END)) AS basic,
    SUM(CASE WHEN l.spending = 'personnel' THEN l.amount END) AS personnel,
    SUM(CASE WHEN l.spending = 'operating' THEN l.amount END) AS operating
  FROM countable_lines l
  WHERE l.statement = 'general_public_basic_expenditure' AND l.classification = 'economic_department'
  GROUP BY l.department_id, l.department, l.fiscal_year, l.phase, l.document_id, SUBSTR(l.item_code, 1, 3)
) a
LEFT JOIN {{from "codes" "c"}} ON c.code = a.class_code AND c.codebook = 'economic_department'
GROUP BY a.department_id, a.department, a.fiscal_year, a.phase, a.document_id, a.class_code, a.basic, a.personnel, a.operating
