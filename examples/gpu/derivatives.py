"""What the name of a derivative asks for: "d2_pow_xy" is pow, by its first argument and by y."""
import re
import sys


def asked(name):
    """The function, and by which arguments, one after another: ("pow", [0, 1])."""
    match = re.fullmatch(r"d([0-9]*)_([a-z0-9]+?)(?:_(xy|x|y))?", name)
    if match is None:
        sys.exit(f"{name} is no derivative: d_exp, d2_exp, d_pow_x, d2_pow_xy and so on are")
    count, function, by = match.groups()
    order = int(count or 1)
    if by == "xy":
        return function, [0, 1]
    return function, [1 if by == "y" else 0] * order
