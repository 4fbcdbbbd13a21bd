#ifndef FERRY_CPHONENUMBER_H
#define FERRY_CPHONENUMBER_H

// A C face of Google's libphonenumber, whose own headers are C++.

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What libphonenumber says of a number.
typedef enum {
  FERRY_PHONE_VALID = 0,
  /// Long enough to be dialled from abroad, but in no range that the library knows.
  FERRY_PHONE_UNKNOWN_RANGE = 1,
  FERRY_PHONE_TOO_SHORT = 2,
  FERRY_PHONE_TOO_LONG = 3,
  FERRY_PHONE_UNKNOWN_COUNTRY = 4,
  FERRY_PHONE_NOT_A_NUMBER = 5
} ferry_phone_verdict;

/// Reads a phone number and writes it as E.164, with `;ext=` where it has an extension.
///
/// `region` is the two letters of ISO 3166-1 that a number without a country is dialled in.
/// Writes at most `capacity` bytes, no zero behind them, and the count to `written`; 0 where
/// there is nothing to write. Safe to call from many threads.
ferry_phone_verdict ferry_phone_read(const char *text, size_t length, const char *region,
                                     char *output, size_t capacity, size_t *written);

#ifdef __cplusplus
}
#endif

#endif
