# libmd, message digests (SHA-256 in <sha256.h>): libmd::libmd.
include(FindPackageHandleStandardArgs)
find_path(LIBMD_INCLUDE_DIR sha256.h)
find_library(LIBMD_LIBRARY md)
find_package_handle_standard_args(libmd REQUIRED_VARS LIBMD_LIBRARY LIBMD_INCLUDE_DIR)
mark_as_advanced(LIBMD_LIBRARY LIBMD_INCLUDE_DIR)

if(libmd_FOUND AND NOT TARGET libmd::libmd)
  add_library(libmd::libmd UNKNOWN IMPORTED)
  set_target_properties(libmd::libmd PROPERTIES
    IMPORTED_LOCATION "${LIBMD_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${LIBMD_INCLUDE_DIR}")
endif()
