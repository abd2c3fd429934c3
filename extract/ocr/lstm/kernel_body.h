// Included by kernel.c once for each instruction set. NAME gives the functions their names; tile, taps, fused, within and OFFSET
// are the instruction set's own.

#define FUSED(a, b, c) NAME(fused)(a, b, c)
#define SAME(x) ((reals){} + (x))

// exponential is e to the power of each x between -60 and 60, exact but for the last bits (the polynomial of Cephes' expf).
INLINE reals NAME(exponential)(reals x) {
	const reals shift = SAME(12582912.0f); // adding it rounds to whole numbers
	reals n = FUSED(x, SAME(1.44269504f), shift) - shift;
	reals f = FUSED(n, SAME(2.12194440e-4f), FUSED(n, SAME(-0.693359375f), x));
	reals p = FUSED(f, SAME(1.9875691500e-4f), SAME(1.3981999507e-3f));
	p = FUSED(p, f, SAME(8.3334519073e-3f));
	p = FUSED(p, f, SAME(4.1665795894e-2f));
	p = FUSED(p, f, SAME(1.6666665459e-1f));
	p = FUSED(p, f, SAME(5.0000001201e-1f));
	p = FUSED(p, f * f, f + 1.0f);
	integers power = (__builtin_convertvector(n, integers) + 127) << 23;
	return p * (reals)power;
}

// opposite is e to the power of -k times each x. x is limited to ±20, beyond which tanh and the logistic function are constant.
INLINE reals NAME(opposite)(reals x, float k) { return NAME(exponential)(NAME(within)(x, 20.0f) * -k); }

INLINE reals NAME(tangent)(reals x) {
	reals e = NAME(opposite)(x, 2);
	return (1.0f - e) / (1.0f + e);
}

// store writes activations of -1 to 1 as bytes.
INLINE void NAME(store)(int8_t *to, reals x) {
	const integers half = (integers){} + 0x3f000000, sign = (integers){} + INT32_MIN;
	reals away = (reals)(((integers)x & sign) | half); // round half away from zero
	bytes b = __builtin_convertvector(__builtin_convertvector(FUSED(x, SAME(127.0f), away), integers), bytes);
	memcpy(to, &b, sizeof b);
}

INLINE reals NAME(load)(const float *from) {
	reals x;
	memcpy(&x, from, sizeof x);
	return x;
}

// affine is sums times scale plus bias.
INLINE reals NAME(affine)(const int32_t *sums, const float *scale, const float *bias) {
	integers s;
	memcpy(&s, sums, sizeof s);
	return FUSED(__builtin_convertvector(s, reals), NAME(load)(scale), NAME(load)(bias));
}

// sum is the correction of a tile's sums for OFFSET.
INLINE int32_t NAME(sum)(const int8_t *x, int n) {
	if (NAME(OFFSET) == 0)
		return 0;
	int32_t s = 0;
	for (int i = 0; i < n; i++)
		s += x[i];
	return s * -NAME(OFFSET);
}

INLINE void NAME(some)(const int8_t *w, int inputs, int states, const int8_t *const *x, const int8_t *const *h, const int nb, int32_t acc[TILE][GROUP]) {
	NAME(tile)(w, inputs, x, nb, acc);
	NAME(tile)(w + (ptrdiff_t)inputs * GROUP, states, h, nb, acc);
}

// products adds the products of a group's weights with the inputs and hidden states of some rows to their sums.
static void NAME(products)(const int8_t *w, int inputs, int states, const int8_t *const *x, const int8_t *const *h, int nb, const int32_t *sums,
	int32_t acc[TILE][GROUP]) {
	for (int b = 0; b < nb; b++)
		for (int i = 0; i < GROUP; i++)
			acc[b][i] = sums[b];
	switch (nb) {
	case 1: NAME(some)(w, inputs, states, x, h, 1, acc); break;
	case 2: NAME(some)(w, inputs, states, x, h, 2, acc); break;
	case 3: NAME(some)(w, inputs, states, x, h, 3, acc); break;
	case 4: NAME(some)(w, inputs, states, x, h, 4, acc); break;
	case 5: NAME(some)(w, inputs, states, x, h, 5, acc); break;
	default: NAME(some)(w, inputs, states, x, h, TILE, acc);
	}
}

// cell computes 16 states and outputs of an LSTM: state = state * forget gate + tanh(cell input) * input gate, output = tanh(state) *
// output gate. With e to the power of minus each gate's sum (minus twice the cell input's), the gates are 1/(1+e), and
// the state is state/keep + (1-input)/((1+input)*take), computed as one fraction.
static void NAME(cell)(const int32_t *acc, const float *scale, const float *bias, float *state, int8_t *out) {
	reals input = NAME(opposite)(NAME(affine)(acc, scale, bias), 2);
	reals take = NAME(opposite)(NAME(affine)(acc + LANES, scale + LANES, bias + LANES), 1) + 1.0f;
	reals keep = NAME(opposite)(NAME(affine)(acc + 2 * LANES, scale + 2 * LANES, bias + 2 * LANES), 1) + 1.0f;
	reals give = NAME(opposite)(NAME(affine)(acc + 3 * LANES, scale + 3 * LANES, bias + 3 * LANES), 1) + 1.0f;
	reals part = (1.0f + input) * take;
	reals s = FUSED(NAME(load)(state), part, (1.0f - input) * keep) / (part * keep);
	s = NAME(within)(s, 100.0f);
	memcpy(state, &s, sizeof s);
	reals e = NAME(opposite)(s, 2);
	NAME(store)(out, (1.0f - e) / ((1.0f + e) * give));
}

