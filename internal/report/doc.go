// Package report writes a static web site about an output: what is covered, how each department's budget and accounts
// went over the years, what changed most, and which identities fail.
//
// The site opens from disk. Its tables are in the HTML, so that they can be read, searched and printed without a script;
// charts and search take their data from script files next to the pages, because a page opened from disk may not fetch
// anything. The same output gives the same bytes.
//
// What is counted:
//   - Only the current publication of each series counts (series.is_current).
//   - A budget speaks for what was approved, final accounts for what was executed, each for its own year alone; the two
//     are never put in one series.
//   - A measure is an amount that the document prints, never a sum made here; the exception are projects printed in
//     several rows, or in a table for the year's money and one for what was carried over.
//   - What no document prints is missing, not zero.
package report
