// Expat, loaded when it is first needed, like libcurl: a machine that verifies nothing need not have it. Its types come
// from its own header, its functions from dlsym(3).
#include <dlfcn.h>
#include <expat.h>

// The functions in use, each of the type that expat.h declares for it.
struct cexpat {
  void *ParserCreate, *ParserFree, *Parse, *StopParser;
  void *SetUserData, *SetElementHandler, *SetCharacterDataHandler, *SetStartDoctypeDeclHandler;
};

#define CEXPAT(library, name) ((__typeof__(XML_##name) *)(library).name)

// Loads Expat by the name of its stable interface; 0 where it is not installed. It is never unloaded.
static inline int cexpat_load(struct cexpat *library) {
  void *handle = dlopen("libexpat.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!handle) return 0;
  library->ParserCreate = dlsym(handle, "XML_ParserCreate");
  library->ParserFree = dlsym(handle, "XML_ParserFree");
  library->Parse = dlsym(handle, "XML_Parse");
  library->StopParser = dlsym(handle, "XML_StopParser");
  library->SetUserData = dlsym(handle, "XML_SetUserData");
  library->SetElementHandler = dlsym(handle, "XML_SetElementHandler");
  library->SetCharacterDataHandler = dlsym(handle, "XML_SetCharacterDataHandler");
  library->SetStartDoctypeDeclHandler = dlsym(handle, "XML_SetStartDoctypeDeclHandler");
  return library->ParserCreate && library->ParserFree && library->Parse && library->StopParser && library->SetUserData
      && library->SetElementHandler && library->SetCharacterDataHandler && library->SetStartDoctypeDeclHandler;
}

static inline XML_Parser cexpat_create(struct cexpat library) { return CEXPAT(library, ParserCreate)(NULL); }

static inline void cexpat_free(struct cexpat library, XML_Parser parser) { CEXPAT(library, ParserFree)(parser); }

static inline enum XML_Status cexpat_parse(struct cexpat library, XML_Parser parser, const char *bytes, int count) {
  return CEXPAT(library, Parse)(parser, bytes, count, 1);
}

static inline void cexpat_stop(struct cexpat library, XML_Parser parser) {
  CEXPAT(library, StopParser)(parser, XML_FALSE);
}

static inline void cexpat_set_handlers(
    struct cexpat library, XML_Parser parser, void *context, XML_StartElementHandler start, XML_EndElementHandler end,
    XML_CharacterDataHandler text, XML_StartDoctypeDeclHandler doctype) {
  CEXPAT(library, SetUserData)(parser, context);
  CEXPAT(library, SetElementHandler)(parser, start, end);
  CEXPAT(library, SetCharacterDataHandler)(parser, text);
  CEXPAT(library, SetStartDoctypeDeclHandler)(parser, doctype);
}
