#include "fuzz/loop_script.h"

#include "fuzz/loop_oracle.h"
#include "harness/script/decode.h"
#include "harness/script/print.h"

namespace fuzz {

std::string script_of_loop(std::string_view bytes, std::string_view name) {
  std::string id = "fuzz/";
  for (const char byte : name) {
    const bool small = ('a' <= byte && byte <= 'z') || ('0' <= byte && byte <= '9');
    id += small ? byte : '-';
  }
  return conform::script::print(conform::script::decode(loop_records(bytes), id));
}

}  // namespace fuzz
