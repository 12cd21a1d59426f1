// libcurl, loaded when it is first needed: linked in, it and the thirty libraries behind it would cost each start 5 ms and
// each idle server 4.6 MB. Its types come from its own header, its functions from dlsym(3).
//
// curl_easy_setopt() and curl_easy_getinfo() are variadic, which C alone can call: one function for each kind of value
// (https://curl.se/libcurl/c/curl_easy_setopt.html).
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>

// The functions in use, each of the type that curl.h declares for it.
struct ccurl {
  void *global_init, *easy_init, *easy_reset, *easy_setopt, *easy_perform, *easy_getinfo, *easy_cleanup;
  void *slist_append, *slist_free_all;
};

#define CCURL(library, name) ((__typeof__(curl_##name) *)(library).name)

// Loads libcurl by the name of its stable interface and starts it; 0 where it is not installed or does not start.
// To be called once (https://curl.se/libcurl/c/curl_global_init.html). It is never unloaded.
static inline int ccurl_load(struct ccurl *library) {
  void *handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!handle) return 0;
  library->global_init = dlsym(handle, "curl_global_init");
  library->easy_init = dlsym(handle, "curl_easy_init");
  library->easy_reset = dlsym(handle, "curl_easy_reset");
  library->easy_setopt = dlsym(handle, "curl_easy_setopt");
  library->easy_perform = dlsym(handle, "curl_easy_perform");
  library->easy_getinfo = dlsym(handle, "curl_easy_getinfo");
  library->easy_cleanup = dlsym(handle, "curl_easy_cleanup");
  library->slist_append = dlsym(handle, "curl_slist_append");
  library->slist_free_all = dlsym(handle, "curl_slist_free_all");
  return library->global_init && library->easy_init && library->easy_reset && library->easy_setopt
      && library->easy_perform && library->easy_getinfo && library->easy_cleanup && library->slist_append
      && library->slist_free_all && CCURL(*library, global_init)(CURL_GLOBAL_ALL) == CURLE_OK;
}

static inline CURL *ccurl_init(struct ccurl library) { return CCURL(library, easy_init)(); }

static inline void ccurl_reset(struct ccurl library, CURL *curl) { CCURL(library, easy_reset)(curl); }

static inline CURLcode ccurl_perform(struct ccurl library, CURL *curl) { return CCURL(library, easy_perform)(curl); }

static inline void ccurl_cleanup(struct ccurl library, CURL *curl) { CCURL(library, easy_cleanup)(curl); }

static inline struct curl_slist *ccurl_append(struct ccurl library, struct curl_slist *list, const char *text) {
  return CCURL(library, slist_append)(list, text);
}

static inline void ccurl_free(struct ccurl library, struct curl_slist *list) {
  CCURL(library, slist_free_all)(list);
}

static inline CURLcode ccurl_set_number(struct ccurl library, CURL *curl, CURLoption option, long value) {
  return CCURL(library, easy_setopt)(curl, option, value);
}

static inline CURLcode ccurl_set_size(struct ccurl library, CURL *curl, CURLoption option, curl_off_t value) {
  return CCURL(library, easy_setopt)(curl, option, value);
}

// libcurl copies the text, but for CURLOPT_POSTFIELDS.
static inline CURLcode ccurl_set_text(struct ccurl library, CURL *curl, CURLoption option, const char *value) {
  return CCURL(library, easy_setopt)(curl, option, value);
}

static inline CURLcode ccurl_set_pointer(struct ccurl library, CURL *curl, CURLoption option, void *value) {
  return CCURL(library, easy_setopt)(curl, option, value);
}

static inline CURLcode ccurl_set_list(
    struct ccurl library, CURL *curl, CURLoption option, struct curl_slist *value) {
  return CCURL(library, easy_setopt)(curl, option, value);
}

static inline CURLcode ccurl_set_receiver(
    struct ccurl library, CURL *curl, CURLoption option,
    size_t (*receive)(char *bytes, size_t size, size_t count, void *context)) {
  return CCURL(library, easy_setopt)(curl, option, receive);
}

static inline CURLcode ccurl_set_progress(
    struct ccurl library, CURL *curl,
    int (*progress)(void *context, curl_off_t, curl_off_t, curl_off_t, curl_off_t)) {
  return CCURL(library, easy_setopt)(curl, CURLOPT_XFERINFOFUNCTION, progress);
}

// Which protocols may be spoken: HTTPS alone, or HTTP alone. The newer of the two options came with libcurl 7.85.
static inline CURLcode ccurl_allow_only(struct ccurl library, CURL *curl, int secure) {
#if LIBCURL_VERSION_NUM >= 0x075500
  return CCURL(library, easy_setopt)(curl, CURLOPT_PROTOCOLS_STR, secure ? "https" : "http");
#else
  return CCURL(library, easy_setopt)(curl, CURLOPT_PROTOCOLS, (long)(secure ? CURLPROTO_HTTPS : CURLPROTO_HTTP));
#endif
}

static inline long ccurl_response_code(struct ccurl library, CURL *curl) {
  long code = 0;
  return CCURL(library, easy_getinfo)(curl, CURLINFO_RESPONSE_CODE, &code) == CURLE_OK ? code : 0;
}

// Macros that are not constants to Swift.
static inline long ccurl_tls_1_2_or_later(void) { return CURL_SSLVERSION_TLSv1_2; }
static inline long ccurl_http_1_1(void) { return CURL_HTTP_VERSION_1_1; }
