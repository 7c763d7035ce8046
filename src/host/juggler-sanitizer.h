/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-sanitizer.h: whether this is a build with a sanitizer, as gcc and as clang say it. */

#pragma once

#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define JUGGLER_THREAD_SANITIZER 1
#endif
#if __has_feature(address_sanitizer)
#define JUGGLER_ADDRESS_SANITIZER 1
#endif
#endif

#ifdef __SANITIZE_THREAD__
#define JUGGLER_THREAD_SANITIZER 1
#endif
#ifdef __SANITIZE_ADDRESS__
#define JUGGLER_ADDRESS_SANITIZER 1
#endif
