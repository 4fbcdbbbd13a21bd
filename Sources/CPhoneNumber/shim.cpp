#include "CPhoneNumber.h"

extern "C" int ferry_phone_shim_version(void) { return 1; }
