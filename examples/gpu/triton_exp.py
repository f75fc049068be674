"""Triton's exp, exp2 and log in a kernel of its own:

    napier audit 'exec:python3 triton_exp.py' --function exp --format binary32 --max-ulp 2 \\
        --threads 1
"""
import blocks
import torch
import triton
import triton.language as tl


@triton.jit
def kernel(x, y, n, NAME: tl.constexpr, SIZE: tl.constexpr):
    at = tl.program_id(0) * SIZE + tl.arange(0, SIZE)
    value = tl.load(x + at, mask=at < n)
    if NAME == "exp":
        value = tl.exp(value)
    elif NAME == "exp2":
        value = tl.exp2(value)
    else:
        value = tl.log(value)
    tl.store(y + at, value, mask=at < n)


def compute(column):
    x = torch.from_numpy(column).cuda()
    y = torch.empty_like(x)
    kernel[(triton.cdiv(len(column), 256),)](x, y, len(column), NAME=blocks.NAME, SIZE=256)
    return y.cpu().numpy()


assert blocks.NAME in ["exp", "exp2", "log"], blocks.NAME
blocks.serve(compute)
