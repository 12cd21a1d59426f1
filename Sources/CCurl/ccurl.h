// curl_easy_setopt() and curl_easy_getinfo() are variadic, which C alone can call: one function for each kind of value
// (https://curl.se/libcurl/c/curl_easy_setopt.html).
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

static inline CURLcode ccurl_set_number(CURL *curl, CURLoption option, long value) {
  return curl_easy_setopt(curl, option, value);
}

static inline CURLcode ccurl_set_size(CURL *curl, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(curl, option, value);
}

// libcurl copies the text, but for CURLOPT_POSTFIELDS.
static inline CURLcode ccurl_set_text(CURL *curl, CURLoption option, const char *value) {
  return curl_easy_setopt(curl, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *curl, CURLoption option, void *value) {
  return curl_easy_setopt(curl, option, value);
}

static inline CURLcode ccurl_set_list(CURL *curl, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(curl, option, value);
}

static inline CURLcode ccurl_set_receiver(
    CURL *curl, CURLoption option, size_t (*receive)(char *bytes, size_t size, size_t count, void *context)) {
  return curl_easy_setopt(curl, option, receive);
}

static inline CURLcode ccurl_set_progress(
    CURL *curl, int (*progress)(void *context, curl_off_t, curl_off_t, curl_off_t, curl_off_t)) {
  return curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, progress);
}

// Which protocols may be spoken: HTTPS alone, or HTTP alone. The newer of the two options came with libcurl 7.85.
static inline CURLcode ccurl_allow_only(CURL *curl, int secure) {
#if LIBCURL_VERSION_NUM >= 0x075500
  return curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, secure ? "https" : "http");
#else
  return curl_easy_setopt(curl, CURLOPT_PROTOCOLS, (long)(secure ? CURLPROTO_HTTPS : CURLPROTO_HTTP));
#endif
}

static inline long ccurl_response_code(CURL *curl) {
  long code = 0;
  return curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code) == CURLE_OK ? code : 0;
}

// Macros that are not constants to Swift.
static inline long ccurl_tls_1_2_or_later(void) { return CURL_SSLVERSION_TLSv1_2; }
static inline long ccurl_http_1_1(void) { return CURL_HTTP_VERSION_1_1; }
static inline long ccurl_global_all(void) { return CURL_GLOBAL_ALL; }
