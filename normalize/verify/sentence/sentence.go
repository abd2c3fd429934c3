// Package sentence tests what the sentences of a disclosure say by themselves: that a percentage is the ratio of the amounts
// beside it, and that a sentence about money names the document's years. Amounts in sentences are lines of the ledger, which
// package verify compares with the tables.
package sentence

import (
	"regexp"

	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/schema"
)

// Finding is the outcome of one test.
type Finding struct {
	Rule   string // a name of package rules
	Status schema.CheckStatus
	What   string // the words that were tested
	Column string // where the amounts are, as the identities of the rule name it; "" for rules without one
	Lines  []int  // the narrative lines that the words gave
}

// Words are the phrases by which sentences are tested. They are made once, of a lexicon.
type Words struct {
	lines *ledger.Words // the units of money

	share, money, rate *regexp.Regexp
	rises              lexicon.List // words for a change that is more
	parts              string       // 其中

	year          *regexp.Regexp
	quoted        *regexp.Regexp // titles and numbers of other documents, which may name any year
	yearMark      string         // 年
	yearSentences lexicon.List   // words of sentences whose years are tested
	yearExempt    lexicon.List   // words of sentences that may name any year
}

// NewWords takes the phrases from a lexicon; lines are the ledger's of the same one.
func NewWords(book *lexicon.Book, lines *ledger.Words) *Words {
	return &Words{
		lines: lines,
		share: book.Pattern("checks.share"), money: book.Pattern("checks.money"), rate: book.Pattern("checks.rate"),
		rises: book.Of("checks.rise"), parts: book.Word("checks.among"),
		year: book.Pattern("years.in_text"), quoted: book.Pattern("years.quoted"), yearMark: book.Word("years.mark"),
		yearSentences: book.Of("checks.year_sentence"), yearExempt: book.Of("checks.year_exempt"),
	}
}

// Findings tests every section of the ledger's disclosure: first the years, then the percentages, in the order of the text.
func (w *Words) Findings(l *ledger.Ledger) []Finding {
	return append(w.years(l.Disclosure), w.percentages(l)...)
}
