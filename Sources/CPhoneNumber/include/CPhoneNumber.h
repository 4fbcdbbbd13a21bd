#ifndef FERRY_CPHONENUMBER_H
#define FERRY_CPHONENUMBER_H

// A C face of Google's libphonenumber, whose own headers are C++.

#ifdef __cplusplus
extern "C" {
#endif

/// The version of the metadata contract of this shim.
int ferry_phone_shim_version(void);

#ifdef __cplusplus
}
#endif

#endif
