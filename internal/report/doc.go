// Package report writes a static web site about an output: its coverage, each department's budget and accounts over the
// years, the largest changes, and the identities that fail.
//
// The site opens from disk. Its tables are in the HTML, so that they can be read, searched and printed without scripts. Charts
// and search load their data from script files next to the pages, because browsers do not let a page opened from disk fetch
// files. The same output gives the same bytes.
//
// What is counted:
//   - Only the current publication of each series counts (series.is_current).
//   - A budget gives approved amounts, final accounts executed ones, each only for its own year; the two are never in one
//     series.
//   - A measure is an amount that the document prints, never a sum made here; the exception are projects printed in
//     several rows, or in a table for the year's money and one for what was carried over.
//   - What no document prints is missing, not zero.
package report
