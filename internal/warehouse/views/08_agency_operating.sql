-- 机关运行经费 of each department and year, in yuan.
SELECT
  p.department_id AS department_id,
  p.department AS department,
  p.fiscal_year AS fiscal_year,
  p.phase AS phase,
  p.document_id AS document_id,
  p.fund_source AS fund_source,
  SUM(p.amount) AS yuan
FROM (
  SELECT f.*, MIN(f.choice) OVER (PARTITION BY f.document_id, f.phase) AS first_choice
  FROM (
    SELECT l.department_id AS department_id, l.department AS department, l.fiscal_year AS fiscal_year, l.phase AS phase,
      l.document_id AS document_id, l.fund_source AS fund_source, l.amount AS amount,
      CASE l.fund_source WHEN 'all' THEN 0 WHEN 'appropriation' THEN 1 WHEN 'general_public_budget' THEN 2 ELSE 3 END AS choice
    FROM countable_lines l
    WHERE l.statement = 'agency_operating'
  ) f
) p
WHERE p.choice = p.first_choice
GROUP BY p.department_id, p.department, p.fiscal_year, p.phase, p.document_id, p.fund_source
