// What is used of Tesseract's C interface (tesseract/capi.h, the same in its versions 4 and 5), found when it is first needed.

typedef struct {
	char *text; // of the library, to be freed with bridge_free; may be NULL
	float confidence;
	int left, top, right, bottom;
} bridge_word;

const char *bridge_open(const char *const *names);
const char *bridge_version(void);
void *bridge_create(void);
int bridge_init(void *api, const char *language);
int bridge_set(void *api, const char *name, const char *value);
void bridge_mode(void *api, int mode);
void bridge_image(void *api, const unsigned char *gray, int width, int height);
int bridge_recognize(void *api);
void *bridge_words(void *api);
void bridge_word_at(void *words, bridge_word *w);
int bridge_next(void *words);
void bridge_free(char *text);
void bridge_end_words(void *words);
void bridge_delete(void *api);
