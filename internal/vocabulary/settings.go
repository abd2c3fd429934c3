package vocabulary

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// A settings file stands beside documents and says how those in its folder, and in folders below it that have none, are read:
//
//	lexicon: words/        # a phrase file, or a folder of them; relative to the settings file
//
// or a list of them. It is a small part of YAML: one mapping of texts and lists of texts.

// SettingsFile is the name of settings files.
const SettingsFile = "extract.yaml"

// lexiconKey is the key of the phrase files, the only key that there is.
const lexiconKey = "lexicon"

// settingsOf finds the settings file of a folder, or the nearest above it; "" where there is none, or no folder. A folder may be
// one in an archive, which is not there: only those above it are.
func (s *Set) settingsOf(folder string) string {
	if folder == "" {
		return ""
	}
	dir := filepath.Clean(folder)
	if file, known := s.near[dir]; known {
		return file
	}
	file := filepath.Join(dir, SettingsFile)
	if _, err := os.Lstat(file); err != nil {
		file = ""
		if above := parent(dir); above != dir {
			file = s.settingsOf(above)
		}
	}
	s.near[dir] = file
	return file
}

// parent is the folder above a clean one; the root is its own.
func parent(dir string) string {
	if base := filepath.Base(dir); base == "." || base == ".." {
		if whole, err := filepath.Abs(dir); err == nil {
			dir = whole
		}
	}
	return filepath.Dir(dir)
}

// readSettings gives the phrase files that a settings file names.
func readSettings(file string) ([]string, error) {
	text, err := readText(file, maxSettings)
	if err != nil {
		return nil, err
	}
	parsed, err := parser.ParseBytes([]byte(strings.TrimPrefix(text, "\ufeff")), 0)
	if err != nil {
		return nil, notYAML(file, err)
	}
	var found []string
	for _, doc := range parsed.Docs {
		if doc.Body == nil {
			continue
		}
		if _, empty := doc.Body.(*ast.NullNode); empty {
			continue
		}
		settings, ok := doc.Body.(*ast.MappingNode)
		if !ok {
			return nil, mistake(file, doc.Body, "a setting is missing: write %q", lexiconKey+": words.tsv")
		}
		for _, v := range settings.Values {
			key := v.Key.GetToken().Value
			if key != lexiconKey {
				return nil, mistake(file, v.Key, "the setting %q is not known: the only one is %s; correct it, or remove it", key, lexiconKey)
			}
			if len(found) > 0 {
				return nil, mistake(file, v.Key, "%s is here a second time: make it one list", key)
			}
			if found, err = texts(file, v.Value); err != nil {
				return nil, err
			}
		}
	}
	for i, path := range found {
		if !filepath.IsAbs(path) {
			found[i] = filepath.Join(filepath.Dir(file), path)
		}
	}
	return found, nil
}

// texts gives a text, or the texts of a list.
func texts(file string, n ast.Node) ([]string, error) {
	list, isList := n.(*ast.SequenceNode)
	if !isList {
		text, err := textOf(file, n)
		return []string{text}, err
	}
	all := make([]string, 0, len(list.Values))
	for _, v := range list.Values {
		text, err := textOf(file, v)
		if err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	if len(all) == 0 {
		return nil, mistake(file, n, "the list of phrase files is empty: name one, or remove the line")
	}
	return all, nil
}

func textOf(file string, n ast.Node) (string, error) {
	text, ok := n.(*ast.StringNode)
	if !ok || text.Value == "" {
		return "", mistake(file, n, "%s is the name of a phrase file or of a folder of them, or a list of such names; put names of digits alone in quotes", lexiconKey)
	}
	return text.Value, nil
}

// mistake is an error at a node of a settings file.
func mistake(file string, at ast.Node, format string, args ...any) error {
	return fmt.Errorf("%s, line %d: %s", file, at.GetToken().Position.Line, fmt.Sprintf(format, args...))
}

// notYAML is the error of a settings file that cannot be parsed.
func notYAML(file string, err error) error {
	var e yaml.Error
	if errors.As(err, &e) && e.GetToken() != nil {
		return fmt.Errorf("%s, line %d: not YAML: %s", file, e.GetToken().Position.Line, e.GetMessage())
	}
	return fmt.Errorf("%s: not YAML: %w", file, err)
}
