"""Derivatives by JAX, compiled for its default device:

    napier audit 'exec:python3 jax_grad.py' --function d_exp2 --format binary32 \\
        --claim 'ulp <= 4' --threads 1

d_exp, d2_exp, d_log, d_pow_x, d3_pow_y, d2_pow_xy, d_sigmoid, …: the function after the underscore
is differentiated as often as the number says, by its first argument, or by the one that is named.
With the word "forward", by jax.jvp in place of jax.grad.
"""
import sys

import blocks
import derivatives
import jax
import jax.numpy as jnp
import numpy

jax.config.update("jax_enable_x64", True)
name, order = derivatives.asked(blocks.NAME)
function = {"pow": jnp.power, "sigmoid": jax.nn.sigmoid,
            "softplus": jax.nn.softplus}.get(name) or getattr(jnp, name, None)
if function is None:
    sys.exit(f"jax_grad.py: jax.numpy has no {name} to differentiate")


def along(f, place):
    def slope(*x):
        one = [jnp.ones_like(v) if i == place else jnp.zeros_like(v) for i, v in enumerate(x)]
        return jax.jvp(f, x, tuple(one))[1]
    return slope


for place in order:
    function = along(function, place) if "forward" in sys.argv else jax.grad(function, place)
function = jax.jit(jax.vmap(function))


def compute(*columns):
    n = len(columns[0])  # a block of a new length is compiled anew: each is padded
    padded = [numpy.pad(column, (0, (1 << (n - 1).bit_length()) - n)) for column in columns]
    if blocks.FORMAT == "bfloat16":
        padded = [jax.lax.bitcast_convert_type(column, jnp.bfloat16) for column in padded]
    result = function(*padded)
    if blocks.FORMAT == "bfloat16":
        result = jax.lax.bitcast_convert_type(result, jnp.uint16)
    return numpy.asarray(result)[:n]


blocks.serve(compute)
