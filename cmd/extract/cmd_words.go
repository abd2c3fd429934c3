package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/app"
)

// wordsOptions are the flags of words.
type wordsOptions struct {
	test    string
	title   bool
	lexicon []string
	json    bool
}

func (p *program) wordsCommand() *cobra.Command {
	var o wordsOptions
	c := &cobra.Command{
		Use:   "words OUT | --test PHRASE",
		Short: "List the words of titles and headers that were not understood, or try a phrase",
		Long: `Words lists what was not understood of the titles and headers of tables when OUT was written, the most frequent first:
how many titles or headers have the word, in how many documents, an example, the readings of it that were weighed (the first
was taken; ? is left over), and what the amounts below were taken for. Where that is guessed they are never verified. If OUT
was converted with phrase files, name them here too (--lexicon).

With --test it prints how a header, or with --title a title, is read: its words, what each says, what is left over, and other
readings that were weighed.

` + lexiconHelp + `

To teach a word: find it with "extract words OUT", write a line for it, try it with --test and --lexicon, and convert again
with --lexicon.

` + exitCodesHelp,
		Example: `  extract words out
  extract words --test 保运转支出预算数
  extract words --test 2025年保运转支出表 --title --lexicon county.tsv
  extract convert -o out --lexicon county.tsv budgets/`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := o.validate(len(args), c.Flags().Changed("test")); err != nil {
				return usageError("%w", err)
			}
			if len(args) == 0 {
				return ran(runTest(o, p.stdout))
			}
			return ran(runWords(c.Context(), o, args[0], p.stdout))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&o.test, "test", "", "a header, or with --title a title, to be read")
	f.BoolVar(&o.title, "title", false, "with --test: the phrase is the title of a table")
	addLexicon(f, &o.lexicon)
	f.BoolVar(&o.json, "json", false, "print one JSON object a line; of an output, the summary last")
	return c
}

func (o *wordsOptions) validate(outputs int, test bool) error {
	switch {
	case outputs == 0 && !test:
		return errors.New("name a converted output, or a phrase with --test")
	case outputs > 0 && test:
		return errors.New("--test takes no output: its phrase is read by itself")
	case test && strings.TrimSpace(o.test) == "":
		return errors.New("--test must name a phrase")
	case outputs > 0 && o.title:
		return errors.New("--title goes with --test")
	}
	return nil
}

func runWords(ctx context.Context, o wordsOptions, out string, stdout io.Writer) error {
	words, err := app.UnknownWords(ctx, out, o.lexicon)
	if err != nil {
		return err
	}
	if o.json {
		return writeWordsJSON(stdout, words)
	}
	if len(words) == 0 {
		_, err := fmt.Fprintln(stdout, "All words of titles and headers were understood.")
		return err
	}
	_, err = io.WriteString(stdout, wordsText(words))
	return err
}

func runTest(o wordsOptions, stdout io.Writer) error {
	u, err := app.TryPhrase(o.test, o.title, o.lexicon)
	if err != nil {
		return err
	}
	if o.json {
		return newLines(stdout).Encode(newPhraseMessage(u, o.title))
	}
	_, err = io.WriteString(stdout, phraseText(u, o.title))
	return err
}
