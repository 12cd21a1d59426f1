#pragma once

#include <stddef.h>

#ifndef __has_embed
#error "The C compiler does not know #embed (C23). Use a newer Swift toolchain: its Clang must be 19 or later."
#endif

/// A file of the repository, as it was when this target was compiled.
struct embedded_file {
  /// The path below the list's folder.
  const char *_Nonnull path;
  const unsigned char *_Nonnull bytes;
  size_t size;
};

/// Files of one folder.
struct embedded_files {
  const struct embedded_file *_Nonnull first;
  size_t count;
};

/// The files of `Sources/Console/Files`.
struct embedded_files embedded_console_files(void);
/// The files of `Sources/Console/Packed`.
struct embedded_files embedded_packed_console_files(void);
/// The files of `Sources/Manual/Pages` and the manual's style sheet.
struct embedded_files embedded_manual_files(void);
/// The files of `Migrations`, in the order of their numbers.
struct embedded_files embedded_sqlite_migrations(void);
/// The files of `Migrations/postgresql`, in the order of their numbers.
struct embedded_files embedded_postgresql_migrations(void);
