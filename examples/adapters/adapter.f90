! gfortran's intrinsic exp in double precision:
!   gfortran -O2 -o adapter adapter.f90
!   napier audit exec:./adapter --function exp --format binary64 --max-ulp 1
program adapter
  use iso_fortran_env, only: int32, real64
  implicit none
  integer(int32) :: n
  integer :: input, output, status
  real(real64), allocatable :: x(:)
  open (newunit=input, file='/dev/stdin', access='stream', form='unformatted', action='read')
  open (newunit=output, file='/dev/stdout', access='stream', form='unformatted', action='write')
  do
    read (input, iostat=status) n
    if (status /= 0) exit
    allocate (x(n))
    read (input) x
    write (output) n, exp(x)
    flush (output)
    deallocate (x)
  end do
end program
