package ocr

import (
	"slices"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/ocr/segment"
)

// entry is a segment with what it was read as. Its readings vote: several passes may read it.
type entry struct {
	segment.Segment
	best     model.Reading   // the one that is believed so far
	others   []model.Reading // all readings, the best too
	votes    []float32       // of each of them: the sum of the confidences with which it was read
	byShapes bool            // a number that was read by its shapes alone
	asked    bool            // the witness was asked
	heard    string          // what the witness read
	settled  bool            // a number that two independent witnesses read alike
}

// count counts the readings of one pass, a known name twice.
func (n *session) count(p *entry, found []model.Reading) {
	for _, r := range found {
		weight := float32(1)
		if !p.Number && n.isKnown(r.Text) {
			weight = 2
		}
		p.add(r, weight)
	}
}

// add counts a reading and makes the one with most votes the best. For a number, malformed readings hardly count.
func (p *entry) add(r model.Reading, weight float32) {
	if r.Text == "" {
		return
	}
	i := slices.IndexFunc(p.others, func(o model.Reading) bool { return o.Text == r.Text })
	if i < 0 {
		i = len(p.others)
		p.others = append(p.others, r)
		p.votes = append(p.votes, 0)
	}
	p.votes[i] += max(r.Confidence, 0.05) * weight // readings of the least confidence are often right
	p.others[i].Confidence = max(p.others[i].Confidence, r.Confidence)
	most, all := float32(-1), float32(0)
	for i, v := range p.votes {
		switch {
		case p.Number && !plausible(p.others[i].Text):
			v /= 100
		case p.Number:
			v += p.votesWithoutPoint(i)
		}
		all += v
		if v > most {
			most = v
			p.best = p.others[i]
		}
	}
	if p.Number && all > 0 {
		p.best.Confidence *= most / all
	}
}

// votesWithoutPoint is the votes of the readings that equal reading i but for its decimal point: points between digits that
// nearly touch are lost, but none are invented.
func (p *entry) votesWithoutPoint(i int) float32 {
	text := p.others[i].Text
	digits := strings.ReplaceAll(text, ".", "")
	if digits == text {
		return 0
	}
	sum := float32(0)
	for k, r := range p.others {
		if r.Text == digits {
			sum += p.votes[k]
		}
	}
	return sum
}

// take makes a reading the best one.
func (p *entry) take(r model.Reading) {
	p.best = r
	p.others, p.votes = append(p.others, r), append(p.votes, r.Confidence)
}
