package main

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/schema"
)

// fact is one amount of a document's truth, or one that this program found.
type fact struct {
	page int
	key  string // what the amount is, all columns; "" where nobody says
	fen  string // the amount without a point
}

// truthOf reads the amounts of NAME.truth.csv beside NAME.pdf, those of zero left out: an empty cell shows them too.
func truthOf(path string) ([]fact, error) {
	f, err := os.Open(strings.TrimSuffix(path, ".pdf") + ".truth.csv")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name(), err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	var out []fact
	for _, row := range rows[1:] {
		at := func(name string) string { return row[column[name]] }
		page, _ := strconv.Atoi(at("page"))
		amount, ok := new(big.Rat).SetString(at("amount"))
		if !ok || amount.Sign() == 0 {
			continue
		}
		out = append(out, fact{page, keyOf(at("statement"), at("direction"), at("item_name"), at("item_code"), at("fund_source"),
			at("spending"), at("period"), at("phase"), at("fiscal_year")), amount.FloatString(2)})
	}
	return out, nil
}

//go:embed enumeration.tsv
var enumerationLines string

// enumeration matches the numbering before the name of an item, which is in the form of NFKC.
var enumeration = sync.OnceValue(func() *regexp.Regexp {
	c := namedTexts(enumerationLines)
	return regexp.MustCompile(fmt.Sprintf(`^(?:[%[1]s]+[%[2]s]|[%[3]s](?:[%[1]s]|\d)+[%[4]s]|\d+[%[2]s]|%[5]s[%[6]s]|[%[7]s][%[6]s])+`,
		c["digits"], c["comma"], c["open"], c["close"], c["lead"], c["colon"], c["sign"]))
})

// keyOf joins the columns that say what an amount is; the name without white space and numbering.
func keyOf(statement, direction, name, code, fund, spending, period, phase, year string) string {
	name = enumeration().ReplaceAllString(strings.Join(strings.Fields(norm.NFKC.String(name)), ""), "")
	return strings.Join([]string{statement, direction, name, code, fund, spending, period, phase, year}, "|")
}

// found are the amounts of tables in an output of this program, by document.
func found(out string) (map[string][]fact, error) {
	lines, err := dataset.ReadRows[schema.BudgetLine](out)
	if err != nil {
		return nil, err
	}
	docs, err := dataset.ReadRows[schema.DocumentRow](out)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for i := range docs {
		names[docs[i].DocumentID] = docs[i].FileName
	}
	facts := map[string][]fact{}
	for i := range lines {
		l := &lines[i]
		if l.Statement == schema.Narrative {
			continue
		}
		code := ""
		if l.ItemCodeOrigin == schema.CodePrinted {
			code = l.ItemCode
		}
		name := names[l.DocumentID]
		facts[name] = append(facts[name], fact{int(l.Page), keyOf(string(l.Statement), string(l.Direction), l.ItemName, code, string(l.FundSource),
			string(l.Spending), string(l.Period), string(l.Phase), strconv.Itoa(int(l.FiscalYear))), l.Amount.StringFixed(2)})
	}
	return facts, nil
}

// share is how many of the truth's facts are among those given, each counted once.
func share(truth, given []fact) int {
	left := map[fact]int{}
	for _, f := range given {
		left[f]++
	}
	n := 0
	for _, f := range truth {
		if left[f] > 0 {
			left[f]--
			n++
		}
	}
	return n
}

// keyless are the facts by page and amount alone.
func keyless(facts []fact) []fact {
	out := slices.Clone(facts)
	for i := range out {
		out[i].key = ""
	}
	return out
}

var number = regexp.MustCompile(`-?\d[\d,，]*(?:\.\d+)?`)

// inText counts the truth's amounts that stand in the text of their page, in any usual form: yuan or ten thousand yuan, with
// or without commas and decimals. One number in the text serves for all equal ones: generous to the program that gave it.
func inText(truth []fact, pages []string) int {
	seen := map[fact]bool{}
	for i, text := range pages {
		for _, token := range number.FindAllString(norm.NFKC.String(text), -1) {
			v, ok := new(big.Rat).SetString(strings.NewReplacer(",", "", "，", "").Replace(token))
			if !ok {
				continue
			}
			for _, unit := range []int64{1, 10000} {
				seen[fact{page: i + 1, fen: new(big.Rat).Mul(v, big.NewRat(unit, 1)).FloatString(2)}] = true
			}
		}
	}
	n := 0
	for _, f := range keyless(truth) {
		if seen[f] {
			n++
		}
	}
	return n
}

// scanResult is one program on the scanned documents.
type scanResult struct {
	name, how string
	used      usage
	all       float64 // pages/s on all cores, 0 where not measured
	pages     int
	amounts   int // of the truth, right and on the right page
	strict    int // and known for what they are; -1 where the program does not say
	truth     int
	worker    int64 // peak memory
}

