# awk's exp, log and ^ (pow), which read decimals and know no hex floats:
#   napier audit 'exec:gawk -f adapter.awk' --shape decimal --function exp --format binary64 --max-ulp 1
# mawk reads line by line only when told to: 'exec:mawk -W interactive -f adapter.awk'.
BEGIN {
  if (ENVIRON["NAPIER_FORMAT"] != "binary64") refuse("this speaks binary64 only")
  if (ENVIRON["NAPIER_FUNCTION"] !~ /^(exp|log|pow)$/) refuse("awk has exp, log and pow")
}
function refuse(why) {
  print why > "/dev/stderr"
  exit 1
}
{
  if (ENVIRON["NAPIER_FUNCTION"] == "exp") y = exp($1)
  else if (ENVIRON["NAPIER_FUNCTION"] == "log") y = log($1)
  else y = $1 ^ $2
  printf "%.17g\n", y
  fflush()
}
