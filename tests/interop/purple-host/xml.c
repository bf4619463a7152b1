/* SIPE up to 1.25 asks libxml2 for the callbacks of SAX1 by a handler that bears the magic number of SAX2. libxml2 took that for SAX1 as long as no callback of SAX2 was
 * set; since the correction of CVE-2023-39615 it takes the number at its word, calls nobody, and SIPE finds every document empty. This program stands before libxml2 in
 * the order in which symbols are looked for, and says what SIPE means. */
#include <dlfcn.h>
#include <libxml/parser.h>

typedef int (*ParseMemory)(xmlSAXHandlerPtr handler, void *data, const char *text, int length);

/* Errors still come, by the callback of SAX1. */
__attribute__((visibility("default"))) int xmlSAXUserParseMemory(xmlSAXHandlerPtr handler, void *data, const char *text, int length)
{
    ParseMemory parse = (ParseMemory)dlsym(RTLD_NEXT, "xmlSAXUserParseMemory");
    xmlSAXHandler meant = *handler;
    if (meant.startElement != NULL && meant.startElementNs == NULL && meant.endElementNs == NULL)
        meant.initialized = 1;
    return parse(&meant, data, text, length);
}
