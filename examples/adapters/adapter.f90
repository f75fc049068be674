! gfortran's intrinsic exp in double precision:
!   gfortran -O2 -o adapter adapter.f90
!   napier audit exec:./adapter --function exp --format binary64 --max-ulp 1
program adapter
  use iso_fortran_env, only: int32, real64
  implicit none
  integer(int32) :: n
  integer :: input, output, status
  real(real64), allocatable :: x(:)
  character(len=32) :: format, function
  call get_environment_variable('NAPIER_FORMAT', format)
  if (format /= 'binary64') call refuse('this speaks binary64 only')
  call get_environment_variable('NAPIER_FUNCTION', function)
  if (function /= 'exp') call refuse('this computes exp only')
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
contains
  subroutine refuse(why)
    use iso_fortran_env, only: error_unit
    character(len=*), intent(in) :: why
    write (error_unit, '(a)') why
    stop 1, quiet=.true.
  end subroutine
end program
