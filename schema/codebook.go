package schema

import "sync"

// Codebooks are the published classifications, with the years they are valid in.
type Codebooks struct{ rows []CodeRow }

// LoadCodebooks gives the codebooks of the program.
func LoadCodebooks() (*Codebooks, error) { return loadCodebooks() }

var loadCodebooks = sync.OnceValues(func() (*Codebooks, error) { return &Codebooks{}, nil })

// Rows lists every code.
func (c *Codebooks) Rows() []CodeRow { return c.rows }
