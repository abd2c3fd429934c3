package prose

// markAt is the level that is marked at i, 0 when none is.
func (w *Words) markAt(text []rune, i int) int32 {
	if i+3 > len(text) || text[i] != '(' || text[i+2] != ')' {
		return 0
	}
	return w.levels[text[i+1]]
}

// path reads a clause that names a functional class: 一般公共服务支出（类）财政事务（款）行政运行（项）, or in quotes
// “一般公共服务支出-财政事务-行政运行”.
func (r *reader) path(x span) (subject, bool) {
	if s, ok := r.marked(x); ok {
		return s, true
	}
	return r.dashed(x)
}

func (r *reader) marked(x span) (subject, bool) {
	s := subject{}
	start, end := -1, x.a
	for i := x.a; i < x.b; i++ {
		l := r.words.markAt(x.text(), i-x.a)
		if l == 0 {
			continue
		}
		part := span{x.s, end, i}
		if start < 0 {
			part = r.opening(part.lastClause())
			part = r.afterQuote(part)
			start = part.a
		}
		if part.empty() {
			return s, false
		}
		s.path = append(s.path, part.String())
		s.name, s.level = part.String(), l
		i += 2
		end = i + 1
	}
	if start < 0 {
		return s, false
	}
	// 科学技术（类）支出 is 科学技术支出.
	if tail := foldAll(r.words.classEnd); s.level == 1 && hasPrefix(x.s.folded[end:x.b], tail) && !hasSuffix(foldAll(s.name), tail) {
		s.name += r.words.classEnd
		s.path[0] = s.name
		end += len(tail)
	}
	s.text = x.s.folded[start:end]
	return s, true
}

// afterQuote leaves out what stands before an opening quote.
func (r *reader) afterQuote(x span) span {
	for i := x.b - 1; i >= x.a; i-- {
		if x.s.folded[i] == '"' {
			x.a = i + 1
			break
		}
	}
	return x
}

// dashed reads a path whose parts are joined by dashes; the first is a 类 or ends as one.
func (r *reader) dashed(x span) (subject, bool) {
	s := subject{}
	x = x.trimEnd(r.words.verbs)
	if n := x.len(); n > 2 && x.s.folded[x.b-1] == '"' {
		x.b--
	}
	x = r.afterQuote(x)
	start := x.a
	for i := x.a; i <= x.b; i++ {
		if i < x.b && x.s.folded[i] != '-' && x.s.folded[i] != '—' {
			continue
		}
		if i == start {
			return s, false
		}
		s.path = append(s.path, span{x.s, start, i}.String())
		start = i + 1
	}
	if len(s.path) < 2 || len(s.path) > 3 || !hasSuffix(foldAll(s.path[0]), foldAll(r.words.classEnd)) {
		return subject{}, false
	}
	s.name, s.level = s.path[len(s.path)-1], int32(len(s.path))
	s.text = x.text()
	return s, true
}

// lastPath is the functional class that a text names last outside the clause at its end, as a heading does.
func (r *reader) lastPath(x span) (subject, bool) {
	text := x.text()
	for i := len(text) - 3; i >= 0; i-- {
		if r.words.markAt(text, i) == 0 {
			continue
		}
		return r.marked(span{x.s, x.a, x.a + i + 3}.sinceStop())
	}
	return subject{}, false
}

// sinceStop is the part of the span after its last full stop, comma, colon or semicolon.
func (x span) sinceStop() span {
	for i := x.b - 1; i >= x.a; i-- {
		switch x.s.folded[i] {
		case '。', ',', ':', ';':
			return span{x.s, i + 1, x.b}
		}
	}
	return x
}
