#include "CPhoneNumber.h"

#include <phonenumbers/phonenumberutil.h>

#include <cstring>
#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace {

ferry_phone_verdict refusal(PhoneNumberUtil::ErrorType error) {
  switch (error) {
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
      return FERRY_PHONE_UNKNOWN_COUNTRY;
    case PhoneNumberUtil::TOO_SHORT_NSN:
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
      return FERRY_PHONE_TOO_SHORT;
    case PhoneNumberUtil::TOO_LONG_NSN:
      return FERRY_PHONE_TOO_LONG;
    default:
      return FERRY_PHONE_NOT_A_NUMBER;
  }
}

// A number that is shorter than its region's land lines can only be dialled within a town.
bool isComplete(const PhoneNumberUtil &util, const PhoneNumber &number) {
  std::string region, have, want;
  PhoneNumber example;
  util.GetRegionCodeForCountryCode(number.country_code(), &region);
  if (!util.GetExampleNumber(region, &example)) return true;
  util.GetNationalSignificantNumber(number, &have);
  util.GetNationalSignificantNumber(example, &want);
  return have.size() >= want.size();
}

ferry_phone_verdict verdict(const PhoneNumberUtil &util, const PhoneNumber &number) {
  if (util.IsValidNumber(number)) return FERRY_PHONE_VALID;
  switch (util.IsPossibleNumberWithReason(number)) {
    case PhoneNumberUtil::IS_POSSIBLE:
      return isComplete(util, number) ? FERRY_PHONE_UNKNOWN_RANGE : FERRY_PHONE_TOO_SHORT;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE:
      return FERRY_PHONE_UNKNOWN_COUNTRY;
    case PhoneNumberUtil::TOO_LONG:
      return FERRY_PHONE_TOO_LONG;
    default:
      return FERRY_PHONE_TOO_SHORT;
  }
}

}  // namespace

extern "C" ferry_phone_verdict ferry_phone_read(const char *text, size_t length,
                                                const char *region, char *output,
                                                size_t capacity, size_t *written) {
  *written = 0;
  try {
    const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    const auto error = util.Parse(std::string(text, length), region, &number);
    if (error != PhoneNumberUtil::NO_PARSING_ERROR) return refusal(error);
    std::string made;
    util.Format(number, PhoneNumberUtil::E164, &made);
    if (number.has_extension() && !number.extension().empty()) {
      made += ";ext=" + number.extension();
    }
    if (made.size() > capacity) return FERRY_PHONE_TOO_LONG;
    std::memcpy(output, made.data(), made.size());
    *written = made.size();
    return verdict(util, number);
  } catch (...) {
    return FERRY_PHONE_NOT_A_NUMBER;
  }
}
