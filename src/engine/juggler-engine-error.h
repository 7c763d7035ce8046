/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-engine-error.h: what can go wrong around a run. Each message is one line that a person can act on. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JugglerEngineError:
 * @JUGGLER_ENGINE_ERROR_REFUSED: the machine refused a process, a thread, memory …; the message says what and what to do
 * @JUGGLER_ENGINE_ERROR_HOST_DIED: the keeper ended before the run did (killed from outside)
 * @JUGGLER_ENGINE_ERROR_HOST_MISSING: juggler-host is not there or cannot be started
 * @JUGGLER_ENGINE_ERROR_TIMED_OUT: juggler-host did not say that it is ready in time
 * @JUGGLER_ENGINE_ERROR_FAULT: juggler-host said that it cannot run this (a damaged installation, two versions mixed)
 * @JUGGLER_ENGINE_ERROR_UNSUPPORTED: the document asks for something that this version cannot run
 * @JUGGLER_ENGINE_ERROR_STATE: the call does not fit the state of the run or of the worker
 * @JUGGLER_ENGINE_ERROR_EXPORT: an export could not be written
 *
 * The codes of %JUGGLER_ENGINE_ERROR.
 */
typedef enum
{
  JUGGLER_ENGINE_ERROR_REFUSED,
  JUGGLER_ENGINE_ERROR_HOST_DIED,
  JUGGLER_ENGINE_ERROR_HOST_MISSING,
  JUGGLER_ENGINE_ERROR_TIMED_OUT,
  JUGGLER_ENGINE_ERROR_FAULT,
  JUGGLER_ENGINE_ERROR_UNSUPPORTED,
  JUGGLER_ENGINE_ERROR_STATE,
  JUGGLER_ENGINE_ERROR_EXPORT,
} JugglerEngineError;

#define JUGGLER_ENGINE_ERROR (juggler_engine_error_quark ())

GQuark juggler_engine_error_quark (void);

G_END_DECLS