// scans measures the programs on scanned documents, each once: one core, one thread.
func (o *options) scans(docs []document) ([]scanResult, error) {
	truth := map[string][]fact{}
	all := 0
	for _, d := range docs {
		facts, err := truthOf(d.path)
		if err != nil {
			return nil, err
		}
		truth[d.path] = facts
		all += len(facts)
	}
	var out []scanResult
	for _, measure := range []func([]document) (scanResult, func(document) ([]string, error), error){o.ourScans, o.tesseractScans, o.ocrmypdfScans} {
		r, text, err := measure(docs)
		if err != nil {
			return nil, err
		}
		if r.name == "" {
			continue
		}
		r.pages, r.truth = pagesOf(docs), all
		var ours map[string][]fact
		if text == nil {
			if ours, err = found(o.scanOut()); err != nil {
				return nil, err
			}
		} else {
			r.strict = -1
		}
		for _, d := range docs {
			if text == nil {
				given := ours[filepath.Base(d.path)]
				r.amounts += share(keyless(truth[d.path]), keyless(given))
				r.strict += share(truth[d.path], given)
				continue
			}
			pages, err := text(d)
			if err != nil {
				return nil, err
			}
			r.amounts += inText(truth[d.path], pages)
		}
		out = append(out, r)
	}
	return out, nil
}

func (o *options) scanOut() string { return filepath.Join(o.work, "scans") }

func (o *options) ourScans(docs []document) (scanResult, func(document) ([]string, error), error) {
	r := scanResult{name: "extract convert", how: "one run over all files"}
	command := func(jobs int) []string {
		os.RemoveAll(o.scanOut())
		return append([]string{o.extract, "convert", "--quiet", "--jobs", strconv.Itoa(jobs), "-o", o.scanOut()}, pathsOf(docs)...)
	}
	used, peak, err := watched(command(o.cores))
	if err != nil {
		return r, nil, err
	}
	r.all, r.worker = float64(pagesOf(docs))/used.Wall.Seconds(), peak.Worker
	err = onOneCore(func() (err error) {
		r.used, err = execute(command(1))
		return err
	})
	return r, nil, err
}

// tesseractScans has Tesseract read the pages as pictures of 200 dots per inch; drawing them is not counted.
func (o *options) tesseractScans(docs []document) (scanResult, func(document) ([]string, error), error) {
	if !installed("tesseract") || !installed("pdftoppm") {
		return scanResult{}, nil, nil
	}
	r := scanResult{name: "tesseract -l chi_sim", how: "a process a file, over its pages at 200 dpi, drawn before"}
	base := func(d document) string { return filepath.Join(o.work, "tesseract-"+filepath.Base(d.path)) }
	var commands [][]string
	for _, d := range docs {
		if _, err := execute([]string{"pdftoppm", "-r", "200", "-gray", d.path, base(d)}); err != nil {
			return r, nil, err
		}
		pictures, err := filepath.Glob(globbed(base(d)) + "-*.pgm")
		if err != nil {
			return r, nil, err
		}
		slices.Sort(pictures)
		if err := os.WriteFile(base(d)+".list", []byte(strings.Join(pictures, "\n")), 0o666); err != nil {
			return r, nil, err
		}
		commands = append(commands, []string{"tesseract", base(d) + ".list", base(d), "-l", "chi_sim", "--dpi", "200"})
	}
	err := onOneCore(func() (err error) {
		r.used, err = inTurn(commands, "OMP_THREAD_LIMIT=1")
		return err
	})
	return r, func(d document) ([]string, error) { return pagesIn(base(d) + ".txt") }, err
}

// globbed quotes a path for filepath.Glob.
func globbed(path string) string {
	return strings.NewReplacer("[", `\[`, "*", `\*`, "?", `\?`).Replace(path)
}

// ocrmypdfScans has OCRmyPDF add a text layer, which pdftotext then reads.
func (o *options) ocrmypdfScans(docs []document) (scanResult, func(document) ([]string, error), error) {
	if !installed("ocrmypdf") || !installed("pdftotext") {
		return scanResult{}, nil, nil
	}
	r := scanResult{name: "ocrmypdf, then pdftotext -layout", how: "a process a file"}
	name := func(d document) string { return filepath.Join(o.work, "ocrmypdf-"+filepath.Base(d.path)) }
	var commands [][]string
	for _, d := range docs {
		commands = append(commands,
			[]string{"ocrmypdf", "-q", "-l", "chi_sim", "--jobs", "1", "--output-type", "pdf", "--optimize", "0", d.path, name(d)},
			[]string{"pdftotext", "-layout", name(d), name(d) + ".txt"})
	}
	err := onOneCore(func() (err error) {
		r.used, err = inTurn(commands, "OMP_THREAD_LIMIT=1")
		return err
	})
	return r, func(d document) ([]string, error) { return pagesIn(name(d) + ".txt") }, err
}

// pagesIn are the pages of a text file, which form feeds end.
func pagesIn(path string) ([]string, error) {
	data, err := os.ReadFile(path)
	return strings.Split(string(data), "\f"), err
}
