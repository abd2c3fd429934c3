//go:build !noocr

// The arithmetic of the network. Weights and activations are int8; their products are summed exactly as int32 and then converted
// to floating point. All instruction sets give the same bits: integer sums do not depend on the order, and the floating point
// operations are the same in the same order (ISO C: only those written as fused are fused).
//
// Lines are computed in batches: each weight that is loaded serves TILE of them, so that arithmetic, not memory, is the limit. The
// activations take as long again, so there are few divisions, and products and sums are fused (fmaf).
//
// Weights lie in groups of 64 outputs, four times 16: of an LSTM layer, the cell input, the input gate, the forget gate and the
// output gate of 16 states. In a group, four inputs follow each other for each output: [input/4][64][4].

#include <string.h>

#include "kernel.h"

enum { TILE = 6, LANES = 16, GROUP = 4 * LANES };

// Sixteen values at once (the compiler's vector extension; it uses the widest registers there are).
typedef float reals __attribute__((vector_size(4 * LANES)));
typedef int32_t integers __attribute__((vector_size(4 * LANES)));
typedef int8_t bytes __attribute__((vector_size(LANES)));

#define INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define KERNEL_X86 1
#include <immintrin.h>
#endif

#define NAME(f) f##_plain
INLINE void tile_plain(const int8_t *w, int inputs, const int8_t *const *x, const int nb, int32_t acc[TILE][GROUP]) {
	for (int k = 0; k < inputs; k += 4, w += 4 * GROUP)
		for (int b = 0; b < nb; b++)
			for (int i = 0; i < GROUP; i++)
				for (int j = 0; j < 4; j++)
					acc[b][i] += w[4 * i + j] * x[b][k + j];
}
INLINE void taps_plain(const int8_t *w, const uint8_t *p, ptrdiff_t column, int32_t *acc) {
	for (int c = 0; c < 3; c++, p += column)
		for (int i = 0; i < LANES; i++)
			for (int j = 0; j < 3; j++)
				acc[i] += w[64 * c + 4 * i + j] * p[j];
}
INLINE reals fused_plain(reals a, reals b, reals c) {
	for (int i = 0; i < LANES; i++)
		c[i] = __builtin_fmaf(a[i], b[i], c[i]);
	return c;
}
INLINE reals within_plain(reals x, float limit) {
	for (int i = 0; i < LANES; i++)
		x[i] = x[i] > limit ? limit : x[i] < -limit ? -limit : x[i];
	return x;
}
enum { OFFSET_plain = 0 };
#include "kernel_body.h"
#undef NAME

#ifdef KERNEL_X86

