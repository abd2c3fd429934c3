package dataset

// SetStep makes tests take part in a commit: do is called before each step and can make it fail.
func (w *Writer) SetStep(do func(name string) error) { w.step = do }

// WithoutExchange makes the swap do with two renames, as on systems that cannot exchange folders.
func (w *Writer) WithoutExchange() { w.stage.WithoutExchange() }
