//go:build !noocr

#include <dlfcn.h>
#include <stddef.h>

#include "bridge.h"

enum { RIL_WORD = 3 };

static struct {
	const char *(*version)(void);
	void *(*create)(void);
	void (*delete)(void *);
	int (*init)(void *, const char *, const char *);
	int (*set)(void *, const char *, const char *);
	void (*mode)(void *, int);
	void (*image)(void *, const unsigned char *, int, int, int, int);
	int (*recognize)(void *, void *);
	void *(*iterator)(void *);
	void *(*page)(void *);
	int (*box)(const void *, int, int *, int *, int *, int *);
	char *(*text)(const void *, int);
	float (*confidence)(const void *, int);
	int (*next)(void *, int);
	void (*delete_text)(const char *);
	void (*delete_iterator)(void *);
} lib;

// find sets a function of the library; its name is given back if it is not there.
static const char *find(void *handle, const char *name, void *to) {
	void *f = dlsym(handle, name);
	*(void **)to = f;
	return f == NULL ? name : NULL;
}

// bridge_open loads the first of the libraries that there is. It returns NULL, or what is missing.
const char *bridge_open(const char *const *names) {
	void *handle = NULL;
	for (; *names != NULL && handle == NULL; names++)
		handle = dlopen(*names, RTLD_LAZY | RTLD_LOCAL);
	if (handle == NULL)
		return dlerror();
	const char *missing = NULL;
	struct { const char *name; void *to; } functions[] = {
		{"TessVersion", &lib.version},
		{"TessBaseAPICreate", &lib.create},
		{"TessBaseAPIDelete", &lib.delete},
		{"TessBaseAPIInit3", &lib.init},
		{"TessBaseAPISetVariable", &lib.set},
		{"TessBaseAPISetPageSegMode", &lib.mode},
		{"TessBaseAPISetImage", &lib.image},
		{"TessBaseAPIRecognize", &lib.recognize},
		{"TessBaseAPIGetIterator", &lib.iterator},
		{"TessResultIteratorGetPageIterator", &lib.page},
		{"TessPageIteratorBoundingBox", &lib.box},
		{"TessResultIteratorGetUTF8Text", &lib.text},
		{"TessResultIteratorConfidence", &lib.confidence},
		{"TessResultIteratorNext", &lib.next},
		{"TessDeleteText", &lib.delete_text},
		{"TessResultIteratorDelete", &lib.delete_iterator},
	};
	for (size_t i = 0; i < sizeof functions / sizeof *functions && missing == NULL; i++)
		missing = find(handle, functions[i].name, functions[i].to);
	return missing;
}

const char *bridge_version(void) { return lib.version == NULL ? "" : lib.version(); }

void *bridge_create(void) { return lib.create(); }

int bridge_init(void *api, const char *language) { return lib.init(api, NULL, language); }

int bridge_set(void *api, const char *name, const char *value) { return lib.set(api, name, value); }

void bridge_mode(void *api, int mode) { lib.mode(api, mode); }

void bridge_image(void *api, const unsigned char *gray, int width, int height) { lib.image(api, gray, width, height, 1, width); }

int bridge_recognize(void *api) { return lib.recognize(api, NULL); }

void *bridge_words(void *api) { return lib.iterator(api); }

void bridge_word_at(void *words, bridge_word *w) {
	w->text = lib.text(words, RIL_WORD);
	w->confidence = lib.confidence(words, RIL_WORD);
	lib.box(lib.page(words), RIL_WORD, &w->left, &w->top, &w->right, &w->bottom);
}

int bridge_next(void *words) { return lib.next(words, RIL_WORD); }

void bridge_free(char *text) { lib.delete_text(text); }

void bridge_end_words(void *words) { lib.delete_iterator(words); }

void bridge_delete(void *api) { lib.delete(api); }
