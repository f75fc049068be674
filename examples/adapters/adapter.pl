# Perl's exp, log and ** (pow):
#   napier audit 'exec:perl adapter.pl' --function exp --format binary64 --max-ulp 1
use strict;
use warnings;

my %functions = (exp => sub { exp $_[0] }, pow => sub { $_[0]**$_[1] },
                 log => sub { $_[0] > 0 ? log $_[0] : $_[0] == 0 ? -9**9**9 : -sin 9**9**9 });
sub refuse { print STDERR "$_[0]\n"; exit 1 }
refuse 'this speaks binary64 only' if $ENV{NAPIER_FORMAT} ne 'binary64';
my $f = $functions{$ENV{NAPIER_FUNCTION}} or refuse 'Perl has exp, log and pow';
binmode $_ for *STDIN, *STDOUT;
$| = 1;
while (read STDIN, my $head, 4) {
  my $n = unpack 'V', $head;
  my @columns = map { read STDIN, my $bytes, 8 * $n; [unpack 'd<*', $bytes] } 1 .. $ENV{NAPIER_ARGUMENTS};
  my ($x, $y) = @columns;
  print $head, pack 'd<*', map { $f->($x->[$_], $y && $y->[$_]) } 0 .. $n - 1;
}
