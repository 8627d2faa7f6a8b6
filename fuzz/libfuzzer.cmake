# Whether a clang++ can link a fuzz target; says what is missing where it cannot.
#
#   cmake -DCXX=clang++ -P libfuzzer.cmake
execute_process(
  COMMAND sh -c "echo 'extern \"C\" int LLVMFuzzerTestOneInput(const char*, long) { return 0; }' \
| \"$0\" -x c++ -fsanitize=fuzzer,address,undefined -o /dev/null -" ${CXX}
  RESULT_VARIABLE result ERROR_VARIABLE error)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${CXX} cannot link with libFuzzer and the sanitizers.\n"
          "Please install the package libclang-rt-dev (Debian, Ubuntu; of a version N of clang "
          "libclang-rt-N-dev):\n  apt-get install clang libclang-rt-dev\nIt said: ${error}")
endif()
