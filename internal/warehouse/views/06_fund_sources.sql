-- Where each department's money comes from in a year, in yuan, from 收入总表: each fund source once, a group (财政拨款, 单位资金) only where its parts are not printed. The carry-over is the fund source all with the period carryover.
SELECT
  p.department_id AS department_id,
  p.department AS department,
  p.fiscal_year AS fiscal_year,
  p.phase AS phase,
  p.document_id AS document_id,
  p.fund_source AS fund_source,
  p.period AS period,
  SUM(p.amount) AS yuan
FROM (
  SELECT l.department_id AS department_id, l.department AS department, l.fiscal_year AS fiscal_year, l.phase AS phase,
    l.document_id AS document_id, l.fund_source AS fund_source, l.period AS period, l.amount AS amount,
    MAX(CASE WHEN l.fund_source IN ('general_public_budget', 'government_fund', 'state_capital') THEN 1 ELSE 0 END)
      OVER (PARTITION BY l.document_id) AS has_budgets,
    MAX(CASE WHEN l.fund_source IN ('superior_subsidy', 'business_income', 'operating_income', 'affiliate_remittance', 'other_income') THEN 1 ELSE 0 END)
      OVER (PARTITION BY l.document_id) AS has_unit_funds,
    MAX(CASE WHEN l.fund_source <> 'all' AND l.period = 'carryover' THEN 1 ELSE 0 END)
      OVER (PARTITION BY l.document_id) AS has_carryover
  FROM current_lines l
  WHERE l.statement = 'revenue' AND NOT l.is_aggregate AND l.classification <> 'balance'
) p
JOIN (
  SELECT DISTINCT k.document_id AS document_id, k.phase AS phase, k.fund_source AS fund_source, k.period AS period
  FROM countable_lines k
  WHERE k.statement = 'revenue' AND k.classification <> 'balance' AND k.fund_source <> 'all'
  UNION ALL
  SELECT DISTINCT k.document_id AS document_id, k.phase AS phase, k.fund_source AS fund_source, k.period AS period
  FROM current_lines k
  WHERE k.statement = 'revenue' AND k.fund_source = 'all' AND k.period = 'carryover'
) u ON u.document_id = p.document_id AND u.phase = p.phase AND u.fund_source = p.fund_source AND u.period = p.period
WHERE NOT (p.fund_source = 'appropriation' AND p.has_budgets = 1)
  AND NOT (p.fund_source = 'unit_funds' AND p.has_unit_funds = 1)
  AND NOT (p.fund_source = 'all' AND p.has_carryover = 1)
GROUP BY p.department_id, p.department, p.fiscal_year, p.phase, p.document_id, p.fund_source, p.period
