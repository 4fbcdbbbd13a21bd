// ISA-L's inflate behind an opaque pointer: its state holds arrays that Swift does not import.
#ifndef FERRY_CISAL_SHIM_H
#define FERRY_CISAL_SHIM_H

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <stdint.h>
#include <stdlib.h>

/// A state at the start of a raw deflate stream; NULL without memory. Free it with free().
static inline void *ferry_isal_new(void) {
  struct inflate_state *state = (struct inflate_state *)calloc(1, sizeof *state);
  if (state) isal_inflate_init(state);
  return state;
}

/// Inflates as far as input or room last.
///
/// Returns 1 at the end of the stream, 0 before it, a negative number where the stream is broken.
static inline int ferry_isal_inflate(void *opaque, const uint8_t *input, uint32_t inputCount,
                                     uint8_t *output, uint32_t outputCount, uint32_t *consumed,
                                     uint32_t *produced) {
  struct inflate_state *state = (struct inflate_state *)opaque;
  state->next_in = (uint8_t *)input;
  state->avail_in = inputCount;
  state->next_out = output;
  state->avail_out = outputCount;
  int status = isal_inflate(state);
  *consumed = inputCount - state->avail_in;
  *produced = outputCount - state->avail_out;
  if (status < 0) return status;
  return state->block_state == ISAL_BLOCK_FINISH ? 1 : 0;
}

#endif
