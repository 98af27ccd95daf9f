#set($module = $artifactId.replace("-", "_"))
/* What src/lib.rs exports, for Python's cffi: plain declarations, in step with the Rust code. Where this file is missing,
   it is made by cbindgen. */

/* The sum of two numbers. */
uint64_t ${module}_sum(uint64_t a, uint64_t b);
