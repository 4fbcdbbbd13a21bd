// libFuzzer has no header; this is its one function that takes the place of its `main`.
// Source: LLVM, "libFuzzer: Using libFuzzer as a library".
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*test)(const uint8_t *data, size_t size));
