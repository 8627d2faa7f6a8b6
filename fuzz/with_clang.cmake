# Builds a fuzz target with clang in a tree of its own, for trees of other compilers or options.
#
#   cmake -DTARGET=... -DSOURCE_DIR=... -DBUILD_DIR=... -DFUZZ_DIR=... [-DOPTION=-D...=...]
#         -P with_clang.cmake
#
# The tree is made below BUILD_DIR; FUZZ_DIR is where the target is put. The environment's CLANGXX
# names a clang++ other than the first of those that are installed.
set(names clang++)
foreach(version RANGE 22 14 -1)
  list(APPEND names clang++-${version})
endforeach()
if(DEFINED ENV{CLANGXX})
  set(names $ENV{CLANGXX})
endif()
find_program(CLANGXX NAMES ${names} NO_CACHE)
if(NOT CLANGXX)
  message(FATAL_ERROR "${TARGET} is built with clang and libFuzzer, and there is no clang++ here.\n"
          "Please install the packages clang and libclang-rt-dev (Debian, Ubuntu):\n"
          "  apt-get install clang libclang-rt-dev")
endif()

# A tree for each compiler: CMake forgets its options when a tree's compiler changes.
cmake_path(GET CLANGXX FILENAME compiler)
cmake_path(APPEND BUILD_DIR ${compiler})

set(env ${CMAKE_COMMAND} -E env --unset=CXXFLAGS --unset=LDFLAGS)
execute_process(
  COMMAND ${env} ${CMAKE_COMMAND} -S ${SOURCE_DIR} -B ${BUILD_DIR} -G Ninja
          -DCMAKE_CXX_COMPILER=${CLANGXX} -DCMAKE_BUILD_TYPE=RelWithDebInfo -DIRC_TESTS=OFF
          -DIRC_FUZZ_DIR=${FUZZ_DIR} ${OPTION}
  OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${BUILD_DIR} cannot be configured with ${CLANGXX}:\n${output}")
endif()
execute_process(COMMAND ${env} ${CMAKE_COMMAND} --build ${BUILD_DIR} --target ${TARGET}
                RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${TARGET} was not built")
endif()