static void NAME(lstm)(const int8_t *weights, const float *scale, const float *bias, int inputs, int states, const int8_t *in,
	ptrdiff_t in_step, ptrdiff_t in_row, int8_t *out, ptrdiff_t out_step, ptrdiff_t out_row, const int32_t *rows, int steps, int reverse,
	float *state, int8_t *hidden, int32_t *sums) {
	int most = 0;
	for (int t = 0; t < steps; t++)
		most = rows[t] > most ? rows[t] : most;
	int8_t *before = hidden, *after = hidden + (ptrdiff_t)most * states;
	for (int s = 0; s < steps; s++) {
		const int t = reverse ? steps - 1 - s : s, n = rows[t];
		const int8_t *now = in + t * in_step;
		for (int b = 0; b < n; b++)
			sums[b] = NAME(sum)(now + b * in_row, inputs) + NAME(sum)(before + (ptrdiff_t)b * states, states);
		for (int g = 0; g < states; g += LANES) {
			const int8_t *w = weights + (ptrdiff_t)g * 4 * (inputs + states);
			for (int b0 = 0; b0 < n; b0 += TILE) {
				const int nb = n - b0 < TILE ? n - b0 : TILE;
				const int8_t *x[TILE], *h[TILE];
				int32_t acc[TILE][GROUP];
				for (int b = 0; b < nb; b++) {
					x[b] = now + (b0 + b) * in_row;
					h[b] = before + (ptrdiff_t)(b0 + b) * states;
				}
				NAME(products)(w, inputs, states, x, h, nb, sums + b0, acc);
				for (int b = 0; b < nb; b++) {
					ptrdiff_t at = (ptrdiff_t)(b0 + b) * states + g;
					NAME(cell)(acc[b], scale + 4 * g, bias + 4 * g, state + at, after + at);
				}
			}
		}
		if (out_step != 0 || s == steps - 1)
			for (int b = 0; b < n; b++)
				memcpy(out + t * out_step + b * out_row, after + (ptrdiff_t)b * states, states);
		int8_t *swap = before;
		before = after;
		after = swap;
	}
}

static void NAME(softmax)(const int8_t *weights, const float *scale, const float *bias, int inputs, int outputs, const int8_t *in, int rows,
	float *out, int32_t *sums) {
	for (int b = 0; b < rows; b++)
		sums[b] = NAME(sum)(in + (ptrdiff_t)b * inputs, inputs);
	for (int g = 0; g < outputs; g += GROUP) {
		const int8_t *w = weights + (ptrdiff_t)g * inputs;
		for (int b0 = 0; b0 < rows; b0 += TILE) {
			const int nb = rows - b0 < TILE ? rows - b0 : TILE;
			const int8_t *x[TILE];
			int32_t acc[TILE][GROUP];
			for (int b = 0; b < nb; b++)
				x[b] = in + (ptrdiff_t)(b0 + b) * inputs;
			NAME(products)(w, inputs, 0, x, x, nb, sums + b0, acc);
			for (int b = 0; b < nb; b++)
				for (int i = 0; i < GROUP; i += LANES) {
					reals x = NAME(affine)(acc[b] + i, scale + g + i, bias + g + i);
					memcpy(out + (ptrdiff_t)(b0 + b) * outputs + g + i, &x, sizeof x);
				}
		}
	}
	for (int b = 0; b < rows; b++) {
		float *p = out + (ptrdiff_t)b * outputs, most = p[0], all = 0;
		for (int i = 1; i < outputs; i++)
			most = p[i] > most ? p[i] : most;
		reals sum = {};
		for (int i = 0; i < outputs; i += LANES) {
			reals e = NAME(exponential)(NAME(within)(NAME(load)(p + i) - most, 60.0f));
			memcpy(p + i, &e, sizeof e);
			sum += e;
		}
		for (int i = 0; i < LANES; i++)
			all += sum[i];
		for (int i = 0; i < outputs; i++)
			p[i] /= all;
	}
}

static void NAME(front)(const int8_t *weights, const int32_t *offset, const float *scale, const float *bias, const uint8_t *picture, int height,
	int width, int8_t *out) {
	const ptrdiff_t column = height + 2;
	for (int x = 0; x + 3 <= width; x += 3)
		for (int y = 0; y + 3 <= height; y += 3, out += LANES) {
			int32_t most[LANES];
			for (int i = 0; i < LANES; i++)
				most[i] = INT32_MIN;
			for (int u = 0; u < 3; u++)
				for (int v = 0; v < 3; v++) {
					int32_t acc[LANES];
					memcpy(acc, offset, sizeof acc);
					NAME(taps)(weights, picture + (x + u) * column + y + v, column, acc);
					for (int i = 0; i < LANES; i++)
						most[i] = acc[i] > most[i] ? acc[i] : most[i];
				}
			NAME(store)(out, NAME(tangent)(NAME(affine)(most, scale, bias)));
		}
}

#undef FUSED
#undef SAME
