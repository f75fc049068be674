"""JAX's functions, compiled for its default device:

    napier audit 'exec:python3 jax_exp.py' --function exp --format binary32 --max-ulp 2 --threads 1

A block of a new length is compiled anew, so each is padded to a power of two.
"""
import blocks
import jax
import jax.numpy as jnp
import numpy

jax.config.update("jax_enable_x64", True)
function = jax.jit(getattr(jnp, {"pow": "power"}.get(blocks.NAME, blocks.NAME)))


def compute(*columns):
    n = len(columns[0])
    padded = [numpy.pad(column, (0, (1 << (n - 1).bit_length()) - n)) for column in columns]
    if blocks.FORMAT == "bfloat16":
        padded = [jax.lax.bitcast_convert_type(column, jnp.bfloat16) for column in padded]
    result = function(*padded)
    if blocks.FORMAT == "bfloat16":
        result = jax.lax.bitcast_convert_type(result, jnp.uint16)
    return numpy.asarray(result)[:n]


blocks.serve(compute)
