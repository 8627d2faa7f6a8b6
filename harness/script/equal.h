// Equality of models: two are equal if they say the same, wherever they were read from. Spans take
// no part.
#pragma once

#include "harness/script/model.h"

namespace conform::script {

bool operator==(const NameRef& a, const NameRef& b);
bool operator==(const Fill& a, const Fill& b);
bool operator==(const Repeated& a, const Repeated& b);
bool operator==(const RepeatedBy& a, const RepeatedBy& b);

bool operator==(const AnyOne& a, const AnyOne& b);
bool operator==(const AnyNumber& a, const AnyNumber& b);
bool operator==(const Exactly& a, const Exactly& b);
bool operator==(const Capture& a, const Capture& b);
bool operator==(const Regex& a, const Regex& b);
bool operator==(const Either& a, const Either& b);
bool operator==(const Glob& a, const Glob& b);
bool operator==(const TagPattern& a, const TagPattern& b);
bool operator==(const MessagePattern& a, const MessagePattern& b);
bool operator==(const RawPattern& a, const RawPattern& b);

bool operator==(const Send& a, const Send& b);
bool operator==(const Expect& a, const Expect& b);
bool operator==(const Connect& a, const Connect& b);
bool operator==(const Register& a, const Register& b);
bool operator==(const Fin& a, const Fin& b);
bool operator==(const Rst& a, const Rst& b);
bool operator==(const Close& a, const Close& b);
bool operator==(const Leave& a, const Leave& b);
bool operator==(const Pause& a, const Pause& b);
bool operator==(const Resume& a, const Resume& b);
bool operator==(const Urgent& a, const Urgent& b);
bool operator==(const Sync& a, const Sync& b);
bool operator==(const Wait& a, const Wait& b);
bool operator==(const ServerFact& a, const ServerFact& b);
bool operator==(const Glue& a, const Glue& b);
bool operator==(const Repeat& a, const Repeat& b);
bool operator==(const For& a, const For& b);
bool operator==(const Search& a, const Search& b);
bool operator==(const Unordered& a, const Unordered& b);
bool operator==(const Alternative& a, const Alternative& b);
bool operator==(const OneOf& a, const OneOf& b);
bool operator==(const Requirement& a, const Requirement& b);
bool operator==(const If& a, const If& b);
bool operator==(const Let& a, const Let& b);
bool operator==(const Step& a, const Step& b);

bool operator==(const Citation& a, const Citation& b);
bool operator==(const ClientDecl& a, const ClientDecl& b);
bool operator==(const Segmentation& a, const Segmentation& b);
bool operator==(const Segments& a, const Segments& b);
bool operator==(const Case& a, const Case& b);

}  // namespace conform::script
