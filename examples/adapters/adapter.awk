# awk's exp, log and ^ (pow), which read decimals and know no hex floats:
#   napier audit 'exec:gawk -f adapter.awk' --shape decimal --function exp --format binary64 --max-ulp 1
# mawk reads line by line only when told to: 'exec:mawk -W interactive -f adapter.awk'.
{
  if (ENVIRON["NAPIER_FUNCTION"] == "exp") y = exp($1)
  else if (ENVIRON["NAPIER_FUNCTION"] == "log") y = log($1)
  else y = $1 ^ $2
  printf "%.17g\n", y
  fflush()
}
