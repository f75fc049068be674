# libffi, calls of functions whose types are known at run time only: libffi::libffi.
include(FindPackageHandleStandardArgs)
find_path(LIBFFI_INCLUDE_DIR ffi.h)
find_library(LIBFFI_LIBRARY ffi)
find_package_handle_standard_args(libffi REQUIRED_VARS LIBFFI_LIBRARY LIBFFI_INCLUDE_DIR)
mark_as_advanced(LIBFFI_LIBRARY LIBFFI_INCLUDE_DIR)

if(libffi_FOUND AND NOT TARGET libffi::libffi)
  add_library(libffi::libffi UNKNOWN IMPORTED)
  set_target_properties(libffi::libffi PROPERTIES
    IMPORTED_LOCATION "${LIBFFI_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${LIBFFI_INCLUDE_DIR}")
endif()