#pragma GCC push_options
#pragma GCC target("avx2,fma")
#define NAME(f) f##_avx2
// The unsigned factor is the activation without its sign, which the weight takes on: so no sum of two products overflows 16 bits.
INLINE void tile_avx2(const int8_t *w, int inputs, const int8_t *const *x, const int nb, int32_t acc[TILE][GROUP]) {
	const __m256i ones = _mm256_set1_epi16(1);
	for (int b = 0; b < nb; b++) {
		__m256i sum[8];
		for (int q = 0; q < 8; q++)
			sum[q] = _mm256_loadu_si256((const __m256i *)&acc[b][8 * q]);
		const int8_t *at = w;
		for (int k = 0; k < inputs; k += 4, at += 4 * GROUP) {
			int32_t four;
			memcpy(&four, x[b] + k, 4);
			const __m256i v = _mm256_set1_epi32(four), magnitude = _mm256_abs_epi8(v);
			for (int q = 0; q < 8; q++) {
				__m256i signs = _mm256_sign_epi8(_mm256_loadu_si256((const __m256i *)(at + 32 * q)), v);
				sum[q] = _mm256_add_epi32(sum[q], _mm256_madd_epi16(_mm256_maddubs_epi16(magnitude, signs), ones));
			}
		}
		for (int q = 0; q < 8; q++)
			_mm256_storeu_si256((__m256i *)&acc[b][8 * q], sum[q]);
	}
}
INLINE void taps_avx2(const int8_t *w, const uint8_t *p, ptrdiff_t column, int32_t *acc) { taps_plain(w, p, column, acc); }
typedef union {
	reals all;
	__m256 half[2];
} halves;
INLINE reals fused_avx2(reals a, reals b, reals c) {
	const halves x = {a}, y = {b}, z = {c};
	halves r;
	for (int i = 0; i < 2; i++)
		r.half[i] = _mm256_fmadd_ps(x.half[i], y.half[i], z.half[i]);
	return r.all;
}
INLINE reals within_avx2(reals x, float limit) {
	halves r = {x};
	for (int i = 0; i < 2; i++)
		r.half[i] = _mm256_max_ps(_mm256_min_ps(r.half[i], _mm256_set1_ps(limit)), _mm256_set1_ps(-limit));
	return r.all;
}
enum { OFFSET_avx2 = 0 };
#include "kernel_body.h"
#undef NAME
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,prefer-vector-width=512")
#define NAME(f) f##_vnni
// vpdpbusd multiplies unsigned by signed bytes: the unsigned factor is the weight plus 128, that is, with its highest bit flipped.
// The caller's sums subtract the excess.
INLINE void tile_vnni(const int8_t *w, int inputs, const int8_t *const *x, const int nb, int32_t acc[TILE][GROUP]) {
	__m512i sum[TILE][4];
	for (int b = 0; b < nb; b++)
		for (int q = 0; q < 4; q++)
			sum[b][q] = _mm512_loadu_si512(&acc[b][16 * q]);
	for (int k = 0; k < inputs; k += 4, w += 4 * GROUP) {
		const __m512i w0 = _mm512_loadu_si512(w), w1 = _mm512_loadu_si512(w + 64), w2 = _mm512_loadu_si512(w + 128), w3 = _mm512_loadu_si512(w + 192);
#pragma GCC unroll 6
		for (int b = 0; b < nb; b++) {
			int32_t four;
			memcpy(&four, x[b] + k, 4);
			const __m512i v = _mm512_set1_epi32(four);
			sum[b][0] = _mm512_dpbusd_epi32(sum[b][0], w0, v);
			sum[b][1] = _mm512_dpbusd_epi32(sum[b][1], w1, v);
			sum[b][2] = _mm512_dpbusd_epi32(sum[b][2], w2, v);
			sum[b][3] = _mm512_dpbusd_epi32(sum[b][3], w3, v);
		}
	}
	for (int b = 0; b < nb; b++)
		for (int q = 0; q < 4; q++)
			_mm512_storeu_si512(&acc[b][16 * q], sum[b][q]);
}
INLINE void taps_vnni(const int8_t *w, const uint8_t *p, ptrdiff_t column, int32_t *acc) {
	__m512i sum = _mm512_loadu_si512(acc);
	for (int c = 0; c < 3; c++) {
		int32_t four;
		memcpy(&four, p + c * column, 4);
		sum = _mm512_dpbusd_epi32(sum, _mm512_set1_epi32(four), _mm512_loadu_si512(w + 64 * c));
	}
	_mm512_storeu_si512(acc, sum);
}
INLINE reals fused_vnni(reals a, reals b, reals c) { return (reals)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c); }
INLINE reals within_vnni(reals x, float limit) {
	return (reals)_mm512_max_ps(_mm512_min_ps((__m512)x, _mm512_set1_ps(limit)), _mm512_set1_ps(-limit));
}
enum { OFFSET_vnni = 128 };
#include "kernel_body.h"
#undef NAME
#pragma GCC pop_options

// kernel_best is the fastest instruction set that this processor has.
int kernel_best(void) {
	__builtin_cpu_init();
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
		__builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni"))
		return KERNEL_VNNI;
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? KERNEL_AVX2 : KERNEL_PLAIN;
}

#define CHOOSE(f, ...) \
	switch (kind) { \
	case KERNEL_VNNI: f##_vnni(__VA_ARGS__); break; \
	case KERNEL_AVX2: f##_avx2(__VA_ARGS__); break; \
	default: f##_plain(__VA_ARGS__); \
	}

#else

int kernel_best(void) { return KERNEL_PLAIN; }

#define CHOOSE(f, ...) f##_plain(__VA_ARGS__)

#endif

// kernel_front is a convolution of 3 × 3 pixels to 16 features, tanh, and 3 × 3 max pooling. The picture is stored column by
// column with a margin of one pixel, height+2 bytes a column, and 4 bytes behind the last; out is [width/3][height/3][16].
void kernel_front(int kind, const int8_t *weights, const int32_t *offset, const float *scale, const float *bias, const uint8_t *picture,
	int height, int width, int8_t *out) {
	CHOOSE(front, weights, offset, scale, bias, picture, height, width, out)
}

// kernel_lstm runs an LSTM layer over time steps; step t has rows[t] rows. In reverse, the last step comes first. state is
// [rows][states], hidden [2][rows][states], both zero at the start; sums has room for all rows. With an out_step of 0 only the
// outputs of the last step are stored.
void kernel_lstm(int kind, const int8_t *weights, const float *scale, const float *bias, int inputs, int states, const int8_t *in,
	ptrdiff_t in_step, ptrdiff_t in_row, int8_t *out, ptrdiff_t out_step, ptrdiff_t out_row, const int32_t *rows, int steps, int reverse,
	float *state, int8_t *hidden, int32_t *sums) {
	CHOOSE(lstm, weights, scale, bias, inputs, states, in, in_step, in_row, out, out_step, out_row, rows, steps, reverse, state, hidden, sums)
}

// kernel_softmax is the last layer: the probabilities of the outputs for consecutive rows.
void kernel_softmax(int kind, const int8_t *weights, const float *scale, const float *bias, int inputs, int outputs, const int8_t *in, int rows,
	float *out, int32_t *sums) {
	CHOOSE(softmax, weights, scale, bias, inputs, outputs, in, rows, out, sums)
}
