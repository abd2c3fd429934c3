package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/countybudget/extract/internal/app"
)

// summaryText is the summary for a person.
func summaryText(t *app.Summary, skipped string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "found      %s: %s", app.Plural(t.Found, "file"), app.Plural(t.Documents, "document"))
	if t.Duplicates > 0 {
		fmt.Fprintf(&b, ", %s", app.Plural(t.Duplicates, "duplicate"))
	}
	if t.OtherShards > 0 {
		fmt.Fprintf(&b, ", %d in other shards", t.OtherShards)
	}
	fmt.Fprintf(&b, ", %d not converted\n%s", t.NotConverted, skipped)
	b.WriteString(settingsText(t.SettingsFiles))
	fmt.Fprintf(&b, "documents  %d: %d ok, %d partial, %d failed", t.Documents, t.OK, t.Partial, t.Failed)
	if t.NotRead > 0 {
		fmt.Fprintf(&b, ", %d not read", t.NotRead)
	}
	if t.Kept > 0 {
		fmt.Fprintf(&b, "; %d kept from earlier runs", t.Kept)
	}
	fmt.Fprintf(&b, "\npages      %d, %d of them by text recognition\n", t.Pages, t.OCRPages)
	fmt.Fprintf(&b, "tables     %d\nlines      %d\n", t.Tables, t.Lines)
	fmt.Fprintf(&b, "checks     %d passed, %d failed\n", t.ChecksPassed, t.ChecksFailed)
	fmt.Fprintf(&b, "written    %s in %.1f s\n", app.Printable(t.Output), t.Seconds)
	return b.String()
}

// settingsText names some of the settings files; all are in the run file.
func settingsText(files []app.SettingsFile) string {
	const most = 5
	var b strings.Builder
	for _, f := range files[:min(most, len(files))] {
		fmt.Fprintf(&b, "settings   %s for %s\n", app.Printable(f.File), app.Plural(f.Documents, "document"))
	}
	if more := len(files) - most; more > 0 {
		fmt.Fprintf(&b, "settings   and %s more\n", app.Plural(more, "file"))
	}
	return b.String()
}

// skippedText names some files of each kind; all are in the run file.
func skippedText(kinds []app.SkippedFiles) string {
	const mostKinds, mostNames = 20, 3
	var b strings.Builder
	for i, k := range kinds {
		if i == mostKinds {
			fmt.Fprintf(&b, "  and %s more\n", app.Plural(len(kinds)-mostKinds, "kind"))
			break
		}
		names := make([]string, 0, mostNames)
		for _, name := range k.SourceURIs[:min(mostNames, k.Files)] {
			names = append(names, app.Printable(name))
		}
		fmt.Fprintf(&b, "  %s (%d): %s", k.Kind, k.Files, strings.Join(names, ", "))
		if more := k.Files - mostNames; more > 0 {
			fmt.Fprintf(&b, " and %d more", more)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// groupText lists the counties and years; a run over thousands has the rest in its run file.
func groupText(groups []app.Group) string {
	const most = 40
	if len(groups) < 2 {
		return ""
	}
	var b strings.Builder
	b.WriteString("by county and year\n")
	for i, g := range groups {
		if i == most {
			fmt.Fprintf(&b, "  and %d more\n", len(groups)-most)
			break
		}
		year := "year unknown"
		if g.FiscalYear != 0 {
			year = fmt.Sprint(g.FiscalYear)
		}
		fmt.Fprintf(&b, "  %s %s: %d ok, %d partial, %d failed, %s\n",
			app.Printable(cmp.Or(g.Region, "county unknown")), year, g.OK, g.Partial, g.Failed, app.Plural(g.Lines, "line"))
	}
	return b.String()
}

// were is a number of things of which something is said: 1 document was, 2 documents were.
func were(n int, thing string) string {
	if n == 1 {
		return app.Plural(n, thing) + " was"
	}
	return app.Plural(n, thing) + " were"
}
