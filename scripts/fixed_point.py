#!/usr/bin/env python3
"""The integer constants of lib/exponential/shift_and_add.cpp and fixed_point.hpp.

ln(1 + 2^-i) = 2·artanh(1/(2^(i+1) + 1)), summed in integers with 128 bits to spare.
"""


def log_of_one_and(i, bits):
    """ln(1 + 2^-i)·2^bits and what is beyond the point, in 2^-128; i = 0 gives ln 2."""
    unit = 1 << (bits + 128)
    divisor = (1 << (i + 1)) + 1
    power = 2 * unit // divisor
    total = 0
    odd = 1
    while power:
        total += power // odd
        power //= divisor * divisor
        odd += 2
    return divmod(total, 1 << 128)


def words(value, count):
    """The 64-bit words of a value, most significant first, as C++ writes them."""
    return ", ".join(f"0x{value >> (64 * i) & (1 << 64) - 1:016x}" for i in reversed(range(count)))


def print_logs():
    """Rounded up: shift_and_add must never take off too little."""
    print("ln(1 + 2^-i)·2^64 for i = 1 … 32, rounded up:")
    for i in range(1, 33):
        whole, _ = log_of_one_and(i, 64)
        print(f"    {words(whole + 1, 1)},")


if __name__ == "__main__":
    print_logs()
    for bits in (112, 192):
        whole, rest = log_of_one_and(0, bits)
        print(f"ln2·2^{bits}, to nearest: {words(whole + (rest >> 127), (bits + 63) // 64)}")
