// Package ledger arranges a disclosure's lines for the identities: as columns (one set of dimensions) and rows (one item) of
// each statement's part of a table, with amounts as exact counts of fen.
//
// Within a column every line is linked to the line that includes it: 项 to 款 to 类 to 合计, units to their department, the
// items of a summary to the year's total and that to the grand total. The links follow codes and levels where they are printed;
// where the layout allows several (a total above or below its parts, 其中 rows that are all of a row or some) the amounts
// decide it. What the links say is tested elsewhere, by package verify.
package ledger
