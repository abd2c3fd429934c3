package grammar

import (
	"bufio"
	"fmt"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/lexicon"
	"os"
	"strings"
	"testing"
)

func TestDump(t *testing.T) {
	g, err := New(lexicon.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	f, _ := os.Open(os.Getenv("IN"))
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		x := amount.Fold(strings.Split(sc.Text(), "\t")[1])
		p := g.Parse(x, os.Getenv("RD"))
		if os.Getenv("ALL") != "" || len(p.Unknown) > 0 {
			var ws []string
			for _, w := range p.Words {
				m := ""
				if w.Negated {
					m = "!"
				}
				if w.Nested {
					m += "()"
				}
				var fs []string
				for _, ff := range w.Features {
					fs = append(fs, ff.Name+"="+ff.Value)
				}
				ws = append(ws, m+w.Text+":"+strings.Join(fs, ","))
			}
			fmt.Println(x, "|", p.Unknown, "|", strings.Join(ws, " "))
		}
	}
}
