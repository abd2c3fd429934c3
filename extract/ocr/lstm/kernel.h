// The arithmetic of the network, see kernel.c.

#include <stddef.h>
#include <stdint.h>

enum { KERNEL_PLAIN, KERNEL_AVX2, KERNEL_VNNI };

int kernel_best(void);

void kernel_front(int kind, const int8_t *weights, const int32_t *offset, const float *scale, const float *bias, const uint8_t *picture,
	int height, int width, int8_t *out);

void kernel_lstm(int kind, const int8_t *weights, const float *scale, const float *bias, int inputs, int states, const int8_t *in,
	ptrdiff_t in_step, ptrdiff_t in_row, int8_t *out, ptrdiff_t out_step, ptrdiff_t out_row, const int32_t *rows, int steps, int reverse,
	float *state, int8_t *hidden, int32_t *sums);

void kernel_softmax(int kind, const int8_t *weights, const float *scale, const float *bias, int inputs, int outputs, const int8_t *in, int rows,
	float *out, int32_t *sums);
