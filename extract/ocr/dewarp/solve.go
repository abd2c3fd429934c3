package dewarp

import "math"

// normal is a system of normal equations of least squares.
type normal struct {
	n int
	a []float64 // n × n, then the right side
}

func newNormal(n int) *normal { return &normal{n, make([]float64, n*(n+1))} }

// add adds an equation row·x = want.
func (s *normal) add(row []float64, want float64) {
	for i, v := range row {
		to := s.a[i*(s.n+1):]
		for j, w := range row {
			to[j] += v * w
		}
		to[s.n] += v * want
	}
}

// damp adds the equation x[i] = 0 with a weight.
func (s *normal) damp(i int, weight float64) { s.a[i*(s.n+1)+i] += weight }

// solve returns x (Gaussian elimination with pivoting); nil where there is no solution.
func (s *normal) solve() []float64 {
	w := s.n + 1
	for i := range s.n {
		p := i
		for k := i + 1; k < s.n; k++ {
			if math.Abs(s.a[k*w+i]) > math.Abs(s.a[p*w+i]) {
				p = k
			}
		}
		if math.Abs(s.a[p*w+i]) < 1e-12 {
			return nil
		}
		for j := range w {
			s.a[i*w+j], s.a[p*w+j] = s.a[p*w+j], s.a[i*w+j]
		}
		for k := range s.n {
			if f := s.a[k*w+i] / s.a[i*w+i]; k != i && f != 0 {
				for j := i; j < w; j++ {
					s.a[k*w+j] -= f * s.a[i*w+j]
				}
			}
		}
	}
	x := make([]float64, s.n)
	for i := range x {
		x[i] = s.a[i*w+s.n] / s.a[i*w+i]
	}
	return x
}
