/* fast_exp.h - exp by plain arithmetic, the same bits on every IEEE machine (libm differs between versions). */
#ifndef TT_LEARN_FAST_EXP_H
#define TT_LEARN_FAST_EXP_H

#include <stdint.h>
#include <string.h>

/* Relative error below 2e-7 for x in [-87, 87]; clamped beyond. 2^i by the exponent bits, the rest by its Taylor series. */
static inline float tt__exp(float x)
{
    x = x > 87.0f ? 87.0f : x < -87.0f ? -87.0f : x;
    float scaled = x * 1.44269504f;
    int32_t whole = (int32_t)(scaled + (scaled < 0 ? -0.5f : 0.5f));
    float r = x - (float)whole * 0.693359375f + (float)whole * 2.12194440e-4f; /* ln 2 in two parts */
    float p = 1.0f + r * (1.0f + r * (0.5f + r * (0.16666667f + r * (0.041666667f + r * (0.0083333333f + r * 0.0013888889f)))));
    uint32_t bits = (uint32_t)(whole + 127) << 23;
    float power;
    memcpy(&power, &bits, sizeof power);
    return p * power;
}

#endif
