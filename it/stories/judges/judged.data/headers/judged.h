#define JUDGED 1
