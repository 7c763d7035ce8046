/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "juggler-sample.h"
#include "juggler-series.h"

JugglerSample *juggler_sample_new (const JugglerPoint *point);
