#include "cbuild.h"

const char *icc_registry_commit(void) { return ICC_REGISTRY_COMMIT; }
