package dataset_test

import (
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/schematest"
)

func documentID(n int) string { return schematest.DocumentID(n) }

func disclosure(n, lines int) *schema.Disclosure { return schematest.Disclosure(n, lines) }
