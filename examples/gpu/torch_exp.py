"""PyTorch's functions on a device, cuda unless the first word says another:

    napier audit 'exec:python3 torch_exp.py cuda' --function exp --format binary32 --max-ulp 2 \\
        --threads 1
"""
import sys

import blocks
import numpy
import torch

device = sys.argv[1] if len(sys.argv) > 1 else "cuda"
function = getattr(torch, blocks.NAME)


def compute(*columns):
    if blocks.FORMAT != "bfloat16":
        return function(*[torch.from_numpy(column).to(device) for column in columns]).cpu().numpy()
    words = [torch.from_numpy(column.view(numpy.int16)).to(device) for column in columns]
    result = function(*[word.view(torch.bfloat16) for word in words])
    return result.view(torch.int16).cpu().numpy().view(numpy.uint16)


blocks.serve(compute)
