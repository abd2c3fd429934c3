package warehouse_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/warehouse"
)

// scan takes a script apart as an engine does: what is in comments and in quotes is not of the code.
func scan(text string, backslash bool) (code string) {
	var b strings.Builder
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case strings.HasPrefix(text[i:], "--"):
			i += len(text[i:]) - len(strings.TrimLeft(text[i:], "-"))
			for i < len(text) && text[i] != '\n' && text[i] != '\r' && !strings.HasPrefix(text[i:], "\u2028") && !strings.HasPrefix(text[i:], "\u0085") {
				i++
			}
		case c == '\'' || c == '"' || c == '`':
			escapes := backslash && c == '\'' || c == '\'' && i > 0 && text[i-1] == 'E'
			for i++; i < len(text); i++ {
				if escapes && text[i] == '\\' {
					i++
				} else if text[i] == c && i+1 < len(text) && text[i+1] == c && !(backslash && c == '\'') {
					i++
				} else if text[i] == c {
					break
				}
			}
			i++
			b.WriteString("?")
		default:
			b.WriteByte(c)
			i++
		}
	}
	return strings.ReplaceAll(b.String(), "E?", "?")
}

// TestHostilePaths: whatever a path holds, a script is the same but for the text of its comments and literals.
func TestHostilePaths(t *testing.T) {
	backslash := []string{"clickhouse", "bigquery", "snowflake", "spark", "hive", "iceberg"}
	oneLineOnly := []string{"postgresql", "iceberg"}
	for _, format := range warehouse.Formats()[2:] {
		want := scan(write(t, format), slices.Contains(backslash, format))
		for _, evil := range []string{
			"\nDROP TABLE documents;\n--", "\r\nDROP TABLE documents;", "\rDROP", "\u2028DROP TABLE x;", "\u0085DROP", "'; DROP TABLE documents; --", `\'; DROP --`, `\`, `"; DROP`, "`; DROP",
			"*/ DROP", "/* DROP", "-- DROP", "; DROP", "$$; DROP", "$(touch x)", "\n\\! touch x\n", "%s%d", "{{.}}", "水利局", "' || x || '", "\\n", "\t", "\u202eDROP",
		} {
			var b strings.Builder
			err := warehouse.Write(&b, format, "some"+evil+"where/out/")
			if strings.ContainsAny(evil, "\r\n\t\u2028\u0085\u202e") && slices.Contains(oneLineOnly, format) {
				if err == nil {
					t.Errorf("%s: %q is not refused", format, evil)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s: %q: %v", format, evil, err)
				continue
			}
			if got := scan(b.String(), slices.Contains(backslash, format)); got != want {
				t.Errorf("%s: %q changes the script: %s", format, evil, difference(got, want))
			}
		}
		if err := warehouse.Write(&strings.Builder{}, format, "\xff"); err == nil {
			t.Errorf("%s: a path that is not UTF-8 is not refused", format)
		}
	}
}

func difference(got, want string) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	return got[max(0, i-60):min(len(got), i+80)]
}

// TestShellWords: the command lines in comments name the path as one word.
func TestShellWords(t *testing.T) {
	for from, want := range map[string]string{
		"out/年 度": "-o 'out/年 度'\n", "a'b$(x)": `-o 'a'\''b$(x)'` + "\n", "-rf": "-o '-rf'\n", "csv": "-o csv\n",
	} {
		var b strings.Builder
		if err := warehouse.Write(&b, "postgresql", from); err != nil || !strings.Contains(b.String(), want) {
			t.Errorf("%q: %v, no %s", from, err, want)
		}
	}
}
