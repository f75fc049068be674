"""Derivatives by PyTorch's autograd, on cuda unless the first word says another device:

    napier audit 'exec:python3 torch_grad.py cuda' --function d_exp2 --format binary32 \\
        --claim 'ulp <= 4' --threads 1

d_exp, d2_exp, d_log, d_pow_x, d3_pow_y, d2_pow_xy, d_sigmoid, …: the function after the underscore
is differentiated as often as the number says, by its first argument, or by the one that is named.
"""
import sys

import blocks
import derivatives
import numpy
import torch

device = sys.argv[1] if len(sys.argv) > 1 else "cuda"
name, order = derivatives.asked(blocks.NAME)
function = {"sigmoid": torch.sigmoid, "softplus": torch.nn.functional.softplus,
            "logaddexp": torch.logaddexp}.get(name) or getattr(torch, name, None)
if function is None:
    sys.exit(f"torch_grad.py: torch has no {name} to differentiate")


def compute(*columns):
    narrow = blocks.FORMAT == "bfloat16"
    variables = []
    for column in columns:
        words = torch.from_numpy(column.view(numpy.int16) if narrow else column).to(device)
        variables.append((words.view(torch.bfloat16) if narrow else words).requires_grad_())
    result = function(*variables)
    for step, place in enumerate(order, 1):
        # Elements know nothing of each other: the sum's gradient is each element's own derivative.
        result, = torch.autograd.grad(result.sum(), variables[place],
                                      create_graph=step < len(order))
    result = result.detach()
    if not narrow:
        return result.cpu().numpy()
    return result.view(torch.int16).cpu().numpy().view(numpy.uint16)


blocks.serve(compute)
