#pragma once

/// The Git commit that Package.swift saw when this file was compiled. A C target, since only C takes a
/// text from the build's settings; a new commit recompiles one line and links again.
const char *_Nonnull icc_registry_commit(void);
